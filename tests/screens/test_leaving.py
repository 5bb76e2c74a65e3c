"""No stray key ends a session: Escape asks first, in every drill, and answers are kept either way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import answer, board, go_on, pair, told
from tests.helpers.cells import unreadable
from tests.helpers.journals import journal
from tests.helpers.libraries import BOARD, shipped, small_deck, without_decks
from tests.helpers.screens import app_of, click, on_screen, resize, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.glossary.decks import Format
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.sitting import SittingScreen
from trainer.screens.summary import SummaryScreen

ASKS = "Arrêter ? Échap encore une fois"


def bar(pilot: Pilot[None]) -> str:
    """The line at the foot of the screen."""
    return seen(app_of(pilot)).splitlines()[-1].strip()


@pytest.mark.parametrize("form", list(Format))
async def test_escape_asks_before_it_ends_a_session(tmp_path: Path, form: Format) -> None:
    """Once: nothing but a question in the bar; another key: it is gone; twice in a row: the summary."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, form).run_test(size=(80, 24)) as pilot:
        screen = await on_screen(pilot, SittingScreen)
        for size in ((80, 24), (60, 20)):
            await resize(pilot, size)
            before = bar(pilot)
            for other in ("tab", "down"):
                await pilot.press("escape")
                assert bar(pilot) == ASKS, size
                assert not unreadable(app_of(pilot))
                await pilot.press(other)
                assert bar(pilot) == before, size
        await pilot.press("escape")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await on_screen(pilot, SummaryScreen)
        assert shows(app_of(pilot), "arrêtée.")
    assert journal(bag) == []


async def test_a_stray_escape_between_two_answers_ends_nothing(tmp_path: Path) -> None:
    """After a verdict it asks too, Enter goes on, and a second stray Escape later asks anew."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, Format.CHOICE).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        for number in (1, 2):
            await answer(pilot, screen)
            await pilot.press("escape")
            assert bar(pilot) == ASKS
            await go_on(pilot, screen)
            assert bar(pilot).startswith("0 Je ne sais pas")
            assert len(screen.session.answered) == number
    bag.store.close()
    assert len(journal(bag)) == 2


async def test_what_is_written_stays_in_its_field(tmp_path: Path) -> None:
    """Escape asks, a letter takes the question away, and both find the text as it was."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, Format.RECALL).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await pilot.press("a", "b", "escape")
        assert bar(pilot) == ASKS
        await pilot.press("c")
        assert bar(pilot) != ASKS
        assert screen.page.typed.value == "abc"


async def test_an_acronym_is_let_go_before_it_asks(tmp_path: Path) -> None:
    """In the game three Escapes: the acronym is let go, the question is asked, the game is left; pairs are kept."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=(100, 40)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await pair(pilot, screen, 0)
        await pilot.press("3")
        assert shows(app, f"▸ 3 {board(screen).pairs[2].acronym}")
        await pilot.press("escape")
        assert "▸" not in seen(app) and bar(pilot) != ASKS
        await pilot.press("escape")
        assert bar(pilot) == ASKS
        await pilot.press("3")
        assert bar(pilot) != ASKS
        await pilot.press("escape", "escape", "escape")
        await on_screen(pilot, SummaryScreen)
    assert len(journal(bag)) == 1


async def test_the_mouse_is_asked_as_well(tmp_path: Path) -> None:
    """A click on «Arrêter» asks, a click on an option answers instead, a second click on the bar ends."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, Format.CHOICE).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await click(pilot, "Échap Arrêter")
        assert bar(pilot) == ASKS
        await pilot.click(screen.page.choices, offset=(6, 0))
        await told(pilot, screen)
        assert bar(pilot) != ASKS
        await click(pilot, "Échap Arrêter")
        await click(pilot, ASKS)
        await on_screen(pilot, SummaryScreen)
    assert len(journal(bag)) == 1


async def test_after_the_last_answer_there_is_nothing_to_ask(tmp_path: Path) -> None:
    """With no question left Escape goes to the summary, as Enter does: the session is over, not stopped."""
    deck = small_deck(shipped(), "dmt", drills=[Format.FLASHCARD])
    async with drilling(services(tmp_path, library=without_decks()), deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await pilot.press("escape")
        await on_screen(pilot, SummaryScreen)
        assert shows(app_of(pilot), "Séance terminée.")


async def test_the_palette_asks_as_well(tmp_path: Path) -> None:
    """«Arrêter» found by name does what its key does."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, Format.CHOICE).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: shows(app_of(pilot), "Deux fois : arrêter la séance"))
        await pilot.press(*"arret")
        await until(pilot, lambda: not shows(app_of(pilot), "Voir la réponse sans deviner."))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen and bar(pilot) == ASKS)
