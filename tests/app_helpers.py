"""The real application on a temporary disk, with a clock that tests set; and real terminals to run it in."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fcntl import ioctl
from functools import cache
from itertools import count
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ, tcgetattr
from types import TracebackType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from textual import _wait
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from trainer.app import TrainerApp
from trainer.content import cache as content_cache
from trainer.content.library import load_library
from trainer.drills.shapes import (
    Matching,
    Pick,
    Question,
    Reveal,
    Write,
)
from trainer.glossary.decks import EVERYTHING, Deck, Format, Library
from trainer.places import shipped_content
from trainer.progress.learners import Learners
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.sitting import SittingScreen, Stage
from trainer.screens.summary import SummaryScreen
from trainer.services import Opening, Services, World

ROOT = Path(__file__).parent.parent
PATIENCE = 60
"""Seconds after which what was waited for will not come, on the busiest machine."""
AZERTY = ("ampersand", "é", "quotation_mark", "apostrophe", "left_parenthesis", "minus", "è", "underscore")
"""What Textual calls the keys 1 to 8 of an AZERTY keyboard without Shift."""

_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 1 / 200, 1 / 2000
# Pilots look four times as often whether the application is idle; what matters is waited for by its own condition.

S = TypeVar("S", bound=Screen[Any])
W = TypeVar("W", bound=Widget)
_launches = count(1)


# The world


@dataclass
class Clock:
    """A wall clock that tests set, and a monotonic one that ticks when read."""

    at: datetime = datetime(2026, 11, 2, 9, tzinfo=UTC)
    ticks: int = 0

    def now(self) -> datetime:
        """The time set."""
        return self.at

    def monotonic(self) -> float:
        """A second more each time."""
        self.ticks += 1
        return float(self.ticks)

    def sleep_until(self, days: int) -> None:
        """The same time some days later."""
        self.at += timedelta(days=days)


def world(clock: Clock | None = None, seed: str = "7") -> World:
    """A world of its own launch, in Paris."""
    clock = clock or Clock()
    return World(
        clock.now,
        clock.monotonic,
        lambda: seed,
        ZoneInfo("Europe/Paris"),
        "poste1",
        f"essai{next(_launches)}",
    )


@cache
def shipped() -> Library:
    """The content that comes with the product, read once."""
    return load_library(shipped_content()).library


@cache
def without_decks() -> Library:
    """The same terms, under a home screen that is quick to draw."""
    return replace(shipped(), decks={})


def services(
    data: Path, name: str = "Zoé", library: Library | None = None, clock: Clock | None = None, seed: str = "7"
) -> Services:
    """Real services over a data folder, of a learner who has read the notice."""
    return Services.open(library or shipped(), (), Learners(data), name, world(clock, seed)).informed()


def known(data: Path, *names: str) -> None:
    """Give these learners a profile that says that they have read the notice."""
    learners = Learners(data)
    for name in names:
        learners.inform(learners.create(name, Clock().at), Clock().at)


def small_deck(library: Library, *ids: str, drills: Sequence[Format] = tuple(Format)) -> Deck:
    """A deck of these terms, all of them new on one day."""
    return Deck("essai", "Essai", ids, drills=tuple(drills), new_per_day=len(ids))


def drilling(bag: Services, deck: Deck | None = None, *formats: Format) -> TrainerApp:
    """The application, opening at once on a session."""
    return TrainerApp(bag, opening=Opening(deck or bag.library.deck(EVERYTHING), formats))


# What is on disk


def journal(bag: Services) -> list[dict[str, Any]]:
    """Every line that the learner's journal holds on disk, read anew."""
    return facts_under(bag.learner.folder)


def facts_under(folder: Path) -> list[dict[str, Any]]:
    """Every line of the journals somewhere below a folder, in the order of the counters."""
    lines = [line for path in folder.rglob("*.jsonl") for line in path.read_bytes().splitlines()]
    return sorted(map(json.loads, lines), key=lambda fact: int(fact["counter"]))


# What is on the screen


def plain(text: str) -> str:
    """A text with plain spaces in place of no-break ones, which are tested by themselves."""
    return text.replace("\u00a0", " ")


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


# Answering


def asked(screen: DrillScreen) -> Question:
    """The question that is being asked."""
    assert screen.session.question is not None
    return screen.session.question


def choice(screen: DrillScreen) -> Pick:
    """The multiple choice that is being asked."""
    question = asked(screen)
    assert isinstance(question, Pick)
    return question


def recall(screen: DrillScreen) -> Write:
    """The typed recall that is being asked."""
    question = asked(screen)
    assert isinstance(question, Write)
    return question


def card(screen: DrillScreen) -> Reveal:
    """The flashcard that is being shown."""
    question = asked(screen)
    assert isinstance(question, Reveal)
    return question


def board(screen: GameScreen) -> Matching:
    """The board that is being played."""
    assert screen.game.board is not None
    return screen.game.board


def wrong_index(question: Pick) -> int:
    """The index of an option that is not the answer."""
    return (question.answer + 1) % len(question.options)


async def told(pilot: Pilot[None], screen: SittingScreen) -> None:
    """Wait for the verdict."""
    await until(pilot, lambda: screen.stage is Stage.TOLD)


async def answer(pilot: Pilot[None], screen: SittingScreen, right: bool = True) -> None:
    """Answer the question, whatever it is, or give the board up; up to the verdict."""
    if isinstance(screen, DrillScreen):
        await reply(pilot, screen, right)
    else:
        await screen.action_dont_know()
    await told(pilot, screen)


async def reply(pilot: Pilot[None], screen: DrillScreen, right: bool) -> None:
    """Answer the question, whatever it is."""
    match asked(screen):
        case Pick() as question:
            await pilot.press(str((question.answer if right else wrong_index(question)) + 1))
        case Reveal():
            await pilot.press("enter", "3" if right else "1")
        case Write() as question:
            screen.page.typed.value = question.accepted[0] if right else "tout autre chose"
            await pilot.press("enter")


async def go_on(pilot: Pilot[None], screen: SittingScreen) -> None:
    """From a verdict to what is asked next, here or on another screen, or to the summary."""
    leaving = (Stage.TOLD, Stage.SAVING)
    await pilot.press("enter")
    await until(pilot, lambda: screen.stage not in leaving or pilot.app.screen is not screen)


async def leave(pilot: Pilot[None]) -> SummaryScreen:
    """Stop the session in front, though it asks whether that is meant, and come to its summary."""
    await pilot.press("escape")
    if shows(app_of(pilot), "Échap encore une fois"):
        await pilot.press("escape")
    return await on_screen(pilot, SummaryScreen)


# Real processes


def warm(data: Path) -> None:
    """Let a data folder have been used before: what a start keeps of the shipped content is there."""
    name, content = _kept_content()
    (data / "cache").mkdir(parents=True, exist_ok=True)
    (data / "cache" / name).write_bytes(content)


@cache
def _kept_content() -> tuple[str, bytes]:
    """The file that a start writes for the next one, made once: to read YAML anew takes most of the time of a verb.

    It fits what is started from the root of the repository.
    """
    kept: list[tuple[str, bytes]] = []
    with chdir(ROOT):
        content_cache.load_library(
            shipped_content(), Path(), lambda path, content: kept.append((path.name, content))
        )
    return kept[0]


def environment(data: Path, **more: str) -> Mapping[str, str]:
    """The environment of a child: nothing of the caller's but what a program needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"TRAINER_DATA": str(data), "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}


def run(*arguments: str, data: Path, lines: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    """The product as a process of its own, without a terminal; see `_used`. What it printed has plain spaces."""
    _used(arguments, data)
    done = subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        input=lines,
        capture_output=True,
        env=environment(data, **more),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    done.stdout, done.stderr = (text.replace("\u00a0".encode(), b" ") for text in (done.stdout, done.stderr))
    return done


def _used(arguments: Sequence[str], data: Path) -> None:
    """Let whoever drills have read the notice, and a data folder that is there have been used before."""
    if data.is_dir():
        warm(data)
    if "drill" in arguments and "--learner" in arguments:
        known(data, arguments[arguments.index("--learner") + 1])


_SEQUENCE = re.compile(
    r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|\[[0-9;:?<>=$ ]*[@-~]|[@-Z\\^_=>])"
)


@dataclass
class Terminal:
    """The product in a pseudo-terminal of its own; see `_used`."""

    arguments: Sequence[str]
    data: Path
    size: tuple[int, int] = (100, 30)
    more: Mapping[str, str] = field(default_factory=dict)
    module: Sequence[str] = ("-m", "trainer")
    raw: str = ""

    def __enter__(self) -> Terminal:
        _used(self.arguments, self.data)
        self._decoder = getincrementaldecoder("utf-8")("ignore")
        self._master, slave = pty.openpty()
        ioctl(self._master, TIOCSWINSZ, pack("HHHH", self.size[1], self.size[0], 0, 0))
        self._modes = tcgetattr(self._master)
        self.process = subprocess.Popen(
            [sys.executable, *self.module, *self.arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(self.data, **self.more),
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(slave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    @property
    def text(self) -> str:
        """All that was drawn so far, without the control sequences."""
        return _SEQUENCE.sub("", self.raw)

    @property
    def is_restored(self) -> bool:
        """Whether lines, echo and signals work as they did before the start."""
        return tcgetattr(self._master) == self._modes

    def press(self, keys: str) -> None:
        """Send characters as the keyboard would."""
        os.write(self._master, keys.encode())

    def wait_for(self, *texts: str) -> str:
        """Wait until one of these texts has been drawn since the last call; the one that was."""
        end = time.monotonic() + PATIENCE
        while True:
            found = next((text for text in texts if text in self.text), None)
            if found is not None:
                return found
            assert self._read(end - time.monotonic()), f"none of {texts} was drawn, but:\n{self.text}"

    def forget(self) -> None:
        """Look only at what is drawn from now on."""
        self.raw = ""

    def finish(self) -> int:
        """Wait for the end of the process; its exit code."""
        while self._read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE)

    def _read(self, patience: float) -> bool:
        """Take what was drawn; false at the end of the output or of patience."""
        if not select.select([self._master], [], [], max(patience, 0))[0]:
            return False
        try:
            drawn = os.read(self._master, 65536)
        except OSError:  # the other side has gone
            return False
        self.raw += self._decoder.decode(drawn)
        return bool(drawn)


# Text that would do harm if it were not taken as data

MARKUP = "[/] [@click=app.quit]x[/] [NPS]"
SEQUENCES = "\x1b]0;vol\x07\x1b[2J\u202e\u2066\x9b"
HOSTILE = f"{MARKUP}{SEQUENCES}"
FORBIDDEN = frozenset("\x1b\x07\x9b\u202e\u2066")


def hostile_library(ids: Iterable[str]) -> Library:
    """Some terms and a deck in which every text that a person reads is hostile."""
    source = shipped()
    terms = {
        each: replace(
            term,
            term=f"{term.term} {HOSTILE}",
            acronym=f"{term.acronym}{HOSTILE}" if term.acronym else "",
            expansion=f"{term.expansion} {HOSTILE}" if term.expansion else "",
            definition=f"{HOSTILE} {term.definition}",
            example=f"{HOSTILE} {term.example}",
            note=f"{HOSTILE} {term.note}",
            english=f"{HOSTILE} {term.english}",
            synonyms=(),
            quiz_definition=f"{term.quiz_definition} {HOSTILE}" if term.quiz_definition else "",
            confusable=(),
            never_with=(),
        )
        for each in ids
        for term in [source.terms[each]]
    }
    categories = {
        key: each._replace(name=f"{HOSTILE} {each.name}") for key, each in source.categories.items()
    }
    sources = {key: each._replace(name=f"{HOSTILE} {each.name}") for key, each in source.sources.items()}
    deck = next(deck for deck in source.decks.values() if deck.questions)
    own = tuple(
        question._replace(
            id=f"piege:{index}",
            deck="piege",
            prompt=f"{HOSTILE} {question.prompt}",
            answer=f"{HOSTILE} {question.answer}",
            wrong=tuple(f"{HOSTILE} {wrong}" for wrong in question.wrong),
            explanation=f"{HOSTILE} {question.explanation}",
            terms=(),
        )
        for index, question in enumerate(deck.questions)
    )
    trap = Deck("piege", f"Piège {HOSTILE}", tuple(terms), own, description=HOSTILE)
    return Library(terms, {"piege": trap}, categories, sources)
