"""The product in a terminal, as it is at somebody's desk."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tests.helpers import ROOT
from tests.helpers.processes import environment, used
from tests.helpers.terminal import Terminal

NOTHING: Mapping[str, str] = MappingProxyType({})


class Desk(Terminal):
    """The product over a data folder; see `used`. `module` is what Python is told to run, and `more` its environment."""

    def __init__(
        self,
        data: Path,
        *arguments: str,
        size: tuple[int, int] = (100, 30),
        more: Mapping[str, str] = NOTHING,
        module: Sequence[str] = ("-m", "trainer"),
        folder: Path = ROOT,
    ) -> None:
        used(arguments, data)
        env = environment(data, **{"PYTHONPATH": str(ROOT), **more})
        super().__init__([sys.executable, *module, *arguments], env, size, folder)
