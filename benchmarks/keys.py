"""Key press → verdict painted, and Enter → next question painted, in a drill of choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from shutil import rmtree
from statistics import median

from benchmarks.cases import MINIMAL, TRAINER, Case, Cases
from benchmarks.table import Row, at_most, rank, seconds
from benchmarks.terminal import Terminal

KEYS = 150
ROUND = 25
"""Questions of one process: sessions are not long."""
_LONGEST = 12
"""Rounds to try before giving up on short sessions."""
VERDICT = "✓ Juste|✗ Faux|Verdict : "
OVER = "Séance terminée|Bilan"


@dataclass(slots=True)
class Times:
    """From a key to its effect, and until nothing more is written."""

    verdict: list[float] = field(default_factory=list)
    verdict_whole: list[float] = field(default_factory=list)
    next: list[float] = field(default_factory=list)
    next_whole: list[float] = field(default_factory=list)
    effort: list[float] = field(default_factory=list)
    answers: int = 0
    saved: int = 0


def measure(cases: Cases) -> list[Row]:
    """Rounds of each application in turn; each round ends by killing it, so what it saved can be counted."""
    shipped, large = cases.copies("keys")
    times = {"minimal": Times(), "shipped": Times(), "large": Times()}
    runs: dict[str, Callable[[], None]] = {
        "minimal": lambda: _round(times["minimal"], shipped, MINIMAL),
        "shipped": lambda: _round(times["shipped"], shipped),
        "large": lambda: _round(times["large"], large),
    }
    for _ in range(_LONGEST):
        for name, run in runs.items():
            if len(times[name].next) < KEYS:
                run()
    floor = times["minimal"].next
    rows = [_figures("minimal app: key → verdict", times["minimal"].verdict)]
    rows.append(_figures("minimal app: key → next question", floor))
    work = median(times["minimal"].effort)
    rows.append(Row("minimal app: processor time an answer", seconds(work)))
    for name in ("shipped", "large"):
        found = times[name]
        rows += _compared(f"{name}: key → verdict", found.verdict, found.verdict_whole, floor)
        rows += _compared(f"{name}: key → next question", found.next, found.next_whole, floor)
        spent = median(found.effort)
        rows.append(Row(f"{name}: processor time an answer", seconds(spent), seconds(work), spent / work))
        safe, count = found.saved >= found.answers, found.answers
        rows.append(
            Row(f"{name}: answers on disk after kill -9", f"{found.saved}", f"{count}", None, "all", safe)
        )
    return rows


def _figures(what: str, times: list[float]) -> Row:
    p50, p99 = seconds(median(times)), seconds(rank(times, 0.99))
    return Row(what, f"{p50} p50, {p99} p99, {seconds(max(times))} worst", count=len(times))


def _compared(what: str, times: list[float], whole: list[float], floor: list[float]) -> list[Row]:
    count, usual, worst = len(times), median(times), max(times)
    painted = median(whole)
    return [
        at_most(f"{what}, p50", usual, median(floor), 2, count, seconds),
        at_most(f"{what}, p99", rank(times, 0.99), rank(floor, 0.99), 4, count, seconds),
        at_most(f"{what}, worst beside p50", worst, usual, 3, count, seconds),
        Row(f"{what}, whole frame, p50", seconds(painted), count=count),
    ]


def _round(times: Times, case: Case, argv: list[str] | None = None) -> None:
    """One process, on data of its own: answer 1, read the verdict, go on."""
    case = case.copy(case.data.parent / f"{case.data.name}-round")
    before = _saved(case)
    drill = [*TRAINER, "drill", "--deck", "tout", "--format", "choice"]
    with Terminal(argv or drill, case.env) as terminal:
        terminal.wait("[Qq]uestion 1 ")
        terminal.settle(0.3)
        began, asked = terminal.processor, len(times.next)
        for number in range(2, ROUND + 2):
            pressed = terminal.strike("1")
            times.verdict.append(terminal.wait(VERDICT) - pressed)
            times.answers += 1
            if number == ROUND + 1:
                break
            times.verdict_whole.append(terminal.settle() - pressed)
            pressed = terminal.strike("\r")
            shown = terminal.wait(f"[Qq]uestion {number} |{OVER}") - pressed
            if "uestion" not in terminal.text:
                break
            times.next.append(shown)
            times.next_whole.append(terminal.settle() - pressed)
        times.effort.append((terminal.processor - began) / max(len(times.next) - asked, 1))
    times.saved += _saved(case) - before
    rmtree(case.data)


def _saved(case: Case) -> int:
    """The lines in the journal."""
    return sum(path.read_bytes().count(b"\n") for path in (case.learner / "journal").iterdir())
