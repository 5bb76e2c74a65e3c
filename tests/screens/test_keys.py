"""Keys: those of an AZERTY keyboard, with Caps Lock and without, do what the bar prints; in a field they write."""

from __future__ import annotations

import re
from pathlib import Path

from tests.helpers.answering import answer, board, choice, recall, told
from tests.helpers.libraries import BOARD, shipped, small_deck, without_decks
from tests.helpers.screens import app_of, on_screen, seen, shows, until
from tests.helpers.world import drilling, known, services
from trainer.app import TrainerApp
from trainer.glossary.decks import Format
from trainer.screens.base import TrainerScreen
from trainer.screens.data import AnswersScreen, DataScreen, EraseScreen, ExportScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import GlossaryScreen
from trainer.screens.home import HomeScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import NoticeScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.routes import Finished
from trainer.screens.sitting import Stage
from trainer.screens.summary import SummaryScreen
from trainer.widgets.commands import EVERYWHERE

CAPS = ("ampersand", "É", "quotation_mark", "apostrophe", "left_parenthesis", "minus", "È", "underscore")
"""What Linux sends for the digits of an AZERTY keyboard under Caps Lock; Windows sends digits."""


async def test_capital_letters_open_what_the_bar_prints(tmp_path: Path) -> None:
    """With Caps Lock on, every letter of home and of «Mes données» goes where it says."""
    async with TrainerApp(services(tmp_path, library=without_decks())).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        ways: tuple[tuple[str, type[TrainerScreen]], ...] = (
            ("S", DrillScreen),
            ("L", GlossaryScreen),
            ("P", ProgressScreen),
            ("C", LearnersScreen),
            ("M", DataScreen),
        )
        for key, kind in ways:
            await pilot.press(key)
            await on_screen(pilot, kind)
            app_of(pilot).pop_screen()
            await on_screen(pilot, HomeScreen)
        await pilot.press("D")
        await until(pilot, lambda: shows(app_of(pilot), "Rien à distinguer pour l’instant"))
        await pilot.press("M")
        for key, kind in (("R", AnswersScreen), ("X", ExportScreen), ("N", NoticeScreen), ("E", EraseScreen)):
            await on_screen(pilot, DataScreen)
            await pilot.press(key)
            await on_screen(pilot, kind)
            app_of(pilot).pop_screen()


async def test_capital_letters_work_in_a_session(tmp_path: Path) -> None:
    """R flips, U takes back, J claims; at the end R asks the mistakes again and A goes home."""
    bag = services(tmp_path, library=without_decks())
    deck = small_deck(shipped(), "dmt", drills=[Format.FLASHCARD])
    async with drilling(bag, deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await pilot.press("R", "1")
        await told(pilot, screen)
        await pilot.press("U")
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        await pilot.press("R")
        await until(pilot, lambda: shows(app_of(pilot), "1 À revoir"))
    deck = small_deck(shipped(), "dmt", drills=[Format.RECALL])
    async with drilling(services(tmp_path, "Léa", without_decks()), deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen, right=False)
        await pilot.press("J")
        await until(pilot, lambda: shows(app_of(pilot), "✓ Compté juste"))
    async with drilling(services(tmp_path, "Luc", without_decks()), deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen, right=False)
        screen.post_message(Finished(screen.session))
        await on_screen(pilot, SummaryScreen)
        await pilot.press("R")
        screen = await on_screen(pilot, DrillScreen)
        screen.post_message(Finished(screen.session))
        await on_screen(pilot, SummaryScreen)
        await pilot.press("A")
        await on_screen(pilot, HomeScreen)


async def test_capital_letters_work_in_the_game(tmp_path: Path) -> None:
    """C shows the time, E plays again."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test() as pilot:
        screen = await on_screen(pilot, GameScreen)
        await pilot.press("C")
        assert screen.game.timed and seen(app_of(pilot)).splitlines()[0].strip().endswith(" s")
        screen.post_message(Finished(screen.game))
        await on_screen(pilot, SummaryScreen)
        await pilot.press("E")
        assert (await on_screen(pilot, GameScreen)).game is not screen.game


async def test_digits_under_caps_lock_choose_on_a_board(tmp_path: Path) -> None:
    """The top row of an AZERTY keyboard chooses an acronym, or an expansion up to the eighth."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=(100, 40)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        for number, (key, each) in enumerate(zip(CAPS, board(screen).pairs, strict=False), 1):
            await pilot.press(key)
            assert shows(app, f"▸ {number} {each.acronym}"), key
            await pilot.press("escape")
        tries: list[str] = []
        for key in CAPS[6:]:
            tries.append(key)
            free = next(left for left in range(6) if left not in screen.game.solved)
            await pilot.press(str(free + 1), key)
            await until(pilot, lambda: len(screen.game.log) == len(tries))
            await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert screen.stage is Stage.ASKED


async def test_digits_under_caps_lock_answer_a_question(tmp_path: Path) -> None:
    """É is the second option, and À is «je ne sais pas»."""
    deck = small_deck(shipped(), "dmt", "svi", "acd", drills=[Format.CHOICE])
    async with drilling(services(tmp_path, library=without_decks()), deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        picked = choice(screen).options[1].text
        await pilot.press("É")
        await told(pilot, screen)
        assert screen.session.answered[-1].verdict.given == picked
        await pilot.press("enter")
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        await pilot.press("À")
        await told(pilot, screen)
        assert shows(app_of(pilot), "✗ Pas encore su")


async def test_capital_letters_write_in_a_field(tmp_path: Path) -> None:
    """Where something is to be written, no letter and no digit does anything else."""
    typed = "JURCEAÉ&1"
    keys = [*typed.replace("&", ""), "ampersand"]
    deck = small_deck(shipped(), "dmt", drills=[Format.RECALL])
    async with drilling(services(tmp_path, library=without_decks()), deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        recall(screen)
        await pilot.press(*keys)
        assert sorted(screen.page.typed.value) == sorted(typed)
        assert screen.session.answered == ()
    known(tmp_path, "Zoé")
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.press("l", "D", "M", "T")
        glossary = await on_screen(pilot, GlossaryScreen)
        assert glossary.field.value == "DMT"
        assert shows(app_of(pilot), "DMT (Durée moyenne de traitement)")


ENGLISH = re.compile(
    r"\b(press|quit|the|app|search|found|theme|keys|screenshot|maximize|command)\b", re.IGNORECASE
)


async def test_nothing_is_said_in_english(tmp_path: Path) -> None:
    """Ctrl+C tells in French how to leave, wherever one is; the palette offers no command of Textual's own."""
    bag = services(tmp_path, library=without_decks())
    deck = small_deck(shipped(), "dmt", drills=[Format.RECALL])
    async with drilling(bag, deck).run_test(size=(100, 40), notifications=True) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, DrillScreen)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: shows(app, "Pour quitter : Ctrl+Q."))
        assert not ENGLISH.search(seen(app)), seen(app)
        app.clear_notifications()
        app.pop_screen()
        await on_screen(pilot, HomeScreen)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: shows(app, "Pour quitter : Ctrl+Q."))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: shows(app, "Chercher un terme."))
        assert not ENGLISH.search(seen(app)), seen(app)
        await pilot.press(*"screenshot")
        await until(pilot, lambda: shows(app, "Aucune commande de ce nom"))
        assert not ENGLISH.search(seen(app).replace("screenshot", "")), seen(app)


async def test_textual_binds_no_key_that_opens_something_in_english(tmp_path: Path) -> None:
    """Of what Textual offers by itself only moving, copying and leaving can be reached by a key."""
    harmless = {
        *("quit", "app.quit", "help_quit", "screen.copy_text", "app.focus_next", "app.focus_previous"),
        *("command_palette", "app.command_palette"),
    }
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        home = await on_screen(pilot, HomeScreen)
        own = {command.action for command in (*home.OFFERS, *EVERYWHERE)}
        bound = {
            active.binding.action
            for active in home.active_bindings.values()
            if active.node in (home, pilot.app)
        }
        assert bound <= own | harmless, bound - own - harmless
