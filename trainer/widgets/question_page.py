"""The page of a drill: a question, the place for its answer, and the verdict under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input

from trainer.drills.questions import Flashcard, Matching, MultipleChoice, Question, TypedRecall
from trainer.widgets.choice_list import ChoiceList
from trainer.widgets.literal import literal
from trainer.widgets.match_board import MatchBoard
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL, RIGHT, WRONG
from trainer.wording.feedback import Feedback


class QuestionPage(VerticalScroll):
    """Holds every part of every drill, of which a question shows its own."""

    instruction = query_one("#instruction", Prose)
    stem = query_one("#stem", Prose)
    back = query_one("#back", Prose)
    choices = query_one("#choices", ChoiceList)
    typed = query_one("#typed", Input)
    board = query_one("#board", MatchBoard)
    told = query_one("#told", Prose)

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._instruction = ""

    def compose(self) -> ComposeResult:
        """From the instruction down to the verdict."""
        yield Prose(id="instruction")
        yield Prose(id="stem")
        yield Prose(id="back")
        yield ChoiceList(id="choices")
        yield Input(id="typed", placeholder="Écrivez votre réponse, puis Entrée")
        yield MatchBoard(id="board")
        yield Prose(id="told")

    def on_mount(self) -> None:
        """Keep what is new in sight."""
        self.watch(self, "virtual_size", self._follow)

    def _follow(self) -> None:
        """Scroll to the end of what is shown, but no further than where the question begins."""
        if not self.children:  # left before it was built
            return
        begin = self.board if self.board.display else self.stem
        self.scroll_to(y=min(self.max_scroll_y, begin.virtual_region.y), animate=False)

    def ask(self, question: Question) -> None:
        """Show a question, and nothing of the one before."""
        self._instruct(f"{question.instruction} ({_how(question)})")
        self.stem.update(literal("" if isinstance(question, Matching) else question.stem))
        self.stem.display = not isinstance(question, Matching)
        self.told.display = self.back.display = False
        self.choices.display = isinstance(question, MultipleChoice)
        self.typed.display = isinstance(question, TypedRecall)
        self.board.display = isinstance(question, Matching)
        self.set_class(self.board.display, "-board")
        self._receive(question)

    def _instruct(self, text: str) -> None:
        """Say what to do, which seldom changes: what stays is not drawn again."""
        if text != self._instruction:
            self._instruction = text
            self.instruction.update(text)

    def _receive(self, question: Question) -> None:
        """Make ready the part that takes the answer."""
        match question:
            case MultipleChoice():
                self.choices.ask([option.text for option in question.options])
                self.choices.focus()
            case TypedRecall():
                self.typed.disabled = False
                self.typed.value = ""
                self.typed.focus()
            case Matching():
                self.board.ask(
                    [pair.acronym for pair in question.pairs],
                    [pair.expansion for pair in question.expansions],
                )
            case Flashcard():
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

    def hint(self, text: str) -> None:
        """Say why nothing is decided yet."""
        self._say(literal(text, LABEL))

    def tell(self, told: Feedback) -> None:
        """Show a verdict with its paragraphs."""
        parts = [literal(told.headline, RIGHT if told.correct else WRONG)]
        for label, paragraph in told.paragraphs:
            parts.append(literal(f"\n{label} : " if label else "\n", LABEL))
            parts.append(literal(paragraph))
        self._say(Content.assemble(*parts))

    def _say(self, text: Content) -> None:
        self.told.update(text)
        self.told.display = True

    def close(self, question: Question, chosen: int | None) -> None:
        """Take no more answers; from now on the arrow keys scroll."""
        self.choices.display = isinstance(question, MultipleChoice)
        if isinstance(question, MultipleChoice):
            self.choices.settle(question.answer, chosen)
        else:
            self.typed.disabled = True
            self.focus()

    def pair(self, left: int, right: int, correct: bool) -> None:
        """Take a right pair off the board, or mark a wrong one."""
        if correct:
            self.board.solve(left, right)
        else:
            self.board.refuse(left, right)

    @on(MatchBoard.NoAcronym)
    def _no_acronym(self, event: MatchBoard.NoAcronym) -> None:
        event.stop()
        self.hint("Choisissez d’abord un sigle, à gauche.")

    def reveal(self, board: Matching) -> None:
        """Show every pair."""
        self.board.reveal([board.expansions.index(pair) for pair in board.pairs])


def _how(question: Question) -> str:
    """What to do with the hands."""
    match question:
        case MultipleChoice():
            count = len(question.options)
            return f"touches 1 {'ou' if count == 2 else 'à'} {count}, ou ↑ ↓ puis Entrée"
        case Flashcard():
            return "répondez dans votre tête, puis Entrée"
        case TypedRecall():
            return "puis Entrée"
        case Matching():
            return "sigle, puis sens : 1 à 8, ou ↑\u00a0↓ puis Entrée ; Échap : lâcher"
        case _:
            assert_never(question)
