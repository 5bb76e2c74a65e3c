"""Who learns, the first screen, its menu, its keys; and texts from files and people, which are never obeyed."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import answer, asked, board, go_on, leave
from tests.helpers.desk import Desk
from tests.helpers.hostile import FORBIDDEN, MARKUP, SEQUENCES, library_of
from tests.helpers.journals import journal
from tests.helpers.screens import app_of, click, on_screen, seen, shows, until
from tests.helpers.world import Clock, drilling, known, services
from trainer.app import TrainerApp
from trainer.drills.shapes import Pick
from trainer.drills.starting import GAMES
from trainer.glossary.decks import Format
from trainer.screens.base import TrainerScreen
from trainer.screens.deck import DeckScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import GlossaryScreen
from trainer.screens.home import HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import FirstNoticeScreen
from trainer.screens.palette import PaletteScreen
from trainer.screens.progress import ProgressScreen
from trainer.services import Services
from trainer.widgets.commands import EVERYWHERE

WIDE = (120, 40)
PICKER, GREETING = "Votre prénom", "Bonjour"


# Who learns


def test_the_picker_opens_unless_one_learner_is_known(tmp_path: Path) -> None:
    """A real start asks who learns when nobody or several are known, and greets the only one there is."""
    expected = {(): PICKER, ("Zoé",): GREETING, ("Zoé", "Ali"): PICKER}
    with ExitStack() as stack:
        started = {}
        for names in expected:
            data = tmp_path / str(len(names))
            known(data, *names)
            started[names] = stack.enter_context(Desk(data))
        assert {names: each.wait_for(PICKER, GREETING) for names, each in started.items()} == expected
        for each in started.values():
            each.press("\x11")
        assert [each.finish() for each in started.values()] == [0, 0, 0]


async def test_a_new_name_leads_home_and_is_greeted(tmp_path: Path) -> None:
    """A name typed at the first launch is greeted at home, and nothing is written before the first answer."""
    bag = services(tmp_path, "")
    async with TrainerApp(bag, ask_who=True).run_test() as pilot:
        await on_screen(pilot, LearnersScreen)
        await pilot.press(*"Zoé", "enter")
        await on_screen(pilot, FirstNoticeScreen)
        await pilot.press("enter")
        home = await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour Zoé.")
        assert home.services.learner.name == "Zoé"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keys", [("escape",), ("down", "enter")], ids=str)
async def test_one_may_go_on_without_a_name(tmp_path: Path, keys: tuple[str, ...]) -> None:
    """Escape and the entry of the list both lead home without a name."""
    async with TrainerApp(services(tmp_path, ""), ask_who=True).run_test() as pilot:
        await on_screen(pilot, LearnersScreen)
        await pilot.press(*keys)
        home = await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour. ")
        assert home.services.learner.name == ""


async def test_escape_returns_from_the_picker_to_the_same_learner(tmp_path: Path) -> None:
    """Whoever opens the picker by mistake stays who they were."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.press("c")
        await on_screen(pilot, LearnersScreen)
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour Zoé.")


async def become(pilot: Pilot[None], name: str) -> Services:
    """Pick a learner by typing their name, and read the notice if it comes; their services."""
    await pilot.press("c")
    picker = await on_screen(pilot, LearnersScreen)
    await pilot.press(*name, "enter")
    await until(pilot, lambda: not picker.is_current or shows(app_of(pilot), "est un nouveau nom"))
    if picker.is_current:
        await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen | FirstNoticeScreen))
    if isinstance(pilot.app.screen, FirstNoticeScreen):
        await pilot.press("enter")
    return (await on_screen(pilot, HomeScreen)).services


async def answer_one(pilot: Pilot[None]) -> None:
    """Begin today's session, answer one question, come home."""
    await pilot.press("s")
    await answer(pilot, await on_screen(pilot, DrillScreen))
    await leave(pilot)
    await pilot.press("escape")
    await on_screen(pilot, HomeScreen)


async def test_learners_keep_their_progress_apart(tmp_path: Path) -> None:
    """Answers go to the one who gives them, also after switching to a colleague and back in one window."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        first = (await on_screen(pilot, HomeScreen)).services
        await answer_one(pilot)
        second = await become(pilot, "Ali")
        assert second.history.tallies == {}
        await answer_one(pilot)
        again = await become(pilot, "Zoé")
        assert len(again.history.tallies) == 1
        await answer_one(pilot)
        assert again.store.unsaved == ()
        assert [len(journal(bag)) for bag in (first, second)] == [2, 1]
        assert len({fact["id"] for fact in journal(first)}) == 2


async def test_known_learners_are_listed_and_picked_with_the_mouse(tmp_path: Path) -> None:
    """The picker lists everyone who ever answered; a click greets them."""
    known(tmp_path, "Zoé", "Ali")
    async with TrainerApp(services(tmp_path, ""), ask_who=True).run_test() as pilot:
        await on_screen(pilot, LearnersScreen)
        assert shows(app_of(pilot), "Ali", "Zoé", "Continuer sans nom")
        await click(pilot, "Ali")
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour Ali.")


# The menu


async def test_the_menu_obeys_arrows_and_enter(tmp_path: Path) -> None:
    """Each entry opens what it says, decks after the heading that cannot be chosen, and Escape comes back to it."""
    opens: dict[int, type[TrainerScreen]] = {2: GlossaryScreen, 1: ProgressScreen, 3: DeckScreen}
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        for downs, screen in opens.items():
            await pilot.press(*["down"] * downs, "enter")
            await on_screen(pilot, screen)
            await pilot.press("escape")
            await on_screen(pilot, HomeScreen)
        await pilot.press("home", "enter")
        await on_screen(pilot, DrillScreen)


async def test_the_menu_obeys_letters_and_escape_comes_back(tmp_path: Path) -> None:
    """The letters of the command bar go where it says; Escape leads home, through the summary of a session."""
    opens: dict[str, type[TrainerScreen]] = {
        "s": DrillScreen,
        "l": GlossaryScreen,
        "p": ProgressScreen,
        "c": LearnersScreen,
    }
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        for letter, screen in opens.items():
            await pilot.press(letter)
            await on_screen(pilot, screen)
            if screen is DrillScreen:
                await leave(pilot)
            await pilot.press("escape")
            await on_screen(pilot, HomeScreen)
            assert len(pilot.app.screen_stack) == 1


async def test_the_command_bar_obeys_the_mouse(tmp_path: Path) -> None:
    """A click on a command of the bar does what its key does."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await click(pilot, "P Progrès")
        await on_screen(pilot, ProgressScreen)
        await click(pilot, "Échap Retour")
        await on_screen(pilot, HomeScreen)


async def test_the_game_of_acronyms_deals_boards_only(tmp_path: Path) -> None:
    """«Jouer avec les sigles» asks no other question."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await click(pilot, "Jouer avec les sigles")
        screen = await on_screen(pilot, GameScreen)
        boards = 0
        while pilot.app.screen is screen:
            assert len(board(screen).pairs) == 6
            boards += 1
            await answer(pilot, screen)
            await go_on(pilot, screen)
        assert boards == GAMES


async def test_home_counts_anew_after_a_session(tmp_path: Path) -> None:
    """What was answered is no longer announced as new; on another day the greeting says it is due."""
    clock = Clock()
    async with TrainerApp(services(tmp_path, clock=clock)).run_test(size=WIDE) as pilot:
        home = await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour Zoé. Cartes du jour : 8 nouvelles.")
        await answer_one(pilot)
        assert shows(app_of(pilot), "Cartes du jour : 1 à revoir, 7 nouvelles.")
        clock.sleep_until(days=1)
        await pilot.press("l")
        await on_screen(pilot, GlossaryScreen)
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Cartes du jour : 1 à revoir, 8 nouvelles.")
        assert home.services.today().day == 3


@pytest.mark.parametrize("how", ["ctrl+q", "menu"])
async def test_quitting(tmp_path: Path, how: str) -> None:
    """Ctrl+Q and the entry of the menu both end the program, with success."""
    async with TrainerApp(services(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        await (click(pilot, "Quitter") if how == "menu" else pilot.press("ctrl+q"))
        await pilot.pause()
    assert pilot.app.return_code == 0


# Help


async def test_help_is_derived_from_the_commands(tmp_path: Path) -> None:
    """F1 shows every command of the screen in front with its key, and Escape returns to it."""
    async with TrainerApp(services(tmp_path)).run_test(size=WIDE) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await pilot.press("f1")
        await on_screen(pilot, KeysScreen)
        for command in (*home.OFFERS, *EVERYWHERE):
            assert f"{command.printed} " in seen(app_of(pilot))
            assert shows(app_of(pilot), command.help)
        await pilot.press("f1")
        await on_screen(pilot, KeysScreen)
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)


async def test_help_tells_the_keys_of_a_drill(tmp_path: Path) -> None:
    """F1 in a session names its own keys, the digits included, and the question is still there afterwards."""
    async with drilling(services(tmp_path)).run_test(size=WIDE) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await pilot.press("f1")
        await on_screen(pilot, KeysScreen)
        for command in screen.OFFERS:
            assert shows(app_of(pilot), f"{command.printed} {command.help}")
        await pilot.press("escape")
        await on_screen(pilot, DrillScreen)
        assert asked(screen) is question


async def test_the_palette_lists_commands_in_french(tmp_path: Path) -> None:
    """Ctrl+P lists the commands of the screen, none of Textual's own, and runs the one that is searched."""
    async with TrainerApp(services(tmp_path)).run_test(size=WIDE) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        await on_screen(pilot, PaletteScreen)
        offered = [command for command in (*home.OFFERS, *EVERYWHERE) if command.palette]
        assert shows(app_of(pilot), *(text for each in offered for text in (each.label, each.help)))
        for english in ("Theme", "Screenshot", "Quit the", "Maximize", "Search"):
            assert english not in seen(app_of(pilot))
        await pilot.press(*"Lexique")
        await until(pilot, lambda: not shows(app_of(pilot), "Voir où vous en êtes."))
        await pilot.press("enter")
        await on_screen(pilot, GlossaryScreen)


# Hostile texts


def shown_literally(app: TrainerApp, *texts: str) -> None:
    """Every text is on the screen, brackets included, and nothing that a terminal would obey."""
    screen = seen(app)
    assert not FORBIDDEN & set(screen)
    assert "\x1b" not in screen
    for text in texts:
        assert shows(app, text), f"{text!r} is not literal:\n{screen}"


async def test_hostile_names_are_shown_as_they_are(tmp_path: Path) -> None:
    """A learner's name is text wherever it stands: in the greeting, in the menu, in the list of learners."""
    names = (MARKUP, "[bold", "a[/", "[@click=app.quit]x[/]", "[NPS]", f"Zoé{SEQUENCES}", "\u202eéoZ")
    known(tmp_path, *names)
    bag = services(tmp_path, MARKUP)
    literal = [learner.name for learner in bag.learners.all()]
    assert {*names[:5], "Zoé]0;vol[2J", "éoZ"} == set(literal)
    async with TrainerApp(bag).run_test(size=WIDE) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        shown_literally(app, f"Bonjour {MARKUP}.")
        for name in ("[bold", "a[/", "Zoé]0;vol[2J"):
            await pilot.press("c")
            await on_screen(pilot, LearnersScreen)
            shown_literally(app, *literal)
            await click(pilot, f" {name} ")
            await on_screen(pilot, HomeScreen)
            shown_literally(app, f"Bonjour {name}.")


async def test_hostile_questions_of_a_deck_are_shown_as_they_are(tmp_path: Path) -> None:
    """A supervisor's own question, its options, its answer and its explanation are text."""
    library = library_of()
    async with drilling(services(tmp_path, library=library), library.decks["piege"], Format.CHOICE).run_test(
        size=WIDE
    ) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        question = asked(screen)
        assert isinstance(question, Pick)
        shown_literally(app, *(f"{number} {MARKUP}" for number in range(1, len(question.options) + 1)))
        await answer(pilot, screen, right=False)
        shown_literally(app, f"Bonne réponse : {MARKUP}")
        await go_on(pilot, screen)
        assert app.is_running
