"""The command `trainer`. Opening the application takes no verb, and spares the import of their parser."""

from __future__ import annotations

import sys
from functools import partial
from typing import NoReturn

from trainer.launch import guarded, play, without_verb


def run() -> NoReturn:
    """The entry point of the command."""
    places = without_verb(sys.argv[1:])
    if places is not None:
        sys.exit(guarded(partial(play, places)))
    from trainer.cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()
