"""The lab's authority in a file, for programs that want to be given one."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lab.certificates.identities import authority


@contextlib.contextmanager
def authority_file() -> Iterator[Path]:
    """Within the block, a file with the certificate, in PEM, of the authority to trust in this process."""
    with tempfile.TemporaryDirectory(prefix="badgateway-") as folder:
        file = Path(folder, "authority.pem")
        file.write_bytes(authority())
        yield file
