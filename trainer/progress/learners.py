"""Learners: one private folder each, under a name that no file system can misread."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from trainer.glossary.cleaning import clean
from trainer.progress import documents
from trainer.progress.codec import read_time, write_time
from trainer.progress.files import make_private, not_saved, write_whole

LONGEST_NAME = 60
_LONGEST_SLUG = 24
PROFILE = "profile.json"
_INVISIBLE = dict.fromkeys(map(ord, "\u200d\ufe0f"))
"""Joiners and selectors of emoji: two names that look alike must be one."""


class Learner(NamedTuple):
    """Someone who learns; `name` may be empty, for no name is asked of anyone. `damaged`: the profile is unreadable.

    `informed` is when they were told what is kept of them.
    """

    folder: Path
    name: str = ""
    created: datetime | None = None
    damaged: bool = False
    informed: datetime | None = None

    @property
    def journal(self) -> Path:
        """Where their answers are."""
        return self.folder / "journal"

    @property
    def title(self) -> str:
        """How to call them on a screen."""
        return self.name or (self.folder.name if self.damaged else "Sans nom")


class Learners(NamedTuple):
    """Everyone who learns on this computer account, in a data folder."""

    data: Path

    @property
    def folder(self) -> Path:
        """Where their folders are."""
        return self.data / "learners"

    def all(self) -> list[Learner]:
        """Everyone, by name; unreadable profiles are listed too."""
        try:
            folders = [entry for entry in self.folder.iterdir() if entry.is_dir()]
        except OSError:
            return []
        return sorted(map(_read, folders), key=lambda learner: (_normal(learner.title), learner.folder.name))

    def called(self, name: str) -> Learner:
        """The learner of that name, on disk or not yet: reading their answers needs nothing written."""
        return self.find(name) or Learner(self.folder / folder_name(name), tidy(name))

    def find(self, name: str) -> Learner | None:
        """The learner of that name, however it is spelt in Unicode or in capitals."""
        folder = self.folder / folder_name(name)
        if not folder.is_dir():
            return None
        learner = _read(folder)
        return learner._replace(name=tidy(name)) if learner.damaged else learner

    def create(self, name: str, now: datetime, informed: datetime | None = None) -> Learner:
        """The learner of that name, given a folder and a profile unless there is one; ProgressError if it fails."""
        known = self.called(name)
        if known.created or (known.folder / PROFILE).exists():
            return known
        profile = {"v": 1, "name": tidy(name), "created": write_time(now)}
        if informed:
            profile["informed"] = write_time(informed)
        _write(known.folder, profile)
        return _read(known.folder)

    def inform(self, learner: Learner, now: datetime) -> Learner:
        """Note that a learner was told what is kept of them, in their profile if there is one to read.

        ProgressError if it cannot be written.
        """
        if learner.created and _read(learner.folder).created:  # a profile that has gone is not put back
            profile = documents.read(learner.folder / PROFILE)
            _write(learner.folder, profile | {"informed": write_time(now)})
        return learner._replace(informed=now)


def tidy(name: str) -> str:
    """A name as typed, without what is not text and without needless blanks, cut at 60 characters."""
    text = clean(" ".join(name.split())).translate(_INVISIBLE)
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return composed[:LONGEST_NAME].rstrip()


def folder_name(name: str) -> str:
    """A readable slug and a digest: the same for every spelling of a name, different for different names."""
    normal = _normal(tidy(name))
    digest = sha256(normal.encode()).hexdigest()[:10]
    slug = _slug(normal) or ("apprenant" if normal else "anonyme")
    return f"{slug}-{digest}"


def _normal(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())


def _slug(normal: str) -> str:
    plain = unicodedata.normalize("NFKD", normal).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return "-".join(words)[:_LONGEST_SLUG].strip("-")


def _read(folder: Path) -> Learner:
    """The learner of a folder, whatever state its profile is in."""
    try:
        profile = documents.read(folder / PROFILE)
        name, created = profile["name"], read_time(profile["created"])
        if isinstance(name, str):
            return Learner(folder, tidy(name), created, informed=_time(profile.get("informed")))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return Learner(folder, damaged=folder.name != folder_name(""))


def _time(text: object) -> datetime | None:
    """An instant, or None where there is none: a profile is of use without it."""
    try:
        return read_time(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _write(folder: Path, profile: Mapping[str, Any]) -> None:
    try:
        make_private(folder)
        write_whole(folder / PROFILE, documents.written(profile))
    except OSError as error:
        raise not_saved(folder / PROFILE, error) from error
