"""The rooms of lab/, row by row, and the directions of import between them: read from the source, drawn, judged.

python -m tests.project.directions
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LAB = Path(__file__).resolve().parents[2] / "lab"

# Read downwards: a module imports from rows above its own or beside it, never below. `__init__` is what a scenario
# file sees with `from lab import *`.
ROWS = {
    "facts": ("rfc", "version", "words"),
    "vocabulary": ("h1", "h2", "script", "semantics", "tls", "transcript"),
    "expectation": ("expect", "outcome"),
    "story": ("scenario", "__init__"),
    "knowing": ("catalogue", "home", "verdict"),
    "doing": ("certificates", "client", "gateways", "origin", "serving", "upstream"),
    "run": ("compare", "grid", "performance"),
    "telling": ("show",),
    "doors": ("__main__", "cli", "notebook", "pytest_plugin", "robot", "site"),
}
ROW_OF = {room: number for number, rooms in enumerate(ROWS.values()) for room in rooms}

# These open no socket and start no process, so that no test of theirs needs a mock.
QUIET = {room for row in ("facts", "vocabulary", "expectation", "story") for room in ROWS[row]} | {"verdict", "show"}
LOUD = {
    "anyio", "asyncio", "hypercorn", "multiprocessing", "selectors", "socket", "socketserver", "ssl", "starlette",
    "subprocess",
}  # fmt: skip


@dataclass(frozen=True)
class Import:
    """One imported module, by its full name, and where."""

    path: Path
    line: int
    room: str
    module: str

    @property
    def target(self) -> str | None:
        """The room that it names, or None outside the lab."""
        package, _, rest = self.module.partition(".")
        if package != "lab":
            return None
        return rest.split(".")[0] if rest else "__init__"


def imports(lab: Path = LAB) -> Iterator[Import]:
    """Every import in every file of the lab, wherever in the file it stands."""
    rooms = {path.stem for path in lab.iterdir()} | set(ROW_OF)
    for path in sorted(lab.rglob("*.py")):
        inside = path.relative_to(lab)
        room = inside.parts[0].removesuffix(".py")
        package = ("lab", *inside.parts[:-1])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for module in _modules(node, package, rooms):
                yield Import(path, getattr(node, "lineno", 0), room, module)


def _modules(node: ast.AST, package: tuple[str, ...], rooms: set[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = package[: len(package) + 1 - node.level] if node.level else ()
    source = ".".join((*base, *([node.module] if node.module else [])))
    if source != "lab":
        return [source]
    return [f"lab.{alias.name}" if alias.name in rooms else "lab" for alias in node.names]


def faults(found: list[Import], lab: Path = LAB) -> list[str]:
    """What breaks the rules, a line each."""
    lines = []
    present = {path.stem for path in lab.iterdir() if path.suffix == ".py" or any(path.rglob("*.py"))}
    for room in sorted((present | {each.target for each in found if each.target}) - set(ROW_OF)):
        lines.append(
            f"lab/{room} has no row: give it one in {Path(__file__).name}, or put it into a room that is there"
        )
    for each in found:
        at = f"{each.path.relative_to(lab.parent)}:{each.line}"
        if each.room in ROW_OF and each.target in ROW_OF and ROW_OF[each.target] > ROW_OF[each.room]:
            lines.append(f"{at}: {each.room} imports {each.target}, which is in a row below")
        if each.room in QUIET and each.module.split(".")[0] in LOUD:
            lines.append(f"{at}: {each.room} imports {each.module}, and must stay free of it")
    return lines


def drawing(found: list[Import]) -> str:
    """The rows from top to bottom; after each room, the rooms that it imports from."""
    needs: dict[str, set[str]] = defaultdict(set)
    for each in found:
        if each.target and each.target != each.room:
            needs[each.room].add(each.target)
    lines = []
    for row, rooms in ROWS.items():
        standing = [room for room in rooms if room in {each.room for each in found}]
        for number, room in enumerate(standing):
            sources = sorted(needs[room], key=lambda source: (ROW_OF.get(source, -1), source))
            arrow = f"  <- {' '.join(sources)}" if sources else ""
            lines.append(f"{row if number == 0 else '':12} {room:14}{arrow}".rstrip())
    return "\n".join(lines)


if __name__ == "__main__":
    print(drawing(list(imports())))
