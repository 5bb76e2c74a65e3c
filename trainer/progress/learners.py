"""Learners: one private folder each, under a name that no file system can misread."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from trainer.glossary.cleaning import clean
from trainer.progress.codec import read_time, write_time
from trainer.progress.files import make_private, not_saved, write_whole

LONGEST_NAME = 60
_LONGEST_SLUG = 24
_PROFILE = "profile.json"
_INVISIBLE = dict.fromkeys(map(ord, "\u200d\ufe0f"))
"""Joiners and selectors of emoji: two names that look alike must be one."""


class Learner(NamedTuple):
    """Someone who learns; `name` may be empty, for no name is asked of anyone. `damaged`: the profile is unreadable."""

    folder: Path
    name: str = ""
    created: datetime | None = None
    damaged: bool = False

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

    def create(self, name: str, now: datetime) -> Learner:
        """The learner of that name, given a folder and a profile unless there is one; ProgressError if it fails."""
        known = self.called(name)
        path = known.folder / _PROFILE
        if known.created or path.exists():
            return known
        profile = {"v": 1, "name": tidy(name), "created": write_time(now)}
        try:
            make_private(known.folder)
            write_whole(path, json.dumps(profile, ensure_ascii=False).encode())
        except OSError as error:
            raise not_saved(path, error) from error
        return _read(known.folder)


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
        profile = json.loads((folder / _PROFILE).read_bytes())
        name, created = profile["name"], read_time(profile["created"])
        if isinstance(name, str):
            return Learner(folder, tidy(name), created)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return Learner(folder, damaged=folder.name != folder_name(""))
