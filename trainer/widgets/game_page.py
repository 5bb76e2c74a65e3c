"""The page of the matching game: a board, and the verdict under it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widget import Widget

from trainer.drills.shapes import Matching, PairUp
from trainer.widgets.match_board import MatchBoard
from trainer.widgets.page import Page
from trainer.widgets.prose import Prose

HOW = "sigle, puis sens : 1 à 8, ou ↑\u00a0↓ puis Entrée ; Échap : lâcher"
"""What to do with the hands."""


class GamePage(Page):
    """Holds a board at a time."""

    board = query_one("#board", MatchBoard)

    def compose(self) -> ComposeResult:
        """From the instruction down to the verdict."""
        yield Prose(id="instruction")
        yield MatchBoard(id="board")
        yield Prose(id="told")

    @property
    def begin(self) -> Widget:
        """The board."""
        return self.board

    def ask(self, board: Matching) -> None:
        """Show a board, and nothing of the one before."""
        self.instruct(f"{board.instruction} ({HOW})")
        self.board.ask(
            [pair.acronym for pair in board.pairs],
            [pair.expansion for pair in board.expansions],
        )

    def show(self, board: Matching, pair: PairUp | None) -> None:
        """Take a right pair off the board, or mark a wrong one; show every pair if the board was given up."""
        if pair is None:
            self.board.reveal([board.expansions.index(each) for each in board.pairs])
        elif board.is_right(pair):
            self.board.solve(pair.left, pair.right)
        else:
            self.board.refuse(pair.left, pair.right)

    def close(self) -> None:
        """Take no more pairs; from now on the arrow keys scroll."""
        self.focus()

    @on(MatchBoard.NoAcronym)
    def _no_acronym(self, event: MatchBoard.NoAcronym) -> None:
        event.stop()
        self.hint("Choisissez d’abord un sigle, à gauche.")
