"""The file in which a store lies: made, or opened after a look at whose it is."""

import sqlite3
from pathlib import Path

from lab.gateways.reference.cache.store.unusable import Unusable, because

FILE = "cache.sqlite"
APPLICATION = 0x62676361
"""SQLite's application_id of a cache of this gateway."""

VERSION = 1
"""Of the tables below, and of what is in them."""

PAGE = 8_192
LOG = 256
"""Pages in the write-ahead log after which they are moved to the file."""

SLACK = 8 << 20
"""Octets by which all files together may be larger than the limit: the write-ahead log."""

_TABLES = (
    # key: a digest of the key; NULL where the response is not complete, or no longer wanted: it cannot be found, and
    # its content is swept. used: a number that grows, the higher the later it was asked for. run, steady: in which
    # process it was received, and when on its steady clock. packed: see Stored.pack.
    """CREATE TABLE entries (
        ident INTEGER PRIMARY KEY, key BLOB, used INTEGER NOT NULL,
        run INTEGER, steady REAL, packed BLOB, checksum INTEGER
    )""",
    "CREATE INDEX findable ON entries (key) WHERE key IS NOT NULL",
    "CREATE INDEX oldest ON entries (used) WHERE key IS NOT NULL",
    "CREATE INDEX doomed ON entries (ident) WHERE key IS NULL",
    # id: that of the entry, and in its lowest 24 bits the number of the piece.
    "CREATE TABLE pieces (id INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, data BLOB NOT NULL)",
    "CREATE TABLE runs (run INTEGER NOT NULL)",
    "INSERT INTO runs VALUES (0)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


def connected(directory: Path, size: int) -> sqlite3.Connection:
    """A connection to the store in this directory, and to nobody else's file. Raises Unusable."""
    file = _file_in(directory)
    try:
        connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise because(file, error) from error
    try:
        _prepare(connection, file, size)
    except sqlite3.Error as error:
        connection.close()
        raise because(file, error) from error
    except Unusable:
        connection.close()
        raise
    return connection


def _file_in(directory: Path) -> Path:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = sorted(path.name for path in directory.iterdir())
    except (FileExistsError, NotADirectoryError):
        raise Unusable(directory, "is no directory", "name one") from None
    except OSError as error:
        raise Unusable(directory, f"cannot be used ({error.strerror})", "allow it, or name another one") from None
    if FILE not in names and (others := [name for name in names if name != "lost+found"]):
        raise Unusable(directory, f"holds something else ({others[0]!r})", "name an empty directory, or a new one")
    return directory / FILE


def _prepare(connection: sqlite3.Connection, file: Path, size: int) -> None:
    connection.text_factory = bytes  # damaged text is told of as damage, and not as a wrong encoding
    for pragma in ("locking_mode = EXCLUSIVE", "trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    whose, version = _number(connection, "application_id"), _number(connection, "user_version")
    if not (whose or version) and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        _make(connection)
    elif whose != APPLICATION:
        raise Unusable(file, "is somebody else's database", "name another directory")
    elif version != VERSION:
        raise Unusable(file, f"was written by another version ({version}, not {VERSION})", "remove it")
    # A process that is killed loses nothing that was committed. A power cut may cost the latest commits, but not
    # the file: it is synchronised each time before the log is moved there, and before the log is begun anew.
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        f"wal_autocheckpoint = {LOG}",
        f"journal_size_limit = {SLACK // 2}",
        f"max_page_count = {max(1, size // PAGE)}",
        "secure_delete = OFF",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _make(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("BEGIN EXCLUSIVE")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("COMMIT")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
