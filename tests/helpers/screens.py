"""What is on the screen of the real application, and how tests wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from textual import _wait, events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tests.helpers import PATIENCE, plain
from trainer.app import TrainerApp
from trainer.widgets.command_bar import CommandBar

AZERTY = ("ampersand", "é", "quotation_mark", "apostrophe", "left_parenthesis", "minus", "è", "underscore")
"""What Textual calls the keys 1 to 8 of an AZERTY keyboard without Shift."""

_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 1 / 200, 1 / 2000
# Pilots look four times as often whether the application is idle; what matters is waited for by its own condition.

S = TypeVar("S", bound=Screen[Any])
W = TypeVar("W", bound=Widget)


def seen(app: TrainerApp) -> str:
    """The characters on the screen, line by line, no-break spaces as plain ones."""
    return plain("\n".join(strip.text for strip in app.screen._compositor.render_strips()))


def flowing(text: str) -> str:
    """A text without its line breaks and runs of blanks, to compare however it was wrapped."""
    return " ".join(text.split())


def shows(app: TrainerApp, *texts: str) -> bool:
    """Whether all these texts are on the screen, wrapped or not."""
    screen = flowing(seen(app))
    return all(flowing(text) in screen for text in texts)


def place_of(app: TrainerApp, text: str) -> tuple[int, int]:
    """The column and line where a text is on the screen."""
    for row, line in enumerate(seen(app).splitlines()):
        if text in line:
            return line.index(text), row
    raise AssertionError(f"{text!r} is not on the screen:\n{seen(app)}")


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for a condition; fail with the screen if it never comes."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"never happened; the screen:\n{seen(app_of(pilot))}"
        await pilot.pause()
    await pilot.pause()


def app_of(pilot: Pilot[None]) -> TrainerApp:
    """The application that a pilot drives."""
    assert isinstance(pilot.app, TrainerApp)
    return pilot.app


async def on_screen(pilot: Pilot[None], kind: type[S]) -> S:
    """The screen in front, once it is of this kind."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_current)
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


async def drawn(pilot: Pilot[None]) -> None:
    """Wait until the screen in front is laid out and drawn as it is to stay."""
    screen = pilot.app.screen
    await until(
        pilot,
        lambda: (
            not (
                screen._layout_required
                or screen._scroll_required
                or screen._repaint_required
                or screen._dirty_widgets
            )
        ),
    )


async def click(pilot: Pilot[None], text: str) -> None:
    """Click on a text of the screen, with the mouse."""
    column, row = place_of(app_of(pilot), text)
    await pilot.click(offset=(column + len(text) - len(text.lstrip()), row))


async def resize(pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Give the terminal another size, and wait for the screen in front to take it."""
    await pilot.resize_terminal(*size)
    bar = pilot.app.screen.query_one(CommandBar)
    await until(pilot, lambda: (bar.region.right, bar.region.bottom) == size)
    await pilot.wait_for_scheduled_animations()


def burst(pilot: Pilot[None], *keys: str) -> None:
    """Press keys before any of them can be answered."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))


def stacked(pilot: Pilot[None]) -> list[type]:
    """The kinds of the screens on top of one another, home first."""
    return [type(screen) for screen in pilot.app.screen_stack]
