"""What every screen is drawn in: readable on any terminal, with colours or without, and colour on a mark alone."""

from __future__ import annotations

import re
from collections import Counter
from operator import attrgetter
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.pilot import Pilot

from tests.helpers import plain
from tests.helpers.answering import answer, asked, board, choice, go_on, leave, pair, told
from tests.helpers.cells import PLAIN_TO_SEE, cells, contrast, parts, unreadable
from tests.helpers.journals import break_disk
from tests.helpers.libraries import BOARD, shipped, without_decks
from tests.helpers.screens import app_of, flowing, on_screen, place_of, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.app import TrainerApp
from trainer.drills.shapes import Pick
from trainer.glossary.decks import Format
from trainer.memory.expiry import MONTHS
from trainer.screens.data import AnswersScreen, DataScreen, EraseScreen, ExportScreen
from trainer.screens.deck import DeckScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import GlossaryScreen, TermScreen
from trainer.screens.home import HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import FirstNoticeScreen, NoticeScreen
from trainer.screens.palette import PaletteScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.sitting import SittingScreen
from trainer.widgets.theme import TRAINER
from trainer.wording.privacy import notice as told_of

USUAL = (80, 24)
SYSTEMS = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD)
"""What terminals make of colours: 16 million, 256 or 16."""
COLOURS = pytest.mark.parametrize("no_color", [False, True], ids=["colour", "NO_COLOR"], indirect=True)


@pytest.fixture
def no_color(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the application is told to draw without colours, as `NO_COLOR=1 trainer` tells it."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    if request.param:
        monkeypatch.setenv("NO_COLOR", "1")
    return bool(request.param)


def look(pilot: Pilot[None], no_color: bool) -> None:
    """Every text on the screen can be read, on terminals of 16 colours to 16 million; without colours, all is grey."""
    app = app_of(pilot)
    for system in SYSTEMS:
        faint = unreadable(app, system)
        assert not faint, f"{app.screen} with {system.name}:\n" + "\n".join(faint)
    if no_color:
        coloured = [cell for cell in cells(app) if not cell.is_grey]
        assert not coloured, coloured[:5]


@COLOURS
async def test_every_page_can_be_read(tmp_path: Path, no_color: bool) -> None:
    """The pages around a session, the palette, the toast, and the bar under the mouse."""
    bag = services(tmp_path)
    async with TrainerApp(bag, ask_who=True).run_test(size=USUAL, notifications=True) as pilot:
        await on_screen(pilot, LearnersScreen)
        look(pilot, no_color)
        await pilot.press("L", "é", "o")
        look(pilot, no_color)
        await pilot.press("enter")
        await on_screen(pilot, FirstNoticeScreen)
        look(pilot, no_color)
        await pilot.press("enter")
        await on_screen(pilot, HomeScreen)
        look(pilot, no_color)
        for text in ("Lexique", "Voir mes progrès"):
            await pilot.hover(offset=place_of(app_of(pilot), text))
            look(pilot, no_color)
        pages: tuple[tuple[str, type, tuple[str, ...]], ...] = (
            ("f1", KeysScreen, ()),
            ("p", ProgressScreen, ()),
            ("m", DataScreen, ()),
            ("l", GlossaryScreen, ("down",)),
            ("c", LearnersScreen, ()),
        )
        for key, kind, more in pages:
            await pilot.press(key)
            await on_screen(pilot, kind)
            await pilot.press(*more)
            look(pilot, no_color)
            await pilot.press("escape")
            await on_screen(pilot, HomeScreen)
        await pilot.press("m")
        await on_screen(pilot, DataScreen)
        for key, kind in (("r", AnswersScreen), ("x", ExportScreen), ("e", EraseScreen)):
            await pilot.press(key)
            await on_screen(pilot, kind)
            look(pilot, no_color)
            await pilot.press("escape")
            await on_screen(pilot, DataScreen)
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        await pilot.press("l", "d", "m", "t", "enter")
        await on_screen(pilot, TermScreen)
        look(pilot, no_color)
        await pilot.press("escape", "escape")
        await on_screen(pilot, HomeScreen)
        await pilot.press("end", "enter")
        await on_screen(pilot, DeckScreen)
        look(pilot, no_color)
        await pilot.press("escape", "ctrl+c")
        await until(pilot, lambda: "Ctrl+Q" in "".join(cell.text for cell in cells(app_of(pilot))))
        look(pilot, no_color)


@COLOURS
async def test_the_palette_can_be_read(tmp_path: Path, no_color: bool) -> None:
    """Before anything is typed, with something found, and with nothing."""
    async with TrainerApp(services(tmp_path)).run_test(size=USUAL) as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        await on_screen(pilot, PaletteScreen)
        await until(pilot, lambda: shows(app_of(pilot), "Chercher un terme."))
        look(pilot, no_color)
        await pilot.press("l", "e", "x")
        await until(pilot, lambda: not shows(app_of(pilot), "Dire qui apprend."))
        look(pilot, no_color)
        await pilot.press("x", "x")
        await until(pilot, lambda: shows(app_of(pilot), "Aucune commande de ce nom"))
        look(pilot, no_color)


@pytest.mark.parametrize("form", list(Format))
@COLOURS
async def test_every_drill_can_be_read(tmp_path: Path, no_color: bool, form: Format) -> None:
    """A question answered right, then one answered wrong on a failing disk, what is under the mouse, and the summary."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, form).run_test(size=USUAL) as pilot:
        screen = await on_screen(pilot, SittingScreen)
        for right in (True, False):
            look(pilot, no_color)
            if isinstance(screen, GameScreen):
                for left in range(2):
                    await pair(pilot, screen, left, left if right else left + 1)
                    look(pilot, no_color)
            await pilot.press("enter")
            look(pilot, no_color)
            if isinstance(screen, DrillScreen) and isinstance(asked(screen), Pick):
                await pilot.press("down")
                look(pilot, no_color)
                await pilot.hover(screen.page.choices, offset=(6, 0))
                look(pilot, no_color)
            if not right:
                break_disk(bag)
            if form is Format.FLASHCARD:
                await pilot.press("3" if right else "1")
                await told(pilot, screen)
            else:
                await answer(pilot, screen, right)
            look(pilot, no_color)
            if right:
                await go_on(pilot, screen)
        await leave(pilot)
        look(pilot, no_color)


def stands_out(app: TrainerApp, text: str) -> bool:
    """Whether a text lies on a ground that is plain to see on that of most of the screen."""
    column, row = place_of(app, text)
    for system in SYSTEMS:
        drawn = cells(app, system)
        here = next(cell.ground for cell in drawn if (cell.column, cell.row) == (column, row))
        around = Counter(cell.ground for cell in drawn).most_common(1)[0][0]
        if contrast(here, around) < PLAIN_TO_SEE:
            return False
    return True


def rows(screen: SittingScreen) -> tuple[str, str]:
    """The first two lines to choose from."""
    if isinstance(screen, GameScreen):
        first, second, *_ = board(screen).pairs
        return f"1 {first.acronym}", f"2 {second.acronym}"
    assert isinstance(screen, DrillScreen)
    question = choice(screen)
    return f"1 {question.options[0].text[:20]}", f"2 {question.options[1].text[:20]}"


@COLOURS
async def test_where_one_is_can_be_seen(tmp_path: Path, no_color: bool) -> None:
    """What Enter would choose lies on a ground of its own: on a menu, among options, on a board, in the palette."""
    async with TrainerApp(services(tmp_path)).run_test(size=USUAL) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        assert stands_out(app, "Commencer la séance") and not stands_out(app, "Voir mes progrès")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: shows(app, "Chercher un terme."))
        await pilot.press("down")
        assert stands_out(app, "Commencer la séance") and not stands_out(app, "Voir où vous en êtes")
    bag = services(tmp_path, library=without_decks())
    for form in (Format.CHOICE, Format.MATCH):
        async with drilling(bag, None, form).run_test(size=USUAL) as pilot:
            screen = await on_screen(pilot, SittingScreen)
            await pilot.press("home")
            first, second = rows(screen)
            assert stands_out(app_of(pilot), first) and not stands_out(app_of(pilot), second)


MARK = re.compile(r"[✓✗] \S.*")


def coloured(app: TrainerApp) -> list[str]:
    """The texts drawn in the colour of what is right or wrong, but for the banner of a failing disk."""
    shades = {TRAINER.success, TRAINER.error}
    return parts(app, lambda cell: cell.front.hex in shades)


def bold(app: TrainerApp) -> str:
    """The texts drawn in bold, joined."""
    return plain(" ".join(parts(app, attrgetter("bold"))))


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("form", [Format.CHOICE, Format.RECALL, Format.FLASHCARD])
async def test_a_verdict_colours_its_mark_and_its_word_alone(
    tmp_path: Path, form: Format, right: bool
) -> None:
    """Neither the correction nor an option is coloured, and of the correction the labels alone are bold."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, form).run_test(size=(100, 40)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await answer(pilot, screen, right)
        texts = coloured(app)
        assert texts and all(MARK.fullmatch(text) for text in texts), texts
        assert len(" ".join(texts)) < 80, texts
        term = bag.library.terms[question.card.subject]
        words = {term.definition, term.example, *(option.text for option in getattr(question, "options", ()))}
        shown = [text for text in words if text and shows(app, text)]
        assert shown, seen(app)
        assert not [text for text in shown if flowing(text) in bold(app)]
        await leave(pilot)
        assert set(coloured(app)) <= {"✗", "✓"}


async def test_a_board_colours_its_marks_alone(tmp_path: Path) -> None:
    """What was found and what was mistaken are told by a mark and a number; acronyms and senses keep their colour."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=(100, 40)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await pair(pilot, screen, 0)
        await pair(pilot, screen, 1, 2)
        assert {text[0] for text in coloured(app)} == {"✓", "✗"}
        assert all(re.fullmatch(r"[✓✗] (\d|Faux)", text) for text in coloured(app)), coloured(app)


async def test_a_page_is_bold_where_something_is_named_alone(tmp_path: Path) -> None:
    """Of a term's page the title and the labels, of the notice the headings; what they say is plain."""
    async with TrainerApp(services(tmp_path)).run_test(size=(100, 40)) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        await pilot.press("l", "d", "m", "t", "enter")
        await on_screen(pilot, TermScreen)
        term = shipped().terms["dmt"]
        assert term.title in bold(app) and "Exemple :" in bold(app)
        assert shows(app, term.definition, term.example)
        assert flowing(term.definition) not in bold(app) and flowing(term.example) not in bold(app)
        await pilot.press("escape", "escape", "m", "n")
        notice = await on_screen(pilot, NoticeScreen)
        for heading, paragraph in told_of(notice.services.learners.data, MONTHS):
            assert f"{heading} :" in bold(app).replace("\u00a0", " ")
            assert flowing(paragraph) not in bold(app)
