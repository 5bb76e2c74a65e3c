"""A window that stays open overnight: the study day turns at four in the morning, and every screen follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import answer, go_on
from tests.helpers.journals import journal
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.world import Clock, drilling, services
from trainer.glossary.decks import Format, Library
from trainer.glossary.past import Past
from trainer.plain import PlainDrill
from trainer.screens.deck import DeckScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.routes import GoHome, ShowDeck
from trainer.screens.summary import SummaryScreen

BEFORE_FOUR = datetime(2026, 11, 3, 2, 59, 59, tzinfo=UTC)
"""A second before the study day turns in Paris."""
AT_FOUR = BEFORE_FOUR + timedelta(seconds=1)
DECK = small_deck(shipped(), "superviseur", "prospect", drills=[Format.FLASHCARD])


def library() -> Library:
    """Two terms, one deck, so that there is an end to what is new."""
    return replace(
        shipped(), terms={term: shipped().terms[term] for term in DECK.terms}, decks={DECK.id: DECK}
    )


async def learn(pilot: Pilot[None]) -> None:
    """Answer everything there is today."""
    screen = await on_screen(pilot, DrillScreen)
    while pilot.app.screen is screen:
        await answer(pilot, screen)
        await go_on(pilot, screen)
    await on_screen(pilot, SummaryScreen)


async def test_home_knows_the_new_day(tmp_path: Path) -> None:
    """«Tout est à jour» until four; then what the day brings, without a key, and what was highlighted stays so."""
    clock = Clock()
    bag = services(tmp_path, library=library(), clock=clock)
    async with drilling(bag, DECK).run_test() as pilot:
        app = app_of(pilot)
        await learn(pilot)
        app.post_message(GoHome())
        home = await on_screen(pilot, HomeScreen)
        await pilot.press("down", "down")
        kept = home.menu.highlighted
        clock.at = BEFORE_FOUR
        app.look_at_the_day()
        await pilot.pause()
        assert shows(app, "Tout est à jour pour aujourd’hui.")
        clock.at = AT_FOUR
        app.look_at_the_day()
        await until(pilot, lambda: shows(app, "Cartes du jour : 2 nouvelles."))
        assert home.menu.highlighted == kept


async def test_whatever_lies_open_knows_the_new_day(tmp_path: Path) -> None:
    """A deck's page, the figures and the summary: drawn in the evening, true in the morning."""
    clock = Clock()
    bag = services(tmp_path, library=library(), clock=clock)
    async with drilling(bag, DECK).run_test() as pilot:
        app = app_of(pilot)
        await learn(pilot)
        assert not shows(app, "aujourd’hui")
        clock.sleep_until(20)
        app.look_at_the_day()
        await until(pilot, lambda: shows(app, "Continuer encore 2 cartes aujourd’hui"))
        clock.at = Clock().at
        app.look_at_the_day()
        app.post_message(GoHome())
        await on_screen(pilot, HomeScreen)
        app.post_message(ShowDeck(DECK))
        await on_screen(pilot, DeckScreen)
        assert shows(app, "Aujourd’hui : 0 à revoir")
        clock.sleep_until(20)
        app.look_at_the_day()
        await until(pilot, lambda: shows(app, "Aujourd’hui : 2 à revoir"))
        clock.at = Clock().at
        app.look_at_the_day()
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        await pilot.press("p")
        await on_screen(pilot, ProgressScreen)
        assert shows(app, "Aujourd’hui : 2 réponses", "À revoir aujourd’hui : 0 carte")
        clock.sleep_until(20)
        app.look_at_the_day()
        await until(pilot, lambda: shows(app, "Aujourd’hui : 0 réponse", "À revoir aujourd’hui : 2 cartes"))


async def test_the_application_looks_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to press a key for the day to turn."""
    monkeypatch.setattr("trainer.app.LOOK", 0.01)
    clock = Clock()
    bag = services(tmp_path, library=library(), clock=clock)
    async with drilling(bag, DECK).run_test() as pilot:
        app = app_of(pilot)
        await learn(pilot)
        app.post_message(GoHome())
        await on_screen(pilot, HomeScreen)
        assert shows(app, "Tout est à jour")
        clock.sleep_until(20)
        await until(pilot, lambda: shows(app, "Cartes du jour : 2 à revoir"))


async def test_a_session_past_four_goes_on_with_the_new_day(tmp_path: Path) -> None:
    """What is noted is noted of the new day, and the delays of a card are those of that day."""
    clock = Clock()
    bag = services(tmp_path, library=library(), clock=clock)
    async with drilling(bag, DECK).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        clock.at = BEFORE_FOUR
        await answer(pilot, screen)
        clock.at = AT_FOUR
        await go_on(pilot, screen)
        assert screen.session.today == bag.today()
        await answer(pilot, screen)
    bag.store.close()
    assert [fact["day"] for fact in journal(bag)] == ["2026-11-02", "2026-11-03"]


def test_the_line_mode_past_four_goes_on_with_the_new_day(tmp_path: Path) -> None:
    """The same line by line."""
    clock = Clock()
    bag = services(tmp_path, library=library(), clock=clock)
    session = bag.starter().session(DECK)
    days = []

    class Night(StringIO):
        """Somebody who answers for two nights."""

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            days.append(session.today)
            clock.sleep_until(1)
            return "3\n" if len(days) % 2 == 0 else "\n"

    PlainDrill(bag, session, Night(), StringIO()).run()
    assert len(set(days)) == 2


async def test_a_term_that_means_something_else_since_four_is_to_be_learnt_anew(tmp_path: Path) -> None:
    """The day of a change comes while home lies open: the old answers are set aside at once, not at the next start."""
    clock = Clock()
    changing = replace(library(), past=Past(changed={"prospect": AT_FOUR.date()}))
    bag = services(tmp_path, library=changing, clock=clock)
    async with drilling(bag, DECK).run_test() as pilot:
        app = app_of(pilot)
        await learn(pilot)
        app.post_message(GoHome())
        await on_screen(pilot, HomeScreen)
        for clock.at in (BEFORE_FOUR, AT_FOUR):
            assert {"superviseur", "prospect"} == {of.subject for of in app.services.history.tallies}
            app.look_at_the_day()
        assert "prospect" not in {of.subject for of in app.services.history.tallies}
        await pilot.press("p")
        await until(pilot, lambda: shows(app, "1 terme à réapprendre, le sens a changé"))
