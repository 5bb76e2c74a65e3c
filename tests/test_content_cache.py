"""The library from its cache is the library from its files, or is not taken from there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.content_files import DECK, GLOSSARY, edited, write_content
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


@pytest.mark.parametrize("glossary", [GLOSSARY, BAD, ""], ids=["good", "with a problem", "empty"])
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


def test_no_cache_is_needed() -> None:
    """A folder in which nothing can be written does no harm."""
    root = written()

    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError

    assert load_library(root, Path("nowhere"), refuse) == reader.load_library(root)
