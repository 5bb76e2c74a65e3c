"""Keys and clicks that come faster than screens change: each counts for the screen it was meant for, or for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, OptionList

from tests.helpers.answering import board
from tests.helpers.journals import journal
from tests.helpers.libraries import shipped, small_deck, without_decks
from tests.helpers.screens import app_of, burst, on_screen, shows, stacked, until
from tests.helpers.world import drilling, services
from trainer.app import TrainerApp
from trainer.glossary.decks import Format
from trainer.screens.base import TrainerScreen
from trainer.screens.data import DataScreen
from trainer.screens.deck import DeckScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import GlossaryScreen
from trainer.screens.home import Doing, HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import NoticeScreen
from trainer.screens.palette import NONE, PaletteScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.summary import SummaryScreen
from trainer.services import Services
from trainer.widgets.menu import Item
from trainer.widgets.options import Options

CHOICE = small_deck(shipped(), "appel-entrant", "superviseur", drills=[Format.CHOICE])
BOARD = small_deck(shipped(), "dmt", "svi", "voip", "cti", "acd", "ipbx", drills=[Format.MATCH])


# Twice


TWICE: tuple[tuple[Sequence[str], type[TrainerScreen]], ...] = (
    ("lll", GlossaryScreen),
    ("ppp", ProgressScreen),
    ("ccc", LearnersScreen),
    ("mmm", DataScreen),
    (["f1"] * 3, KeysScreen),
    (["ctrl+p"] * 3, PaletteScreen),
    (["end", "enter", "enter", "enter"], DeckScreen),
    ("sss", DrillScreen),
)


async def test_a_key_pressed_again_opens_nothing_twice(tmp_path: Path) -> None:
    """One screen lies over home, and one Escape leads back, but where it asks or ends a session."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        for keys, kind in TWICE:
            burst(pilot, *keys)
            await on_screen(pilot, kind)
            assert stacked(pilot) == [HomeScreen, kind]
            if kind is not DrillScreen:
                await pilot.press("escape")
                await on_screen(pilot, HomeScreen)
                assert stacked(pilot) == [HomeScreen]


async def test_escape_pressed_again_leaves_one_screen(tmp_path: Path) -> None:
    """What lies below is not left with it, and home never is."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.press("m", "n")
        await on_screen(pilot, NoticeScreen)
        burst(pilot, "escape", "escape", "escape", "escape")
        await pilot.pause()
        assert stacked(pilot)[0] is HomeScreen
        assert pilot.app.is_running


async def test_a_session_left_is_not_answered_any_more(tmp_path: Path) -> None:
    """A digit after Escape, which nobody could see a verdict of, is no answer."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        screen.action_finish()
        screen._finish()
        screen._choose(0)
        await on_screen(pilot, SummaryScreen)
        assert stacked(pilot) == [HomeScreen, SummaryScreen]
        assert not journal(bag)


async def test_a_pair_is_tried_once(tmp_path: Path) -> None:
    """However often the expansion is chosen before the verdict is there."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=(100, 40)) as pilot:
        screen = await on_screen(pilot, GameScreen)
        game = board(screen)
        await pilot.press("1")
        wrong = game.expansions.index(game.pairs[1])
        column = screen.page.board.query_one("#expansions", OptionList)
        for _ in range(3):
            column.highlighted = wrong
            column.action_select()
        await until(pilot, lambda: screen.game.log)
        await pilot.pause()
        assert len(screen.game.log) == 1


# The palette


@pytest.mark.parametrize(
    "keys", [["pagedown"], ["pageup"], ["end"], ["enter", "enter"], ["escape", "ctrl+p"]], ids=str
)
async def test_the_palette_stands_keys_at_once(tmp_path: Path, keys: list[str]) -> None:
    """Before it is laid out, while it closes, and when it has just closed."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        burst(pilot, "ctrl+p", *keys)
        await pilot.pause()
        await until(pilot, lambda: app_of(pilot).screen.is_mounted)
        assert pilot.app.is_running and stacked(pilot).count(PaletteScreen) <= 1


async def test_the_palette_does_what_is_found_on_the_screen_below_and_only_once(tmp_path: Path) -> None:
    """Enter pressed again is not taken for another command."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.press("ctrl+p", *"PROGRÈS voir")
        burst(pilot, "enter", "enter")
        await on_screen(pilot, ProgressScreen)
        assert stacked(pilot) == [HomeScreen, ProgressScreen]
        await pilot.press("escape", "ctrl+p", *"zzz")
        await until(pilot, lambda: shows(app_of(pilot), NONE))
        await pilot.press("pagedown", "enter", "ctrl+q")
        await until(pilot, lambda: not pilot.app.is_running or pilot.app._exit)


# Left before it was there


SCREENS: dict[str, Callable[[Services], TrainerScreen]] = {
    "deck": lambda bag: DeckScreen(bag, next(iter(bag.library.decks.values()))),
    "drill": lambda bag: DrillScreen(bag, bag.starter().session(CHOICE)),
    "game": lambda bag: GameScreen(bag, bag.starter().game(BOARD)),
    "summary": lambda bag: SummaryScreen(bag, bag.starter().session(CHOICE)),
    "glossary": GlossaryScreen,
    "data": DataScreen,
    "progress": ProgressScreen,
    "learners": LearnersScreen,
    "notice": NoticeScreen,
    "palette": lambda bag: PaletteScreen(bag, HomeScreen(bag)),
}


async def test_a_screen_may_be_left_before_it_is_built(tmp_path: Path) -> None:
    """Nothing fails of what its parts would have shown, and home is there again."""
    bag = services(tmp_path)
    async with TrainerApp(bag).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        for name, made in SCREENS.items():
            pilot.app.push_screen(made(bag))
            pilot.app.pop_screen()
            await pilot.pause()
            assert app_of(pilot).failure is None and stacked(pilot) == [HomeScreen], name
    assert app_of(pilot).failure is None


@pytest.mark.parametrize("made", SCREENS.values(), ids=SCREENS)
async def test_the_program_may_be_left_before_a_screen_is_built(
    tmp_path: Path, made: Callable[[Services], TrainerScreen]
) -> None:
    """The same."""
    bag = services(tmp_path)
    async with TrainerApp(bag).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        pilot.app.push_screen(made(bag))
        pilot.app.exit()
        await pilot.pause()
    assert app_of(pilot).failure is None


async def test_a_session_that_waited_ends_under_its_help(tmp_path: Path) -> None:
    """The help that was opened meanwhile is closed with it."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await pilot.press("f1")
        await on_screen(pilot, KeysScreen)
        screen._finish()
        await on_screen(pilot, SummaryScreen)
        assert stacked(pilot) == [HomeScreen, SummaryScreen]


# Lists


async def test_what_was_chosen_is_opened_even_if_the_list_has_changed(tmp_path: Path) -> None:
    """An item keeps its value: neither another one nor a crash comes of a list that was filled anew."""
    async with TrainerApp(services(tmp_path, library=without_decks())).run_test() as pilot:
        screen = await on_screen(pilot, HomeScreen)
        screen.menu.fill([Item("un", Doing.GLOSSARY), Item("deux", Doing.PROGRESS)])
        screen.menu.highlighted = 1
        screen.menu.action_select()
        screen.menu.fill([Item("trois", Doing.LEAVE)])
        await on_screen(pilot, ProgressScreen)


async def test_a_list_stands_pages_and_clicks_whatever_it_holds(tmp_path: Path) -> None:
    """Empty, before it is laid out, and when what was clicked is gone."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        screen = await on_screen(pilot, HomeScreen)
        unseen = Options("un", "deux")
        unseen.display = False
        await screen.mount(unseen, Options(id="empty"))
        for each in (unseen, screen.query_one("#empty", Options)):
            each.action_page_down()
            each.action_page_up()
            each.action_last()
        unseen.highlighted = 0
        unseen.action_page_down()
        unseen.action_page_up()
        style = screen.menu.rich_style.from_meta({"option": 99})
        click = events.Click(screen.menu, 1, 1, 0, 0, 1, False, False, False, 1, 1, style)
        screen.menu.post_message(click)
        await pilot.pause()
        assert stacked(pilot) == [HomeScreen]


async def test_a_click_on_what_is_gone_is_no_crash(tmp_path: Path) -> None:
    """A message that has just been taken away was clicked."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        screen = await on_screen(pilot, HomeScreen)
        screen.greeting._parent = None
        press = events.MouseDown(None, 3, 1, 0, 0, 1, False, False, False, 3, 1)
        await pilot.app.on_event(press)
        screen.greeting._parent = screen
        assert pilot.app.is_running


async def test_a_key_too_many_for_the_question_before_is_no_answer_to_the_next(tmp_path: Path) -> None:
    """What was submitted before the question was asked does not count for it."""
    deck = small_deck(shipped(), "appel-entrant", "superviseur", drills=[Format.RECALL])
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        late = Input.Submitted(screen.page.typed, "mot")
        screen.ask()
        screen.post_message(late)
        await pilot.pause()
        assert not screen.session.answered
