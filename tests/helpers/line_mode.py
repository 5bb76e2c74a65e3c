"""The line mode, with somebody who reads the questions and types the answers."""

from __future__ import annotations

from io import StringIO

from tests.helpers import plain
from trainer.drills.game import Game
from trainer.drills.shapes import Order, Pick, Question, Reveal, Tick, Write
from trainer.drills.starting import Sitting
from trainer.plain import PlainDrill
from trainer.services import Services

DIGITS = "12345678"


class Learner(StringIO):
    """Somebody who reads the question and types the answer: a stream whose lines are made as they are read."""

    def __init__(self, sitting: Sitting, right: bool = True, row: str = DIGITS) -> None:
        super().__init__()
        self.sitting, self.right, self.row = sitting, right, row
        self.turned = False
        self.lines = 0

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """The next line, its end included."""
        self.lines += 1
        assert self.lines < 1000, "an answer is refused again and again"
        game = self.sitting if isinstance(self.sitting, Game) else self.sitting.game
        if self.sitting.is_playing and game.board is not None:
            left = min(set(range(len(game.board.pairs))) - game.solved)
            return self._digit(game.board.expansions.index(game.board.pairs[left]))
        return "" if isinstance(self.sitting, Game) else self._reply(self.sitting.question)

    def _reply(self, asked: Question | None) -> str:
        match asked:
            case Pick() as question:
                wrong = (question.answer + 1) % len(question.options)
                return self._digit(question.answer if self.right else wrong)
            case Tick() as question:
                return f"{' '.join(str(index + 1) for index in question.answers)}\n" if self.right else "?\n"
            case Order() as question:
                placed = question.answer if self.right else question.answer[::-1]
                return f"{' '.join(str(index + 1) for index in placed)}\n"
            case Reveal():
                self.turned = not self.turned
                return "\n" if self.turned else self._digit(2 if self.right else 0)
            case Write() as question:
                return f"{question.accepted[0]}\n" if self.right else "?\n"
        return ""

    def _digit(self, index: int) -> str:
        return f"{self.row[index]}\n"


def played(bag: Services, sitting: Sitting, lines: str | Learner) -> str:
    """What is said in a sitting to somebody who types these lines."""
    out = StringIO()
    PlainDrill(bag, sitting, StringIO(lines) if isinstance(lines, str) else lines, out).run()
    return plain(out.getvalue())
