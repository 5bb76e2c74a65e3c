"""The same drills line by line: for screen readers, pipes and terminals that cannot draw."""

from __future__ import annotations

import sys
from typing import TextIO, assert_never

from trainer.drills.feedback import GRADES, RETRIES, delay, feedback
from trainer.drills.grading import Verdict
from trainer.drills.questions import (
    Answer,
    Choice,
    DontKnow,
    Flashcard,
    Matching,
    MultipleChoice,
    PairUp,
    Question,
    SelfGrade,
    Typed,
    TypedRecall,
)
from trainer.drills.session import Session
from trainer.errors import ProgressError
from trainer.glossary.cleaning import clean
from trainer.memory.reviews import Rating
from trainer.services import Services
from trainer.wording import counted

QUIT = "q"
DONT_KNOW = "?"
_AZERTY = str.maketrans("&é\"'(-è_çà", "1234567890")


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

    def run(self) -> None:
        """Ask until the session is over, the input ends or the learner types q."""
        self._say(
            f"Séance : {self._session.deck.title}. Tapez {QUIT} pour arrêter, {DONT_KNOW} si vous ne savez pas."
        )
        try:
            while self._session.question is not None:
                self._one(self._session.question)
                self._session.advance()
        except _Stop:
            self._say("Séance arrêtée : vos réponses sont gardées.")
        self._summary()

    def _one(self, question: Question) -> None:
        number = len(self._session.answered) + 1
        self._say("")
        self._say(f"Question {number}. {question.instruction}")
        self._asked = self._services.world.monotonic()
        if isinstance(question, Matching):
            self._board(question)
            return
        self._say(question.stem)
        while True:
            verdict = self._judge(self._read(question))
            if verdict.retry is None:
                break
            self._say(RETRIES[verdict.retry])
        self._tell(question, verdict)

    def _read(self, question: Flashcard | MultipleChoice | TypedRecall) -> Answer:
        match question:
            case Flashcard():
                return self._flip(question)
            case MultipleChoice():
                for index, option in enumerate(question.options, 1):
                    self._say(f"  {index}. {option.text}")
                number = self._number(len(question.options), unknown=True)
                return DontKnow() if number is None else Choice(number - 1)
            case TypedRecall():
                text = self._prompt("Votre réponse : ")
                return DontKnow() if text in ("", DONT_KNOW) else Typed(text)
            case _:
                assert_never(question)

    def _flip(self, question: Flashcard) -> SelfGrade:
        self._prompt("Cherchez la réponse, puis appuyez sur Entrée. ")
        self._say(question.back)
        schedule = self._session.history.schedule(question.card)
        intervals = self._session.history.scheduler.intervals(schedule, self._session.today)
        grades = (f"{rating.value} {GRADES[rating - 1]} ({delay(intervals[rating])})" for rating in Rating)
        self._say(" ; ".join(grades))
        number = self._number(len(Rating), unknown=False)
        return SelfGrade(Rating(number or Rating.AGAIN))

    def _board(self, board: Matching) -> None:
        for index, pair in enumerate(board.expansions, 1):
            self._say(f"  {index}. {pair.expansion}")
        for left, pair in enumerate(board.pairs):
            while left not in self._session.solved:
                self._say(f"{pair.acronym} ?")
                number = self._number(len(board.expansions), unknown=True)
                if number is None:
                    self._say(f"{pair.acronym} : {pair.expansion}")
                    break
                self._tell(board, self._judge(PairUp(left, number - 1)))

    def _judge(self, answer: Answer) -> Verdict:
        verdict, drafts = self._session.answer(answer)
        try:
            self._services.record(drafts, self._services.world.monotonic() - self._asked)
        except ProgressError as error:
            print(clean(f"Attention : {error}"), file=sys.stderr)
        return verdict

    def _tell(self, question: Question, verdict: Verdict) -> None:
        told = feedback(question, verdict, self._session.library)
        self._say(told.headline)
        for label, text in told.paragraphs:
            self._say(f"{label} : {text}" if label else text)

    def _summary(self) -> None:
        answers = self._session.answered
        right = sum(item.verdict.correct for item in answers)
        self._say("")
        self._say(f"{counted(len(answers), 'réponse')}, {counted(right, 'juste')}.")

    def _number(self, most: int, unknown: bool) -> int | None:
        """A number from 1 to `most`, digits of an AZERTY row included; None for «je ne sais pas»."""
        while True:
            text = self._prompt(f"Votre choix (1 à {most}) : ")
            if unknown and text in ("", DONT_KNOW, "0", "à"):
                return None
            number = text if text.isdecimal() else text.translate(_AZERTY)
            if number in map(str, range(1, most + 1)):
                return int(number)
            self._say(f"Tapez un nombre de 1 à {most}.")

    def _prompt(self, text: str) -> str:
        self._out.write(clean(text))
        self._out.flush()
        line = self._lines.readline()
        if not line or line.strip() == QUIT:
            self._say("")
            raise _Stop
        return line.strip()

    def _say(self, text: str) -> None:
        self._out.write(clean(text) + "\n")
        self._out.flush()
