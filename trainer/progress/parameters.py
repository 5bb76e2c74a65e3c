"""The FSRS parameters kept for everyone of a data folder: one file, with all those that were kept before."""

from __future__ import annotations

import json
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from trainer.errors import ProgressError
from trainer.memory.schedule import DEFAULTS, Parameters, are_usable
from trainer.progress import documents
from trainer.progress.codec import read_time, write_time
from trainer.progress.files import cause, set_aside, write_whole

NAME = "parameters.json"
VERSION = 1
_SPOILT = "fichier abîmé, ou mal modifié à la main"
_MOST = 10**12
"""Revisions, and learners."""


class _DamagedError(Exception):
    """The file holds no parameters that can be used; says in French why."""


class Fit(NamedTuple):
    """Parameters that were kept, when, from how many revisions of how many learners.

    `before` and `after` are the losses on the later revisions, of the parameters replaced and of these.
    """

    parameters: Parameters
    at: datetime
    revisions: int
    learners: int
    before: float
    after: float


class Kept(NamedTuple):
    """Every fit in the order in which they were kept; `warning` says in French why there may be others."""

    fits: tuple[Fit, ...] = ()
    warning: str = ""

    @property
    def parameters(self) -> Parameters:
        """Those in use: the last ones, else the defaults."""
        return self.fits[-1].parameters if self.fits else DEFAULTS


def load(data: Path) -> Kept:
    """What a data folder keeps; never raises, whatever the file holds."""
    path = data / NAME
    try:
        return Kept(_read(path))
    except _DamagedError as damage:
        return Kept(
            warning=f"{path} : {damage}. Les délais d’origine entre les révisions sont utilisés ; "
            "« trainer optimize --undo » met ce fichier de côté."
        )


def _read(path: Path) -> tuple[Fit, ...]:
    try:
        content = documents.read(path)
        if type(content["v"]) is int and content["v"] > VERSION:
            raise _DamagedError("fichier d’une version plus récente de trainer")
        if content["v"] != VERSION:
            raise _DamagedError(_SPOILT)
        return tuple(map(_fit, content["fits"]))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise _DamagedError(f"fichier inaccessible ({cause(error)})") from None
    except (ValueError, KeyError, TypeError, OverflowError):
        raise _DamagedError(_SPOILT) from None


def save(data: Path, fits: tuple[Fit, ...]) -> None:
    """Keep these fits instead of what the file holds; ProgressError if it cannot be written."""
    path = data / NAME
    content = {"v": VERSION, "fits": [fit._asdict() | {"at": write_time(fit.at)} for fit in fits]}
    try:
        if load(data).warning:
            set_aside(path)
        write_whole(path, json.dumps(content, indent=1).encode())
    except OSError as error:
        if load(data).fits == fits:  # all went well but the last step, which only a power cut could undo
            return
        raise ProgressError(
            f"{path} : réglages non enregistrés ({cause(error)}). Rien n’a changé ; réglez cela, puis relancez."
        ) from error


def _fit(fields: dict[str, Any]) -> Fit:
    fit = Fit(**fields)
    if not (type(fit.revisions) is type(fit.learners) is int and are_usable(fit.parameters)):
        raise ValueError("not a fit")
    if not (0 <= fit.revisions <= _MOST and 0 <= fit.learners <= _MOST):
        raise ValueError("not a number of answers or people")
    return fit._replace(
        parameters=tuple(map(_number, fit.parameters)),
        at=read_time(fields["at"]),
        before=_number(fit.before),
        after=_number(fit.after),
    )


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not isfinite(value):
        raise ValueError(f"not a number: {value!r}")
    return float(value)
