"""The drill: one question at a time, an answer, a verdict.

An answer is acknowledged when its verdict shows and the banner does not: then it is on disk. While the disk is slow the
banner says so, and Enter waits for it; when the disk fails or hangs the banner tells, and the session goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from enum import Enum, auto

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from trainer.drills.grading import Verdict
from trainer.drills.questions import (
    Answer,
    Choice,
    DontKnow,
    Flashcard,
    Matching,
    PairUp,
    Question,
    SelfGrade,
    Typed,
    TypedRecall,
)
from trainer.drills.session import Draft, Session
from trainer.memory.reviews import Rating
from trainer.screens import saving
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Finished
from trainer.screens.saving import Saver
from trainer.services import Services
from trainer.widgets.choice_list import ChoiceList
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import DIGITS, HELP, ZERO, Command
from trainer.widgets.literal import literal
from trainer.widgets.match_board import MatchBoard
from trainer.widgets.prose import Prose
from trainer.widgets.question_page import QuestionPage
from trainer.widgets.session_status import SessionStatus
from trainer.wording.feedback import GRADES, RETRIES, Feedback, delay, feedback
from trainer.wording.games import result_line
from trainer.wording.sessions import REPEATED

NEXT = Command(
    "next", "Continuer", ("enter", "space"), "Entrée", "Passer à la question suivante.", palette=False
)
FLIP = Command("flip", "Retourner", ("r",), "Entrée", "Retourner la carte.", palette=False)
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
    """Where a question stands."""

    ASKED = auto()
    FLIPPED = auto()
    ANSWERED = auto()
    """Its verdict is about to show: the first key that is meant for it is kept until then."""
    TOLD = auto()
    SAVING = auto()
    """Left as soon as the disk has its answer; no key counts any more."""


class DrillScreen(TrainerScreen):
    """Runs one session."""

    CSS_PATH = "drill.tcss"
    HEADING = "Séance"
    OFFERS = (NEXT, FLIP, DONT_KNOW, GIVE_UP, TIMER, UNDO, CLAIM, FINISH, *PICK, HELP)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    status = query_one("#status", SessionStatus)
    page = query_one(QuestionPage)
    banner = query_one("#banner", Prose)
    bar = query_one(CommandBar)

    def __init__(self, services: Services, session: Session) -> None:
        super().__init__(services)
        self.session = session
        self.stage = Stage.ASKED
        self._asked = 0.0
        self._empty = False
        self._leaving = False
        self._noted: tuple[str, ...] = ()
        self._wish: Callable[[], object] | None = None
        self._posed = Message()
        self._saver = Saver(services, self._say_saved)

    def compose(self) -> ComposeResult:
        """Where one stands, the page, the banner of a failing disk, the commands."""
        yield SessionStatus(id="status")
        yield QuestionPage(id="body")
        yield Prose(id="banner")
        yield CommandBar((*self.OFFERS, STOP))

    def on_mount(self) -> None:
        """Ask the first question."""
        self.banner.display = False
        self.set_interval(saving.RETRY, self._saver.retry)
        self._ask()

    # Asking

    def _ask(self) -> None:
        self.session.history = self.services.history  # another one since an answer was taken back
        self.session.today = self.services.today()  # another one in the small hours
        question = self.session.question
        if question is None:
            self.post_message(Finished(self.session))
            return
        self.stage, self._wish = Stage.ASKED, None
        self._posed = Message()
        self._asked = self.services.world.monotonic()
        self._empty = self._leaving = False
        self._show_status()
        self.page.ask(question)
        if self.session.is_repeated:
            self.page.hint(REPEATED)
        self._offer()

    def _show_status(self) -> None:
        self.status.show(self.session, self._thinking)

    def _thinking(self) -> float:
        """Seconds since the question, or the pair before; none once the verdict shows."""
        return self.services.world.monotonic() - self._asked if self.stage is Stage.ASKED else 0

    def _offer(self) -> None:
        self.bar.offer({STOP.action} if self._leaving else self._offered())
        self.bar.set_class(self._leaving, "-asking")

    def _offered(self) -> Collection[str]:
        question = self.session.question
        if self.stage is Stage.TOLD:
            return {NEXT.action, FINISH.action, HELP.action} | self._offered_against_a_verdict()
        if isinstance(question, Flashcard):
            flip = {FLIP.action} if self.stage is Stage.ASKED else set()
            return {FINISH.action, HELP.action} | flip
        unknown = GIVE_UP if isinstance(question, TypedRecall) else DONT_KNOW
        timer = {TIMER.action} if isinstance(question, Matching) else set()
        return {unknown.action, FINISH.action, HELP.action} | timer

    def _offered_against_a_verdict(self) -> set[str]:
        """To take it back, or to have it counted right; both would not fit on a narrow bar, and U works all the same."""
        if not self._can_undo:
            return set()
        return {CLAIM.action} if self.session.can_claim else {UNDO.action}

    @property
    def _can_undo(self) -> bool:
        """Whether there is a verdict to take back, and it is on disk."""
        return self._has_answer and self._is_saved

    @property
    def _has_answer(self) -> bool:
        """Whether there is a verdict to take back."""
        return self.stage is Stage.TOLD and self.session.can_undo

    @property
    def _is_saved(self) -> bool:
        return bool(self._noted) and not self.services.store.unsaved

    # Answering

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if event.time >= self._posed.time:
            self._choose(event.index)

    def _choose(self, index: int) -> None:
        if self.stage is Stage.FLIPPED:
            self._answer(SelfGrade(Rating(index + 1)))
        elif self.stage is Stage.ASKED:
            self._answer(Choice(index))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if event.time < self._posed.time:  # a key too many for the question before
            return
        if self.stage is not Stage.ASKED:
            self.action_next()
        elif event.value.strip():
            self._answer(Typed(event.value))
        elif self._empty:
            self._answer(DontKnow())
        else:
            self._empty = True
            self.page.hint("Rien n’est écrit. Entrée encore une fois : je ne sais pas.")

    @on(MatchBoard.Paired)
    def _paired(self, event: MatchBoard.Paired) -> None:
        event.stop()
        if self.stage is Stage.ASKED:
            self._answer(PairUp(event.left, event.right))

    def _answer(self, answer: Answer) -> None:
        """Judge, note, save, then tell."""
        question = self.session.question
        if question is None:
            return
        self._ask_to_leave(False)
        seconds = self.services.world.monotonic() - self._asked
        verdict, drafts = self.session.answer(answer, seconds)
        if verdict.retry is not None:
            self.page.hint(RETRIES[verdict.retry])
            return
        self._settle(question, answer, verdict, drafts, seconds)

    def _settle(
        self, question: Question, answer: Answer, verdict: Verdict, drafts: Sequence[Draft], seconds: float
    ) -> None:
        """Note what was answered at once; save and tell while keys are taken."""
        self.stage = Stage.ANSWERED
        self.page.choices.open = False  # keys are meant for the verdict now
        self._noted = self._saver.note(drafts, seconds)
        self.run_worker(self._save(question, answer, verdict), group="answer")

    async def _save(self, question: Question, answer: Answer, verdict: Verdict) -> None:
        await self._saver.save()
        if self._saver.waits:  # that it is not saved yet has to be on the screen before the verdict is
            self.call_after_refresh(self._tell, question, answer, verdict)
        else:
            self._tell(question, answer, verdict)

    def _say_saved(self, text: str) -> None:
        """Say what becomes of the answers; nothing once all are saved."""
        if not self.is_there:
            return
        self.banner.update(literal(text))
        self.banner.display = bool(text)
        self.banner.set_class(text == saving.SAVING, "-saving")
        if self.stage is Stage.TOLD:
            self._offer()

    # Telling

    def _tell(self, question: Question, answer: Answer, verdict: Verdict) -> None:
        if not self.is_there:
            return
        told = feedback(question, verdict, self.session.library, self.session.history)
        self.stage = Stage.TOLD
        if isinstance(question, Matching):
            told = self._tell_board(question, answer, told)
        self._show_status()
        if self.stage is Stage.TOLD:
            self.page.close(question, answer.index if isinstance(answer, Choice) else None)
            self._offer()
        self.page.tell(told)
        self._grant()

    def _grant(self) -> None:
        """Do what a key asked for that was pressed before the verdict was there."""
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def _keeps(self, wish: Callable[[], object]) -> bool:
        """Whether a key came too early, and waits for the verdict now if it is the first one that does."""
        if self.stage is not Stage.ANSWERED:
            return False
        self._wish = self._wish or wish
        return True

    def _tell_board(self, board: Matching, answer: Answer, told: Feedback) -> Feedback:
        """Draw what became of a pair, and go on until the board is done; then the result is told too."""
        if isinstance(answer, PairUp):
            self.page.pair(answer.left, answer.right, board.is_right(answer))
        else:
            self.page.reveal(board)
        if not self.session.board_done:
            self.stage, self._asked = Stage.ASKED, self.services.world.monotonic()
            return told
        result = result_line(self.session.score(board), self.session.timed)
        return replace(told, paragraphs=(*told.paragraphs, ("", result)))

    # Commands

    def action_next(self) -> None:
        """Go on: flip the card, or ask the next question once the answer is saved."""
        if self._keeps(self.action_next):
            return
        if self.stage is Stage.ASKED and isinstance(self.session.question, Flashcard):
            self.action_flip()
        elif self.stage is Stage.TOLD:
            self._once_saved(self._advance)

    def _advance(self) -> None:
        self.session.advance()
        self._ask()

    def _once_saved(self, act: Callable[[], None]) -> None:
        """Do something as soon as the answer is saved, or the disk is given up; at once as a rule."""
        if not self._saver.waits:
            act()
            return
        self.stage = Stage.SAVING  # a key pressed in impatience is not meant for the next question
        self.run_worker(self._wait(act), exclusive=True)

    async def _wait(self, act: Callable[[], None]) -> None:
        await self._saver.wait()
        act()

    def action_flip(self) -> None:
        """Turn the card, and offer the four grades with when it would come back."""
        question = self.session.question
        if self.stage is not Stage.ASKED or not isinstance(question, Flashcard):
            return
        self.stage = Stage.FLIPPED
        schedule = self.session.history.schedule(question.card)
        intervals = self.session.history.scheduler.intervals(schedule, self.session.today)
        self.page.flip(
            question.back, [f"{GRADES[rating - 1]} : {delay(intervals[rating])}" for rating in Rating]
        )
        self._offer()

    async def action_pick(self, index: int) -> None:
        """Choose by number."""
        if isinstance(self.session.question, Matching):
            self.page.board.pick(index)
        elif self.page.choices.display and self.page.choices.has(index):
            self._choose(index)

    async def action_dont_know(self) -> None:
        """Show the answer without guessing."""
        if self.stage is Stage.ASKED and not isinstance(self.session.question, Flashcard):
            self._answer(DontKnow())

    async def action_give_up(self) -> None:
        """The same where 0 would be written."""
        await self.action_dont_know()

    def action_timer(self) -> None:
        """Show the time, or hide it again; it is the same either way."""
        if isinstance(self.session.question, Matching):
            self.session.timed = not self.session.timed
            self._show_status()

    def action_undo(self) -> None:
        """Take the last answer back and ask it again, as soon as it is saved."""
        if not self._keeps(self.action_undo) and self._has_answer:
            self._once_saved(self._take_back)

    def _take_back(self) -> None:
        self.stage = Stage.TOLD
        if self._can_undo:
            self.stage = Stage.SAVING
            self.services.withdraw(self._noted)
            self.run_worker(self._undo(), exclusive=True)

    async def _undo(self) -> None:
        await self._saver.save()
        await self._saver.wait()
        self.session.undo(self.services.history)
        self._ask()

    def action_claim(self) -> None:
        """Count as right what was written, against the judge, as soon as it is saved."""
        if not self._keeps(self.action_claim) and self._has_answer and self.session.can_claim:
            self._once_saved(self._count_right)

    def _count_right(self) -> None:
        """Note both facts before anything else can happen."""
        self.stage = Stage.TOLD
        question = self.session.question
        if question is not None and self._can_undo and self.session.can_claim:
            self.services.withdraw(self._noted)
            verdict, drafts = self.session.claim(self.services.history)
            self._settle(question, Typed(verdict.given), verdict, drafts, 0)

    def action_finish(self) -> None:
        """Ask whether to stop, and stop the second time; after the last answer there is nothing to lose, so go on."""
        if self._leaving:
            self.action_stop()
        elif self.stage is Stage.TOLD and not self.session.remaining:
            self.action_next()
        else:
            self._ask_to_leave(True)

    def action_stop(self) -> None:
        """Stop here; everything answered is saved, or the summary says what is not."""
        if not self._keeps(self.action_stop):
            self._once_saved(self._finish)

    def on_key(self, event: events.Key) -> None:
        """Any other key than Escape means that one stays."""
        if event.key != "escape":
            self._ask_to_leave(False)

    @on(Input.Changed)
    def _written(self) -> None:
        self._ask_to_leave(False)  # a field keeps its keys to itself

    def _ask_to_leave(self, leaving: bool) -> None:
        if leaving is not self._leaving:
            self._leaving = leaving
            self._offer()

    def _finish(self) -> None:
        self.stage = Stage.SAVING
        self.post_message(Finished(self.session))
