"""What a shell offers while a command is typed. It must be there at once: nothing is loaded that can be read off the
names of files, and what goes wrong offers nothing."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Offers = Iterator[CompletionItem]
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

CODES = ("502", "304")
"""The statuses that can be compared."""


def _offering(find: Callable[[click.Context, str], Offers]) -> Completer:
    """As click asks for it. A file that is broken or missing is told when the command is run, not here."""

    @wraps(find)
    def completer(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            return list(find(ctx, begun))
        except Exception:
            return []

    return completer


def _matching(begun: str, *words: str) -> Offers:
    return (CompletionItem(word) for word in words if word.startswith(begun))


def _files_else(found: list[CompletionItem], begun: str) -> Offers:
    """Files, where nothing else fits: the shells offer them by themselves."""
    return iter(found or [CompletionItem(begun, type="file")])


@_offering
def scenarios(ctx: click.Context, begun: str) -> Offers:
    """Chapters; the scenarios of one that is begun; the variants of one that is followed by a bracket; else files."""
    folder = _folder(ctx)
    if "[" in begun:
        return _matching(begun, *_variants(folder, begun.partition("[")[0]))
    names = [name for name in _chapters(folder) if name.startswith(begun)]
    chapter, slash, _ = begun.partition("/")
    if slash:
        names = _scenarios(folder / chapter) if chapter in _chapters(folder) else []
    elif len(names) == 1:
        names += _scenarios(folder / names[0])
    return _files_else(list(_matching(begun, *names)), begun)


@_offering
def chapters(ctx: click.Context, begun: str) -> Offers:
    """Chapters alone."""
    return _matching(begun, *_chapters(_folder(ctx)))


@_offering
def gateways(ctx: click.Context, begun: str) -> Offers:
    """The gateways to play on."""
    from lab.gateways.names import NAMES

    return _matching(begun, *NAMES)


@_offering
def codes(ctx: click.Context, begun: str) -> Offers:
    """The statuses that can be compared, each once."""
    typed = ctx.params.get("codes") or ()
    return _matching(begun, *(code for code in CODES if code not in typed))


@_offering
def terms(ctx: click.Context, begun: str) -> Offers:
    """The terms of the glossary, each with what it means; a term of several words goes on where the last one ended."""
    from lab.words import TERMS

    typed = ctx.params.get("term") or ()
    before = "".join(f"{word} " for word in typed)
    for term in TERMS:
        if before and term.term.startswith(before + begun):
            yield CompletionItem(term.term.removeprefix(before), help=term.says)
        if term.term.startswith(begun):
            yield CompletionItem(term.term, help=term.says)


@_offering
def folders(ctx: click.Context, begun: str) -> Offers:
    """Folders, by the shell itself."""
    return iter([CompletionItem(begun, type="dir")])


def _folder(ctx: click.Context) -> Path:
    """The folder of scenarios that this command line means."""
    from lab.home import scenarios_folder

    given = ctx.params.get("folder")
    return Path(given) if given else scenarios_folder()


def _chapters(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_dir() and not path.name.startswith((".", "_")) and any(path.glob("*.py"))
    )


def _scenarios(chapter: Path) -> list[str]:
    return [f"{chapter.name}/{path.stem}" for path in sorted(chapter.glob("*.py")) if path.name != "chapter.py"]


def _variants(folder: Path, address: str) -> list[str]:
    """Of this one file, which has to be loaded for it."""
    from lab.catalogue import load_file

    scenario = load_file(folder / f"{address}.py", folder)
    return [f"{address}[{variant}]" for variant in scenario.variants if variant]
