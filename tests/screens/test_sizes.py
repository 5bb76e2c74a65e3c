"""Every screen on a small, a usual and a large terminal; and without colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tests.helpers.answering import answer, asked, board, card, leave, told
from tests.helpers.desk import Desk
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.screens import S, app_of, on_screen, resize, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.app import TrainerApp
from trainer.drills.shapes import Order, Pick, Reveal, Tick, Write
from trainer.glossary.decks import Format
from trainer.screens.deck import DeckScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import GlossaryScreen, TermScreen
from trainer.screens.home import HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.learners import NOTICE, LearnersScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.sitting import SittingScreen
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import EVERYWHERE
from trainer.wording.sessions import only

SIZES = ((200, 50), (80, 24), (60, 20))


def in_sight(screen: Screen[Any], *widgets: Widget) -> None:
    """These widgets lie wholly where they can be seen."""
    for widget in widgets:
        clip = screen.find_widget(widget).clip
        assert widget.region.area > 0, f"{widget} has no room"
        assert clip.contains_region(widget.region), f"{widget} at {widget.region} is cut to {clip}"
        assert screen.region.contains_region(widget.region), (
            f"{widget} at {widget.region} is off {screen.region}"
        )


def fits(app: TrainerApp, *texts: str) -> None:
    """Nothing is wider than the screen, every command of the bar is in sight, and so are these texts."""
    screen = app.screen
    for widget in screen.walk_children(Widget):
        if widget.region.area:
            assert widget.region.right <= screen.size.width, f"{widget} sticks out"
            assert not widget.show_horizontal_scrollbar, f"{widget} scrolls sideways"
    bar = screen.query_one(CommandBar)
    assert bar.region.bottom == screen.size.height
    in_sight(screen, bar)
    last = seen(app).splitlines()[-1]
    assert all(f"{command.printed} {command.label}" in last for command in bar.offered), last
    assert shows(app, *texts), f"not all of {texts} on\n{seen(app)}"


async def fits_anywhere(pilot: Pilot[None], *texts: str) -> None:
    """The same at every size of the terminal."""
    for size in SIZES:
        await resize(pilot, size)
        await until(pilot, lambda: shows(app_of(pilot), *texts))
        fits(app_of(pilot), *texts)


async def go(pilot: Pilot[None], kind: type[S], *keys: str) -> S:
    """Press keys, and come to a screen."""
    await pilot.press(*keys)
    return await on_screen(pilot, kind)


async def test_every_page_fits(tmp_path: Path) -> None:
    """Home, help, learners, glossary, term, progress and a deck show what they are for, whatever the size."""
    async with TrainerApp(services(tmp_path)).run_test(size=SIZES[0]) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await fits_anywhere(
            pilot,
            "Bonjour Zoé.",
            "Commencer la séance du jour 8 nouvelles",
            "Changer d’apprenant",
            "Quitter",
        )
        await go(pilot, KeysScreen, "f1")
        await fits_anywhere(
            pilot, "Touches : Accueil", *(command.help for command in (*home.OFFERS, *EVERYWHERE))
        )
        await go(pilot, HomeScreen, "escape")
        await go(pilot, LearnersScreen, "c")
        await fits_anywhere(pilot, "Qui apprend ?", NOTICE, "Votre prénom, puis Entrée", "Continuer sans nom")
        await go(pilot, HomeScreen, "escape")
        await go(pilot, ProgressScreen, "p")
        await fits_anywhere(pilot, "À revoir cette semaine", "aujourd’hui 0", "dimanche 0", "Par famille")
        await go(pilot, HomeScreen, "escape")
        glossary = await go(pilot, GlossaryScreen, "l", "d", "m", "t")
        await fits_anywhere(pilot, "dmt", "DMT (Durée moyenne de traitement)")
        in_sight(glossary, glossary.field, glossary.menu)
        await go(pilot, TermScreen, "enter")
        await fits_anywhere(pilot, "DMT (Durée moyenne de traitement)", shipped().terms["dmt"].definition)
        await go(pilot, GlossaryScreen, "escape")
        await go(pilot, HomeScreen, "escape")
        deck = await go(pilot, DeckScreen, "end", "enter")
        await fits_anywhere(pilot, deck.deck.title, "Commencer la séance", *map(only, deck.deck.drills))


def options_in_sight(app: TrainerApp, screen: SittingScreen) -> None:
    """The question or the board, whole, with all that there is to choose from."""
    if isinstance(screen, GameScreen):
        board_in_sight(app, screen)
        return
    assert isinstance(screen, DrillScreen)
    question = asked(screen)
    fits(app, question.instruction)
    in_sight(screen, screen.status, screen.page.instruction)
    match question:
        case Pick() | Tick() | Order():
            in_sight(screen, screen.page.stem, screen.page.choices)
            assert shows(app, question.stem, *(option.text for option in question.options))
        case Reveal():
            in_sight(screen, screen.page.stem)
            assert shows(app, question.stem)
        case Write():
            in_sight(screen, screen.page.stem, screen.page.typed)
            assert shows(app, question.stem, "Écrivez votre réponse")


def board_in_sight(app: TrainerApp, screen: GameScreen) -> None:
    """The board, whole."""
    game = board(screen)
    fits(app, game.instruction)
    in_sight(screen, screen.status, screen.page.instruction, screen.page.board)
    assert shows(app, *(f"{index} {pair.acronym}" for index, pair in enumerate(game.pairs, 1)))
    starts = (f"{index} {pair.expansion[:10]}" for index, pair in enumerate(game.expansions, 1))
    assert all(start in seen(app) for start in starts)


@pytest.mark.parametrize("form", list(Format))
async def test_every_drill_and_its_summary_fit(tmp_path: Path, form: Format) -> None:
    """Question, options and commands are in sight; after the answer so is the verdict; then the summary."""
    async with drilling(services(tmp_path), None, form).run_test(size=SIZES[0]) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, SittingScreen)
        for size in SIZES:
            await resize(pilot, size)
            options_in_sight(app, screen)
        if isinstance(screen, DrillScreen) and form is Format.FLASHCARD:
            await pilot.press("enter")
            await fits_anywhere(pilot, "1 À revoir", "4 Facile", card(screen).stem, card(screen).back)
            in_sight(screen, screen.page.choices)
            await pilot.press("1")
            await told(pilot, screen)
        else:
            await answer(pilot, screen, right=False)
        await fits_anywhere(pilot, {Format.FLASHCARD: "✗ À revoir", Format.MATCH: "✓ 1"}.get(form, "✗ Faux"))
        assert isinstance(screen, DrillScreen | GameScreen)
        assert isinstance(screen, GameScreen) is (form is Format.MATCH)
        in_sight(screen, screen.page.begin)
        await leave(pilot)
        await fits_anywhere(
            pilot, "Partie arrêtée." if form is Format.MATCH else "Séance arrêtée.", "Retour à l’accueil"
        )
        if form is not Format.MATCH:
            fits(app, "1 réponse, 0 juste (0 %).", "Reprendre les erreurs")


def longest(bag: Callable[[str], Services], form: Format) -> Services:
    """The services whose seed makes the session of a wordy term begin with the most text to show."""

    def length(each: Services) -> int:
        deck = small_deck(shipped(), "telemarketing", drills=[form])
        question = each.starter().session(deck).question
        texts = [option.text for option in question.options] if isinstance(question, Pick) else []
        return sum(map(len, texts))

    return max(map(bag, map(str, range(12))), key=length)


async def test_the_wordiest_question_fits_a_small_terminal(tmp_path: Path) -> None:
    """Three long definitions are in sight at once on 60 columns and 20 lines, then the verdict with the question."""
    bag = longest(lambda seed: services(tmp_path, seed=seed), Format.CHOICE)
    deck = small_deck(shipped(), "telemarketing", drills=[Format.CHOICE])
    async with drilling(bag, deck).run_test(size=(60, 20)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        options_in_sight(app, screen)
        await answer(pilot, screen, right=False)
        await until(pilot, lambda: shows(app, "✗ Faux"))
        in_sight(screen, screen.page.stem)


_COLOUR = re.compile(r"[34]8;2;(\d+);(\d+);(\d+)")


def test_without_colours_right_and_wrong_are_still_told_apart(tmp_path: Path) -> None:
    """Under NO_COLOR a real run marks the right option ✓ and a wrong choice ✗, and draws in grey alone."""
    with Desk(
        tmp_path, "drill", "--format", "choice", "--learner", "Zoé", more={"NO_COLOR": "1"}
    ) as terminal:
        terminal.wait_for("F1 Aide")
        terminal.press("1")
        verdict = terminal.wait_for("✓ Juste", "✗ Faux")
        terminal.wait_for("Entrée Continuer")
        assert ("✓ 1" in terminal.text) is (verdict == "✓ Juste")
        assert ("✗ 1" in terminal.text) is (verdict == "✗ Faux")
        assert re.search(r"✓ \d", terminal.text)
        colours = _COLOUR.findall(terminal.raw)
        assert all(len(set(colour)) == 1 for colour in colours), set(colours)
        assert not re.search(r"\x1b\[(?:[\d;]*;)?[34][1-6](?:;[\d;]*)?m", terminal.raw)
