"""What nobody expected, provoked for real: a few French lines, a log that holds nobody's name, and a terminal as it was."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.worker import WorkerFailed

from tests.helpers import PATIENCE, ROOT, plain
from tests.helpers.answering import reply
from tests.helpers.desk import Desk
from tests.helpers.journals import facts_under, journal
from tests.helpers.processes import environment, warm
from tests.helpers.screens import on_screen, until
from tests.helpers.world import drilling, known, services
from trainer import crash
from trainer.app import TrainerApp
from trainer.errors import CRASHED
from trainer.launch import guarded
from trainer.screens.base import TrainerScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
from trainer.widgets.prose import Prose

NOW = datetime(2026, 11, 22, 9, 30, 15, 42, tzinfo=UTC)
NAME = "Zénobie Durandal"
"""Nobody else's name: wherever it turns up, it leaked."""
RAW = "Erreur inattendue\u00a0: trainer a dû s’arrêter."
FRENCH = plain(RAW)
FAULTS = {
    "a screen being drawn": "from trainer.widgets.prose import Prose; late(Prose, 'render')",
    "a task": "HomeScreen.action_glossary = lambda self: dropped(self)",
    "an error that Textual can draw": "HomeScreen.action_glossary = styles",
    "before the first screen": "from trainer.services import Services; Services.of = boom",
}
"""Where it goes wrong, each with what makes it."""
SCRIPT = """
import sys, asyncio, gc
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
def boom(*arguments):
    secret = 'LOCAL {name}'
    raise ValueError('MESSAGE {name}', secret)
def late(owner, method):
    HomeScreen.action_glossary = lambda self: (setattr(owner, method, boom), self.refresh(layout=True), self.query_one('#greeting').refresh())
async def failing():
    boom()
def dropped(self):
    asyncio.create_task(failing())
    self.set_timer(0.05, lambda: (gc.unfreeze(), gc.collect()))  # the start may just have set it apart
class Styled(Exception):
    def __rich__(self): return 'RICH {name}'
def styles(self): raise Styled('{name}')
{fault}
sys.argv = ['trainer', '--learner', '{name}', *{arguments!r}]
from trainer.__main__ import run
run()
"""


def script(fault: str, *arguments: str) -> list[str]:
    """The command line of the product with something broken in it."""
    return ["-c", SCRIPT.format(name=NAME, fault=FAULTS.get(fault, fault), arguments=arguments)]


def logs(folder: Path) -> list[Path]:
    """The logs in a data folder, the oldest first."""
    return sorted(folder.glob("plantage-*.log"))


def discreet(text: str) -> None:
    """No name, no message of an error, no local variable and no English."""
    for word in (
        *NAME.split(),
        "LOCAL",
        "MESSAGE",
        "RICH",
        "secret =",
        "locals",
        "Traceback",
        str(Path.home()) + "/",
    ):
        assert word not in text, text


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unexpected_error_restores_the_terminal_and_says_so_in_french(tmp_path: Path, fault: str) -> None:
    """Wherever it happens: exit code 70, the old screen, the old modes, French lines, and one private log."""
    data = tmp_path / "data"
    known(data, NAME)
    with Desk(data, size=(80, 24), module=script(fault)) as terminal:
        if terminal.wait_for("Bonjour", RAW) == "Bonjour":
            terminal.wait_for("F1 Aide")
            terminal.press("l")
        code = terminal.finish()
        assert terminal.is_restored
        shown = plain(terminal.raw.replace("\r", ""))
    assert code == CRASHED
    head, _, told = shown.rpartition(FRENCH)
    assert FRENCH not in head
    for mode in ("1049", "1000", "1003", "2004"):
        assert head.rfind(f"\x1b[?{mode}l") >= head.rfind(f"\x1b[?{mode}h"), mode
    assert "\x1b" not in told
    assert "enregistrées" in told
    (log,) = logs(data)
    assert str(log) in told.replace("\n", "") or log.name in told
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    text = log.read_text("utf-8")
    discreet(text)
    discreet(told.replace(str(data), ""))
    assert "boom" in text or "styles" in text
    assert re.search(r"^  trainer/crash\.py:\d+ guarded$", text, re.MULTILINE) or fault == "a task"
    assert len(text.splitlines()) < 80


def test_answers_given_before_are_on_disk(tmp_path: Path) -> None:
    """A session that breaks down keeps what was judged."""
    fault = "from trainer.screens.drill import DrillScreen; DrillScreen.action_finish = boom"
    known(tmp_path, NAME)
    with Desk(tmp_path, module=script(fault, "--data", str(tmp_path))) as terminal:
        terminal.wait_for("F1 Aide")
        terminal.press("s")
        terminal.wait_for("Arrêter")
        terminal.press("\r")
        if terminal.wait_for("Facile", "Je ne sais pas") == "Facile":
            terminal.press("3")
        else:
            terminal.press("1")
        terminal.wait_for("Continuer")
        terminal.press("\x1b")
        assert terminal.finish() == CRASHED
    assert len(facts_under(tmp_path)) == 1


@pytest.mark.parametrize("place", ["--data", "TRAINER_DATA"])
def test_a_verb_breaks_down_in_french_too(tmp_path: Path, place: str) -> None:
    """The log goes where the command line, else the environment, keeps data; stdout stays clean."""
    data = tmp_path / "données"
    said = [f"--data={data}"] if place == "--data" else []
    warm(data)
    done = subprocess.run(
        [
            sys.executable,
            *script("from trainer.glossary import searching; searching.search = boom", *said, "terms", "x"),
        ],
        capture_output=True,
        env=environment(data if place == "TRAINER_DATA" else tmp_path / "ailleurs"),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (CRASHED, b"")
    told = plain(done.stderr.decode())
    assert told.startswith(FRENCH)
    assert len(told.splitlines()) == 4
    assert str(logs(data)[0]) in told
    discreet(logs(data)[0].read_text("utf-8"))


def test_a_failure_that_was_told_ends_the_process(tmp_path: Path) -> None:
    """Even if a thread of what failed would go on for ever."""
    endless = "import threading; threading.Thread(target=threading.Event().wait).start()"
    warm(tmp_path)
    fault = f"{endless}; from trainer.glossary import searching; searching.search = boom"
    done = subprocess.run(
        [sys.executable, *script(fault, "terms", "x")],
        capture_output=True,
        env=environment(tmp_path),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == CRASHED
    assert plain(done.stderr.decode()).startswith(FRENCH)


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The French lines come all the same, without a path."""
    (tmp_path / "file").write_text("")

    def boom() -> None:
        raise RuntimeError(NAME)

    assert guarded(boom, ["--data", str(tmp_path / "file" / "x")]) == CRASHED
    told = capsys.readouterr().err
    assert told.startswith(FRENCH)
    assert "n’a pas pu être écrit" in told
    discreet(told)


def test_a_log_that_cannot_even_be_placed_does_not_silence_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The place of the data is relative to a folder that is gone."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    def boom() -> None:
        raise ValueError

    assert guarded(boom, ["--data", "here"]) == CRASHED
    assert capsys.readouterr().err.startswith(FRENCH)


def test_only_the_last_logs_are_kept(tmp_path: Path) -> None:
    """However often it breaks down, and whatever else is called so."""
    (tmp_path / "plantage-0.log").mkdir()
    made = [
        crash.keep(ValueError(), tmp_path, NOW + timedelta(seconds=number))
        for number in range(crash.KEPT + 3)
    ]
    assert [path for path in logs(tmp_path) if path.is_file()] == made[3:]


def test_what_led_to_an_error_is_told_once(tmp_path: Path) -> None:
    """Causes, contexts, the number of a system error; a circle ends."""
    try:
        try:
            raise PermissionError(13, NAME, f"/home/{NAME}")
        except OSError as error:
            raise KeyError(NAME) from error
    except KeyError as error:
        assert error.__cause__
        error.__cause__.__cause__ = error
        log = crash.keep(error, tmp_path, NOW)
    assert log
    text = log.read_text("utf-8")
    discreet(text)
    assert text.count("builtins.KeyError") == 1
    assert text.count("builtins.PermissionError 13") == 1
    assert text.count("test_what_led_to_an_error_is_told_once") == 2


def boom(*arguments: object) -> None:
    """Fail, with somebody's name at hand."""
    secret = f"LOCAL {NAME}"
    raise ValueError(secret)


def without_end(*arguments: object, depth: int = 0) -> None:
    """Fail with a stack of a thousand, even where the interpreter does not count (3.13.0, below an event loop)."""
    if depth > 5000:
        raise RecursionError
    without_end(depth=depth + 1)


@pytest.mark.parametrize(
    "act",
    [
        boom,
        without_end,
        lambda screen: screen.call_later(boom),
        lambda screen: screen.call_after_refresh(boom),
        lambda screen: screen.set_timer(0.001, boom),
        lambda screen: screen.run_worker(boom, thread=True),
        lambda screen: screen.app.push_screen(Broken(screen.services)),
    ],
    ids=["action", "recursion", "callback", "refresh", "timer", "thread", "screen"],
)
async def test_nothing_in_the_application_fails_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[HomeScreen], object]
) -> None:
    """It closes with the error at hand, Textual has nothing to print, and a pilot fails with the error itself."""
    monkeypatch.setattr(HomeScreen, "action_glossary", act)
    app = TrainerApp(services(tmp_path / "data"))
    with pytest.raises((ValueError, RecursionError, WorkerFailed)):
        async with app.run_test() as pilot:
            await on_screen(pilot, HomeScreen)
            await pilot.press("l")
            await until(pilot, lambda: app.failure)
            assert not app._exit_renderables
    assert app.failure and app.return_code
    log = crash.keep(app.failure, tmp_path, NOW)
    assert log
    text = log.read_text("utf-8")
    discreet(text)
    assert re.search(r"^  tests/test_crash\.py:\d+ (boom|without_end)$", text, re.MULTILINE), text
    assert len(text.splitlines()) < 80


async def test_a_verdict_that_cannot_be_told_ends_the_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is on disk by then; the screen must not wait for ever."""
    monkeypatch.setattr(DrillScreen, "_tell_verdict", boom)
    bag = services(tmp_path / "data")
    app = drilling(bag)
    with pytest.raises(ValueError):
        async with app.run_test() as pilot:
            screen = await on_screen(pilot, DrillScreen)
            await reply(pilot, screen, right=True)
            await until(pilot, lambda: app.failure)
    assert isinstance(app.failure, ValueError)
    assert len(journal(bag)) == 1


async def test_an_end_that_textual_does_not_explain_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it keeps the error is its own affair, and may change: that there was one is known all the same."""
    app = TrainerApp(services(tmp_path))
    async with app.run_test() as pilot:
        await on_screen(pilot, HomeScreen)
        assert app.failure is None
        app.exit(return_code=1)
    monkeypatch.delattr(app, "_exception")
    assert isinstance(app.failure, RuntimeError)


class Broken(TrainerScreen):
    """A screen that cannot be built."""

    def compose(self) -> ComposeResult:
        """Fail."""
        boom()
        yield Prose()
