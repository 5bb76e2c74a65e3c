"""What is kept of learners looked over, copied and put back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from trainer.errors import ProgressError, TrainerError, UsageError
from trainer.glossary.decks import Library
from trainer.glossary.past import Past
from trainer.memory.history import answers
from trainer.memory.schedule import Scheduler
from trainer.progress import quarantine
from trainer.progress.files import cause, is_link, kind_refused, mode_of, write_whole
from trainer.progress.learners import Learner, Learners, folder_name
from trainer.progress.reading import read
from trainer.progress.store import Store
from trainer.safekeeping import archive, merging
from trainer.safekeeping.merging import Merged
from trainer.safekeeping.verifying import Findings, verify


class Checked(NamedTuple):
    """What the journal of a learner holds; `meant` is the folder that their own was copied or renamed from by hand.

    `is_taken` tells that such a folder is there too.
    """

    learner: Learner
    findings: Findings
    meant: Path | None = None
    is_taken: bool = False


class Rebuilt(NamedTuple):
    """How many answers a snapshot was made anew from, and how many unreadable lines were copied aside."""

    learner: Learner
    answers: int
    copied: int


class BackedUp(NamedTuple):
    """How many learners a backup holds, and its size in bytes."""

    path: Path
    learners: int
    size: int


class Restored(NamedTuple):
    """What was added from a backup, and the learners whom it is about."""

    merged: Merged
    learners: tuple[Learner, ...]


@dataclass(frozen=True)
class Keeper:
    """Looks after the journals of a data folder: of one learner, if `name` is given, or of all.

    Reads them with this library, scheduler and past, at a given time; `launch` names the run.
    """

    learners: Learners
    library: Library
    scheduler: Scheduler
    past: Past | None
    now: datetime
    launch: str
    name: str | None = None

    def verify(self) -> list[Checked]:
        """What the journals hold; nothing is changed."""
        return [self._checked(learner) for learner in self._chosen()]

    def _checked(self, learner: Learner) -> Checked:
        found = verify(learner.folder, self.library, self.scheduler, self.past, self.now)
        if not learner.is_misplaced:
            return Checked(learner, found)
        meant = learner.folder.with_name(folder_name(learner.name))
        return Checked(learner, found, meant, os.path.lexists(meant))

    def rebuild(self) -> list[Rebuilt]:
        """Make the snapshots anew, and copies of unreadable lines; ProgressError if the disk refuses.

        Nothing is changed while a file cannot be read: a snapshot may be all that is left of its answers.
        """
        chosen = self._chosen()
        for learner in chosen:
            learner.check()
        return list(map(self._rebuild, chosen))

    def backup(self, path: Path, force: bool) -> BackedUp:
        """Write a backup; an error, and no file, if it cannot be whole."""
        chosen = self._chosen()
        if not chosen:
            raise TrainerError(f"{self.learners.data} : rien à sauvegarder, personne n’a encore répondu ici.")
        _refuse(path, force)
        content = archive.pack(self.learners.data, [learner.folder for learner in chosen], self.now)
        _refuse(path, force)  # packing takes its time
        try:
            write_whole(path, content)
        except OSError as error:
            raise ProgressError(
                f"{path} : sauvegarde non écrite ({cause(error)}). Choisissez un autre endroit, puis relancez."
            ) from error
        return BackedUp(path, len(chosen), len(content))

    def restore(self, path: Path) -> Restored:
        """Add to the data folder what it lacks of a backup; ProgressError, and nothing changed, if it is damaged."""
        _check_backup(path)
        with archive.opened(path) as backup:
            only = "" if self.name is None else folder_name(self.name)
            if only and not any(name.startswith(f"{archive.LEARNERS}/{only}/") for name in backup.files):
                raise UsageError(f"{path} ne contient rien de « {self.name} ».")
            self._check_targets(backup, only)
            merged = merging.merge(backup, self.learners.data, only)
        restored = tuple(learner for learner in self.learners.all() if learner.folder in merged.folders)
        for learner in restored:
            self._rebuild(learner)
        return Restored(merged, restored)

    def _check_targets(self, backup: archive.Archive, only: str) -> None:
        """ProgressError if what is there of a learner whom the backup holds cannot be read."""
        names = {name.split("/")[1] for name in backup.files if name.startswith(f"{archive.LEARNERS}/")}
        for learner in self.learners.all():
            if learner.folder.name in names and only in ("", learner.folder.name):
                learner.check()

    def _chosen(self) -> Sequence[Learner]:
        """The learners meant; UsageError if there is none of that name, ProgressError if nobody can tell."""
        self.learners.check()
        if self.name is None:
            return self.learners.all()
        found = self.learners.known_as(self.name)
        if found is None:
            raise UsageError(f"rien n’est gardé sous le nom « {self.name} ».")
        return [found]

    def _rebuild(self, learner: Learner) -> Rebuilt:
        learner.check()
        try:
            copied = quarantine.preserve(learner.folder)
            learner.snapshot.unlink(missing_ok=True)
        except OSError as error:
            raise ProgressError(
                f"{learner.folder} : écriture impossible ({cause(error)}). Le journal n’a pas changé ; "
                "réglez cela, puis relancez."
            ) from error
        store = Store.open(learner.folder, "journal", self.launch, self.scheduler, self.past)
        store.close()
        given = answers(read(learner.journal).facts).standing
        return Rebuilt(learner, len(given), copied)


def _check_backup(path: Path) -> None:
    """UsageError if no file is there to be restored, ProgressError if nobody can tell."""
    try:
        mode = mode_of(path)
    except OSError as error:
        raise ProgressError(
            f"{path} : sauvegarde inaccessible ({cause(error)}). Rien n’a été changé ; vérifiez son nom, et le droit "
            "de lire ce fichier et son dossier."
        ) from error
    if not mode:
        what = "ce lien ne mène nulle part" if is_link(path) else "fichier absent"
        raise UsageError(f"{path} : {what} ; vérifiez son nom.")
    if not S_ISREG(mode):
        raise UsageError(f"{path} : ce n’est pas un fichier ; donnez le fichier zip d’une sauvegarde.")


def _refuse(path: Path, force: bool) -> None:
    """UsageError if writing a backup there would replace what must stay: all but a plain file, and with `force` alone."""
    try:
        refused = kind_refused(path)
    except OSError as error:
        raise ProgressError(
            f"{path} : endroit inaccessible ({cause(error)}). Choisissez un autre endroit, puis relancez."
        ) from error
    if refused:
        raise UsageError(f"{path} : {refused}. Rien n’y est écrit ; choisissez un autre nom.")
    if os.path.lexists(path) and not force:
        raise UsageError(
            f"{path} existe déjà : choisissez un autre nom, ou ajoutez --force pour le remplacer."
        )
