"""A healthy origin: for each thing that an answer can say to caches, a resource that says it.

`table` the resources, `resources` what they are, `content` their octets; `answering` the answer to a request, pure;
`application` serves them and counts what it was `asked`; `index` the page that explains them. By the `weights` of its
preferences a client gets a language and a coding.
"""

from lab.origin.application import Failing, Origin
from lab.origin.asked import Asked
from lab.origin.content import Numbered
from lab.origin.resources import Resource

__all__ = ["Asked", "Failing", "Numbered", "Origin", "Resource"]
