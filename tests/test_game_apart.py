"""The matching game counts for itself: its tries touch neither the score of a session nor the figures of progress."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.answering import answer, go_on, pair
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.line_mode import Learner, played
from tests.helpers.reviews import Diary, card, day
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.verbs import printed
from tests.helpers.world import drilling, services
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Game, Rating
from trainer.memory.statistics import GameFigures, Statistics, statistics
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import TermScreen
from trainer.screens.home import HomeScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.routes import GoHome, ShowTerm
from trainer.screens.summary import SummaryScreen
from trainer.services import Services

SIX = ("svi", "acd", "cti", "voip", "ipbx", "dmt")
MIXED = small_deck(shipped(), *SIX, drills=[Format.FLASHCARD, Format.MATCH])
NO_GAME = GameFigures(0, 0, {})
CARDS = [card(subject, facet) for subject in SIX for facet in (Facet.MEANING, Facet.EXPANSION)]


async def test_tries_in_the_game_are_no_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Six cards known, six pairs wrong: 100 %, above the pass mark, on every screen and for every verb."""
    bag = services(tmp_path)
    async with drilling(bag, MIXED._replace(pass_mark=80)).run_test(size=(100, 40)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        while app.screen is screen:
            await answer(pilot, screen)
            await go_on(pilot, screen)
        game = await on_screen(pilot, GameScreen)
        for left in range(6):
            await pair(pilot, game, left, (left + 1) % 6)
        await pair(pilot, game, 0)
        await game.action_dont_know()
        await go_on(pilot, game)
        await on_screen(pilot, SummaryScreen)
        assert shows(app, "6 réponses, 6 justes (100 %).", "80 % : atteint.")
        assert shows(app, "Jeu des sigles, premier coup : 0 sur 6.")
        app.post_message(GoHome())
        await on_screen(pilot, HomeScreen)
        await pilot.press("p")
        await on_screen(pilot, ProgressScreen)
        assert shows(
            app, "Aujourd’hui : 6 réponses, 6 justes.", "Depuis le début : 6 réponses, 100 % justes."
        )
        assert shows(app, "Jeu des sigles : 7 essais, 1 juste.")
        app.post_message(ShowTerm(bag.library.terms[game.game.boards[0].pairs[0].card.subject]))
        await on_screen(pilot, TermScreen)
        await until(
            pilot, lambda: shows(app, "Vous : 1 réponse, 1 juste.", "Au jeu des sigles : 2 essais, 1 juste.")
        )
    bag.store.close()
    for again in ("with a snapshot", "without"):
        told = printed(capsys, "stats", "--learner", "Zoé", "--data", str(tmp_path))
        assert (
            "Depuis le début : 6 réponses, 100 % justes." in told
            and "Jeu des sigles : 7 essais, 1 juste." in told
        )
        figures = json.loads(printed(capsys, "stats", "--json", "--learner", "Zoé", "--data", str(tmp_path)))
        assert (figures["answers"], figures["right"], figures["days"]) == (6, 6, 1), again
        assert figures["game"] == {"tries": 7, "right": 1, "records": {}}
        assert {each["answers"] for each in figures["cards"].values()} == {1}
        (bag.learner.folder / "snapshot.json").unlink(missing_ok=True)


def test_tries_in_the_game_are_no_answers_line_by_line(tmp_path: Path) -> None:
    """The line mode counts the same way, and numbers questions without the tries."""
    bag = services(tmp_path)
    session = bag.starter().session(MIXED)
    said = played(bag, session, Learner(session))
    assert "6 réponses, 6 justes (100 %)." in said
    assert "Jeu des sigles, premier coup : 6 sur 6." in said
    assert "Question 7" not in said


def test_a_day_of_nothing_but_games_is_no_day_of_study(tmp_path: Path) -> None:
    """No answer, no streak; the game has its line, and its record."""
    bag = services(tmp_path)
    game = bag.starter().game(small_deck(shipped(), *SIX, drills=[Format.MATCH]))
    said = played(bag, game, Learner(game))
    assert "réponse" not in said.replace("vos réponses", "")
    figures = figures_of(bag)
    assert (figures.answers, figures.answers_today, figures.days, figures.streak) == (0, 0, 0, 0)
    assert (figures.game.tries, figures.game.right, figures.game.records[6].first) == (6, 6, 6)


def figures_of(bag: Services) -> Statistics:
    """The figures of a learner for six acronyms."""
    return statistics(CARDS, bag.history, bag.today())


answers = st.tuples(st.sampled_from(CARDS), st.integers(0, 6), st.sampled_from(Rating))
tries = st.tuples(st.sampled_from(CARDS), st.integers(0, 6), st.booleans())


@given(st.lists(st.one_of(answers, tries), max_size=20))
def test_no_figure_depends_on_the_game(facts: list[tuple[Card, int, Rating | bool]]) -> None:
    """Answers with tries among them come to the figures of the answers alone; but a wrong pair makes its cards due."""
    without, mixed = Diary(), Diary()
    for of, on, outcome in facts:
        if isinstance(outcome, Rating):
            without.review(of, outcome, on)
            mixed.review(of, outcome, on)
        else:
            review = mixed.review(of, None, on, correct=outcome, form=Format.MATCH)
            mixed.facts[-1] = review._replace(game=Game("partie", 6))
    one, other = (
        statistics(CARDS, diary.history(), day(6))._replace(game=NO_GAME, due=0, ahead=())
        for diary in (without, mixed)
    )
    assert one == other
    played = [outcome for _, _, outcome in facts if not isinstance(outcome, Rating)]
    game = statistics(CARDS, mixed.history(), day(6)).game
    assert (game.tries, game.right) == (len(played), sum(played))
