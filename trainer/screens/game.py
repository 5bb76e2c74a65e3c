"""The matching game: board after board, a pair at a time; a game of its own, or the end of a session."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.getters import query_one

from trainer.drills.game import Game
from trainer.drills.grading import Verdict
from trainer.drills.shapes import DontKnow, Matching, Move, PairUp
from trainer.drills.starting import Sitting
from trainer.screens.saving import Saver
from trainer.screens.sitting import DONT_KNOW, NEXT, TIMER, SittingScreen, Stage
from trainer.services import Services
from trainer.widgets.game_page import GamePage
from trainer.widgets.match_board import MatchBoard
from trainer.wording.feedback import pair_feedback
from trainer.wording.games import board_line, timed_line, with_result


class GameScreen(SittingScreen):
    """Plays the boards of a game; `sitting` is what it is part of, or the game itself."""

    page = query_one(GamePage)

    def __init__(
        self, services: Services, game: Game, sitting: Sitting | None = None, saver: Saver | None = None
    ) -> None:
        super().__init__(services, sitting or game, saver)
        self.game = game

    def blank_page(self) -> GamePage:
        """The board, between what to do and the verdict."""
        return GamePage(id="body")

    @property
    def has_turn(self) -> bool:
        """Whether another board comes next: a session may have a card left to ask."""
        return self.sitting.is_playing

    def pose(self) -> None:
        """Deal the board."""
        if self.game.board is not None:
            self._show_status()
            self.page.ask(self.game.board)

    def offered(self) -> set[str]:
        """To give up and to see the time, until the board is done."""
        return {NEXT.action} if self.stage is Stage.TOLD else {DONT_KNOW.action, TIMER.action}

    def _show_status(self) -> None:
        board = self.game.board
        if board is None:
            return
        if self.game.timed:
            self.status.follow(partial(self._time_line, board))
        else:
            self.status.say(board_line(self.game, board))

    def _time_line(self, board: Matching) -> str:
        """Where the game stands, with its time, in which that after a board does not count."""
        return timed_line(self.game, board, self.thinking if self.stage is Stage.ASKED else 0)

    # Pairing

    @on(MatchBoard.Paired)
    def _paired(self, event: MatchBoard.Paired) -> None:
        event.stop()
        if self.stage is Stage.ASKED:
            self._play(PairUp(event.left, event.right))

    def give_up(self) -> None:
        """Show every pair of the board."""
        self._play(DontKnow())

    def _play(self, move: Move) -> None:
        """Judge, note, save, then tell."""
        board = self.game.board
        if board is None:
            return
        self.ask_to_leave(False)
        seconds = self.thinking
        verdict, drafts = self.game.answer(move, seconds)
        pair = move if isinstance(move, PairUp) else None
        self.note_and_tell(drafts, seconds, partial(self._tell_pair, board, pair, verdict))

    def _tell_pair(self, board: Matching, pair: PairUp | None, verdict: Verdict) -> None:
        """Draw what became of a pair, and go on until the board is done; then the result is told too."""
        told = pair_feedback(verdict, self.game.library)
        self.page.show(board, pair)
        if self.game.board_done:
            told = with_result(told, self.game, board)
            self.stage = Stage.TOLD
            self._show_status()
            self.page.close()
            self.offer()
        else:
            self.stage = Stage.ASKED
            self.start_clock()
            self._show_status()
        self.page.tell(told)

    # Commands

    async def action_pick(self, index: int) -> None:
        """Choose by number."""
        self.page.board.pick(index)

    def action_timer(self) -> None:
        """Show the time, or hide it again; it is the same either way."""
        self.game.timed = not self.game.timed
        self._show_status()
