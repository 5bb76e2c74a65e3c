"""The same drills line by line: for screen readers, pipes and terminals that cannot draw."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TextIO, assert_never

from trainer.drills.grading import Verdict
from trainer.drills.questions import (
    Answer,
    Choice,
    DontKnow,
    Flashcard,
    Matching,
    MultipleChoice,
    Pair,
    PairUp,
    Question,
    SelfGrade,
    Typed,
    TypedRecall,
)
from trainer.drills.session import Session
from trainer.errors import ProgressError, UsageError
from trainer.glossary.cleaning import clean
from trainer.memory.reviews import Rating
from trainer.services import Services
from trainer.wording.feedback import GRADES, RETRIES, delay, feedback
from trainer.wording.games import again_line, board_line, result_line, score_line
from trainer.wording.sessions import REPEATED, nothing_lines, outcome_lines, way_line

QUIT = "q"
DONT_KNOW = "?"
UNKNOWN = (DONT_KNOW, "0")
"""What says «je ne sais pas» where a number is asked."""
LONGEST = 10_000
"""Characters of a line that are read at most."""
TOO_LONG = f"une ligne de plus de {LONGEST} caractères n’est pas une réponse\u00a0: vérifiez ce qui est envoyé à trainer."
STOP = ""
"""Enter alone, where it is told that it stops."""
LIST = "l"
YES = ("o", "oui")
_AZERTY = str.maketrans("&é\"'(-è_çà", "1234567890")
"""The top row of a French keyboard, once in lower case: under Caps Lock some systems send É, È, Ç and À."""


class _Stop(Exception):
    """The input ended, or the learner asked to stop."""


class PlainDrill:
    """One session on two text streams; every answer is saved before the next question."""

    def __init__(self, services: Services, session: Session, lines: TextIO, out: TextIO) -> None:
        self._services = services
        self._session = session
        self._lines = lines
        self._out = out
        self._asked = 0.0
        self._saved: tuple[str, ...] = ()

    def run(self) -> None:
        """Ask until the session is over, the input ends or the learner types q; then play on for as long as they like."""
        try:
            while self._session.is_empty:
                self._elsewhere()
            self._greet()
            self._ask_all()
            while self._again():
                self._ask_all()
        except _Stop:
            pass

    def _greet(self) -> None:
        what = "Jeu des sigles" if self._session.is_game else "Séance"
        self._say(
            f"{what} : {self._session.deck.title}. Tapez {QUIT} pour arrêter, {DONT_KNOW} si vous ne savez pas."
        )

    def _elsewhere(self) -> None:
        """Say why there is nothing to ask, and go where there is something, if the learner likes."""
        for line in nothing_lines(self._session):
            self._say(line)
        ways = self._services.instead(self._session)
        if not ways:
            raise _Stop
        self._say("À la place (Entrée seule pour arrêter)\u00a0:")
        for index, way in enumerate(ways, 1):
            self._say(f"  {index}. {way_line(way.deck, way.formats)}")
        number = self._number(len(ways), none=(STOP,))
        if number is None:
            raise _Stop
        timed = self._session.timed
        self._session = self._services.opened(ways[number - 1]._replace(timed=timed))
        self._say("")

    def _ask_all(self) -> None:
        """One session from its first question to its result, even if it is left before its end."""
        try:
            while self._session.question is not None:
                self._one(self._session.question)
                self._session.advance()
        except _Stop:
            self._say("Séance arrêtée : vos réponses sont gardées.")
            raise
        finally:
            self._summary()

    def _again(self) -> bool:
        """Whether a game is followed by another one, of which it is said how new it is."""
        if not (self._session.is_game and self._session.boards):
            return False
        game = self._services.another_game(self._session)
        if self._prompt(f"Encore une partie ({again_line(game)}) ? o pour oui : ").lower() not in YES:
            return False
        self._session = game
        return True

    def _one(self, question: Question) -> None:
        session = self._session
        session.today = self._services.today()  # another one in the small hours
        self._say("")
        self._asked = self._services.world.monotonic()
        if isinstance(question, Matching):
            self._say(f"{board_line(session, question)}. {question.instruction}")
            self._board(question)
            return
        if session.is_repeated:
            self._say(REPEATED)
        self._say(f"Question {len(session.replies) + 1}. {question.instruction}")
        self._say(question.stem)
        while True:
            verdict = self._judge(self._read(question))
            if verdict.retry is None:
                break
            self._say(RETRIES[verdict.retry])
        self._tell(question, verdict)
        if self._session.can_claim and self._saved:
            self._claim(question)

    def _claim(self, question: Question) -> None:
        """Offer to count as right what was written."""
        text = self._prompt("Entrée pour continuer, ou j si vous aviez bon : ")
        if text.lower() not in ("j", "j’avais bon", "j'avais bon"):
            return
        try:
            verdict, _ = self._services.claim(self._session, self._saved)
        except ProgressError as error:
            self._warn(error)
            verdict = self._session.answered[-1].verdict
        self._tell(question, verdict)

    def _read(self, question: Flashcard | MultipleChoice | TypedRecall) -> Answer:
        match question:
            case Flashcard():
                return self._flip(question)
            case MultipleChoice():
                for index, option in enumerate(question.options, 1):
                    self._say(f"  {index}. {option.text}")
                number = self._number(len(question.options), none=UNKNOWN)
                return DontKnow() if number is None else Choice(number - 1)
            case TypedRecall():
                return self._write()
            case _:
                assert_never(question)

    def _write(self) -> Typed | DontKnow:
        while True:
            text = self._prompt("Votre réponse : ")
            if text:
                return DontKnow() if text == DONT_KNOW else Typed(text)
            self._say(f"Écrivez votre réponse, ou {DONT_KNOW} si vous ne savez pas.")

    def _flip(self, question: Flashcard) -> SelfGrade:
        self._prompt("Cherchez la réponse, puis appuyez sur Entrée. ")
        self._say(question.back)
        schedule = self._session.history.schedule(question.card)
        intervals = self._session.history.scheduler.intervals(schedule, self._session.today)
        grades = (f"{rating.value} {GRADES[rating - 1]} ({delay(intervals[rating])})" for rating in Rating)
        self._say(" ; ".join(grades))
        number = self._number(len(Rating), none=(DONT_KNOW,))
        return SelfGrade(Rating(number or Rating.AGAIN))

    def _board(self, board: Matching) -> None:
        """Acronym after acronym, the senses listed once and again on demand."""
        free = dict(enumerate(board.expansions, 1))
        self._say(f"Tapez le numéro du sens, ou {LIST} pour relire ceux qui restent.")
        self._list(free)
        for left, pair in enumerate(board.pairs):
            while pair in free.values():
                self._say(f"{pair.acronym} ?")
                number = self._sense(free, len(board.expansions))
                if number is None:
                    self._say(f"{pair.acronym} : {pair.expansion}")
                    break
                if board.is_right(PairUp(left, number - 1)):
                    del free[number]
                self._tell(board, self._judge(PairUp(left, number - 1)))
                self._asked = self._services.world.monotonic()
        score = self._session.score(board)
        self._say(f"{score_line(score)}. {result_line(score, self._session.timed)}")

    def _sense(self, free: Mapping[int, Pair], most: int) -> int | None:
        """The number of an expansion that is still free; None for «je ne sais pas»."""
        while True:
            number = self._number(most, none=UNKNOWN, again=lambda: self._list(free))
            if number is None or number in free:
                return number
            self._say("Ce sens a déjà son sigle.")

    def _list(self, free: Mapping[int, Pair]) -> None:
        for number, pair in free.items():
            self._say(f"  {number}. {pair.expansion}")

    def _judge(self, answer: Answer) -> Verdict:
        seconds = self._services.world.monotonic() - self._asked
        verdict, drafts = self._session.answer(answer, seconds)
        self._saved = ()
        try:
            self._saved = self._services.record(drafts, seconds)
        except ProgressError as error:
            self._warn(error)
        return verdict

    def _warn(self, error: ProgressError) -> None:
        print(clean(f"Attention : {error}"), file=sys.stderr)

    def _tell(self, question: Question, verdict: Verdict) -> None:
        told = feedback(question, verdict, self._session.library, self._session.history)
        self._say(told.headline)
        for label, text in told.paragraphs:
            self._say(f"{label} : {text}" if label else text)

    def _summary(self) -> None:
        session = self._session
        self._say("")
        for line in outcome_lines(session, self._services.history.games.records):
            self._say(line)

    def _number(
        self, most: int, none: tuple[str, ...] = (), again: Callable[[], None] | None = None
    ) -> int | None:
        """A number from 1 to `most`, digits of an AZERTY row included; None for what means no number.

        `again` says once more what the numbers stand for. Enter alone answers nothing: it may have been meant for
        what came before.
        """
        while True:
            text = self._prompt(f"Votre choix (1 à {most}) : ")
            if again and text.lower() == LIST:
                again()
                continue
            number = text if text.isdecimal() else text.lower().translate(_AZERTY)
            if number in none:
                return None
            if number in map(str, range(1, most + 1)):
                return int(number)
            or_else = f", ou {DONT_KNOW} si vous ne savez pas" if none is UNKNOWN else ""
            self._say(f"Tapez un nombre de 1 à {most}{or_else}.")

    def _prompt(self, text: str) -> str:
        self._out.write(clean(text))
        self._out.flush()
        line = self._lines.readline(LONGEST)
        if len(line) == LONGEST:  # no hand writes that; what follows could have no end
            self._say("")
            raise UsageError(TOO_LONG)
        if not line or line.strip().lower() == QUIT:
            self._say("")
            raise _Stop
        return line.strip()

    def _say(self, text: str) -> None:
        self._out.write(clean(text) + "\n")
        self._out.flush()
