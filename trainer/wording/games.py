"""What is said of the matching game."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trainer.memory.statistics import GameFigures
from trainer.wording.numbers import counted, duration

if TYPE_CHECKING:
    from trainer.drills.questions import Matching
    from trainer.drills.scoring import Score
    from trainer.drills.session import Session
    from trainer.memory.games import Record


def played_lines(game: GameFigures) -> list[str]:
    """What was tried in matching games and the best of the longest ones, in a line of its own; none without a try."""
    if not game.tries:
        return []
    line = f"Jeu des sigles\u00a0: {counted(game.tries, 'essai')}, {counted(game.right, 'juste')}."
    if game.records:
        pairs = max(game.records)
        line += f" Votre record\u00a0: {game.records[pairs].first} sur {pairs}."
    return [line]


def score_line(score: Score) -> str:
    """What was found, and what was wrong: «3 paires sur 6, 1 erreur»."""
    found = f"{counted(score.found, 'paire')} sur {score.pairs}"
    return f"{found}, {counted(score.mistakes, 'erreur')}" if score.mistakes else found


def board_line(session: Session, board: Matching) -> str:
    """Where a game stands: «Plateau 1 sur 3 · 3 paires sur 6, 1 erreur»."""
    line = score_line(session.score(board))
    boards = list(session.boards)
    number = boards.index(board) + 1
    return f"Plateau {number} sur {len(boards)} · {line}" if len(boards) > 1 else f"Sigles · {line}"


def result_line(score: Score, timed: bool) -> str:
    """What a board or a game came to: «Premier coup : 5 sur 6, en 48 s.»."""
    time = f", en {duration(score.took)}" if timed and score.found == score.pairs else ""
    return f"Premier coup : {score.first} sur {score.pairs}{time}."


def game_lines(session: Session, records: Mapping[int, Record]) -> list[str]:
    """What a game came to, and the best one of that length, a line each; nothing if no pair was tried."""
    score, timed = session.score(), session.timed
    if not score.found and not score.mistakes:
        return []
    result = result_line(score, timed)
    lines = [result if session.is_game else f"Jeu des sigles, {result[0].lower()}{result[1:]}"]
    best = records.get(score.pairs)
    if best is not None:
        time = f", en {duration(best.took)}" if timed else ""
        own = " C’est cette partie !" if score.record == best else ""
        lines.append(f"Votre record : {best.first} sur {score.pairs}{time}.{own}")
    return lines


def again_line(session: Session) -> str:
    """What the acronyms of a game are to somebody who has just played others: new ones, or honestly the same."""
    subjects = session.matched
    new = len(set(subjects) - set(session.played))
    if new == len(subjects):
        return f"{new} autres sigles"
    if new:
        return f"{counted(new, 'autre sigle', 'autres sigles')}, {len(subjects) - new} déjà joués"
    return "les mêmes sigles, faute d’autres"


def no_board_line(session: Session) -> str:
    """Why there is nothing to play."""
    return f"« {session.deck.title} » n’a pas assez de sigles pour jouer : il en faut au moins six."
