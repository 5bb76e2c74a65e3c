"""What a run of the suite leaves in the repository, or where it was started: nothing that git would not ignore."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.helpers import ROOT

IGNORED = (".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()))
"""Names of files and folders that git ignores, and its own."""


def present() -> set[Path]:
    """All that lies in the repository, and what lies in the current directory, but what git ignores."""
    return {*_below(ROOT), *_in(Path.cwd())}


def _below(folder: Path) -> Iterator[Path]:
    for path in _in(folder):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)


def _in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not any(fnmatch(path.name, each) for each in IGNORED))
