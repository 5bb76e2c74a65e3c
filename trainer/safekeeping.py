"""`trainer journal`, `backup` and `restore`: what is kept of learners looked over, copied and put back; all they say."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from trainer.errors import ProgressError, TrainerError, UsageError
from trainer.glossary.decks import Library
from trainer.glossary.past import Past
from trainer.memory.history import answers
from trainer.memory.reviews import Review
from trainer.memory.schedule import Scheduler
from trainer.progress import archive, merging, quarantine
from trainer.progress.files import cause, is_link, kind_refused, mode_of, write_whole
from trainer.progress.inspecting import Line
from trainer.progress.learners import Learner, Learners, folder_name
from trainer.progress.reading import read
from trainer.progress.store import Store
from trainer.progress.verifying import Cache, Findings, verify
from trainer.wording import counted

_SHOWN = 20
"""Lines of one sort that a person is shown; JSON lists all."""
_NOBODY = "Rien n’est gardé de personne dans ce dossier."


class Told(NamedTuple):
    """What was found or done: for a person, line by line, and for a program; whether all could be read."""

    lines: tuple[str, ...]
    data: list[dict[str, Any]]
    is_whole: bool = True


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

    def verify(self) -> Told:
        """What the journals hold; nothing is changed."""
        lines: list[str] = []
        data, is_whole = [], True
        for learner in self._chosen():
            found = verify(learner.folder, self.library, self.scheduler, self.past, self.now)
            lines += [
                learner.title,
                *(f"  {line}" for line in (*_misplaced(learner), *_findings(found, learner.folder))),
            ]
            data.append(_findings_json(found, learner))
            is_whole = is_whole and found.is_whole
        return Told(tuple(lines) or (_NOBODY,), data, is_whole)

    def rebuild(self) -> Told:
        """Make the snapshots anew, and copies of unreadable lines; ProgressError if the disk refuses.

        Nothing is changed while a file cannot be read: a snapshot may be all that is left of its answers.
        """
        chosen = self._chosen()
        for learner in chosen:
            learner.check()
        lines = [f"{learner.title} : {self._rebuild(learner)}" for learner in chosen]
        return Told(tuple(lines) or (_NOBODY,), [])

    def backup(self, path: Path, force: bool) -> Told:
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
        return Told(
            (
                f"Sauvegarde de {counted(len(chosen), 'apprenant')} : {path} ({_size(len(content))}).",
                "Elle contient des noms et des réponses : rangez-la là où vous seul pouvez la lire.",
                f"Pour la remettre en place, ici ou ailleurs : trainer restore {path.name}",
            ),
            [],
        )

    def restore(self, path: Path) -> Told:
        """Add to the data folder what it lacks of a backup; ProgressError, and nothing changed, if it is damaged."""
        _check_backup(path)
        with archive.opened(path) as backup:
            only = "" if self.name is None else folder_name(self.name)
            if only and not any(name.startswith(f"{archive.LEARNERS}/{only}/") for name in backup.files):
                raise UsageError(f"{path} ne contient rien de « {self.name} ».")
            self._check_targets(backup, only)
            merged = merging.merge(backup, self.learners.data, only)
        restored = [learner for learner in self.learners.all() if learner.folder in merged.folders]
        for learner in restored:
            self._rebuild(learner)
        return Told(tuple(_restored(merged, restored)), [])

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

    def _rebuild(self, learner: Learner) -> str:
        learner.check()
        try:
            copied = quarantine.preserve(learner.folder)
            (learner.folder / "snapshot.json").unlink(missing_ok=True)
        except OSError as error:
            raise ProgressError(
                f"{learner.folder} : écriture impossible ({cause(error)}). Le journal n’a pas changé ; "
                "réglez cela, puis relancez."
            ) from error
        store = Store.open(learner.folder, "journal", self.launch, self.scheduler, self.past)
        store.close()
        given = answers(read(learner.journal).facts).standing
        told = f"{counted(len(given), 'réponse')}, résumé refait à partir du journal."
        if copied:
            told += f" {counted(copied, 'ligne illisible copiée', 'lignes illisibles copiées')} dans {_quarantine(learner.folder)}."
        return told


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


def _misplaced(learner: Learner) -> Iterator[str]:
    """What is to be done about a folder that was copied or renamed by hand."""
    if not learner.is_misplaced:
        return
    meant = learner.folder.with_name(folder_name(learner.name))
    yield "Ce dossier a été copié ou renommé à la main : il s’ouvre comme un apprenant à part."
    if os.path.lexists(meant):
        yield f"{meant.name} existe aussi. Si celui-ci n’est qu’une copie, effacez-la."
    else:
        yield f"Pour le remettre à sa place, rendez-lui son nom : {meant.name}"


def _findings(found: Findings, folder: Path) -> Iterator[str]:
    """What a person is told of a journal."""
    yield f"Journal : {folder / 'journal'}"
    span = f", du {_day(found.first)} au {_day(found.last)}" if found.first and found.last else ""
    undone = f", {counted(found.undone, 'reprise')} de plus" if found.undone else ""
    yield (f"Lu : {counted(found.answers, 'réponse')}{undone}, {counted(len(found.files), 'fichier')}{span}.")
    if found.repeated:
        yield f"{counted(found.repeated, 'ligne répétée', 'lignes répétées')} à l’identique : comptées une seule fois."
    yield from _section(
        "Impossible à lire", (f"{_closed(folder, line)} : {line.why}" for line in found.closed)
    )
    if found.closed:
        yield "Ses réponses ne sont pas comptées ici. Rien n’est changé : rendez lisible ce qui est nommé, puis recommencez."
    spoilt = [line for line in found.unreadable if line.number]
    yield from _section("Illisible", (f"{_where(line)} : {line.why}" for line in spoilt))
    yield from _section(
        "D’une version plus récente de trainer (gardé, sans effet ici)", map(_where, found.newer)
    )
    yield from _section("Même identifiant, autre contenu", map(_where, found.conflicts))
    yield from _section("Daté dans l’avenir (l’horloge de ce poste était fausse)", map(_where, found.ahead))
    yield from _section(
        "Absent de ce contenu (gardé)",
        (f"{card} : {counted(times, 'réponse')}" for card, times in sorted(found.unknown.items())),
    )
    yield f"Résumé (snapshot.json) : {found.snapshot.value}.{_advice(found.snapshot)}"
    if found.copies:
        yield f"Copies des lignes illisibles : {counted(found.copies, 'ligne')} dans {_quarantine(folder)}."
    elif spoilt and not found.closed:
        yield "Pour copier ces lignes à part, sans toucher au journal : trainer journal rebuild"


def _advice(cache: Cache) -> str:
    if cache is Cache.FALSE:
        return " Refaites-le : trainer journal rebuild"
    return "" if cache in (Cache.FRESH, Cache.UNKNOWN) else " Il sera refait au prochain lancement."


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    """A heading with the first lines below it; nothing without any."""
    every = list(items)
    if not every:
        return
    yield f"{title} : {len(every)}"
    yield from (f"  {item}" for item in every[:_SHOWN])
    if len(every) > _SHOWN:
        yield f"  … et {len(every) - _SHOWN} de plus : --json les donne toutes."


def _restored(merged: merging.Merged, learners: Sequence[Learner]) -> Iterator[str]:
    names = ", ".join(learner.title for learner in learners)
    yield (
        f"{counted(len(learners), 'apprenant')} : {names}."
        if learners
        else "Aucun apprenant dans cette sauvegarde."
    )
    added = counted(len(merged.added), "fichier ajouté", "fichiers ajoutés")
    yield f"{added}, {counted(merged.same, 'déjà là', 'déjà là')} ; rien n’a été remplacé ni effacé."
    for path in merged.differing:
        yield f"{path} diffère de la sauvegarde : celui d’ici est gardé."


def _where(line: Line) -> str:
    return f"{line.file}, ligne {line.number} (octet {line.offset})"


def _closed(folder: Path, line: Line) -> Path:
    """The path of what cannot be opened: a file of the journal, or its folder."""
    return folder / "journal" / (line.file if line.file != "journal" else "")


def _quarantine(folder: Path) -> Path:
    return folder / quarantine.NAME


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _size(octets: int) -> str:
    return f"{max(round(octets / 1000), 1)} ko"


def _findings_json(found: Findings, learner: Learner) -> dict[str, Any]:
    return {
        "learner": learner.name,
        "folder": str(learner.folder),
        "is_misplaced": learner.is_misplaced,
        "is_whole": found.is_whole,
        "files": sorted(found.files),
        "answers": found.answers,
        "retractions": found.retractions,
        "undone": found.undone,
        "repeated": found.repeated,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "unreadable": [_place_json(line) | {"why": line.why} for line in found.unreadable],
        "newer": list(map(_place_json, found.newer)),
        "conflicts": list(map(_place_json, found.conflicts)),
        "ahead": list(map(_place_json, found.ahead)),
        "unknown": dict(sorted(found.unknown.items())),
        "snapshot": found.snapshot.name.lower(),
        "quarantine": str(_quarantine(learner.folder)) if found.copies else None,
        "copies": found.copies,
    }


def _place_json(line: Line) -> dict[str, Any]:
    place: dict[str, Any] = {"file": line.file, "line": line.number, "offset": line.offset}
    if line.fact is not None:
        place["id"] = line.fact.id
    if isinstance(line.fact, Review):
        place["at"] = line.fact.at.isoformat()
    return place
