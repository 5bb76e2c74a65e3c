"""What is said of journals that were looked over, copied or put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.glossary.cleaning import argument
from trainer.safekeeping.verifying import Cache
from trainer.wording.numbers import DAY, counted, size

if TYPE_CHECKING:
    from trainer.progress.inspecting import Line
    from trainer.progress.learners import Learner
    from trainer.safekeeping.keeper import BackedUp, Checked, Rebuilt, Restored
    from trainer.safekeeping.verifying import Findings

NOBODY = "Rien n’est gardé de personne dans ce dossier."
_SHOWN = 20
"""Lines of one sort that a person is shown; JSON lists all."""


def checked_lines(everyone: Sequence[Checked]) -> Iterator[str]:
    """What the journals of some learners hold."""
    for checked in everyone:
        yield checked.learner.title
        for line in (*_misplaced(checked), *_findings(checked.findings, checked.learner)):
            yield f"  {line}"
    if not everyone:
        yield NOBODY


def rebuilt_lines(everyone: Sequence[Rebuilt]) -> Iterator[str]:
    """What became of some learners' snapshots, a line each."""
    for learner, answers, copied in everyone:
        told = f"{learner.title} : {counted(answers, 'réponse')}, résumé refait à partir du journal."
        if copied:
            copies = counted(copied, "ligne illisible copiée", "lignes illisibles copiées")
            told += f" {copies} dans {learner.quarantine}."
        yield told
    if not everyone:
        yield NOBODY


def backed_up_lines(backup: BackedUp) -> Iterator[str]:
    """Where a backup is, what it holds, and what it is for."""
    yield f"Sauvegarde de {counted(backup.learners, 'apprenant')} : {backup.path} ({size(backup.size)})."
    yield "Elle contient des noms et des réponses : rangez-la là où vous seul pouvez la lire."
    yield f"Pour la remettre en place, ici ou ailleurs : trainer restore {argument(backup.path.name)}"


def _misplaced(checked: Checked) -> Iterator[str]:
    """What is to be done about a folder that was copied or renamed by hand."""
    if checked.meant is None:
        return
    yield "Ce dossier a été copié ou renommé à la main : il s’ouvre comme un apprenant à part."
    if checked.is_taken:
        yield f"{checked.meant.name} existe aussi. Si celui-ci n’est qu’une copie, effacez-la."
    else:
        yield f"Pour le remettre à sa place, rendez-lui son nom : {checked.meant.name}"


def _findings(found: Findings, learner: Learner) -> Iterator[str]:
    """What a person is told of a journal."""
    yield f"Journal : {learner.journal}"
    span = f", du {found.first:{DAY}} au {found.last:{DAY}}" if found.first and found.last else ""
    undone = f", {counted(found.undone, 'reprise')} de plus" if found.undone else ""
    yield (f"Lu : {counted(found.answers, 'réponse')}{undone}, {counted(len(found.files), 'fichier')}{span}.")
    if found.repeated:
        yield f"{counted(found.repeated, 'ligne répétée', 'lignes répétées')} à l’identique : comptées une seule fois."
    yield from _section(
        "Impossible à lire", (f"{_closed(learner, line)} : {line.why}" for line in found.closed)
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
        yield f"Copies des lignes illisibles : {counted(found.copies, 'ligne')} dans {learner.quarantine}."
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


def restored_lines(restored: Restored) -> Iterator[str]:
    """What a backup brought back, a line each."""
    merged, learners = restored
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


def _closed(learner: Learner, line: Line) -> object:
    """The path of what cannot be opened: a file of the journal, or its folder."""
    return learner.journal if line.file == learner.journal.name else learner.journal / line.file
