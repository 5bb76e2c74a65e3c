"""The same drills line by line: for screen readers, pipes and terminals that cannot draw."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO, assert_never

from trainer.drills.game import Game
from trainer.drills.grading import Verdict
from trainer.drills.session import Session
from trainer.drills.shapes import (
    Answer,
    Choice,
    DontKnow,
    Matching,
    Option,
    Order,
    Ordered,
    Pair,
    PairUp,
    Pick,
    Question,
    Reveal,
    SelfGrade,
    Tick,
    Ticked,
    Typed,
    Write,
)
from trainer.drills.starting import Sitting
from trainer.errors import ProgressError, UsageError
from trainer.glossary.cleaning import presented
from trainer.memory.reviews import Draft, Rating
from trainer.services import Services
from trainer.wording.feedback import GRADES, RETRIES, Feedback, delay, feedback, pair_feedback
from trainer.wording.games import again_line, board_line, result_line, score_line
from trainer.wording.sessions import REPEATED, nothing_lines, outcome_lines, unplaced_line, way_line

QUIT = "q"
DONT_KNOW = "?"
UNKNOWN = (DONT_KNOW, "0")
"""What says «je ne sais pas» where a number is asked."""
LONGEST = 10_000
"""Characters of a line that are read at most."""
TOO_LONG = (
    f"une ligne de plus de {LONGEST} caractères n’est pas une réponse : vérifiez ce qui est envoyé à trainer."
)
STOP = ""
"""Enter alone, where it is told that it stops."""
LIST = "l"
YES = ("o", "oui")
_DIGITS = "123456789"
_NUMBERS = r"[0-9]+(?:[\s,;/+.-]+(?:et\s+)?[0-9]+)*"
_AZERTY = str.maketrans("&é\"'(-è_çà", f"{_DIGITS}0")
"""The top row of a French keyboard, once in lower case: under Caps Lock some systems send É, È, Ç and À."""


class _Stop(Exception):
    """The input ended, or the learner asked to stop."""


class _Dialogue:
    """Two text streams: lines that are read, and what is said to whoever writes them."""

    def __init__(self, lines: TextIO, out: TextIO) -> None:
        self._lines = lines
        self._out = out

    def say(self, text: str) -> None:
        """A line."""
        self._out.write(presented(text) + "\n")
        self._out.flush()

    def prompt(self, text: str) -> str:
        """What is written after a text that asks for it; the end of the input and q stop."""
        self._out.write(presented(text))
        self._out.flush()
        line = self._lines.readline(LONGEST)
        if len(line) == LONGEST:  # no hand writes that; what follows could have no end
            self.say("")
            raise UsageError(TOO_LONG)
        if not line or line.strip().lower() == QUIT:
            self.say("")
            raise _Stop
        return line.strip()

    def number(
        self, most: int, none: tuple[str, ...] = (), again: Callable[[], None] | None = None
    ) -> int | None:
        """A number from 1 to `most`, digits of an AZERTY row included; None for what means no number.

        `again` says once more what the numbers stand for. Enter alone answers nothing: it may have been meant for
        what came before.
        """
        while True:
            text = self.prompt(f"Votre choix (1 à {most}) : ")
            if again and text.lower() == LIST:
                again()
                continue
            number = text if text.isdecimal() else text.lower().translate(_AZERTY)
            if number in none:
                return None
            if number in map(str, range(1, most + 1)):
                return int(number)
            or_else = f", ou {DONT_KNOW} si vous ne savez pas" if none is UNKNOWN else ""
            self.say(f"Tapez un nombre de 1 à {most}{or_else}.")

    def numbers(self, prompt: str, most: int) -> tuple[int, ...]:
        """Numbers from 1 to `most`, each once, in the order in which they are written; none for «je ne sais pas».

        Parted by blanks, punctuation or «et»; up to nine, also written together. Digits of an AZERTY row do as well.
        """
        known = {str(number): number for number in range(1, most + 1)}
        while True:
            text = self.prompt(f"{prompt} (1 à {most}) : ").lower()
            # Where a digit is written, «-» parts two of them; else it is the 6 of that row.
            typed = text if re.search("[0-9]", text) else text.translate(_AZERTY)
            if typed in UNKNOWN:
                return ()
            is_a_list = re.fullmatch(_NUMBERS, typed)  # a word may hold the signs of that row: «très»
            found = re.findall("[0-9]" if most <= len(_DIGITS) else "[0-9]+", typed) if is_a_list else []
            if found and known.keys() >= {*found} and len({*found}) == len(found):
                return tuple(map(known.__getitem__, found))
            self.say(
                f"Tapez des numéros de 1 à {most}, chacun une fois, ou {DONT_KNOW} si vous ne savez pas."
            )

    def tell(self, told: Feedback) -> None:
        """Say a verdict with its paragraphs."""
        self.say(told.headline)
        for label, text in told.paragraphs:
            self.say(f"{label} : {text}" if label else text)


class _Asker:
    """What asking cards and playing boards share: whose turn it is since when, and that all is saved at once."""

    def __init__(self, services: Services, dialogue: _Dialogue) -> None:
        self._services = services
        self._dialogue = dialogue
        self._asked = 0.0

    def _begin(self) -> None:
        """It is the learner's turn."""
        self._asked = self._services.world.monotonic()

    def _seconds(self) -> float:
        """How long the learner has had their turn."""
        return self._services.world.monotonic() - self._asked

    def _record(self, drafts: Sequence[Draft], seconds: float) -> tuple[str, ...]:
        """Save the reviews of an answer; their ids, none if the disk refuses, which is told apart."""
        try:
            return self._services.recorder.record(drafts, seconds)
        except ProgressError as error:
            print(presented(f"Attention : {error}"), file=sys.stderr)
            return ()


class _Cards(_Asker):
    """Asks the questions of a session."""

    def __init__(self, services: Services, dialogue: _Dialogue, session: Session) -> None:
        super().__init__(services, dialogue)
        self._session = session
        self._saved: tuple[str, ...] = ()

    def ask(self) -> None:
        """One question, up to its verdict and what the learner has to say against it."""
        session, question = self._session, self._session.question
        if question is None:
            return
        self._begin()
        if session.is_repeated:
            self._dialogue.say(REPEATED)
        self._dialogue.say(f"Question {len(session.answered) + 1}. {question.instruction}")
        self._dialogue.say(question.stem)
        while True:
            verdict = self._judge(self._read(question))
            if verdict.retry is None:
                break
            self._dialogue.say(RETRIES[verdict.retry])
        self._tell(question, verdict)
        if session.can_claim and self._saved:
            self._claim(question)

    def _claim(self, question: Question) -> None:
        """Offer to count as right what was written."""
        text = self._dialogue.prompt("Entrée pour continuer, ou j si vous aviez bon : ")
        if text.lower() not in ("j", "j’avais bon", "j'avais bon"):
            return
        self._services.recorder.withdraw(self._saved)
        verdict, drafts = self._session.claim(self._services.history)
        self._record(drafts, 0)
        self._tell(question, verdict)

    def _read(self, question: Question) -> Answer:
        match question:
            case Reveal():
                return self._flip(question)
            case Pick():
                self._list(question.options)
                number = self._dialogue.number(len(question.options), none=UNKNOWN)
                return DontKnow() if number is None else Choice(number - 1)
            case Tick():
                self._list(question.options)
                numbers = self._dialogue.numbers("Vos choix, un ou plusieurs", len(question.options))
                return Ticked(frozenset(number - 1 for number in numbers)) if numbers else DontKnow()
            case Order():
                return self._order(question)
            case Write():
                return self._write()
            case _:
                assert_never(question)

    def _list(self, options: Sequence[Option]) -> None:
        for index, option in enumerate(options, 1):
            self._dialogue.say(f"  {index}. {option.text}")

    def _order(self, question: Order) -> Ordered | DontKnow:
        self._list(question.options)
        while True:
            numbers = self._dialogue.numbers("Votre ordre", len(question.options))
            if not numbers:
                return DontKnow()
            if len(numbers) == len(question.options):
                return Ordered(tuple(number - 1 for number in numbers))
            self._dialogue.say(unplaced_line(len(question.options) - len(numbers)))

    def _write(self) -> Typed | DontKnow:
        while True:
            text = self._dialogue.prompt("Votre réponse : ")
            if text:
                return DontKnow() if text == DONT_KNOW else Typed(text)
            self._dialogue.say(f"Écrivez votre réponse, ou {DONT_KNOW} si vous ne savez pas.")

    def _flip(self, question: Reveal) -> SelfGrade:
        self._dialogue.prompt("Cherchez la réponse, puis appuyez sur Entrée. ")
        self._dialogue.say(question.back)
        schedule = self._session.history.schedule(question.card)
        intervals = self._session.history.scheduler.intervals(schedule, self._session.today)
        grades = (f"{rating.value} {GRADES[rating - 1]} ({delay(intervals[rating])})" for rating in Rating)
        self._dialogue.say(" ; ".join(grades))
        number = self._dialogue.number(len(Rating), none=(DONT_KNOW,))
        return SelfGrade(Rating(number or Rating.AGAIN))

    def _judge(self, answer: Answer) -> Verdict:
        seconds = self._seconds()
        verdict, drafts = self._session.answer(answer)
        self._saved = self._record(drafts, seconds)
        return verdict

    def _tell(self, question: Question, verdict: Verdict) -> None:
        self._dialogue.tell(feedback(question, verdict, self._session.library, self._session.history))


class _Boards(_Asker):
    """Plays the boards of a game."""

    def __init__(self, services: Services, dialogue: _Dialogue, game: Game) -> None:
        super().__init__(services, dialogue)
        self._game = game

    def play(self) -> None:
        """One board: acronym after acronym, the senses listed once and again on demand; then the result."""
        board = self._game.board
        if board is None:
            return
        self._begin()
        self._dialogue.say(f"{board_line(self._game, board)}. {board.instruction}")
        free = dict(enumerate(board.expansions, 1))
        self._dialogue.say(f"Tapez le numéro du sens, ou {LIST} pour relire ceux qui restent.")
        self._list(free)
        for left in range(len(board.pairs)):
            is_done = False
            while not is_done:
                is_done = self._try(board, left, free)
        score = self._game.score(board)
        self._dialogue.say(f"{score_line(score)}. {result_line(score, self._game.timed)}")

    def _try(self, board: Matching, left: int, free: dict[int, Pair]) -> bool:
        """Ask what an acronym stands for, once; whether it is done with: found, or given up."""
        pair = board.pairs[left]
        self._dialogue.say(f"{pair.acronym} ?")
        number = self._sense(free, len(board.expansions))
        if number is None:
            self._dialogue.say(f"{pair.acronym} : {pair.expansion}")
            return True
        verdict = self._judge(PairUp(left, number - 1))
        if verdict.correct:
            del free[number]
        self._dialogue.tell(pair_feedback(verdict, self._game.library))
        self._begin()
        return verdict.correct

    def _judge(self, tried: PairUp) -> Verdict:
        seconds = self._seconds()
        verdict, drafts = self._game.answer(tried, seconds)
        self._record(drafts, seconds)
        return verdict

    def _sense(self, free: Mapping[int, Pair], most: int) -> int | None:
        """The number of an expansion that is still free; None for «je ne sais pas»."""
        while True:
            number = self._dialogue.number(most, none=UNKNOWN, again=lambda: self._list(free))
            if number is None or number in free:
                return number
            self._dialogue.say("Ce sens a déjà son sigle.")

    def _list(self, free: Mapping[int, Pair]) -> None:
        for number, pair in free.items():
            self._dialogue.say(f"  {number}. {pair.expansion}")


class PlainDrill:
    """One sitting on two text streams; every answer is saved before the next question."""

    def __init__(self, services: Services, sitting: Sitting, lines: TextIO, out: TextIO) -> None:
        self._services = services
        self._sitting = sitting
        self._dialogue = _Dialogue(lines, out)

    def run(self) -> None:
        """Ask until the sitting is over, the input ends or the learner types q; then play on for as long as they like."""
        try:
            while self._sitting.is_empty:
                self._elsewhere()
            self._greet()
            self._ask_all()
            while self._again():
                self._ask_all()
        except _Stop:
            pass

    def _greet(self) -> None:
        what = "Jeu des sigles" if isinstance(self._sitting, Game) else "Séance"
        self._dialogue.say(
            f"{what} : {self._sitting.deck.title}. Tapez {QUIT} pour arrêter, {DONT_KNOW} si vous ne savez pas."
        )

    def _elsewhere(self) -> None:
        """Say why there is nothing to ask, and go where there is something, if the learner likes."""
        for line in nothing_lines(self._sitting):
            self._dialogue.say(line)
        ways = self._services.starter().instead(self._sitting)
        if not ways:
            raise _Stop
        self._dialogue.say("À la place (Entrée seule pour arrêter) :")
        for index, way in enumerate(ways, 1):
            self._dialogue.say(f"  {index}. {way_line(way.deck, way.formats)}")
        number = self._dialogue.number(len(ways), none=(STOP,))
        if number is None:
            raise _Stop
        timed = self._sitting.timed
        self._sitting = self._services.starter().opened(ways[number - 1]._replace(timed=timed))
        self._dialogue.say("")

    def _ask_all(self) -> None:
        """One sitting from its first question to its result, even if it is left before its end."""
        try:
            while not self._sitting.is_over:
                self._dialogue.say("")
                self._one()
                self._sitting.advance()
        except _Stop:
            self._dialogue.say("Séance arrêtée : vos réponses sont gardées.")
            raise
        finally:
            self._summary()

    def _one(self) -> None:
        """The next question, or the next board."""
        sitting = self._sitting
        if isinstance(sitting, Game):
            _Boards(self._services, self._dialogue, sitting).play()
            return
        sitting.today = self._services.today()  # another one in the small hours
        if sitting.is_playing:
            _Boards(self._services, self._dialogue, sitting.game).play()
        else:
            _Cards(self._services, self._dialogue, sitting).ask()

    def _again(self) -> bool:
        """Whether a game is followed by another one, of which it is said how new it is."""
        if not isinstance(self._sitting, Game) or self._sitting.is_empty:
            return False
        game = self._services.starter().another_game(self._sitting)
        if (
            self._dialogue.prompt(f"Encore une partie ({again_line(game)}) ? o pour oui : ").lower()
            not in YES
        ):
            return False
        self._sitting = game
        return True

    def _summary(self) -> None:
        self._dialogue.say("")
        for line in outcome_lines(self._sitting, self._services.history.games.records):
            self._dialogue.say(line)
