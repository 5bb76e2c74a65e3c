"""The turn of the game within a session: from its cards to the board and back, nothing is skipped, untold or undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import answer, go_on, told
from tests.helpers.journals import break_disk, journal, repair_disk
from tests.helpers.libraries import shipped, small_deck, without_decks
from tests.helpers.players import answer_to, pair
from tests.helpers.screens import app_of, burst, on_screen, shows, stacked, until
from tests.helpers.world import drilling, services
from trainer.drills.session import Answered, Session
from trainer.drills.shapes import DontKnow
from trainer.glossary.decks import Format
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.home import HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.sitting import Stage
from trainer.screens.summary import SummaryScreen
from trainer.services import Services

SIX = ("svi", "acd", "cti", "voip", "ipbx", "dmt")
MIXED = small_deck(shipped(), *SIX, drills=[Format.FLASHCARD, Format.MATCH])
TALL = (100, 40)


def reply(bag: Services, session: Session, right: bool = True) -> None:
    """Answer the question, and go on."""
    assert session.question is not None
    bag.recorder.note(session.answer(answer_to(session.question, right))[1], 1)
    session.advance()


def at_its_game(bag: Services) -> Session:
    """A session whose last card was failed, so that its game comes before that card does again."""
    session = bag.starter().session(MIXED)
    while not session.is_playing:
        reply(bag, session, right=session.remaining > 1)
    return session


def test_the_log_is_in_the_order_in_which_all_came(tmp_path: Path) -> None:
    """Cards, then tries, then the card that was failed before the game."""
    bag = services(tmp_path)
    session = at_its_game(bag)
    assert session.question is None and not session.is_over
    with pytest.raises(ValueError, match="game"):
        session.answer(DontKnow())
    assert session.game.board is not None
    session.game.answer(pair(session.game.board, 0, 1))
    session.game.answer(DontKnow())
    session.advance()
    reply(bag, session)
    assert session.is_over
    assert [isinstance(item, Answered) for item in session.log] == [True] * 6 + [False] * 2 + [True]


def test_what_was_answered_before_a_try_is_not_taken_back_after_it(tmp_path: Path) -> None:
    """Nor once the next card is asked; the answer to that one is, and the game stays played."""
    bag = services(tmp_path)
    session = at_its_game(bag)
    assert session.can_undo
    session.game.answer(DontKnow())
    session.advance()
    assert session.question is not None and not session.can_undo
    question = session.question
    reply(bag, session)
    assert session.is_over and session.can_undo
    session.undo(bag.history)
    assert session.question is question
    reply(bag, session)
    assert session.is_over and len(session.game.log) == 1


async def to_the_last_card(pilot: Pilot[None]) -> DrillScreen:
    """Answer all cards before the last one right, and that one too, up to its verdict."""
    screen = await on_screen(pilot, DrillScreen)
    while screen.session.remaining > 1:
        await answer(pilot, screen)
        await go_on(pilot, screen)
    await answer(pilot, screen)
    return screen


async def test_impatient_keys_skip_no_board(tmp_path: Path) -> None:
    """However often Enter is pressed at the last card, the board comes, once, and nothing was tried on it."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, MIXED).run_test(size=TALL) as pilot:
        drill = await to_the_last_card(pilot)
        burst(pilot, "enter", "enter", "enter")
        screen = await on_screen(pilot, GameScreen)
        await pilot.pause()
        assert stacked(pilot) == [HomeScreen, GameScreen]
        assert shows(app_of(pilot), "Sigles · 0 paire sur 6")
        assert screen.game is drill.session.game and screen.game.board is screen.game.boards[0]
        assert screen.game.log == () and screen.stage is Stage.ASKED


async def test_a_failing_disk_is_told_on_both_screens(tmp_path: Path) -> None:
    """What was told beside the cards still stands when the board comes, and goes once all is saved."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, MIXED).run_test(size=TALL) as pilot:
        break_disk(bag)
        await to_the_last_card(pilot)
        await until(pilot, lambda: shows(app_of(pilot), "Enregistrement impossible"))
        await pilot.press("enter")
        screen = await on_screen(pilot, GameScreen)
        await until(pilot, lambda: shows(app_of(pilot), "Sigles · 0 paire sur 6"))
        assert shows(app_of(pilot), "Enregistrement impossible")
        repair_disk(bag)
        await pilot.press("0")
        await told(pilot, screen)
        screen.saver.retry()
        await until(pilot, lambda: not screen.banner.display)
        assert len(journal(bag)) == 6


async def test_the_board_waits_under_the_help(tmp_path: Path) -> None:
    """Help that was opened while the last answer waited for the disk stays; behind it comes the board."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, MIXED).run_test(size=TALL) as pilot:
        drill = await to_the_last_card(pilot)
        await pilot.press("f1")
        await on_screen(pilot, KeysScreen)
        drill.action_next()
        await pilot.pause()
        assert stacked(pilot) == [HomeScreen, DrillScreen, KeysScreen]
        await pilot.press("escape")
        await on_screen(pilot, GameScreen)
        assert stacked(pilot) == [HomeScreen, GameScreen]


async def test_a_session_left_at_its_game_is_a_session(tmp_path: Path) -> None:
    """The summary tells of its cards, and says that the session was left."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, MIXED).run_test(size=TALL) as pilot:
        await to_the_last_card(pilot)
        await pilot.press("enter")
        await on_screen(pilot, GameScreen)
        await pilot.press("escape", "escape")
        await on_screen(pilot, SummaryScreen)
        assert shows(app_of(pilot), "Séance arrêtée.", "6 réponses, 6 justes (100 %).")
