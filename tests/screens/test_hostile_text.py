"""Whatever texts stand in content, names and journals: every screen shows them as they are, and does nothing of what they say."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from io import StringIO
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual.containers import ScrollableContainer
from textual.pilot import Pilot

from tests.helpers import ROOT
from tests.helpers.answering import answer, go_on
from tests.helpers.content import GLOSSARY, write_content
from tests.helpers.desk import Desk
from tests.helpers.hostile import GROUPS, MARK, TEXTS, TITLE, learners, library
from tests.helpers.screens import app_of, on_screen, seen, until
from tests.helpers.world import drilling, known, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.content import cache
from trainer.content.loaded import Loaded
from trainer.errors import ProgressError
from trainer.glossary.cleaning import clean, escaped
from trainer.glossary.decks import Deck, Format
from trainer.glossary.problems import Problem
from trainer.screens.base import TrainerScreen
from trainer.screens.data import AnswersScreen, AskingScreen, DataScreen, EraseScreen, ExportScreen
from trainer.screens.deck import DeckScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.glossary import GlossaryScreen, TermScreen
from trainer.screens.home import HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import NoticeScreen
from trainer.screens.palette import PaletteScreen
from trainer.screens.problems import ProblemsScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.searching import SearchingScreen
from trainer.screens.sitting import SittingScreen
from trainer.screens.summary import SummaryScreen
from trainer.services import Services
from trainer.terminal.sieve import LONGEST_PASTE

SIZE = (80, 24)
SCROLLBAR = {"grab", "release", "scroll_up", "scroll_down"}
"""The only actions that Textual itself lays under the characters of a screen."""
VISITED = {
    HomeScreen,
    DeckScreen,
    GlossaryScreen,
    TermScreen,
    ProgressScreen,
    LearnersScreen,
    KeysScreen,
    DrillScreen,
    GameScreen,
    SummaryScreen,
    ProblemsScreen,
    *(DataScreen, AnswersScreen, AskingScreen, NoticeScreen, PaletteScreen),
}


def harmless(app: TrainerApp) -> None:
    """What is on the screen is text that any terminal shows, and nothing of it can be clicked to act."""
    assert app.is_running and app.failure is None
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            assert clean(segment.text) == segment.text and not {*"\n\t"} & {*segment.text}, repr(segment.text)
            if segment.style:
                assert not segment.style.link
                acts = {key: act for key, act in segment.style.meta.items() if key.startswith("@")}
                assert set(acts) <= {"@mouse.down", "@mouse.up"}, acts
                assert set(acts.values()) <= SCROLLBAR, acts


async def marked(pilot: Pilot[None]) -> None:
    """The same, and the text that markup would swallow comes in sight as the page is turned from its top."""
    app = app_of(pilot)
    turns = cycle(range(0, 80, 8))

    def turned() -> str:
        row = next(turns)
        for each in (app.screen, *app.screen.query(ScrollableContainer)):
            each.scroll_to(
                y=row, animate=False, immediate=True
            )  # a list that takes the focus may lie far below
        return seen(app)

    await until(pilot, lambda: MARK in turned())
    harmless(app)


def bag_of(data: Path, *more: str) -> Services:
    """A learner of a hostile name with a hostile journal, over hostile content."""
    texts = (*GROUPS, *more)
    return services(data, learners(data, texts)[0], library(texts))


def test_every_screen_is_visited_here() -> None:
    """A new screen fails this test until the others show it hostile texts."""
    shared: set[type[TrainerScreen]] = {SearchingScreen, SittingScreen}
    kinds = {*TrainerScreen.__subclasses__()}.union(*(base.__subclasses__() for base in shared)) - shared
    assert {screen for screen in kinds if screen.__module__.startswith("trainer.")} == VISITED


async def test_every_page_shows_hostile_texts_as_they_are(tmp_path: Path) -> None:
    """Home, decks, the glossary, the page of each term, progress, learners, keys and the palette."""
    bag = bag_of(tmp_path)
    async with TrainerApp(bag).run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        await marked(pilot)
        await pilot.press("end")
        await marked(pilot)
        for deck in bag.library.decks.values():
            app.push_screen(DeckScreen(bag, deck))
            await on_screen(pilot, DeckScreen)
            await marked(pilot)
            app.pop_screen()
        for term in bag.library.terms.values():
            app.push_screen(TermScreen(bag, term))
            await on_screen(pilot, TermScreen)
            await until(pilot, lambda: MARK in seen(app))
            for _ in range(2):
                harmless(app)
                app.screen.query_one("#page").scroll_page_down(animate=False)
                await pilot.pause()
            app.pop_screen()
        await on_screen(pilot, HomeScreen)
        for key, screen in (("p", ProgressScreen), ("c", LearnersScreen), ("l", GlossaryScreen)):
            await pilot.press(key)
            await on_screen(pilot, screen)
            await marked(pilot)
            await pilot.press("f1")
            await on_screen(pilot, KeysScreen)
            harmless(app)
            await pilot.press("escape", "escape")
            await on_screen(pilot, HomeScreen)
        errors = tuple(Problem(text, 1, 1, text) for text in GROUPS)
        app.push_screen(ProblemsScreen(replace(bag, problems=errors)))
        await on_screen(pilot, ProblemsScreen)
        await marked(pilot)
        app.pop_screen()
        for private in (DataScreen, AnswersScreen, ExportScreen, EraseScreen, NoticeScreen):
            app.push_screen(private(bag))
            await on_screen(pilot, private)
            harmless(app)
            app.pop_screen()
        await on_screen(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        await on_screen(pilot, PaletteScreen)
        for text in GROUPS:
            app.post_message(events.Paste(text))
            await pilot.pause()
            harmless(app)


@pytest.mark.parametrize("form", list(Format))
async def test_every_drill_shows_hostile_texts_as_they_are(tmp_path: Path, form: Format) -> None:
    """Questions, options, boards, verdicts, what a learner types or pastes, and the summary."""
    bag = bag_of(tmp_path, "[un]", "[deux]", "[trois]", "[quatre]")  # enough acronyms for a board
    whole = bag.library
    deck = Deck(
        "tout-piege", GROUPS[0], tuple(whole.terms), tuple(whole.questions.values()), (form,), new_per_day=50
    )
    async with drilling(bag, deck, form).run_test(size=SIZE) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, SittingScreen)
        for text in GROUPS if form is Format.RECALL else GROUPS[::2]:
            if screen.sitting.is_over:
                break
            await marked(pilot)
            if form is Format.RECALL:
                app.post_message(events.Paste(text))
                await pilot.pause()
                harmless(app)
                await pilot.press("enter")
                await pilot.pause()
            if screen.stage.name == "ASKED":
                await answer(pilot, screen, right=False)
            await marked(pilot)
            await go_on(pilot, screen)
        if app.screen is screen:
            screen.action_stop()
        await on_screen(pilot, SummaryScreen)
        harmless(app)


async def test_a_folder_of_a_hostile_name_is_told_as_it_is(tmp_path: Path) -> None:
    """The banner of a failing disk holds a path, which somebody has named."""
    data = tmp_path / f"{MARK}{TITLE}[@click=app.quit]x"
    data.mkdir()
    bag = services(data, library=library())
    (data / "learners").write_text("no folder")
    async with drilling(bag).run_test(size=SIZE) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen, right=False)
        await until(pilot, lambda: screen.banner.display)
        await marked(pilot)


async def test_what_is_pasted_is_text_of_bounded_length(tmp_path: Path) -> None:
    """A page may put control sequences on the clipboard; a field shows neither those nor a megabyte."""
    async with TrainerApp(services(tmp_path)).run_test(size=SIZE) as pilot:
        app = app_of(pilot)
        await pilot.press("l")
        screen = await on_screen(pilot, GlossaryScreen)
        app.post_message(events.Paste(f"{MARK}{TITLE}\u202e" + "x" * 1_000_000))
        await until(pilot, lambda: screen.field.value)
        assert screen.field.value.startswith(f"{MARK}]0;PWNEDx")
        assert len(screen.field.value) <= LONGEST_PASTE
        await marked(pilot)


@example("\x7f")
@example(list(TEXTS))
@given(st.recursive(st.text() | st.sampled_from(TEXTS), lambda inner: st.lists(inner, max_size=4)))
def test_json_loses_nothing_and_commands_nothing(data: object) -> None:
    """What a verb prints for programs holds every character, as an escape where a terminal might obey it."""
    printed = escaped(json.dumps(data, ensure_ascii=False, indent=2))
    assert json.loads(printed) == data
    assert not UNSAFE.search(printed)


# Disks and terminals

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
OWN = re.compile(
    r"\x1b(?:\[(?:[0-9;]*[mHABCDJK]|\?[0-9;]+(?:[hl]|\$p)|[<>=]?[0-9;]*u|[>?]?[0-9;]*[cnqst])|\]22;[a-z-]*\x07|P\+q[0-9A-F;]*\x1b\\|[78=>c])"
)
"""The control sequences by which Textual draws and asks the terminal what it can do; none has a text of its own."""
VERBS = (
    *(
        ("terms",),
        ("terms", "--json"),
        ("decks",),
        ("decks", "--json"),
        ("stats",),
        ("stats", "--json"),
        ("optimize",),
    ),
    *(
        ("questions",),
        ("questions", "--json"),
        ("check",),
        ("optimize", "--undo"),
        ("suggestions",),
        ("data", "show", "--answers"),
        ("data", "export", "-"),
        ("drill", "--confusions", "--plain"),
    ),
)
WALK = (
    ("l", "Cherchez un terme"),
    ("\x1b[200~[/]\x1b]0;PWNED\x07\x9b31m\x1b[201~", "PWNED"),
    ("\x1b", "Bonjour"),
    ("l", "Cherchez"),
    ("\x1b[B\r", "Exemple"),
    ("\x1b", "Cherchez"),
    ("\x1b", "Bonjour"),
    ("p", "Par famille"),
    ("\x1b", "Bonjour"),
    ("c", "Qui apprend"),
    ("\x1b", "Bonjour"),
    ("\x1bOP", "Touches"),
    ("\x1b", "Bonjour"),
    ("\x10", "Chercher une commande"),
    ("\x1b", "Bonjour"),
    ("\x1b[F\r", "du formateur"),
    ("\x1b[B\r", "Retourner"),
    ("\r", "Facile"),
    ("1", "Continuer"),
    ("\r", "Arrêter"),
    ("\x1b", "Échap encore une fois"),
    ("\x1b", "Retour à l’accueil"),
)


def on_disk(folder: Path) -> tuple[Path, Path, str]:
    """Content, data and the name of a learner; what no content file may hold comes out of the cache."""
    content, data = write_content(folder / "content", GLOSSARY, {}), folder / "data"
    name = learners(data)[0].replace("\x00", "")

    def write(path: Path, _: bytes) -> None:
        path.parent.mkdir()
        path.write_bytes(cache._dump(cache._key(content) or [], Loaded(library(), ())))

    cache.load_library(content, data / "cache", write)
    return content, data, name


def test_verbs_print_no_control_sequence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for people nor for programs, whoever learns and whatever they are asked."""
    monkeypatch.setattr("sys.stdin", StringIO("1\n\n2\n"))
    content, data, name = on_disk(tmp_path)
    places = ("--content", str(content), "--data", str(data), "--learner", name)
    printed = ""
    for verb in VERBS:
        assert main([*verb, *places]) in (0, 1), verb
        out, err = capsys.readouterr()
        printed += out
        assert not UNSAFE.search((out + err).replace("\t", "")), verb
        assert "Traceback" not in err
    assert printed.count(MARK) > 100


@pytest.mark.parametrize("text", GROUPS, ids=range(len(GROUPS)))
def test_a_hostile_command_line_is_told_in_one_harmless_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    few_terms: Path,
    text: str,
) -> None:
    """Verbs, options, decks, formats, paths and folders that do not exist are told as they are."""
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    text = text.replace("\x00", "").replace("\ud800", "\udc80")  # what a system hands to a program
    for arguments in (
        (text,),
        (f"--{text}",),
        ("decks", f"--data{text}"),
        ("decks", f"--data={text}"),
        ("questions", "--deck", text),
        ("questions", "--format", text),
        ("questions", "--count", text),
        ("check", text),
        ("check", f"{tmp_path}/{text}"),
        ("stats", "--content", text, "--data", f"{tmp_path}/x", "--learner", text),
    ):
        code = main(arguments)
        out, err = capsys.readouterr()
        assert code in (0, 1, 2, 3), (arguments, err)
        assert not UNSAFE.search((out + err).replace("\t", "")), arguments


@pytest.mark.skipif(sys.platform == "win32", reason="names of other lengths")
@pytest.mark.parametrize("verb", [("stats",), ("drill", "--plain")], ids=str)
def test_a_data_folder_that_no_system_can_name_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: tuple[str, ...]
) -> None:
    """One French line says what to do; it is no crash."""
    assert main([*verb, "--data", f"{tmp_path}/{'x' * 5000}"]) == ProgressError.exit_code
    err = capsys.readouterr().err
    assert "dossier des données inaccessible" in err
    assert err.count("\n") == 1


def test_a_real_terminal_is_sent_nothing_but_what_textual_draws_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk through every screen: in all that was sent, each control sequence is one of Textual's own."""
    monkeypatch.chdir(ROOT)  # the cache knows from where its paths are shown
    content, data, name = on_disk(tmp_path)
    known(data, name)
    with Desk(data, "--content", str(content), "--learner", name, size=(80, 24)) as terminal:
        terminal.wait_for("Bonjour")
        for keys, expected in WALK:
            terminal.press(keys)
            terminal.wait_for(expected)
        terminal.press("\x11")
        assert terminal.finish() == 0
        sent = terminal.raw
    assert MARK in sent and "PWNED" in sent
    rest = OWN.sub("", sent)
    assert not UNSAFE.search(rest.replace("\r", "")), sorted(
        set(re.findall(r"\x1b.{0,12}|[\x00-\x08\x0b-\x1f\x7f-\x9f]", rest))
    )
