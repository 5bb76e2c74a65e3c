"""What is said of the matching game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.memory.reviews import took
from trainer.memory.statistics import GameFigures
from trainer.wording.numbers import counted, duration

if TYPE_CHECKING:
    from trainer.drills.game import Game
    from trainer.drills.scoring import Score
    from trainer.drills.shapes import Matching
    from trainer.glossary.decks import Deck
    from trainer.memory.games import Record
    from trainer.wording.feedback import Feedback


def played_lines(game: GameFigures) -> list[str]:
    """What was tried in matching games and the best of the longest ones, in a line of its own; none without a try."""
    if not game.tries:
        return []
    line = f"Jeu des sigles : {counted(game.tries, 'essai')}, {counted(game.right, 'juste')}."
    if game.records:
        pairs = max(game.records)
        line += f" Votre record : {game.records[pairs].first} sur {pairs}."
    return [line]


def score_line(score: Score) -> str:
    """What was found, and what was wrong: «3 paires sur 6, 1 erreur»."""
    found = f"{counted(score.found, 'paire')} sur {score.pairs}"
    return f"{found}, {counted(score.mistakes, 'erreur')}" if score.mistakes else found


def board_line(game: Game, board: Matching) -> str:
    """Where a game stands: «Plateau 1 sur 3 · 3 paires sur 6, 1 erreur»."""
    line = score_line(game.score(board))
    boards = list(game.boards)
    number = boards.index(board) + 1
    return f"Plateau {number} sur {len(boards)} · {line}" if len(boards) > 1 else f"Sigles · {line}"


def timed_line(game: Game, board: Matching, thinking: float) -> str:
    """The same with the time of the game so far, and of the seconds since the last pair: «… · 1 min 12 s»."""
    return f"{board_line(game, board)} · {duration(game.score().took + took(thinking))}"


def result_line(score: Score, timed: bool) -> str:
    """What a board or a game came to: «Premier coup : 5 sur 6, en 48 s.»."""
    time = f", en {duration(score.took)}" if timed and score.found == score.pairs else ""
    return f"Premier coup : {score.first} sur {score.pairs}{time}."


def with_result(told: Feedback, game: Game, board: Matching) -> Feedback:
    """What is told of the last pair of a board, and what the board came to."""
    result = result_line(game.score(board), game.timed)
    return replace(told, paragraphs=(*told.paragraphs, ("", result)))


def game_lines(game: Game, records: Mapping[int, Record]) -> list[str]:
    """What a game came to, and the best one of that length, a line each; nothing if no pair was tried."""
    score, timed = game.score(), game.timed
    if not score.found and not score.mistakes:
        return []
    lines = [result_line(score, timed)]
    best = records.get(score.pairs)
    if best is not None:
        time = f", en {duration(best.took)}" if timed else ""
        own = " C’est cette partie !" if score.record == best else ""
        lines.append(f"Votre record : {best.first} sur {score.pairs}{time}.{own}")
    return lines


def game_lines_apart(game: Game, records: Mapping[int, Record]) -> list[str]:
    """The same below the figures of a session, which are told from it: «Jeu des sigles, premier coup : …»."""
    lines = game_lines(game, records)
    if lines:
        lines[0] = f"Jeu des sigles, {lines[0][0].lower()}{lines[0][1:]}"
    return lines


def again_line(game: Game) -> str:
    """What the acronyms of a game are to somebody who has just played others: new ones, or honestly the same."""
    subjects = game.subjects
    new = len(set(subjects) - set(game.played))
    if new == len(subjects):
        return f"{new} autres sigles"
    if new:
        return f"{counted(new, 'autre sigle', 'autres sigles')}, {len(subjects) - new} déjà joués"
    return "les mêmes sigles, faute d’autres"


def no_board_line(deck: Deck) -> str:
    """Why there is nothing to play."""
    return f"« {deck.title} » n’a pas assez de sigles pour jouer : il en faut au moins six."
