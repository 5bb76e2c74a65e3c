"""Scores of matching games, and the best one, which the facts alone tell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.journals import journal
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.players import pair
from tests.helpers.reviews import START, review
from tests.helpers.world import Clock, services
from trainer.drills.game import Game
from trainer.drills.shapes import DontKnow
from trainer.drills.starting import GAMES
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory import reviews
from trainer.memory.cards import Card
from trainer.memory.games import Record
from trainer.memory.history import replay
from trainer.progress.codec import decode, encode
from trainer.services import Services

SIX = ("svi", "acd", "cti", "voip", "ipbx", "dmt")
BOARD = small_deck(shipped(), *SIX, drills=[Format.MATCH])
TWO_BOARDS = small_deck(shipped(), *SIX, "seo", "cnil", "rgpd", "url", "cms", "vad", drills=[Format.MATCH])


def play(bag: Services, game: Game, wrong: int = 0, seconds: float = 2) -> None:
    """Play a whole game, the first `wrong` acronyms of each board wrong at first."""
    while (board := game.board) is not None:
        for left in range(len(board.pairs)):
            for right in ((left + 1) % 6, left) if left < wrong else (left,):
                _, drafts = game.answer(pair(board, left, right), seconds)
                bag.recorder.record(drafts, seconds)
        game.advance()


def test_the_score_counts_first_tries(tmp_path: Path) -> None:
    """Three of six found, one after two wrong tries: two at the first try; then the whole board."""
    game = services(tmp_path).starter().game(BOARD)
    board = game.board
    assert board is not None
    assert game.score() == (6, 0, 0, 0, 0)
    for left, right in ((0, 0), (1, 2), (1, 3), (1, 1), (2, 2)):
        game.answer(pair(board, left, right), 2.5)
    assert game.score(board) == (6, 3, 2, 2, 12_500)
    assert game.score().record is None
    for left in (3, 4, 5):
        game.answer(pair(board, left, left), 100)
    assert game.score().record == Record(5, 12_500 + 3 * 60_000)


def test_a_board_given_up_is_no_record(tmp_path: Path) -> None:
    """What was found before still counts for the result."""
    game = services(tmp_path).starter().game(BOARD)
    board = game.board
    assert board is not None
    game.answer(pair(board, 0, 0))
    game.answer(DontKnow())
    assert game.board_done
    assert (game.score().first, game.score().record) == (1, None)


def test_the_best_game_is_told_by_the_journal_alone(tmp_path: Path) -> None:
    """Games of one length are compared by first tries, then by time; it survives launches, with snapshot and without."""
    for seed, (wrong, seconds) in enumerate(((2, 2.0), (1, 3.0), (3, 1.0), (1, 2.0), (1, 4.0))):
        bag = services(tmp_path, seed=f"partie {seed}")
        play(bag, bag.starter().game(BOARD), wrong, seconds)
        bag.store.close()
    best = {6: Record(5, 7 * 2000)}
    assert services(tmp_path).history.games.records == best
    (services(tmp_path).learner.folder / "snapshot.json").unlink()
    again = services(tmp_path)
    assert (again.history.games.records, again.history.games.playing) == (best, {})
    assert len({tuple(fact["game"]) for fact in journal(again) if "game" in fact}) == 5


def test_games_of_other_lengths_have_their_own_record(tmp_path: Path) -> None:
    bag = services(tmp_path)
    play(bag, bag.starter().game(BOARD))
    play(bag, bag.starter().game(TWO_BOARDS), wrong=1)
    play(bag, bag.starter().game(bag.library.everything), wrong=2)
    firsts = {pairs: record.first for pairs, record in bag.history.games.records.items()}
    assert firsts == {6: 6, 12: 10, 6 * GAMES: 4 * GAMES}


def test_a_game_cut_short_is_no_record_and_goes_on_after_nothing(tmp_path: Path) -> None:
    """A crash in the middle leaves the pairs; the game after it starts from nothing, and another day forgets the first."""
    clock = Clock()
    bag = services(tmp_path, clock=clock, seed="a")
    game = bag.starter().game(BOARD)
    board = game.board
    assert board is not None
    bag.recorder.record(game.answer(pair(board, 0, 1), 1)[1], 1)
    bag.recorder.record(game.answer(pair(board, 0, 0), 1)[1], 1)
    bag.store.close()
    bag = services(tmp_path, clock=clock, seed="b")
    assert [play.took for play in bag.history.games.playing.values()] == [2000]
    clock.sleep_until(1)
    play(bag, bag.starter().game(BOARD))
    assert bag.history.games.records == {6: Record(6, 12_000)}
    assert bag.history.games.playing == {}


def test_only_the_acronym_asked_is_part_of_the_game(tmp_path: Path) -> None:
    """A wrong pair is two facts, one try: the card whose expansion was taken is only a confusion."""
    bag = services(tmp_path)
    play(bag, bag.starter().game(BOARD), wrong=1)
    facts = journal(bag)
    assert [("game" in fact, fact["correct"]) for fact in facts[:3]] == [
        (True, False),
        (False, False),
        (True, True),
    ]
    assert bag.history.games.records[6].first == 5


def test_reviews_without_a_game_are_written_as_before() -> None:
    """A line of an older version and one of today differ by nothing but the pairs' own field."""
    card = Card("dmt", Facet.EXPANSION)
    plain = review(1, rating=None, of=card, form=Format.MATCH)
    played = plain._replace(game=reviews.Game("g", 6))
    assert b"game" not in encode(plain)
    assert decode(encode(played)) == played
    assert decode(encode(played).replace(b',"game":["g",6]', b"")) == plain


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.booleans(), st.integers(0, 1)), max_size=40
    )
)
def test_a_record_is_never_more_than_what_was_found(tries: list[tuple[str, int, bool, int]]) -> None:
    """Whatever tries come in whatever order: no record without all three pairs, none beyond them."""
    facts = [
        review(
            number,
            rating=None,
            of=Card(f"t{subject}", Facet.EXPANSION),
            correct=correct,
            at=START,
            on=START.date() + timedelta(days=late),
            form=Format.MATCH,
            game=reviews.Game(name, 3),
        )
        for number, (name, subject, correct, late) in enumerate(tries)
    ]
    records = replay(facts).games.records
    assert set(records) <= {3}
    for record in records.values():
        assert 0 <= record.first <= 3 <= record.took // 1000
        assert any(len({s for n, s, right, _ in tries if n == name and right}) == 3 for name in "ab")
