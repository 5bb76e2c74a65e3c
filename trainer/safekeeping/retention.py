"""Keeping answers no longer than decided: the setting of a data folder, and the erasure of those who left long ago."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from trainer.memory.expiry import MONTHS, Fate, Mark, expiry, weigh
from trainer.progress import documents, settings
from trainer.progress.files import write_whole
from trainer.progress.learners import Learner, Learners
from trainer.progress.reading import read
from trainer.safekeeping.erasure import Left, erase

LONGEST = 1200
"""Months; a century is as good as for ever."""
_KEY = "retention_months"
_AGAIN = "« trainer data retention 12 »"
_MARK = "expiry.json"
_MOST_TIMES = 1_000_000
"""Days on which somebody can have been found to have left long ago."""


class Retention(NamedTuple):
    """How many months answers are kept after the last one, 0 for ever; `warning` says in French why nothing goes."""

    months: int = MONTHS
    warning: str = ""


class Outcome(NamedTuple):
    """What became of a learner: announced for the day `erased`, or erased, but for what is `left`."""

    learner: Learner
    fate: Fate
    erased: date
    left: tuple[Left, ...] = ()


def load(data: Path, shared: Path | None = None) -> Retention:
    """What a data folder says, or else an administrator's; never raises. A file that cannot be read keeps everything."""
    kept = settings.load(data, shared)
    months, path = kept.get(_KEY, MONTHS), kept.path_of(_KEY)
    if not kept.problem and type(months) is int and 0 <= months <= LONGEST:
        return Retention(months)
    why = kept.problem or f"la durée ({_KEY}) n’est pas un nombre de mois"
    if kept.is_later:
        advice = "trainer n’aura pas été mis à jour"
    elif path.parent == shared:
        advice = "l’administrateur de ce poste n’aura pas corrigé ce fichier"
    else:
        advice = f"{_AGAIN} n’aura pas remis une durée"
    return Retention(0, f"{path} : {why}. Rien ne sera effacé tant que {advice}.")


def save(data: Path, months: int) -> Path | None:
    """Keep another number of months; where the old settings were put aside, if they were damaged.

    ProgressError if it cannot be written.
    """
    return settings.change(data, _KEY, months, is_spoilt=bool(load(data).warning))


def announced(learner: Learner) -> date | None:
    """The day from which a learner's answers may be erased, if that was announced."""
    mark = _mark(learner.folder)
    return mark.erased if mark else None


def sweep(learners: Learners, today: date, using: Path | None = None) -> list[Outcome]:
    """Announce or erase what is past its time, whoever learns in the folder `using` excepted.

    What cannot be read, marked or erased stays for the next time. ProgressError if nobody can tell who there is.
    """
    months = load(learners.data, learners.shared).months
    outcomes = (_one(learner, today, 0 if learner.folder == using else months) for learner in learners.all())
    return [outcome for outcome in outcomes if outcome]


def _one(learner: Learner, today: date, months: int) -> Outcome | None:
    before = _mark(learner.folder)
    last = _last(learner, today, months) if months else None
    fate, mark = weigh(last, today, months, before)
    if mark is None:
        if before:
            with suppress(OSError):
                (learner.folder / _MARK).unlink()
        return None
    if fate is Fate.ERASED:
        return Outcome(learner, fate, today, erase(learner.folder))
    if mark != before:
        with suppress(OSError):
            write_whole(learner.folder / _MARK, documents.written(_fields(mark)))
    return Outcome(learner, fate, mark.erased)


def _last(learner: Learner, today: date, months: int) -> date | None:
    """The day of the last sign of a learner: of what was written, or of the files that hold it, whichever is later.

    What was written is only read where the files are old enough. None if there is no sign, or not all can be read.
    """
    try:
        signs = [date_of(path.stat().st_mtime) for path in _files(learner.journal)]
    except OSError:
        return None
    if learner.created:
        signs.append(learner.created.date())
    if signs and today >= expiry(max(signs), months):
        found = read(learner.journal)
        if any(not bad.line for bad in found.unfinished):
            return None
        signs += [fact.at.date() for fact in found.facts]
    return max(signs, default=None)


def _files(journal: Path) -> Iterator[Path]:
    """The files of a journal; none if there is no journal."""
    with suppress(FileNotFoundError):
        yield from journal.iterdir()


def date_of(seconds: float) -> date:
    """The day, in UTC, of the time of a file; OSError if it is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError) as error:
        raise OSError("no such day") from error


def _mark(folder: Path) -> Mark | None:
    """The mark left by earlier runs, unless it is damaged."""
    try:
        fields = documents.read(folder / _MARK)
        mark = Mark(date.fromisoformat(fields["since"]), date.fromisoformat(fields["seen"]), fields["times"])
        is_credible = type(mark.times) is int and 0 < mark.times <= _MOST_TIMES and mark.since < mark.erased
        return mark if is_credible else None
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


def _fields(mark: Mark) -> dict[str, object]:
    return {"since": mark.since.isoformat(), "seen": mark.seen.isoformat(), "times": mark.times}
