"""The one tree of errors; each knows its exit code and speaks French.

TrainerError (1)
├── UsageError (2)        the command line asks for something that does not exist
├── ContentError (3)      no content can be read at all
├── ProgressError (4)     a learner's data can be neither read nor written
│   └── ErasedError       they were erased while a window was open
├── StreamError (5)       standard input or output is closed, full or broken
└── ReaderGone (141)      whoever read the output has read enough; nothing is said
"""

from __future__ import annotations

CRASHED = 70
"""The exit code of what nobody expected: what `sysexits.h` calls a failure of the program itself."""


class TrainerError(Exception):
    """An expected failure: its text is shown to a person, without a traceback."""

    exit_code = 1


class UsageError(TrainerError):
    """The command line names something that does not exist."""

    exit_code = 2


class ContentError(TrainerError):
    """No content can be read at all."""

    exit_code = 3


class ProgressError(TrainerError):
    """A learner's data can be neither read nor written."""

    exit_code = 4


class ErasedError(ProgressError):
    """A learner was erased, or their folder taken elsewhere, while a window was open."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"Le dossier de vos réponses a été effacé ou déplacé pendant que cette fenêtre était ouverte ({folder}). "
            "Vos réponses ne sont plus enregistrées ; pour recommencer, quittez trainer et relancez-le."
        )


class StreamError(TrainerError):
    """Standard input cannot be read, or standard output not be written."""

    exit_code = 5


class ReaderGone(TrainerError):
    """Nobody reads the output any more, as after `| head`; the code is that of programs which SIGPIPE ends."""

    exit_code = 141
