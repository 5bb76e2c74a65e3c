"""Who learns? Nobody ever lands in somebody else's journal, however many they are and however fast they type."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from textual import events, on
from textual.app import App
from textual.pilot import Pilot

from tests.helpers import ROOT
from tests.helpers.answering import answer
from tests.helpers.libraries import without_decks
from tests.helpers.screens import app_of, on_screen, seen, shows, until
from tests.helpers.world import Clock, known, services
from trainer.app import TrainerApp
from trainer.progress.learners import Learner, Learners, folder_name
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import FirstNoticeScreen
from trainer.screens.routes import Learns
from trainer.services import Services
from trainer.widgets.menu import Item

NAMES = ("Anna", "Anna B", "Noé", "Zoé", "Zora")
NEW = "est un nouveau nom"


class Desk(App[None]):
    """The screen alone, and all whom somebody was taken for."""

    CSS_PATH = ROOT / "trainer" / "app.tcss"

    def __init__(self, bag: Services) -> None:
        super().__init__()
        self.picker = LearnersScreen(bag)
        self.taken: list[Learner] = []

    def on_mount(self) -> None:
        """Ask."""
        self.push_screen(self.picker)

    @on(Learns)
    def _learns(self, event: Learns) -> None:
        self.taken.append(event.learner)

    def burst(self, keys: Sequence[str]) -> None:
        """All these keys before any of them is answered."""
        for key in keys:
            self.post_message(events.Key(key, key if len(key) == 1 else None))


async def asked(pilot: Pilot[None], desk: Desk) -> LearnersScreen:
    """The screen, once it can be typed on."""
    await until_desk(pilot, lambda: desk.picker.is_current and desk.picker.field.has_focus)
    return desk.picker


async def until_desk(pilot: Pilot[None], condition: object) -> None:
    """Wait until this is so."""
    for _ in range(500):
        await pilot.pause()
        if callable(condition) and condition():
            return
    raise AssertionError("never happened")


def bag_of(data: Path, *names: str) -> Services:
    """Services of nobody yet, where these are known."""
    known(data, *names)
    return services(data, "", without_decks())


# What is typed


@pytest.mark.parametrize("typed", ["Zoé", "zoé", "ZOÉ", " Zoe\u0301 "])
async def test_a_known_name_opens_its_own_journal(tmp_path: Path, typed: str) -> None:
    """Whoever is first in the list: the answer is in the journal of the one who typed."""
    async with TrainerApp(bag_of(tmp_path, *NAMES), ask_who=True).run_test() as pilot:
        picker = await on_screen(pilot, LearnersScreen)
        picker.field.value = typed
        await pilot.press("enter")
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour Zoé.")
        await pilot.press("s")
        await answer(pilot, await on_screen(pilot, DrillScreen))
    journals = {path.parent.parent.name for path in tmp_path.rglob("*.jsonl")}
    assert journals == {folder_name("Zoé")}


@pytest.mark.parametrize("typed", ["Zoe", "An", "Z", "Inconnu"])
async def test_a_new_name_is_said_to_be_new_before_it_begins(tmp_path: Path, typed: str) -> None:
    """Even if others begin alike or differ by an accent; the second Enter begins, under that very name."""
    async with TrainerApp(bag_of(tmp_path, *NAMES), ask_who=True).run_test() as pilot:
        app, picker = app_of(pilot), await on_screen(pilot, LearnersScreen)
        await pilot.press(*typed, "enter")
        await until(pilot, lambda: shows(app, f"« {typed} » {NEW}"))
        assert picker.is_current
        await pilot.press("enter")
        await on_screen(pilot, FirstNoticeScreen)
        assert app.services.learner == Learners(tmp_path).called(typed)
        assert app.services.learner.name == typed


async def test_a_corrected_name_is_asked_about_anew(tmp_path: Path) -> None:
    """What was said of one new name does not hold for another."""
    desk = Desk(bag_of(tmp_path, "Ali"))
    async with desk.run_test() as pilot:
        await asked(pilot, desk)
        for keys in (("Z", "enter"), ("o", "enter"), ("backspace", "enter")):
            await pilot.press(*keys)
            assert desk.taken == []
        await pilot.press("enter")
        assert [each.name for each in desk.taken] == ["Z"]


async def test_what_escape_does_is_said(tmp_path: Path) -> None:
    """It goes on without a name, or goes back to the one under whom somebody already learns."""
    async with TrainerApp(bag_of(tmp_path, *NAMES), ask_who=True).run_test() as pilot:
        await on_screen(pilot, LearnersScreen)
        assert shows(app_of(pilot), "Échap Sans nom")
    async with TrainerApp(services(tmp_path, "Zoé", without_decks()), ask_who=True).run_test() as pilot:
        await on_screen(pilot, LearnersScreen)
        assert shows(app_of(pilot), "Échap Retour")


async def test_the_first_of_all_begins_at_once(tmp_path: Path) -> None:
    """Where nobody is known, every name is plainly new."""
    desk = Desk(services(tmp_path, "", without_decks()))
    async with desk.run_test() as pilot:
        await asked(pilot, desk)
        await pilot.press(*"Léa", "enter")
        assert [each.name for each in desk.taken] == ["Léa"]


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        ((*"Zora", "enter"), "Zora"),
        (("Z", "down", *"or", "down", "a", "enter"), "Zora"),
        ((*"Zo", "down", "enter"), "Zoé"),
        (("down", "down", *"Noé", "enter"), "Noé"),
        (("down", "pagedown", "pagedown", "up", "enter"), "Zora"),
        ((*"Noé", "down", "backspace", "é", "enter"), "Noé"),
        (("enter",), ""),
        ((*"Anna", "down", "down", "up", "up", "enter"), "Anna"),
    ],
    ids=str,
)
async def test_however_fast_it_is_typed(tmp_path: Path, keys: Sequence[str], taken: str) -> None:
    """Keys that all came before the first was answered do what they do one by one."""
    desk = Desk(bag_of(tmp_path, *NAMES))
    async with desk.run_test() as pilot:
        await asked(pilot, desk)
        desk.burst(keys)
        await until_desk(pilot, lambda: desk.taken)
        assert [each.name for each in desk.taken] == [taken]


@pytest.mark.parametrize("seed", [0, 5, 6])
async def test_no_keys_lead_to_anybody_else(tmp_path: Path, seed: int) -> None:
    """Whoever is taken is the one whose name is typed, or the one whose row was highlighted, of the list as it stood."""
    random, desk = Random(seed), Desk(bag_of(tmp_path, *NAMES))
    letters = [*"AnZoéraB", "backspace", "down", "down", "up", "pagedown", "pageup", "enter", "enter"]
    async with desk.run_test(size=(60, 20)) as pilot:
        picker = await asked(pilot, desk)
        for _ in range(40):
            key = random.choice(letters)
            chosen = picker.names.chosen
            meant = chosen.folder.name if chosen else folder_name(picker.field.value)
            desk.taken.clear()
            await pilot.press(key)
            assert {each.folder.name for each in desk.taken} <= ({meant} if key == "enter" else set())
            assert picker.names.chosen is None or key in ("down", "up", "pagedown", "pageup", "enter")


# The list


async def test_typing_narrows_the_list_without_accents_or_capitals(tmp_path: Path) -> None:
    """And says what Enter would do; without anything typed one may go on without a name."""
    async with TrainerApp(bag_of(tmp_path, *NAMES), ask_who=True).run_test() as pilot:
        app = app_of(pilot)
        await on_screen(pilot, LearnersScreen)
        assert shows(app, *NAMES, "Continuer sans nom", "5 apprenants.")
        await pilot.press(*"OE")
        await until(pilot, lambda: shows(app, "2 sur 5 apprenants."))
        assert shows(app, "Noé", "Zoé", "« OE » : nouveau nom.")
        assert "Anna" not in seen(app) and "sans nom" not in seen(app).split("OE")[-1]
        await pilot.press("home", "delete", "delete", *"noé")
        await until(pilot, lambda: shows(app, "Entrée : Noé. 1 sur 5 apprenants."))
        await pilot.press("down")
        await until(pilot, lambda: shows(app, "Entrée : Noé."))


async def test_ten_thousand_are_counted_searched_and_drawn_only_in_sight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, no more rows are worked out than fit on the screen."""
    folder = Learners(tmp_path).folder
    crowd = [
        Learner(folder / folder_name(name), name, Clock().at)
        for name in (f"Agent {n:05}" for n in range(10_000))
    ]
    described: list[Learner] = []
    describe = LearnersScreen._item

    def counting(screen: LearnersScreen, learner: Learner) -> Item[Learner]:
        described.append(learner)
        return describe(screen, learner)

    monkeypatch.setattr(Learners, "all", lambda self: crowd)
    monkeypatch.setattr(LearnersScreen, "_item", counting)
    async with TrainerApp(services(tmp_path, "", without_decks()), ask_who=True).run_test() as pilot:
        app = app_of(pilot)
        await on_screen(pilot, LearnersScreen)
        await until(pilot, lambda: shows(app, "10\u202f000 apprenants.", "Agent 00000"))
        await pilot.press("down", *["pagedown"] * 30, *["pageup"] * 3)
        assert not shows(app, "Agent 00000")
        await pilot.press(*"04321")
        await until(pilot, lambda: shows(app, "1 sur 10\u202f000 apprenants.", "Agent 04321"))
        assert len(described) < 24 * 60
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.services.learner.name == "Agent 04321")


async def test_a_click_takes_who_is_under_the_mouse(tmp_path: Path) -> None:
    """Also further down a list that was scrolled; below the last row, nobody."""
    crowd = [f"Agent {number:02}" for number in range(40)]
    desk = Desk(bag_of(tmp_path, *crowd))
    async with desk.run_test() as pilot:
        picker = await asked(pilot, desk)
        await pilot.press("down", "pagedown", "pagedown")
        place, top = picker.names.region, picker.names.scroll_offset.y
        assert top
        await pilot.click(offset=(place.x + 2, place.y + 1))
        assert [each.name for each in desk.taken] == [crowd[top + 1]]
        await pilot.press(*"39")
        await pilot.click(offset=(place.x + 2, place.y + 1))
        assert len(desk.taken) == 1


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_screen_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    """The field, what Enter does, some names and the keys are in sight, colours or none."""
    async with TrainerApp(bag_of(tmp_path, *NAMES), ask_who=True).run_test(size=size) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, LearnersScreen)
        await pilot.press(*"Z", "enter")
        await until(pilot, lambda: shows(app, f"« Z » {NEW}", "Zoé", "Zora", "F1"))


# Folders that somebody copied or renamed


def renamed(data: Path) -> Path:
    """Zoé's folder under another name."""
    return (data / "learners" / folder_name("Zoé")).rename(data / "learners" / "zoe-ancien")


async def test_a_renamed_folder_opens_by_its_name_and_from_the_list(tmp_path: Path) -> None:
    """With all that it holds, and the next answer goes into it."""
    known(tmp_path, "Ali", "Zoé")
    folder = renamed(tmp_path)
    for keys in ((*"zoé", "enter"), ("down", "down", "enter")):
        desk = Desk(bag_of(tmp_path))
        async with desk.run_test() as pilot:
            await asked(pilot, desk)
            await pilot.press(*keys)
            assert [each.folder for each in desk.taken] == [folder]
    bag = services(tmp_path, "Zoé", without_decks())
    assert (bag.learner.folder, bag.learner.name) == (folder, "Zoé")


async def test_a_copied_folder_is_told_from_its_original(tmp_path: Path) -> None:
    """Both are listed, and each opens what it says; the typed name opens the original."""
    known(tmp_path, "Zoé")
    own = tmp_path / "learners" / folder_name("Zoé")
    copy = own.with_name(f"{own.name} - Copie")
    copy.mkdir()
    (copy / "profile.json").write_bytes((own / "profile.json").read_bytes())
    desk = Desk(bag_of(tmp_path))
    async with desk.run_test() as pilot:
        await asked(pilot, desk)
        assert f"Zoé (dossier {copy.name})" in "\n".join(
            strip.text for strip in desk.screen._compositor.render_strips()
        )
        for keys in ((*"Zoé", "enter"), ("down", "enter"), ("down", "enter")):
            await pilot.press(*keys)
    assert [each.folder for each in desk.taken] == [own, own, copy]


async def test_a_profile_of_somebody_else_calls_nobody_by_that_name(tmp_path: Path) -> None:
    """Ali's folder with Zoé's profile: whoever types Ali is called Ali."""
    known(tmp_path, "Ali")
    path = tmp_path / "learners" / folder_name("Ali") / "profile.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"name": "Zoé"}), "utf-8")
    assert services(tmp_path, "Ali", without_decks()).learner.name == "Ali"
    assert Learners(tmp_path).all()[0].title == f"Zoé (dossier {folder_name('Ali')})"


async def test_who_cannot_be_read_is_told_and_stops_nobody(tmp_path: Path) -> None:
    """A file in the place of a journal: one is not let in as if nothing had been answered; others are."""
    known(tmp_path, "Ali", "Zoé")
    (tmp_path / "learners" / folder_name("Zoé") / "journal").write_text("")
    async with TrainerApp(services(tmp_path, "", without_decks()), ask_who=True).run_test() as pilot:
        app = app_of(pilot)
        await on_screen(pilot, LearnersScreen)
        await pilot.press(*"Zoé", "enter")
        await until(pilot, lambda: shows(app, "dossier illisible"))
        assert isinstance(app.screen, LearnersScreen)
        await until(pilot, lambda: app.screen.focused is not None)
        await pilot.press(*"Ali", "enter")
        await on_screen(pilot, HomeScreen)
        assert shows(app, "Bonjour Ali.")
