"""Style sheets: each is read once, when its screen is first opened, and none of the others with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from tests.helpers.answering import answer, leave
from tests.helpers.screens import on_screen
from tests.helpers.world import drilling, services
from trainer.app import TrainerApp
from trainer.screens.base import TrainerScreen
from trainer.screens.data import DataScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.glossary import GlossaryScreen, TermScreen
from trainer.screens.home import HomeScreen
from trainer.screens.keys import KeysScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.palette import PaletteScreen
from trainer.screens.progress import ProgressScreen


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows whenever everything is read anew."""
    found: list[str] = []
    read_anew = Stylesheet.reparse

    def noted(sheet: Stylesheet) -> None:
        found.append("anew")
        read_anew(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", noted)
    return found


async def test_no_screen_has_all_style_sheets_read_anew(tmp_path: Path, reads: list[str]) -> None:
    """From home to every screen that a key opens."""
    screens: dict[str, type[TrainerScreen]] = {
        "l": GlossaryScreen,
        "p": ProgressScreen,
        "m": DataScreen,
        "f1": KeysScreen,
        "ctrl+p": PaletteScreen,
    }
    async with TrainerApp(services(tmp_path)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while not isinstance(pilot.app.screen, HomeScreen):  # who learns, and what is kept of them
            await pilot.press("enter")
        for key, kind in screens.items():
            await pilot.press(key)
            await on_screen(pilot, kind)
            if kind is GlossaryScreen:
                await pilot.press("down", "enter")
                await on_screen(pilot, TermScreen)
                await pilot.press("escape")
            await pilot.press("escape")
            await on_screen(pilot, HomeScreen)
        await pilot.press("c")
        await on_screen(pilot, LearnersScreen)
    assert not reads


async def test_a_session_has_none_read_anew_either(tmp_path: Path, reads: list[str]) -> None:
    """Up to its summary."""
    async with drilling(services(tmp_path)).run_test(size=(80, 24)) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await leave(pilot)
    assert not reads
