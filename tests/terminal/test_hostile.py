"""What a terminal may send, and what may happen to it: floods, pastes, stops, silence; the real application survives."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.drivers.headless_driver import HeadlessDriver

if sys.platform == "win32":
    pytest.skip("pseudo-terminals and signals", allow_module_level=True)

from tests.helpers import PATIENCE
from tests.helpers.fuzz import Keyboard
from tests.helpers.journals import facts_under
from tests.helpers.world import known
from trainer.terminal.choosing import careful
from trainer.terminal.sieve import AT_ONCE, BEGIN, END, IN_A_ROW, LONGEST_PASTE, Sieve

HOME = re.compile("F1 Aide")
ASKED, JUDGED, TURNED, CHOICE = map(re.compile, ("Arrêter", "Continuer", "Facile", "Je ne sais pas"))
GLOSSARY = re.compile("231 termes")
KEYS = [
    "a",
    "é",
    "\x1b[A",
    "\x1b[5~",
    "\x1b[<0;12;3M",
    "\x1b[<0;12;3m",
    "\r",
    "\x1b",
    "\x1b\x1b[B",
    "\x1b[2~",
    "漢",
]


def sieved(sieve: Sieve, *pieces: str) -> str:
    """What is left of what was sent piece by piece."""
    return "".join(sieve.take(piece.encode()).decode() for piece in pieces)


# What is let through


@given(st.lists(st.sampled_from(KEYS), max_size=60), st.integers(1, 9))
def test_what_hands_type_is_let_through(keys: list[str], size: int) -> None:
    """Byte for byte, wherever the system cuts it, and however fast; an escape held with others is one."""
    sent = "".join(keys)
    if "\x1b\x1b\x1b" in sent:
        return
    data, sieve = sent.encode(), Sieve()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    left = b"".join(map(sieve.take, pieces)) + sieve.pause()
    assert left.decode() == sent


@given(st.text(max_size=3000), st.integers(1, 500))
def test_of_a_paste_the_beginning_is_let_through_as_text(text: str, size: int) -> None:
    """Without control sequences, between its two marks, wherever it is cut; the keys after it count."""
    text = text.replace("\x1b", "").encode("utf-8", "ignore").decode()
    data = f"a{BEGIN}{text}\x1b[31m\x1b[200~{END}b".encode()
    sieve = Sieve()
    left = b"".join(sieve.take(data[start : start + size]) for start in range(0, len(data), size)).decode()
    pasted = f"{text}[31m[200~"[:LONGEST_PASTE]
    assert left == f"a{BEGIN}{pasted}{END}b"


@pytest.mark.parametrize(
    "key", ["\x1b", "\x1b[A", "\x1b[<35;1;1M", "x"], ids=["escape", "arrow", "mouse", "letter"]
)
def test_of_a_flood_of_keys_the_beginning_counts(key: str) -> None:
    """Whole keys, at most as many as hands could have typed; after a silence everything counts again."""
    sieve = Sieve()
    left = sieved(sieve, *[key * 1000] * 50)
    assert len(left) <= IN_A_ROW + AT_ONCE
    assert not left.replace(key, "")
    at_once = Sieve()
    assert len(sieved(at_once, key * 1_000_000)) <= AT_ONCE
    for flooded in (sieve, at_once):
        flooded.pause()
        assert sieved(flooded, "abc\x1b[Bd") == "abc\x1b[Bd"


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_any_bytes_become_text(pieces: list[bytes]) -> None:
    """Whatever a terminal sends can be decoded."""
    sieve = Sieve()
    b"".join(map(sieve.take, pieces)).decode()


def test_other_drivers_are_left_alone() -> None:
    """On Windows, in a browser and in tests Textual reads by itself."""
    assert careful(HeadlessDriver) is HeadlessDriver


# The real application


def keyboard(data: Path) -> Keyboard:
    """The application, over home."""
    known(data, "Zoé")
    return Keyboard(data, "--learner", "Zoé")


def opened(desk: Keyboard) -> None:
    """Wait for home."""
    desk.wait_for(HOME)


def still_answers(desk: Keyboard) -> None:
    """Open the glossary, leave, and find the terminal as it was."""
    desk.forget()
    desk.send("l")
    desk.wait_for(GLOSSARY)
    desk.send("\x11")
    assert desk.finish() == 0
    assert desk.is_restored


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda how: how.name)
def test_whoever_stops_the_program_finds_it_again(tmp_path: Path, how: signal.Signals) -> None:
    """Everything is drawn anew, twice over; then keys count, it can be left, and the terminal is as it was."""
    with keyboard(tmp_path) as desk:
        opened(desk)
        for _ in range(2):
            desk.process.send_signal(how)
            while not desk.is_stopped:
                desk.read(0.01)
            assert desk.is_restored is (how is signal.SIGTSTP)
            desk.forget()
            desk.process.send_signal(signal.SIGCONT)
            desk.wait_for(HOME)
        still_answers(desk)


FLOODS = {
    "paste of a megabyte with escapes": BEGIN + "\x1b[31mmot\x1b" * 120_000 + END,
    "escapes": "\x1b" * 1_000_000,
    "letters": "dmt " * 250_000,
}


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only Linux tells the processor time of others"
)
@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_holds_nothing_up(tmp_path: Path, flood: str) -> None:
    """A megabyte at once: what follows it is answered, and hardly any processor time is spent on it."""
    with keyboard(tmp_path) as desk:
        opened(desk)
        desk.send("l")
        desk.wait_for(GLOSSARY)
        before = _processor(desk)
        desk.send(FLOODS[flood])
        desk.settle(2)
        desk.send("\x1b[27u" * 3)
        desk.settle(2)
        assert _processor(desk) - before < 20
        still_answers(desk)


def _processor(desk: Keyboard) -> float:
    """The processor time taken so far, in seconds."""
    fields = Path(f"/proc/{desk.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(
    "sent",
    [b"\xe9\xff\xc3\x1b[?2026;2$y\x1b[?2048;0$y", b"\x1b[?2026;0$y\x1b[?2048;2$y"],
    ids=["bytes of another encoding and answers", "other answers"],
)
def test_what_a_terminal_answers_or_garbles_is_no_key_and_no_crash(tmp_path: Path, sent: bytes) -> None:
    """Home stays as it was; most other tests are a terminal that answers nothing at all."""
    with keyboard(tmp_path) as desk:
        opened(desk)
        os.write(desk.master, sent)
        desk.settle(2)
        assert "Bonjour Zoé" in desk.picture.text
        still_answers(desk)


def test_a_window_that_is_gone_ends_the_program(tmp_path: Path) -> None:
    """Even where no signal tells it, and in the middle of a session: nobody could leave it any more."""
    with keyboard(tmp_path) as desk:
        opened(desk)
        desk.send("s")
        desk.wait_for(ASKED)
        desk.send("\r")
        desk.send("3" if desk.wait_for(TURNED, CHOICE) is TURNED else "1")
        desk.wait_for(JUDGED)
        desk.hang_up()
        assert desk.process.wait(PATIENCE)
    assert len(facts_under(tmp_path)) == 1
