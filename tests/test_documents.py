"""What the repository says of itself: pages made from the product are up to date, links lead somewhere, names exist."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest

from tests.documents.commands import CODES, COMMANDS, VARIABLES, commands_page
from tests.documents.picture import PICTURE, picture, runs
from tests.helpers import ROOT, strays
from tests.versions import constrained
from trainer import errors
from trainer.content import decks, terms
from trainer.content.syntax.fields import DECK_FILE, GLOSSARY_FILE
from trainer.crash import INTERRUPTED
from trainer.editorial.typography import mistakes
from trainer.glossary.decks import Format
from trainer.glossary.terms import TERM_FACETS, Kind, Term
from trainer.launch import COMPLETION

PACKAGE = ROOT / "trainer"
PAGES = sorted(path for path in strays.present() if path.suffix == ".md" and path.is_relative_to(ROOT))
DOCUMENTED = [page for page in PAGES if page.name != "CHANGELOG.md"]
"""Pages that speak of the code as it is today."""


def other_than(*packages: str) -> str:
    """Which of these packages have other versions here than constraints.txt names; nothing if none has."""
    named = constrained()
    return ", ".join(
        f"{name} {version(name)}, not {named[name]}" for name in packages if version(name) != named[name]
    )


def only_with(*packages: str) -> pytest.MarkDecorator:
    """A test of what these packages draw or write, which another release may do otherwise."""
    return pytest.mark.skipif(bool(other_than(*packages)), reason=other_than(*packages))


def called(page: Path) -> str:
    """A page as pytest shows it."""
    return page.relative_to(ROOT).as_posix()


# Pages made from the product


@only_with("textual", "rich")
async def test_the_picture_is_what_the_application_draws() -> None:
    """The same texts and colours in the same places; if not: `python -m tests.documents`, and look at it."""
    drawn = await picture()
    assert list(runs(PICTURE.read_text(encoding="utf-8"))) == list(runs(drawn))


def test_the_picture_needs_nothing_from_elsewhere() -> None:
    """No font and no other file is loaded, nothing tells of the machine, and there is something to see."""
    svg = PICTURE.read_text(encoding="utf-8")
    assert not re.search(r"@font-face|@import|url\((?!#)|href", svg)
    assert re.findall(r"\w+://[^\s\"]+", svg) == ["http://www.w3.org/2000/svg"]
    text = " ".join(run[3] for run in runs(svg) if run[0] == "text").replace("\u00a0", " ")
    assert all(mark in text for mark in ("✓", "✗", "Premier jour", "Bonne réponse"))


@only_with("click")
def test_the_page_of_the_commands_is_what_they_say() -> None:
    """Each verb, its help, its arguments and options; if not: `python -m tests.documents`."""
    assert COMMANDS.read_text(encoding="utf-8") == commands_page()


def test_every_exit_code_is_explained() -> None:
    """Those of the whole tree of errors, of an end that nobody expected, and of Ctrl+C."""
    waiting, codes = [errors.TrainerError], {0, errors.CRASHED, INTERRUPTED}
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        codes.add(kind.exit_code)
    assert codes <= CODES.keys()
    page = COMMANDS.read_text(encoding="utf-8")
    assert all(f"- `{code}`" in page for code in CODES)


def test_every_variable_that_is_asked_for_is_explained() -> None:
    """Each name of the environment that the program looks up; Textual knows NO_COLOR."""
    asked = {COMPLETION}
    for path in PACKAGE.rglob("*.py"):
        asked |= set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", path.read_text(encoding="utf-8")))
    assert {"TRAINER_CONTENT", "TRAINER_DATA", "TERM"} <= asked
    assert asked | {"NO_COLOR"} == VARIABLES.keys()


# What supervisors write


def test_every_field_of_the_content_is_explained() -> None:
    """In the tables of the supervisors' page: all fields of the files, and the words that some of them take."""
    page = "\n".join(line for _, line in outside_blocks(ROOT / "docs" / "superviseurs.md"))
    told = set(re.findall(r"`([^`\n]+)`", page))
    shapes = (GLOSSARY_FILE, DECK_FILE, terms._TERM, terms._NAMED, decks._SELECT, decks._QUESTION)
    names = {name for shape in shapes for name in shape.names}
    assert not names - told
    assert not {*map(str, Kind), *map(str, TERM_FACETS), *map(str, Format)} - told


def test_every_field_of_a_term_can_be_written() -> None:
    """And what can be written is a field of a term, or says what it was called or meant before."""
    assert set(Term._fields) | {"formerly", "changed"} == set(terms._TERM.names)


@pytest.mark.parametrize("name", ["apprenants", "superviseurs", "commandes", "confidentialite", "sources"])
def test_manuals_are_typeset_in_french(name: str) -> None:
    """Curly apostrophes, and a no-break space where French has one; code apart."""
    found = [
        f"{number}: {mistake}"
        for number, line in prose(ROOT / "docs" / f"{name}.md")
        for mistake in mistakes(line)
    ]
    assert not found


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page with their numbers; what is code stands as one word."""
    for number, line in outside_blocks(page):
        yield number, re.sub(r"`[^`]*`|<!--.*?-->", "code", line)


def outside_blocks(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page with their numbers, without blocks of code."""
    is_code = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            is_code = not is_code
        elif not is_code:
            yield number, line


# Links and names


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link leads to a file or folder of the repository, and to a heading of it if it names one."""
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert not lost


def test_the_front_door_leads_to_every_page() -> None:
    """The README links each page of the repository, or the folder that holds it."""
    linked = set(re.findall(r"\]\(([^)\s]+?)/?\)", (ROOT / "README.md").read_text(encoding="utf-8")))
    pages = [page.relative_to(ROOT) for page in PAGES if page.name != "README.md" or page.parent != ROOT]
    assert not [page for page in pages if linked.isdisjoint((page.as_posix(), page.parent.as_posix()))]


def test_whoever_has_the_sources_has_what_is_linked() -> None:
    """The distribution of the sources holds every page, and every file that a page of the front door leads to."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    held = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    needed = {page.relative_to(ROOT).parts[0] for page in PAGES}
    for page in ("README.md", "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)\s:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
        needed |= {Path(link).parts[0] for link in links}
    assert needed <= set(held)


def anchors(page: Path) -> set[str]:
    """What leads to each heading of a page: its words in small letters, joined by hyphens."""
    headings = [line.lstrip("# ") for _, line in prose(page) if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", DOCUMENTED, ids=called)
def test_every_module_that_is_named_exists(page: Path) -> None:
    """«drills.grading.grade», «trainer/widgets/literal.py», «tests/helpers/disk.py», «python -m tests.faults»."""
    text = page.read_text(encoding="utf-8")
    unknown = [name for name in re.findall(r"[\w/]+/\w+\.(?:py|tcss)\b", text) if not is_file(name)]
    unknown += [name for name in re.findall(r"python -m ([a-z][\w.]*)", text) if not is_runnable(name)]
    unknown += [name for name in dotted(text) if not is_in_the_package(name)]
    assert not unknown


def is_file(name: str) -> bool:
    """Whether a path is there, from the root or from the package."""
    return (ROOT / name).is_file() or (PACKAGE / name).is_file()


def is_runnable(name: str) -> bool:
    """Whether a module of the repository, or of a library, can be run by its name."""
    path = ROOT / name.replace(".", "/")
    ours = name.split(".")[0] in ("trainer", "tests", "benchmarks")
    return not ours or path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


def dotted(text: str) -> Iterator[str]:
    """The names in a text that begin with a folder or a module of the package: «services.Services.note»."""
    known = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith("_")}
    for code in re.findall(r"`([^`\n]+)`", text):
        name = re.match(r"(?:trainer\.)?([a-z_]+)((?:\.[A-Za-z_]\w*)+)(?=$|[\s(])", code)
        if name and name[1] in known and not re.search(r"\.(?:py|yaml|json|tcss|zip)$", name[0]):
            yield name[1] + name[2]


def is_in_the_package(name: str) -> bool:
    """Whether a name leads over folders to a module, and in it to what it names."""
    path, rest = PACKAGE, name.split(".")
    while rest and (path / rest[0]).is_dir():
        path /= rest.pop(0)
    if rest and (path / f"{rest[0]}.py").is_file():
        path /= rest.pop(0)
    found: object = import_module(".".join(path.relative_to(ROOT).parts))
    for each in rest:
        annotated = getattr(found, "__annotations__", {})
        if not hasattr(found, each) and each not in annotated:
            return False
        found = getattr(found, each, None)
    return True


@pytest.mark.parametrize("page", DOCUMENTED, ids=called)
def test_every_test_that_is_named_exists(page: Path) -> None:
    """By its file below the folder of tests, by its name, or by the beginning of it before «…»."""
    unknown = [
        name + cut
        for name, cut in re.findall(r"\b((?:\w+/)*test_\w+?)(…|_…|\b)(?!/)", page.read_text(encoding="utf-8"))
        if not (any(each.startswith(name) for each in names_of_tests()) if cut else name in names_of_tests())
    ]
    assert not unknown


@cache
def names_of_tests() -> frozenset[str]:
    """Of the files, from the root and from the folder of tests, and of the functions."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    functions = [re.findall(r"^(?:async )?def (test_\w+)", path.read_text("utf-8"), re.M) for path in files]
    places = [path.relative_to(above).with_suffix("") for path in files for above in (ROOT, ROOT / "tests")]
    return frozenset((*(place.as_posix() for place in places), *chain.from_iterable(functions)))
