"""What is said of a session: before, during and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from trainer.drills.game import Game
from trainer.drills.starting import Nothing, Sitting, nothing
from trainer.glossary.decks import EVERYTHING, Format
from trainer.wording.figures import NOTHING_TO_TELL_APART
from trainer.wording.games import game_lines, game_lines_apart, no_board_line
from trainer.wording.numbers import counted, listed, percent

if TYPE_CHECKING:
    from trainer.drills.session import Session
    from trainer.glossary.decks import Deck
    from trainer.memory.games import Record

DRILLS = {
    Format.FLASHCARD: "cartes à retourner",
    Format.CHOICE: "questions à choix",
    Format.RECALL: "réponses à écrire",
    Format.MATCH: "jeu des sigles",
}


def only(form: Format) -> str:
    """The entry that works through a deck by one drill: «Cartes à retourner seulement»."""
    return "Jouer avec les sigles" if form is Format.MATCH else f"{DRILLS[form].capitalize()} seulement"


def nothing_lines(sitting: Sitting) -> list[str]:
    """Why a sitting has nothing to ask, and that there is something else if there is."""
    title = f"« {sitting.deck.title} »"
    drills = listed([DRILLS[form] for form in sitting.formats if form is not Format.MATCH])
    match nothing(sitting):
        case Nothing.NO_RIVALS:
            return [NOTHING_TO_TELL_APART]
        case Nothing.NO_CONTENT:
            return [
                "Il n’y a rien à apprendre ici : le contenu est vide. Pour savoir pourquoi : trainer check"
            ]
        case Nothing.NO_BOARD:
            return [no_board_line(sitting.deck)]
        case Nothing.NO_CARD:
            return [f"{title} n’a rien à demander en {drills}."]
        case Nothing.LATER:
            return [
                f"{title} n’a plus rien à demander aujourd’hui en {drills}.",
                "Vous avez déjà travaillé ces mots sous une autre forme : la suite vient demain.",
            ]


Narrowing = tuple[str | None, str | None]
"""The drill and the facet that questions are asked of, if only one."""


def no_question_lines(deck: Deck, asked: Narrowing, others: Sequence[Narrowing]) -> list[str]:
    """That what was asked of a deck gives no question, and what gives some."""
    told = f" avec {_options(asked)}" if any(asked) else ""
    lines = [f"Aucune question dans « {deck.title} »{told}."]
    if others:
        lines.append(f"Il y en a avec : {listed([_options(other) for other in others])}.")
    return lines


def _options(asked: Narrowing) -> str:
    """How the command line says it: «--format choice --facet naming»."""
    options = zip(("--format", "--facet"), asked, strict=True)
    return " ".join(f"{option} {value}" for option, value in options if value)


def way_line(deck: Deck | None, formats: Sequence[Format]) -> str:
    """What a session would be: «La séance du jour», or how a deck is asked; that first, a narrow screen cuts titles."""
    how = listed([DRILLS[form] for form in formats]) or "tous les exercices"
    if deck is not None and deck.id != EVERYTHING:
        return f"{how.capitalize()} : « {deck.title} »"
    return f"{how.capitalize()} : tous les paquets" if formats else "La séance du jour"


def ended_line(sitting: Sitting) -> str:
    """That it is over, or was left before its end."""
    what = "Partie" if isinstance(sitting, Game) else "Séance"
    return f"{what} terminée." if sitting.is_over else f"{what} arrêtée."


def outcome_lines(sitting: Sitting, records: Mapping[int, Record]) -> list[str]:
    """What a sitting came to, a line each; the game counts for itself."""
    if isinstance(sitting, Game):
        return game_lines(sitting, records) or ["Aucune paire cette fois."]
    return [*_score_lines(sitting), *game_lines_apart(sitting.game, records)]


def _score_lines(session: Session) -> list[str]:
    """How many answers were right, the game apart, and whether that reaches the pass mark of the deck."""
    answers = len(session.answered)
    if not answers:
        return ["Aucune réponse cette fois."]
    right = sum(item.verdict.correct for item in session.answered)
    share = percent(right, answers)
    told = f"{counted(answers, 'réponse')}, {counted(right, 'juste')} ({share})."
    return [told, *_mark_lines(session.deck, right, answers)]


def _mark_lines(deck: Deck, right: int, answers: int) -> list[str]:
    mark = deck.pass_mark
    if mark is None:
        return []
    reached = "atteint" if 100 * right >= mark * answers else "pas encore atteint"
    return [f"Seuil de réussite, {mark} % : {reached}."]


NOTHING_TICKED = "Rien n’est coché. 0 : je ne sais pas."
REPEATED = "C’est la seule question qui reste : la revoici tout de suite."


def unplaced_line(options: int) -> str:
    """How many options have no place yet."""
    return f"Il reste {counted(options, 'élément')} à placer."


def place_line(session: Session) -> str:
    """Where a session stands: «question 3 · encore 8 à faire, puis le jeu»; the number falls when a card is done with."""
    number, left = session.number, session.left
    then = "le jeu" if session.game.remaining else ""
    if not left:
        return f"question {number} · " + (f"plus que {then}" if then else "tout est fait")
    return f"question {number} · encore {left} à faire" + (f", puis {then}" if then else "")
