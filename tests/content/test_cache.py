"""The library from its cache is the library from its files, or is not taken from there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from tests.helpers import PATIENCE, ROOT
from tests.helpers.content import DECK, GLOSSARY, edited, write_content
from tests.helpers.processes import environment
from trainer.content import library as reader
from trainer.content.cache import load_library
from trainer.content.loaded import Loaded
from trainer.glossary.terms import Facet

BAD = GLOSSARY.replace("kind: duree", "kind: durre", 1)


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(glossary: str = GLOSSARY) -> Path:
    """A directory of content."""
    return write_content(Path("content"), glossary, {"premiers-jours": DECK})


def loaded(root: Path) -> Loaded:
    """The library, with its cache in a folder beside."""
    folder = Path("cache")
    folder.mkdir(exist_ok=True)
    return load_library(root, folder, write)


def write(path: Path, data: bytes) -> None:
    """Write a cache."""
    path.write_bytes(data)


def cache_file() -> Path:
    """The one cache there is."""
    (path,) = Path("cache").iterdir()
    return path


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whoever reads the files once more."""

    def refuse(root: Path) -> Loaded:
        raise AssertionError("the files were read")

    monkeypatch.setattr(reader, "load_library", refuse)


@pytest.mark.parametrize("glossary", [GLOSSARY, BAD], ids=["good", "with a problem"])
def test_the_cache_holds_the_whole_library(monkeypatch: pytest.MonkeyPatch, glossary: str) -> None:
    """Terms, decks, families, sources and problems come back the same, in the same order, without the files."""
    root = written(glossary)
    read = reader.load_library(root)
    assert loaded(root) == read
    forbid_reading(monkeypatch)
    cached = loaded(root)
    assert cached == read
    assert list(cached.library.terms.values()) == list(read.library.terms.values())
    assert cached.library.facets == read.library.facets
    assert cached.library.everything == read.library.everything


def test_terms_are_made_when_asked_for_and_stay_the_same() -> None:
    """A library whose terms are still in their lines behaves like any other."""
    root = written()
    loaded(root)
    terms = loaded(root).library.terms
    assert len(terms) == 4
    assert list(terms) == ["dmt", "dmc", "crm", "script"]
    assert "dmt" in terms and "rien" not in terms and terms.get("rien") is None
    assert terms["dmt"] is terms["dmt"]
    assert Facet.EXPANSION in terms["dmt"].facets
    with pytest.raises(KeyError):
        terms["rien"]


@pytest.mark.parametrize("keep_time", [False, True], ids=["new time", "same size and time"])
def test_a_changed_file_is_read_again(keep_time: bool) -> None:
    """Not even a change of the same length, made within one tick of the clock, escapes."""
    root = written()
    loaded(root)
    path = root / "terms.yaml"
    before = path.stat()
    path.write_text(edited(GLOSSARY, "Temps moyen que", "Tempo moyen que"), "utf-8")
    assert path.stat().st_size == before.st_size
    if keep_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert loaded(root) == reader.load_library(root)
    assert loaded(root).library.terms["dmt"].definition.startswith("Tempo moyen")


@pytest.mark.parametrize("damage", [b"", b"{}", b"00000000\n{}", None], ids=str)
def test_a_damaged_cache_is_made_anew(damage: bytes | None) -> None:
    """Whatever stands there, or with one letter of one term changed, the files are read."""
    root = written()
    read = loaded(root)
    whole = cache_file().read_bytes()
    cache_file().write_bytes(whole.replace(b"appel", b"appal", 1) if damage is None else damage)
    assert loaded(root) == read
    assert cache_file().read_bytes() == whole


def forged(place: int, value: object) -> None:
    """Put another value into the cached line of the first term, under a checksum that fits."""
    head, row, *rows = cache_file().read_bytes().split(b"\n")[1:]
    fields = json.loads(row)
    fields[place] = value
    made_up = b"\n".join([head, json.dumps(fields).encode(), *rows])
    cache_file().write_bytes(b"%08x\n%b" % (crc32(made_up), made_up))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, "autre"),
        (1, None),
        (2, "inconnue"),
        (3, "durre"),
        (4, "1"),
        (10, "x"),
        (14, ["rien"]),
        (-1, ["naming"]),
    ],
    ids=["id", "term", "category", "kind", "level", "synonyms", "confusable", "facets"],
)
def test_a_doubtful_term_is_read_from_the_files(place: int, value: object) -> None:
    """Wrong insides under a right checksum: the term is that of the file, and so is the next cache."""
    root = written()
    read = loaded(root)
    whole = cache_file().read_bytes()
    forged(place, value)
    assert loaded(root) == read
    assert cache_file().read_bytes() == whole


ADDED = "    facets: tuple[Facet, ...] = ()\n"
MORE = {
    "text": f'{ADDED}    remark: str = "x"\n',
    "list": f"{ADDED}    tags: tuple[str, ...] = ('a',)\n",
    "before others": f"{ADDED.replace('facets', 'tags')}{ADDED}",
    "nobody can write": f"{ADDED}    more: frozenset[str] = frozenset()\n",
}


@pytest.mark.parametrize("more", MORE.values(), ids=MORE)
def test_a_program_whose_terms_have_another_field_starts_twice(more: str) -> None:
    """And again beside the cache of the program before: each reads what it needs."""
    root = written()
    shutil.copytree(ROOT / "trainer", "new/trainer", ignore=shutil.ignore_patterns("_content"))
    module = Path("new/trainer/glossary/terms.py")
    module.write_text(edited(module.read_text("utf-8"), ADDED, more), "utf-8")
    script = f"from trainer.cli.main import main; main(['terms', '--content', {str(root.resolve())!r}])"
    answers = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            env={**environment(Path("data").resolve()), "PYTHONPATH": str(where.resolve())},
            timeout=PATIENCE,
            check=True,
        )
        for where in (Path("new"), Path("new"), ROOT, Path("new"))
    ]
    assert [each.stderr for each in answers] == [b""] * 4
    assert len(answers[0].stdout.splitlines()) == 4
    assert {each.stdout for each in answers} == {answers[0].stdout}


@pytest.mark.parametrize("kind", ["categories", "sources"])
def test_a_term_read_from_the_files_brings_its_family_and_its_sources(kind: str) -> None:
    """A cache that has lost them, under a checksum that fits, is no reason to fail."""
    root = written()
    read = loaded(root).library
    _, _, rest = cache_file().read_bytes().partition(b"\n")
    head, _, lines = rest.partition(b"\n")
    lost = json.dumps({**json.loads(head), kind: []}).encode() + b"\n" + lines
    cache_file().write_bytes(b"%08x\n%b" % (crc32(lost), lost))
    library = loaded(root).library
    for term in library.terms.values():
        assert library.categories[term.category] == read.categories[term.category]
        assert [library.sources[source] for source in term.sources] == [
            read.sources[source] for source in term.sources
        ]


def test_content_without_terms_leaves_no_cache() -> None:
    """Nobody can start with it, and a mistyped folder must leave nothing behind."""
    root = written("")
    assert loaded(root) == reader.load_library(root)
    assert list(Path("cache").iterdir()) == []


def test_a_start_writes_its_cache_later() -> None:
    """Nothing before there is time for it, all of it then; the next start reads no file."""
    root, folder = written(), Path("cache")
    folder.mkdir()
    later: list[Callable[[], None]] = []
    read = load_library(root, folder, write, later.append)
    assert not list(folder.iterdir())
    for action in later:
        action()
    assert (len(later), load_library(root, folder, None)) == (1, read)
    assert load_library(root, folder, write, later.append) == read
    assert len(later) == 1


def test_no_cache_is_needed() -> None:
    """A folder in which nothing can be written does no harm."""
    root = written()

    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError

    assert load_library(root, Path("nowhere"), refuse) == reader.load_library(root)
