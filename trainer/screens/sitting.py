"""What asking cards and playing boards share on the screen: an answer is saved, then told; leaving is asked about once.

An answer is acknowledged when its verdict shows and the banner does not: then it is on disk. While the disk is slow the
banner says so, and Enter waits for it; when the disk fails or hangs the banner tells, and the sitting goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from enum import Enum, auto

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one

from trainer.drills.starting import Sitting
from trainer.memory.reviews import Draft
from trainer.screens import saving
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Finished, GoOn
from trainer.screens.saving import Saver
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import DIGITS, HELP, ZERO, Command
from trainer.widgets.literal import literal
from trainer.widgets.page import Page
from trainer.widgets.prose import Prose
from trainer.widgets.session_status import SessionStatus

NEXT = Command(
    "next", "Continuer", ("enter", "space"), "Entrée", "Passer à la question suivante.", palette=False
)
FLIP = Command("flip", "Retourner", ("r",), "Entrée", "Retourner la carte.", palette=False)
CONFIRM = Command(
    "confirm", "Valider", (), "Entrée", "Valider ce qui est coché, ou l’ordre donné.", palette=False
)
"""In the bar alone, for the mouse: Enter is taken by the list, or by `NEXT` where another part has the focus."""
DONT_KNOW = Command("dont_know", "Je ne sais pas", ZERO, "0", "Voir la réponse sans deviner.")
GIVE_UP = Command("give_up", "Je ne sais pas", ("f2",), "F2", "Voir la réponse sans rien écrire.")
TIMER = Command("timer", "Chronomètre", ("c",), "C", "Montrer ou cacher le temps passé ; il ne compte pas.")
UNDO = Command(
    "undo", "Annuler", ("ctrl+z", "u"), "U", "Reprendre la réponse dont la correction est affichée."
)
CLAIM = Command(
    "claim",
    "J’avais bon",
    ("j",),
    "J",
    "Compter juste ce que vous avez écrit ; votre formateur pourra le voir, sans votre nom.",
)
FINISH = Command(
    "finish", "Arrêter", ("escape",), "Échap", "Deux fois : arrêter la séance ; vos réponses sont gardées."
)
STOP = Command("stop", "Échap encore une fois", (), "Arrêter ?", FINISH.help)
"""What the bar shows instead of all else once Escape was pressed: no stray key ends a session."""
PICK = tuple(
    Command(
        f"pick({index})",
        f"Réponse {index + 1}",
        keys,
        keys[0],
        f"Choisir la réponse {index + 1}.",
        bar=False,
        palette=False,
    )
    for index, keys in enumerate(DIGITS)
)


class Stage(Enum):
    """Where a question or a board stands."""

    ASKED = auto()
    FLIPPED = auto()
    ANSWERED = auto()
    """Its verdict is about to show: the first key that is meant for it is kept until then."""
    TOLD = auto()
    SAVING = auto()
    """Left as soon as the disk has its answer; no key counts any more."""


def _fail_if_it_did(task: asyncio.Task[None]) -> None:
    """Hand the error of a task, if it ended with one, to whoever takes those that nobody waits for."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        task.get_loop().call_exception_handler({"message": "an answer was not told", "exception": error})


class SittingScreen(TrainerScreen):
    """One part of a sitting: its cards, or its boards. What is asked, and how, is for those who know which.

    Both parts of a session have one help and one palette, so both declare all its commands.
    """

    CSS_PATH = "sitting.tcss"
    HEADING = "Séance"
    OFFERS = (NEXT, FLIP, DONT_KNOW, GIVE_UP, TIMER, UNDO, CLAIM, FINISH, *PICK, HELP)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    status = query_one("#status", SessionStatus)
    banner = query_one("#banner", Prose)
    bar = query_one(CommandBar)

    def __init__(self, services: Services, sitting: Sitting, saver: Saver | None = None) -> None:
        super().__init__(services)
        self.sitting = sitting
        self.stage = Stage.ASKED
        self.saver = saver or Saver(services.recorder)
        self._asked = 0.0
        self._leaving = self._goes_on = False
        self._wish: Callable[[], object] | None = None
        self._saving: asyncio.Task[None] | None = None

    def compose(self) -> ComposeResult:
        """Where one stands, the page, the banner of a failing disk, the commands."""
        yield SessionStatus(id="status")
        yield self.blank_page()
        yield Prose(id="banner")
        yield CommandBar((CONFIRM, *self.OFFERS, STOP))

    def on_mount(self) -> None:
        """Ask the first question."""
        self.banner.display = False
        self.saver.tell_to(self._say_saved)
        self.set_interval(saving.RETRY, self.saver.retry)
        self.ask()

    # What only one who knows what is asked can tell

    def blank_page(self) -> Page:
        """The page that will show what is asked; its id is «body»."""
        raise NotImplementedError

    @property
    def has_turn(self) -> bool:
        """Whether what comes next belongs on this screen."""
        raise NotImplementedError

    def pose(self) -> None:
        """Show what is asked next."""
        raise NotImplementedError

    def offered(self) -> Collection[str]:
        """The actions that may be taken now, apart from help and leaving."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Answer that one does not know."""
        raise NotImplementedError

    # Asking

    def ask(self) -> None:
        """Ask what comes next, here or on the screen where it belongs; or tell that all is over."""
        if self.sitting.is_over:
            self.post_message(Finished(self.sitting))
        elif self.has_turn:
            self.stage, self._wish = Stage.ASKED, None
            self._leaving = False
            self.start_clock()
            self.pose()
            self.offer()
        else:
            self.stage = Stage.SAVING  # a key pressed in impatience must not pass over what comes next
            self._go_on()

    def _go_on(self) -> None:
        """Go to the other screen; once help or palette are closed, if they were opened while the disk was waited for."""
        self._goes_on = not self.is_active
        if self.is_active:
            self.post_message(GoOn(self.sitting, self.saver))

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        if self._goes_on:
            self._go_on()

    def start_clock(self) -> None:
        """From now on the learner thinks."""
        self._asked = self.services.world.monotonic()

    @property
    def thinking(self) -> float:
        """Seconds that the learner has been thinking."""
        return self.services.world.monotonic() - self._asked

    def offer(self) -> None:
        """Show the commands that can be given now."""
        self.bar.offer({STOP.action} if self._leaving else {FINISH.action, HELP.action, *self.offered()})
        self.bar.set_class(self._leaving, "-asking")

    # Answering

    def note_and_tell(
        self, drafts: Sequence[Draft], seconds: float, tell: Callable[[], None]
    ) -> tuple[str, ...]:
        """Note what was answered at once, and return the ids of its reviews; save, then `tell`, while keys are taken."""
        self.stage = Stage.ANSWERED
        noted = self.saver.note(drafts, seconds)
        # No worker: the messages that tell how far it is would take a tenth of the time to the verdict.
        self._saving = asyncio.create_task(self._save(tell))
        self._saving.add_done_callback(_fail_if_it_did)
        return noted

    async def _save(self, tell: Callable[[], None]) -> None:
        await self.saver.save()
        if self.saver.waits:  # that it is not saved yet has to be on the screen before the verdict is
            self.call_after_refresh(self._tell, tell)
        else:
            self._tell(tell)

    def _tell(self, tell: Callable[[], None]) -> None:
        if self.is_there:
            tell()
            self._grant()

    def _say_saved(self, text: str) -> None:
        """Say what becomes of the answers; nothing once all are saved."""
        if not self.is_there:
            return
        self.banner.update(literal(text))
        self.banner.display = bool(text)
        self.banner.set_class(text == saving.SAVING, "-saving")
        if self.stage is Stage.TOLD:
            self.offer()

    # Keys that come early

    def keeps(self, wish: Callable[[], object]) -> bool:
        """Whether a key came too early, and waits for the verdict now if it is the first one that does."""
        if self.stage is not Stage.ANSWERED:
            return False
        self._wish = self._wish or wish
        return True

    def _grant(self) -> None:
        """Do what a key asked for that was pressed before the verdict was there."""
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def once_saved(self, act: Callable[[], None]) -> None:
        """Do something as soon as the answer is saved, or the disk is given up; at once as a rule."""
        if not self.saver.waits:
            act()
            return
        self.stage = Stage.SAVING  # a key pressed in impatience is not meant for the next question
        self.run_worker(self._wait(act), exclusive=True)

    async def _wait(self, act: Callable[[], None]) -> None:
        await self.saver.wait()
        act()

    # Commands

    def action_next(self) -> None:
        """Ask what comes next once the answer is saved."""
        if not self.keeps(self.action_next) and self.stage is Stage.TOLD:
            self.once_saved(self._advance)

    def _advance(self) -> None:
        self.sitting.advance()
        self.ask()

    async def action_dont_know(self) -> None:
        """Show the answer without guessing."""
        if self.stage is Stage.ASKED:
            self.give_up()

    async def action_give_up(self) -> None:
        """The same where 0 would be written."""
        await self.action_dont_know()

    def action_finish(self) -> None:
        """Ask whether to stop, and stop the second time; after the last answer there is nothing to lose, so go on."""
        if self._leaving:
            self.action_stop()
        elif self.stage is Stage.TOLD and not self.sitting.remaining:
            self.action_next()
        else:
            self.ask_to_leave(True)

    def action_stop(self) -> None:
        """Stop here; everything answered is saved, or the summary says what is not."""
        if not self.keeps(self.action_stop):
            self.once_saved(self._finish)

    def on_key(self, event: events.Key) -> None:
        """Any other key than Escape means that one stays."""
        if event.key != "escape":
            self.ask_to_leave(False)

    def ask_to_leave(self, leaving: bool) -> None:
        """Ask whether to stop, or ask no more."""
        if leaving is not self._leaving:
            self._leaving = leaving
            self.offer()

    def _finish(self) -> None:
        self.stage = Stage.SAVING
        self.post_message(Finished(self.sitting))
