"""Getting on in a session: the bar says what is left, and nothing comes twice in a row without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import answer, go_on, recall, told
from tests.helpers.libraries import SIX, shipped, small_deck, without_decks
from tests.helpers.line_mode import played
from tests.helpers.screens import app_of, on_screen, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.glossary.decks import Format
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.sitting import Stage
from trainer.wording.sessions import REPEATED

TWO = small_deck(shipped(), "svi", "acd", drills=[Format.CHOICE, Format.RECALL])
MIXED = small_deck(shipped(), *SIX, drills=[Format.FLASHCARD, Format.MATCH])


def status(pilot: Pilot[None]) -> str:
    """The line at the top of the screen."""
    return seen(app_of(pilot)).splitlines()[0].strip()


async def test_the_bar_says_what_is_left(tmp_path: Path) -> None:
    """A card counts until it is done with: a right choice is to be recalled, and only the recall takes it off."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, TWO).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        shown = [status(pilot)]
        for _ in range(4):
            await answer(pilot, screen)
            shown.append(status(pilot))
            await go_on(pilot, screen)
        assert shown == [
            "Essai · question 1 · encore 2 à faire",
            "Essai · question 1 · encore 2 à faire",
            "Essai · question 2 · encore 2 à faire",
            "Essai · question 3 · encore 1 à faire",
            "Essai · question 4 · tout est fait",
        ]


async def test_the_game_to_come_is_announced(tmp_path: Path) -> None:
    """The board is counted apart; six cards, then the game."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, MIXED).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        for left in range(6, 0, -1):
            assert status(pilot).endswith(f"question {7 - left} · encore {left} à faire, puis le jeu")
            await answer(pilot, screen)
            ends = f"encore {left - 1} à faire, puis le jeu" if left > 1 else "plus que le jeu"
            assert status(pilot).endswith(ends)
            await go_on(pilot, screen)
        await on_screen(pilot, GameScreen)
        assert status(pilot) == "Sigles · 0 paire sur 6"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)], ids=str)
async def test_a_long_title_leaves_room_for_what_is_left(tmp_path: Path, size: tuple[int, int]) -> None:
    """A title is cut rather than the figures, and whole again on a larger terminal."""
    title = "Jour 8 : l’organisation et les coulisses techniques du plateau"
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, TWO._replace(title=title)).run_test(size=(100, 30)) as pilot:
        await on_screen(pilot, DrillScreen)
        await pilot.resize_terminal(*size)
        await until(
            pilot, lambda: status(pilot).endswith("… · question 1 · encore 2 à faire") or size[0] > 100
        )
        assert (title in status(pilot)) is (size[0] > 100)
        assert status(pilot).endswith("question 1 · encore 2 à faire")


async def test_the_only_question_left_is_said_to_be(tmp_path: Path) -> None:
    """A card failed last of all comes again at once, and why is on the screen; not when it first came."""
    bag = services(tmp_path, library=without_decks())
    deck = small_deck(shipped(), "svi", drills=[Format.RECALL])
    async with drilling(bag, deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        before = recall(screen)
        assert not shows(app_of(pilot), REPEATED)
        await answer(pilot, screen, right=False)
        await go_on(pilot, screen)
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert recall(screen).card == before.card
        assert shows(app_of(pilot), REPEATED, "question 2 · encore 1 à faire")
        await answer(pilot, screen)
        await told(pilot, screen)
        assert not shows(app_of(pilot), REPEATED)


async def test_a_card_failed_before_the_game_comes_after_it(tmp_path: Path) -> None:
    """The game comes between a failed card and its next turn; the board is still the first of one."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, MIXED).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        for left in range(6, 0, -1):
            await answer(pilot, screen, right=left > 1)
            await go_on(pilot, screen)
        game = await on_screen(pilot, GameScreen)
        assert status(pilot) == "Sigles · 0 paire sur 6"
        await answer(pilot, game)
        await go_on(pilot, game)
        screen = await on_screen(pilot, DrillScreen)
        assert status(pilot) == "Essai · question 7 · encore 1 à faire"
        assert not shows(app_of(pilot), REPEATED)


def test_the_line_mode_says_it_too(tmp_path: Path) -> None:
    """Before the question that comes again at once."""
    bag = services(tmp_path)
    session = bag.starter().session(small_deck(shipped(), "svi", drills=[Format.RECALL]))
    said = played(bag, session, "?\n?\nq\n")
    assert said.count(REPEATED) == 2
    assert said.index("Question 1.") < said.index(REPEATED) < said.index("Question 2.")
