"""The command `trainer`. Opening the application takes no verb, and spares the import of their parser."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import NoReturn

from trainer.launch import end, guarded, play, without_verb


def run() -> NoReturn:
    """The entry point of the command."""
    argv = sys.argv[1:]
    end(guarded(partial(_start, argv), argv))


def _start(argv: Sequence[str]) -> None:
    places = without_verb(argv)
    if places is not None:
        play(places)
        return
    from trainer.cli import main

    raise SystemExit(main(argv))


if __name__ == "__main__":
    run()
