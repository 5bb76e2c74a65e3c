"""Answers on their way from a screen to the disk: one save at a time, and a word on what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread

from trainer.errors import ProgressError
from trainer.memory.reviews import Draft
from trainer.progress.recorder import Recorder

PATIENCE = 0.25
"""Seconds that a verdict waits for the disk, so that it mostly shows as already saved."""
HANGING = 2.0
"""Seconds that the next question waits for the disk, before the session goes on without it."""
RETRY = 5.0
"""Seconds between two attempts to save what a disk refused."""

SAVING = "Enregistrement en cours…"
HUNG = (
    "⚠ Le disque ne répond pas : vos dernières réponses ne sont pas encore enregistrées. Vous pouvez "
    "continuer ; elles le seront dès qu’il répondra, tant que cette fenêtre reste ouverte."
)


class Saver:
    """Keeps the answers of one sitting, whose screens it tells, each in its turn.

    An answer is acknowledged once it has been told of ("") that nothing is left to save. Until then the screen is told
    the reason, in French. No disk and no error, however unexpected, can stop the screen.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._told = ""
        self._listener: Callable[[str], None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._late = False

    def tell_to(self, listener: Callable[[str], None]) -> None:
        """Tell this screen from now on, and first what the one before it was told last."""
        self._listener = listener
        if self._told:
            listener(self._told)

    def _tell(self, text: str) -> None:
        self._told = text
        if self._listener is not None:
            self._listener(text)

    @property
    def waits(self) -> bool:
        """Whether it is worth while to wait for the disk."""
        return self._busy and not self._late

    @property
    def _busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def note(self, drafts: Sequence[Draft], seconds: float) -> tuple[str, ...]:
        """Note the reviews of an answer, to be saved; their ids, none if they cannot be kept. Waits for no disk."""
        try:
            return self._recorder.note(drafts, seconds)
        except Exception as error:  # a fault of ours must not end a session
            self._tell(f"⚠ Réponse perdue : {_unexpected(error)}")
            return ()

    async def save(self) -> None:
        """Begin to save what is noted; return once it is, or after a moment."""
        self.retry()
        if self._task is not None and not self._late:
            await asyncio.wait({self._task}, timeout=PATIENCE)
            if self._busy:
                self._tell(SAVING)

    def retry(self) -> None:
        """Begin to save what is noted, unless that is going on or there is nothing."""
        if not self._busy and self._recorder.store.unsaved:
            self._late = False
            self._task = asyncio.create_task(self._save())

    async def wait(self) -> None:
        """Wait until nothing is being saved, or until it is plain that the disk does not answer."""
        if self._task is not None and self.waits:
            await asyncio.wait({self._task}, timeout=HANGING)
            if self._busy:
                self._late = True
                self._tell(HUNG)

    async def _save(self) -> None:
        try:
            while self._recorder.store.unsaved:  # more may be noted meanwhile
                await _aside(self._recorder.save)
        except ProgressError as error:
            self._tell(f"⚠ {error}")
        except Exception as error:  # whatever it is, the answers are still noted
            self._tell(f"⚠ Enregistrement impossible : {_unexpected(error)}")
        else:
            self._tell("")


def _unexpected(error: Exception) -> str:
    return (
        f"erreur inattendue ({type(error).__name__}). Prévenez la personne qui s’occupe de ce poste ; "
        "vous pouvez continuer."
    )


async def _aside(action: Callable[[], None]) -> None:
    """Do something in a thread of its own, which neither other work nor the end of the program can hold up."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def finish(error: Exception | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def act() -> None:
        caught = None
        try:
            action()
        except Exception as error:
            caught = error
        with suppress(RuntimeError):  # the loop may be gone by then
            loop.call_soon_threadsafe(finish, caught)

    Thread(target=act, name="trainer-save", daemon=True).start()
    await done
