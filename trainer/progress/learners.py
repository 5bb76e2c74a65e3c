"""Learners: one private folder each, under a name that no file system can misread."""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from stat import S_ISDIR
from typing import Any, NamedTuple

from trainer.errors import ProgressError
from trainer.glossary.cleaning import clean
from trainer.progress import documents
from trainer.progress.codec import read_time, write_time
from trainer.progress.files import (
    cause,
    check_readable,
    entries_of,
    is_link,
    make_private,
    mode_of,
    not_saved,
    write_whole,
)
from trainer.progress.reading import segment_entries

LONGEST_NAME = 60
_LONGEST_SLUG = 24
PROFILE, JOURNAL, SNAPSHOT, QUARANTINE = "profile.json", "journal", "snapshot.json", "quarantine"
"""What a learner's folder holds: who they are, their answers, what these come to, copies of lines that are damaged."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200d\ufe0f"))
"""Joiners and selectors of emoji: two names that look alike must be one."""


class Learner(NamedTuple):
    """Someone who learns; `name` may be empty, for no name is asked of anyone. `damaged`: the profile is unreadable.

    `informed` is when they were told what is kept of them. `is_misplaced`: their folder was copied or renamed by hand, so
    that it has not the name that it was given.
    """

    folder: Path
    name: str = ""
    created: datetime | None = None
    damaged: bool = False
    informed: datetime | None = None
    is_misplaced: bool = False

    @property
    def journal(self) -> Path:
        """Where their answers are."""
        return self.folder / JOURNAL

    @property
    def snapshot(self) -> Path:
        """Where what their answers come to is kept for the next start; it can be made anew."""
        return self.folder / SNAPSHOT

    @property
    def quarantine(self) -> Path:
        """Where unreadable lines of their journal are copied to."""
        return self.folder / QUARANTINE

    @property
    def title(self) -> str:
        """How to call them on a screen, and no two alike."""
        called = self.name or (self.folder.name if self.damaged else "Sans nom")
        return f"{called} (dossier {self.folder.name})" if self.is_misplaced else called

    def check(self) -> None:
        """ProgressError if what is kept of them is there and cannot be read: it must not pass for nothing.

        A single file counts: the schedule would be made of the other answers.
        """
        try:
            entries_of(self.folder)
            entries = segment_entries(self.journal)
        except OSError as error:
            raise ProgressError(
                f"{self.folder} : dossier illisible ({cause(error)}). Rien n’y est changé ; rendez ce dossier "
                "lisible, puis recommencez."
            ) from error
        for entry in entries:
            try:
                check_readable(entry)
            except OSError as error:
                raise _unreadable(Path(entry), error) from error


class Learners(NamedTuple):
    """Everyone who learns on this computer account, in a data folder; in `shared` an administrator may keep settings."""

    data: Path
    shared: Path | None = None

    @property
    def folder(self) -> Path:
        """Where their folders are."""
        return self.data / "learners"

    def all(self) -> list[Learner]:
        """Everyone, by name; unreadable profiles are listed too. ProgressError if the folder cannot be looked into."""
        found = filter(_is_somebody, map(_read, self.folders()))
        return sorted(found, key=lambda learner: (_normal(learner.title), learner.folder.name))

    def only(self) -> Learner | None:
        """The one learner there is, without reading who the others are; None if there are none or several."""
        first_two = list(islice(filter(_is_somebody, map(_read, self.folders())), 2))
        return first_two[0] if len(first_two) == 1 else None

    def check(self) -> None:
        """ProgressError if the data folder cannot be looked into, or is not there: it must not pass for an empty one."""
        self.folders()
        if not S_ISDIR(mode_of(self.data)):
            raise ProgressError(
                f"dossier des données absent : {self.data}. Personne n’a encore répondu ici ; si des réponses "
                "devaient y être, rebranchez le disque ou le partage, ou choisissez un autre dossier avec --data."
            )

    def folders(self) -> list[Path]:
        """The folders of learners, those behind links included; ProgressError if nobody can tell."""
        try:
            entries = [entry for entry in entries_of(self.folder) if entry.is_symlink() or entry.is_dir()]
        except OSError as error:
            raise out_of_reach(self.data, error) from error
        return [self.folder / entry.name for entry in entries]

    def called(self, name: str, among: Iterable[Learner] | None = None) -> Learner:
        """The learner of that name, on disk or not yet: reading their answers needs nothing written."""
        return self.find(name, among) or Learner(self.folder / folder_name(name), tidy(name))

    def find(self, name: str, among: Iterable[Learner] | None = None) -> Learner | None:
        """The learner of that name, however it is spelt in Unicode or in capitals, even in a folder that was renamed.

        `among` is everyone, if that is known already. ProgressError if nobody can tell.
        """
        folder, called = self.folder / folder_name(name), tidy(name)
        try:
            is_there = S_ISDIR(mode_of(folder))
        except OSError as error:
            raise out_of_reach(self.data, error) from error
        if is_there:
            learner = _read(folder)
            of_another = learner.damaged or learner.is_misplaced
            return learner._replace(name=called, is_misplaced=False) if of_another else learner
        everyone = self.all() if among is None else among
        same = (each for each in everyone if each.is_misplaced and _normal(each.name) == _normal(called))
        return next(same, None)

    def known_as(self, name: str) -> Learner | None:
        """The learner of that name, else the one of the folder of that name: not everyone's name can be read."""
        everyone = self.all()
        by_folder = (each for each in everyone if each.folder.name == name)
        return self.find(name, everyone) or next(by_folder, None)

    def namesakes(self, learner: Learner) -> list[Learner]:
        """The other folders whose profile bears the name of this learner: copies made by hand."""
        if learner.damaged and not learner.name:
            return []
        normal = _normal(learner.name)
        return [
            other
            for other in self.all()
            if not other.damaged and other.folder != learner.folder and _normal(other.name) == normal
        ]

    def create(self, name: str, now: datetime, informed: datetime | None = None) -> Learner:
        """The learner of that name, given a folder and a profile unless there is one; ProgressError if it fails."""
        return self.introduce(self.called(name), now, informed)

    def introduce(self, learner: Learner, now: datetime, informed: datetime | None = None) -> Learner:
        """This learner, given a folder and a profile unless there is one; ProgressError if it fails."""
        nobody_knows_who = learner.damaged and not learner.name
        if nobody_knows_who or learner.created or _has_profile(learner):
            return learner
        profile = {"v": 1, "name": learner.name, "created": write_time(now)}
        if informed:
            profile["informed"] = write_time(informed)
        _write(learner.folder, profile)
        return _read(learner.folder)

    def inform(self, learner: Learner, now: datetime) -> Learner:
        """Note that a learner was told what is kept of them, in their profile if there is one to read.

        ProgressError if it cannot be written.
        """
        if learner.created and _read(learner.folder).created:  # a profile that has gone is not put back
            profile = documents.read(learner.folder / PROFILE)
            _write(learner.folder, profile | {"informed": write_time(now)}, inside=learner.folder)
        return learner._replace(informed=now)


def out_of_reach(data: Path, error: OSError) -> ProgressError:
    """The error that tells a person that a data folder cannot be looked into, and what to do."""
    return ProgressError(
        f"dossier des données inaccessible : {data} ({cause(error)}). Vérifiez ce dossier, ou choisissez-en un "
        "autre avec --data."
    )


def _unreadable(path: Path, error: OSError) -> ProgressError:
    """The error that tells a person that a file of answers cannot be read, and what to do."""
    if is_link(path):
        remedy = "rebranchez le disque ou le partage où mène ce lien, ou déplacez-le"
    elif error.errno in (errno.EISDIR, errno.ENXIO):
        remedy = "déplacez-le, et remettez à sa place le fichier des réponses, s’il y en avait un"
    else:
        remedy = "rendez ce fichier lisible"
    return ProgressError(
        f"{path} : réponses illisibles ({cause(error)}). Rien n’y est changé ; {remedy}, puis recommencez."
    )


def _has_profile(learner: Learner) -> bool:
    """Whether a learner has a profile, in whatever state; ProgressError if nobody can tell."""
    path = learner.folder / PROFILE
    try:
        return bool(mode_of(path))
    except OSError as error:
        raise not_saved(path, error) from error


def tidy(name: str) -> str:
    """A name as typed, without what is not text and without needless blanks, cut at 60 characters."""
    text = clean(" ".join(name.split())).translate(_INVISIBLE)
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return composed[:LONGEST_NAME].rstrip()


def folder_name(name: str) -> str:
    """A readable slug and a digest: the same for every spelling of a name, different for different names."""
    return _folder_name(tidy(name))


def _folder_name(tidied: str) -> str:
    normal = _normal(tidied)
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
            name = tidy(name)
            is_misplaced = folder.name != _folder_name(name)
            return Learner(folder, name, created, False, _time(profile.get("informed")), is_misplaced)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return Learner(folder, damaged=folder.name != folder_name(""))


def _is_somebody(learner: Learner) -> bool:
    """Whether a folder may hold anything of a learner, as folders of other programs do not."""
    if not learner.damaged or is_link(learner.folder):
        return True
    try:
        return any(entry.name in (PROFILE, JOURNAL) for entry in entries_of(learner.folder))
    except OSError:  # it may
        return True


def _time(text: object) -> datetime | None:
    """An instant, or None where there is none: a profile is of use without it."""
    try:
        return read_time(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _write(folder: Path, profile: Mapping[str, Any], inside: Path | None = None) -> None:
    try:
        make_private(folder, inside)
        write_whole(folder / PROFILE, documents.written(profile))
    except OSError as error:
        raise not_saved(folder / PROFILE, error) from error
