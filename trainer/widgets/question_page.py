"""The page of a question: what is asked, the place for its answer, and the verdict under it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import assert_never

from textual.app import ComposeResult
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input

from trainer.drills.shapes import (
    Answer,
    Choice,
    Listed,
    Order,
    Ordered,
    Pick,
    Question,
    Reveal,
    Tick,
    Ticked,
    Write,
)
from trainer.widgets.choice_list import ChoiceList, Takes
from trainer.widgets.literal import literal
from trainer.widgets.page import Page
from trainer.widgets.prose import Prose


class QuestionPage(Page):
    """Holds every part of every drill, of which a question shows its own."""

    stem = query_one("#stem", Prose)
    back = query_one("#back", Prose)
    choices = query_one("#choices", ChoiceList)
    typed = query_one("#typed", Input)

    def compose(self) -> ComposeResult:
        """From the instruction down to the verdict."""
        yield Prose(id="instruction")
        yield Prose(id="stem")
        yield Prose(id="back")
        yield ChoiceList(id="choices")
        yield Input(id="typed", placeholder="Écrivez votre réponse, puis Entrée")
        yield Prose(id="told")

    @property
    def begin(self) -> Widget:
        """The stem."""
        return self.stem

    def ask(self, question: Question) -> None:
        """Show a question, and nothing of the one before."""
        self.instruct(f"{question.instruction} ({_how(question)})")
        self.stem.update(literal(question.stem))
        self.back.display = False
        self.choices.display = isinstance(question, Listed)
        self.typed.display = isinstance(question, Write)
        self._receive(question)

    def _receive(self, question: Question) -> None:
        """Make ready the part that takes the answer."""
        match question:
            case Pick() | Tick() | Order():
                self.choices.ask([option.text for option in question.options], _TAKES[type(question)])
                self.choices.focus()
            case Write():
                self.typed.disabled = False
                self.typed.value = ""
                self.typed.focus()
            case Reveal():
                self.focus()
            case _:
                assert_never(question)

    def flip(self, back: str, grades: Sequence[str]) -> None:
        """Show the back of a card, and the grades to choose from."""
        self.back.update(literal(back))
        self.back.display = True
        self.choices.ask(grades)
        self.choices.display = True
        self.choices.focus()

    def close(self, question: Question, answer: Answer) -> None:
        """Take no more answers; from now on the arrow keys scroll."""
        self.choices.display = isinstance(question, Listed)
        if isinstance(question, Listed):
            taken = answer.indices if isinstance(answer, Ticked | Ordered) else ()
            self.choices.mark(*_marks(question, answer), taken)
        else:
            self.typed.disabled = True
            self.focus()


_TAKES = {Pick: Takes.ONE, Tick: Takes.SEVERAL, Order: Takes.SEQUENCE}


def _marks(question: Listed, answer: Answer) -> tuple[Collection[int], Collection[int]]:
    """The options to be marked as right, and those as wrong: of an order, what stands in its place, and what does not."""
    match question, answer:
        case Pick(answer=right), Choice(index=index):
            return {right}, {index} - {right}
        case Pick(answer=right), _:
            return {right}, ()
        case Tick(answers=right), Ticked(indices=indices):
            return right, indices - right
        case Tick(answers=right), _:
            return right, ()
        case Order(answer=right), Ordered(indices=indices):
            kept = {index for index, place in zip(indices, right, strict=True) if index == place}
            return kept, {*indices} - kept
        case _:
            return (), ()


def _how(question: Question) -> str:
    """What to do with the hands."""
    match question:
        case Tick():
            return f"touches 1 à {len(question.options)} pour cocher, ou ↑ ↓ et Espace, puis Entrée"
        case Order():
            return f"touches 1 à {len(question.options)} dans l’ordre, ou ↑ ↓ et Espace, puis Entrée"
        case Pick():
            count = len(question.options)
            return f"touches 1 {'ou' if count == 2 else 'à'} {count}, ou ↑ ↓ puis Entrée"
        case Reveal():
            return "répondez dans votre tête, puis Entrée"
        case Write():
            return "puis Entrée"
        case _:
            assert_never(question)
