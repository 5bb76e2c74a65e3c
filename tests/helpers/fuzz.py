"""Random keys, clicks, pastes and sizes for the real application in a pseudo-terminal; what became of it."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Self

from tests.helpers import kills
from tests.helpers.desk import Desk
from tests.helpers.picture import Picture
from tests.helpers.world import known
from trainer.crash import INTERRUPTED

LIMIT = 30.0
"""Seconds after which a key that has to be answered will not be: the machine may be busy."""
QUIET = 0.005
"""Seconds without a drawing after which the application is looked at."""
PATIENCE = 2.0
"""Seconds that the next keys wait for the application, if they do."""
TURN = 600
"""Events after which the application is left, to open it elsewhere."""
PROBE = 40
"""Events after which a key is sent that has to be answered."""

PALETTE = re.compile("Commandes : ")
SCREENS = {
    "home": "Bonjour",
    "drill": "question [0-9]+ ·",
    "game": "[0-9] paires? sur [0-9]",
    "summary": "(terminée|arrêtée)\\.",
    "glossary": "[0-9]+ termes?( ;|  )|Aucun terme ne contient",
    "term": "Famille : ",
    "deck": "Commencer la séance  |Cartes à retourner seulement",
    "data": "Mes données|Relire la notice",
    "answers": "Aucune réponse n’est gardée|\\) : ",
    "export": "fichier\\s+JSON",
    "erase": "Pour effacer, tapez le mot",
    "notice": "Ce que ce programme garde de vous",
    "learners": "Qui apprend \\?",
    "progress": "À revoir cette semaine",
    "help": "Touches : ",
    "palette": PALETTE.pattern,
}
"""How each screen is known."""
_ASIDE = ("palette", "help", "glossary", "term", "data", "answers", "export", "erase", "progress", "deck")
_ASKED = re.compile("question ([0-9]+) ·")
_TOLD = re.compile("✓ Juste|✗ Faux|✗ Pas encore su|✗ À revoir|✓ Compté juste")
_BETWEEN = re.compile("Bonjour|(terminée|arrêtée)\\.")
_UNFORESEEN = re.compile("Erreur|Traceback|Error")

STARTS: tuple[tuple[str, ...], ...] = (
    ("--learner", "Zoé"),
    ("--learner", "Zoé", "drill", "--deck", "tout", "--format", "choice"),
    ("--learner", "Zoé", "drill", "--deck", "tout", "--format", "recall"),
    ("--learner", "Zoé", "drill", "--deck", "tout", "--format", "flashcard"),
    ("--learner", "Zoé", "drill", "--deck", "tout", "--format", "match", "--timer"),
    ("--learner", "Zoé", "drill", "--confusions"),
    ("--learner", "Zoé", "drill"),
    ("--learner", "Inconnu"),
    (),
)
"""Where the application is opened, in turn."""
SIZES = ((80, 24), (60, 20), (100, 30), (80, 24), (100, 30), (200, 50), (40, 15), (20, 6))
READABLE = (80, 24)
_ESCAPE = "\x1b[27u"
_KEYS: dict[str, tuple[int, tuple[str, ...]]] = {
    "letter": (14, tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    "way": (8, tuple("slpmcjurnxeaSLPMCJURNXEA")),
    "digit": (12, tuple("0123456789")),
    "azerty": (8, tuple("&é\"'(-è_çà")),
    "enter": (12, ("\r", " ")),
    "arrow": (10, ("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D")),
    "page": (6, ("\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F")),
    "escape": (3, (_ESCAPE, _ESCAPE, "\x1b")),
    "tab": (3, ("\t", "\x1b[Z")),
    "function": (3, ("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~")),
    "palette": (2, ("\x10",)),
    "control": (3, ("\x1a", "\x03", "\x7f", "\x15", "\x0b", "\x01")),
    "unknown": (
        2,
        ("\x1b[?1;2c", "\x1b[1;5P", "\x1bz", "\x00", "\x1b[I", "\x1b[O", "\x1b" * 9, "ñ", "漢", "👍"),
    ),
    "quit": (0, ("\x11",)),
}
"""Kinds of keys, each with how often it is pressed and what a terminal sends."""
_WORDS = (
    "superviseur",
    "appel entrant",
    "prospect",
    "durée",
    "zoé",
    "quitter",
    "?",
    "progr",
    "aide",
    "léa",
    "  ",
)
_OTHERS = {"click": 10, "scroll": 4, "move": 3, "word": 5, "paste": 2, "size": 1, "stop": 0.1}
_KINDS = [*_KEYS, *_OTHERS]
_WEIGHTS = [*(weight for weight, _ in _KEYS.values()), *_OTHERS.values()]


@dataclass
class Found:
    """What came of one seed."""

    seed: int
    events: int = 0
    starts: int = 0
    left: int = 0
    acknowledged: int = 0
    saved: int = 0
    lost: int = 0
    unreadable: int = 0
    spoilt: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def is_safe(self) -> bool:
        """Whether everything is as it should be."""
        return not (self.crashes or self.hangs or self.lost or self.unreadable or self.spoilt)


class _Hung(Exception):
    """A key that has to be answered was not."""


class _Gone(Exception):
    """The application has ended."""


class Keyboard(Desk):
    """A terminal whose picture is known, and which never waits for a program that does not read."""

    def __enter__(self) -> Self:
        self.picture = Picture(*self.size)
        super().__enter__()
        os.set_blocking(self.master, False)
        return self

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window; where it is the same, the program is not told, and draws nothing anew."""
        is_another = (width, height) != self.size
        super().resize(width, height)
        if is_another:
            self.picture.resize(width, height)

    def send(self, keys: str) -> None:
        """Write to the application, and take what it draws meanwhile."""
        data, end = keys.encode(), time.monotonic() + LIMIT
        while data:
            if select.select([], [self.master], [], 0.05)[1]:
                try:
                    data = data[os.write(self.master, data) :]
                except BlockingIOError:
                    pass
                except OSError as error:
                    raise _Gone from error
            self.read(0)
            if time.monotonic() > end:
                raise _Hung("nothing is read")

    def read(self, patience: float) -> bool:
        """Take what is drawn; only its end is kept as text."""
        before = len(self.raw)
        found = super().read(patience)
        self.picture.feed(self.raw[before:])
        self.keep(20000)
        return found

    def settle(self, patience: float) -> None:
        """Take what is drawn; wait that long at most until the application has nothing left to do."""
        end = time.monotonic() + patience
        while self.read(QUIET) or (time.monotonic() < end and self._is_busy):
            pass

    @property
    def _is_busy(self) -> bool:
        """Whether a thread of the application runs or could; what no system but Linux tells is taken for a no."""
        with suppress(OSError):
            threads = Path(f"/proc/{self.process.pid}/task").iterdir()
            return any(
                (thread / "stat").read_text().rpartition(")")[2].split()[0] == "R" for thread in threads
            )
        return False

    @property
    def is_stopped(self) -> bool:
        """Whether the application is stopped, as a shell stops a program for a while."""
        with suppress(ChildProcessError):
            state = os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG)
            return state is not None
        return False

    def finish(self) -> int:
        """Take all that is still drawn; the last keys, once the terminal itself takes them, may have stopped the end."""
        end = time.monotonic() + LIMIT
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.02)
            if self.is_stopped:
                self._leave_again()
        return super().finish()

    def _leave_again(self) -> None:
        """Let it go on, and quit once more: whoever takes a terminal back drops the keys that were pressed before."""
        self.process.send_signal(signal.SIGCONT)
        with suppress(_Gone, _Hung):
            self.send("\x11")


class Fuzz:
    """One seed: the same learner, the application opened again and again."""

    def __init__(self, folder: Path, seed: int, events: int) -> None:
        self.found = Found(seed)
        self._random = Random(seed)
        self._events = events
        self._folder, self._data = folder, folder / "data"
        self._recent: deque[str] = deque(maxlen=60)
        self._kept = 0
        self._ahead = (0, 0)
        self._known: set[int] = set()

    def run(self) -> Found:
        """Press keys until there were enough of them."""
        began = time.monotonic()
        self._folder.mkdir(parents=True, exist_ok=True)
        while self.found.events < self._events:
            self._once(STARTS[self.found.starts % len(STARTS)])
        facts, self.found.unreadable = kills.on_disk(self._data)
        self.found.saved = len(facts)
        self.found.lost += max(self.found.acknowledged - self.found.saved, 0)
        self.found.seconds = time.monotonic() - began
        return self.found

    # One run of the application

    def _once(self, arguments: tuple[str, ...]) -> None:
        """Open it, press keys until it is left, and look at what it leaves."""
        found = self.found
        found.starts += 1
        self._recent.clear()
        self._known.clear()
        size = self._random.choice(SIZES[:3])
        more = {"HOME": str(self._folder), "ESCDELAY": "10", "PYTHONFAULTHANDLER": "1"}
        known(self._data, "Zoé")
        with Keyboard(self._data, *arguments, size=size, more=more, folder=self._folder) as desk:
            try:
                self._play(desk)
            except _Hung as hung:
                found.hangs.append(
                    f"{arguments} {hung}: {self._said}\n{desk.picture.text}\n{self._where(desk)}"
                )
                return
            except _Gone:
                found.left += 1
            self._end(desk, arguments)

    def _end(self, desk: Keyboard, arguments: tuple[str, ...]) -> None:
        """Look at what the application leaves once it has been left."""
        found = self.found
        try:
            code = desk.finish()
        except subprocess.TimeoutExpired:
            found.hangs.append(f"{arguments} did not end: {self._said}\n{self._where(desk)}")
            return
        told = desk.text
        # Once the terminal is given back, a Ctrl+C that was on its way ends what is left of the program.
        is_interrupted = code == INTERRUPTED and "\x03" in self._recent
        if (code and not is_interrupted) or _UNFORESEEN.search(told):
            found.crashes.append(f"{arguments} exit {code}: {self._said}\n{self._log() or told[-1500:]}")
        elif not desk.is_restored:
            found.spoilt += 1
            print(f"{arguments} left the terminal as it was: {self._said}", file=sys.stderr)

    def _where(self, desk: Keyboard) -> str:
        """Where the application hangs."""
        desk.process.send_signal(signal.SIGABRT)
        with suppress(subprocess.TimeoutExpired):
            desk.finish()
        return f"{self._log()}\n{desk.raw.rpartition('Fatal Python error')[2][-5000:]}"

    @property
    def _said(self) -> str:
        return " ".join(map(repr, self._recent))

    def _log(self) -> str:
        """What the application wrote of its failure, once."""
        told = ""
        for log in self._data.glob("plantage-*.log"):
            told += log.read_text("utf-8")
            log.unlink()
        return told

    def _play(self, desk: Keyboard) -> None:
        """A turn of keys, up to the one that leaves."""
        self._wait(desk, re.compile("F1"))
        last = self.found.events + TURN
        until = self.found.events + PROBE
        while self.found.events < min(last, self._events):
            if self._random.random() < 0.2 and _ASKED.search(desk.picture.text):
                self._learn(desk)
            for keys in self._burst(desk):
                desk.send(keys)
            desk.settle(PATIENCE if self._random.random() < 0.5 else 0)
            self._look(desk)
            if self.found.events >= until:
                until = self.found.events + PROBE
                self._probe(desk)
        self._recent.append("\x11")
        desk.send("\x11")

    def _learn(self, desk: Keyboard) -> None:
        """Answer a question, whatever its kind, read the verdict, and go on."""
        for keys in ("dmt\r3", "\r"):
            self.found.events += len(keys)
            self._recent.append(keys)
            desk.send(keys)
            desk.settle(PATIENCE)
            self._look(desk)

    def _wait(self, desk: Keyboard, pattern: re.Pattern[str], shown: bool = True, key: str = "") -> None:
        """Until something is on the screen, or is no more; the key that brings that about is pressed each second.

        Keys that were pressed before may be answered after it is, and take it back.
        """
        began = pressed = time.monotonic()
        while bool(pattern.search(desk.picture.text)) is not shown or not desk.picture.is_whole:
            desk.read(0.05)
            now = time.monotonic()
            if desk.process.poll() is not None:
                raise _Gone
            if now > began + LIMIT:
                raise _Hung(f"no answer for {LIMIT:.0f} s")
            if key and now > pressed + 1:
                pressed = now
                desk.send(key)
        self.found.slowest = max(self.found.slowest, time.monotonic() - began)

    def _probe(self, desk: Keyboard) -> None:
        """Open the palette, or close it: a key that has to be answered wherever one is."""
        if desk.size[1] < READABLE[1]:
            desk.resize(*READABLE)
        is_open = bool(PALETTE.search(desk.picture.text))
        key = _ESCAPE if is_open else "\x10"
        self._recent.append(f"probe {key}")
        desk.send(key)
        self._wait(desk, PALETTE, not is_open, key)
        if not is_open:
            desk.send(_ESCAPE)

    # What is on the screen

    def _look(self, desk: Keyboard) -> None:
        """Note the screen, and the answer that it acknowledges."""
        if desk.process.poll() is not None:
            raise _Gone
        text = desk.picture.text
        for name, pattern in SCREENS.items():
            if re.search(pattern, text):
                self.found.seen[name] += 1
        if _is_between(text):
            self._known.clear()
        number = _acknowledged(desk.picture)
        if number and number not in self._known and self._is_saved(desk, number):
            self._known.add(number)
            self.found.acknowledged += 1

    def _is_saved(self, desk: Keyboard, number: int) -> bool:
        """Whether the journals grew by the answer that is acknowledged; if not, it is lost or the picture has changed."""
        kept = sum(path.read_bytes().count(b"\n") for path in self._data.glob("learners/*/journal/*"))
        more, self._kept = kept - self._kept, kept
        if more > 0:
            self._ahead = (number + 1, more - 1)
            return True
        # An answer that came in one burst with the next one may be drawn when that is on disk already.
        following, left = self._ahead
        if number == following and left:
            self._ahead = (number + 1, left - 1)
            return True
        while desk.read(0.5):
            pass
        if "\x11" in self._recent:  # whoever was told to quit may leave half a picture, and then is gone
            with suppress(subprocess.TimeoutExpired):
                desk.process.wait(PATIENCE)
                raise _Gone
        if _acknowledged(desk.picture) == number:
            self.found.lost += 1
            self._known.add(number)
        return False

    # What is pressed

    def _burst(self, desk: Keyboard) -> Iterator[str]:
        """Some events: one as a rule, several in one write, or the same again and again."""
        count = self._random.choices((1, 2, 3, 8), (60, 20, 12, 8))[0]
        same = self._random.random() < 0.3
        kind = self._random.choices(_KINDS, _WEIGHTS)[0]
        keys: list[str] = []
        for _ in range(count):
            keys.append(keys[-1] if same and keys else self._event(desk, kind))
            kind = self._random.choices(_KINDS, _WEIGHTS)[0]
        self.found.events += count
        self._recent.extend(keys)
        if self._random.random() < 0.5:
            yield "".join(keys)
        else:
            yield from keys

    def _event(self, desk: Keyboard, kind: str) -> str:
        """What a terminal sends for one event of a kind."""
        random = self._random
        if self._random.random() < 0.003:
            return "\x11"
        if self._random.random() < 0.35:
            return self._sensible(desk)
        if kind in _KEYS:
            return random.choice(_KEYS[kind][1])
        width, height = desk.size
        place = f"{random.randint(1, width)};{random.randint(1, height)}"
        match kind:
            case "click":
                place = random.choice((place, f"{random.randint(1, width)};{height}"))
                return f"\x1b[<0;{place}M\x1b[<0;{place}m"
            case "scroll":
                return f"\x1b[<{random.choice((64, 65))};{place}M"
            case "move":
                return f"\x1b[<35;{place}M"
            case "word":
                return random.choice(_WORDS)
            case "paste":
                return f"\x1b[200~{self._pasted()}\x1b[201~"
            case "stop":
                self._stop(desk)
                return ""
            case _:
                desk.resize(*random.choice(SIZES))
                return ""

    def _stop(self, desk: Keyboard) -> None:
        """What a shell does to a program for a while, with and without a word."""
        how = self._random.choice((signal.SIGSTOP, signal.SIGTSTP))
        self._recent.append(how.name)
        desk.process.send_signal(how)
        end = time.monotonic() + LIMIT
        while not desk.is_stopped and desk.process.poll() is None:
            desk.read(0.02)
            if time.monotonic() > end:
                raise _Hung(f"{how.name} did not stop it")
        desk.process.send_signal(signal.SIGCONT)
        desk.settle(PATIENCE)  # whoever takes a terminal back drops the keys that were pressed before

    def _pasted(self) -> str:
        random = self._random
        return random.choice(_WORDS) * random.choice((1, 1, 3, 300)) + "\x1b" * random.choice((0, 0, 3, 50))

    def _sensible(self, desk: Keyboard) -> str:
        """What somebody who learns would press."""
        text = desk.picture.text
        if _TOLD.search(text):
            return "\r"
        if re.search(SCREENS["game"], text):
            return self._random.choice("12345678")
        if _is_between(text):
            return self._random.choice(("s", "\r", "\x1b[B\r"))
        if re.search(SCREENS["data"], text):
            return self._random.choice(("x", "r", "n", "e", _ESCAPE))
        if any(re.search(SCREENS[name], text) for name in _ASIDE):
            return _ESCAPE
        return self._random.choice(("1", "2", "3", "\r", "dmt\r", "0"))


def _is_between(text: str) -> bool:
    """Whether no session runs; a question may speak of what home says: «Bonjour, ici Léa»."""
    return bool(_BETWEEN.search(text)) and not _ASKED.search(text)


def _acknowledged(picture: Picture) -> int:
    """The number of the question whose answer is told and saved; 0 if none is."""
    text = picture.text
    asked = _ASKED.search(text)
    if not (asked and picture.is_whole and _TOLD.search(text)) or kills.UNSAVED.search(text):
        return 0
    return int(asked[1])


def fuzz(folder: Path, seed: int, events: int) -> Found:
    """Press so many random keys, and tell what became of it."""
    return Fuzz(folder, seed, events).run()
