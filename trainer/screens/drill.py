"""Cards: one question at a time, an answer, a verdict; what was answered last can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from trainer.drills.grading import Verdict
from trainer.drills.session import Session
from trainer.drills.shapes import (
    Answer,
    Choice,
    DontKnow,
    Order,
    Ordered,
    Question,
    Reveal,
    SelfGrade,
    Tick,
    Ticked,
    Typed,
    Write,
)
from trainer.memory.reviews import Draft, Rating
from trainer.screens.saving import Saver
from trainer.screens.sitting import CLAIM, CONFIRM, DONT_KNOW, FLIP, GIVE_UP, NEXT, UNDO, SittingScreen, Stage
from trainer.services import Services
from trainer.widgets.choice_list import ChoiceList
from trainer.widgets.question_page import QuestionPage
from trainer.wording.feedback import GRADES, RETRIES, delay, feedback
from trainer.wording.sessions import NOTHING_TICKED, REPEATED, place_line, unplaced_line


class DrillScreen(SittingScreen):
    """Asks the questions of a session."""

    page = query_one(QuestionPage)

    def __init__(self, services: Services, session: Session, saver: Saver | None = None) -> None:
        super().__init__(services, session, saver)
        self.session = session
        self._empty = False
        self._noted: tuple[str, ...] = ()
        self._posed = Message()

    def blank_page(self) -> QuestionPage:
        """A question, between what to do and the verdict."""
        return QuestionPage(id="body")

    # Asking

    def ask(self) -> None:
        """Ask what comes next, by what the learner knows today."""
        self.session.history = self.services.history  # another one since an answer was taken back
        self.session.today = self.services.today()  # another one in the small hours
        super().ask()

    @property
    def has_turn(self) -> bool:
        """Whether a question comes next."""
        return not self.session.is_playing

    def pose(self) -> None:
        """Show the question."""
        question = self.session.question
        if question is None:
            return
        self._posed = Message()
        self._empty = False
        self._show_status()
        self.page.ask(question)
        if self.session.is_repeated:
            self.page.hint(REPEATED)

    def _show_status(self) -> None:
        self.status.say(place_line(self.session), self.session.deck.title)

    def offered(self) -> set[str]:
        """What can be done with the question, or about its verdict."""
        question = self.session.question
        if self.stage is Stage.TOLD:
            return {NEXT.action} | self._offered_against_a_verdict()
        if isinstance(question, Reveal):
            return {FLIP.action} if self.stage is Stage.ASKED else set()
        if isinstance(question, Tick | Order):
            return {CONFIRM.action, DONT_KNOW.action}
        return {GIVE_UP.action if isinstance(question, Write) else DONT_KNOW.action}

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

    @on(ChoiceList.Changed)
    def _changed(self) -> None:
        """Some options are chosen, but not confirmed: what was said of those before holds no longer."""
        self.ask_to_leave(False)
        self.page.hint("")

    @on(ChoiceList.Confirmed)
    def _confirmed(self, event: ChoiceList.Confirmed) -> None:
        event.stop()
        question = self.session.question
        if event.time < self._posed.time or self.stage is not Stage.ASKED:
            return
        if isinstance(question, Tick):
            self._take_ticks(event.indices)
        elif isinstance(question, Order):
            self._take_order(event.indices, len(question.options))

    def _take_ticks(self, indices: Sequence[int]) -> None:
        if indices:
            self._answer(Ticked(frozenset(indices)))
        else:
            self.page.hint(NOTHING_TICKED)

    def _take_order(self, indices: Sequence[int], options: int) -> None:
        if len(indices) == options:
            self._answer(Ordered(tuple(indices)))
        else:
            self.page.hint(unplaced_line(options - len(indices)))

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

    def _answer(self, answer: Answer) -> None:
        """Judge, note, save, then tell."""
        question = self.session.question
        if question is None:
            return
        self.ask_to_leave(False)
        seconds = self.thinking
        verdict, drafts = self.session.answer(answer)
        if verdict.retry is not None:
            self.page.hint(RETRIES[verdict.retry])
            return
        self._close(question, answer, verdict, drafts, seconds)

    def _close(
        self, question: Question, answer: Answer, verdict: Verdict, drafts: Sequence[Draft], seconds: float
    ) -> None:
        """Note what was answered at once; save and tell while keys are taken, which are meant for the verdict now."""
        self.page.choices.open = False
        self._noted = self.note_and_tell(
            drafts, seconds, partial(self._tell_verdict, question, answer, verdict)
        )

    def _tell_verdict(self, question: Question, answer: Answer, verdict: Verdict) -> None:
        told = feedback(question, verdict, self.session.library, self.session.history)
        self.stage = Stage.TOLD
        self._show_status()
        self.page.close(question, answer)
        self.offer()
        self.page.tell(told)

    # Commands

    def action_next(self) -> None:
        """Go on: flip the card, confirm what is chosen, or ask what comes next once the answer is saved."""
        question = self.session.question
        if self.stage is Stage.ASKED and isinstance(question, Reveal):
            self.action_flip()
        elif self.stage is Stage.ASKED and isinstance(question, Tick | Order):
            self.action_confirm()
        else:
            super().action_next()

    def action_flip(self) -> None:
        """Turn the card, and offer the four grades with when it would come back."""
        question = self.session.question
        if self.stage is not Stage.ASKED or not isinstance(question, Reveal):
            return
        self.stage = Stage.FLIPPED
        schedule = self.session.history.schedule(question.card)
        intervals = self.session.history.scheduler.intervals(schedule, self.session.today)
        self.page.flip(
            question.back, [f"{GRADES[rating - 1]} : {delay(intervals[rating])}" for rating in Rating]
        )
        self.offer()

    async def action_pick(self, index: int) -> None:
        """Choose by number."""
        choices = self.page.choices
        if not choices.display or not choices.has(index):
            return
        if choices.takes_several:
            choices.choose(index)
        else:
            self._choose(index)

    def action_confirm(self) -> None:
        """Be done with choosing several options."""
        self.page.choices.confirm()

    def give_up(self) -> None:
        """Show the answer; a card shows it without."""
        if not isinstance(self.session.question, Reveal):
            self._answer(DontKnow())

    def action_undo(self) -> None:
        """Take the last answer back and ask it again, as soon as it is saved."""
        if not self.keeps(self.action_undo) and self._has_answer:
            self.once_saved(self._take_back)

    def _take_back(self) -> None:
        self.stage = Stage.TOLD
        if self._can_undo:
            self.stage = Stage.SAVING
            self.services.recorder.withdraw(self._noted)
            self.run_worker(self._undo(), exclusive=True)

    async def _undo(self) -> None:
        await self.saver.save()
        await self.saver.wait()
        self.session.undo(self.services.history)
        self.ask()

    def action_claim(self) -> None:
        """Count as right what was written, against the judge, as soon as it is saved."""
        if not self.keeps(self.action_claim) and self._has_answer and self.session.can_claim:
            self.once_saved(self._count_right)

    def _count_right(self) -> None:
        """Note both facts before anything else can happen."""
        self.stage = Stage.TOLD
        question = self.session.question
        if question is not None and self._can_undo and self.session.can_claim:
            self.services.recorder.withdraw(self._noted)
            verdict, drafts = self.session.claim(self.services.history)
            self._close(question, Typed(verdict.given), verdict, drafts, 0)

    @on(Input.Changed)
    def _written(self) -> None:
        self.ask_to_leave(False)  # a field keeps its keys to itself
