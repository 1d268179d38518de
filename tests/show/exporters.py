"""Every way in which a performance is told, drawn and written: the tests of bad input go through all of them."""

import json
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

from lab.show.film.animation import animation
from lab.show.film.story import story
from lab.show.har import har
from lab.show.html.page import page
from lab.show.html.told import Told
from lab.show.junit import junit
from lab.show.pcapng import capture_of, pcapng
from lab.show.records import as_line, run_records
from lab.show.svg.sequence import diagram
from lab.show.svg.waterfall import waterfall
from lab.show.text.lines import plain
from lab.show.text.report import report

Export = Callable[[Told], str | bytes]

PICTURES: Mapping[str, Export] = {
    "diagram": lambda told: diagram(told.judgement),
    "diagram to scale": lambda told: diagram(told.judgement, to_scale=True),
    "film": lambda told: animation(story(told.judgement)),
    "waterfall": lambda told: waterfall(told.judgement),
}
TEXTS: Mapping[str, Export] = {
    "report": lambda told: plain(report(told.judgement, 100, everything=True)),
    "narrow report": lambda told: plain(report(told.judgement, 40)),
    "records": lambda told: "".join(map(as_line, run_records(told.judgement))),
    "junit": lambda told: junit([told.judgement]),
}
PAGES: Mapping[str, Export] = {
    "page": lambda told: "".join(page(lambda: iter([told]))),
    "page of two": lambda told: "".join(page(lambda: iter([told, told]))),
}
FILES: Mapping[str, Export] = {
    "har": lambda told: "".join(har([told.judgement, told.judgement])),
    "pcapng": lambda told: b"".join(pcapng([capture_of(told.judgement)])),
}


def exported(told: Told) -> dict[str, str | bytes]:
    """All of them; what is XML or JSON is read once."""
    found = {name: make(told) for group in (PICTURES, TEXTS, PAGES, FILES) for name, make in group.items()}
    for name in (*PICTURES, "junit"):
        ElementTree.fromstring(found[name])
    json.loads(found["har"])
    return found
