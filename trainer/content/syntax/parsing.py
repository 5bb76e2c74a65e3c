"""Text -> tree; a syntax error costs the entry it stands in, not those around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

import yaml

from trainer.content.syntax.building import Builder, Open
from trainer.content.syntax.doubts import doubt_encoding, doubt_quotes
from trainer.content.syntax.messages import TOO_MUCH, explain, refusal
from trainer.content.syntax.nodes import Mapping, Node
from trainer.content.syntax.report import START, Place, Report
from trainer.content.syntax.slips import SLIPS, Slip, read_as_meant
from trainer.glossary.problems import Severity

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Beyond, the file is beyond repair, and reading it again and again would take long.
_MOST_ERRORS = 20
# Each reads the whole file again.
_MOST_TRIALS = 20
MOST_EVENTS = 50_000
"""What a deck may be made of; the largest real one has 280."""
_MANY, _DENSE = 10_000, 5
"""So many events in less than so many characters each were never written by hand."""
_FIELD = re.compile("[a-z_]+:(?: |$)")
_NOTHING = re.compile("(?!)")
"""Matches nothing."""
_EVENTS_TO_A_FIELD = 3
"""Stream, document and mapping begin: all three are open already."""
_EVENTS_TO_AN_ITEM = 5
"""The same, the name of the list, and its beginning."""


class Tree(NamedTuple):
    """What could be read of a file, and whether that is all of it."""

    root: Node | None
    is_whole: bool


class _Start(NamedTuple):
    """A line (from 0) from which the parser can go on, after `header`, whose `events` are skipped."""

    line: int
    header: str
    events: int


class _Reading(NamedTuple):
    """What some lines came to."""

    lines: list[str]
    tree: Tree
    report: Report
    may_improve: bool

    @property
    def faults(self) -> list[int]:
        """The lines that have errors, in order."""
        return sorted(problem.line for problem in self.report.problems if problem.severity is Severity.ERROR)

    def is_better_than(self, other: _Reading) -> bool:
        """Whether there are fewer errors, or as many but further down: where they were found, all is well now."""
        ours, theirs = self.faults, other.faults
        return len(ours) < len(theirs) or (len(ours) == len(theirs) and ours[0] > theirs[0])


def parse(text: str, report: Report, most_events: int = MOST_EVENTS) -> Tree:
    """The tree of one YAML document, however long, deep or broken it is."""
    if text.count("\n") > most_events:  # looking at each line would take long
        report.error(Place(most_events + 1, 1), "trop de lignes dans ce fichier ; partagez-le en plusieurs")
        return Tree(None, False)
    doubt_encoding(text, report)
    lines = read_as_meant(text, report).split("\n")
    reading = _without_slips(_read(lines, report.path, most_events), report, most_events)
    if "“" in text or "„" in text:  # much faster than to look at each line
        doubt_quotes(reading.lines, report)
    report.take(reading.report)
    return reading.tree


def _without_slips(reading: _Reading, report: Report, most_events: int) -> _Reading:
    """The reading once all slips are put right that explain an error; each sort of slip is reported once."""
    written = reading.lines
    told: dict[Slip, dict[int, str]] = {}
    untried, trials = list(SLIPS), 0
    while untried and trials < _MOST_TRIALS and reading.may_improve and reading.faults:
        slip = untried.pop(0)
        mends = slip.mends(reading.lines, reading.faults)
        if not mends:
            continue
        trials += 1
        trial = _read(_mended(reading.lines, mends), report.path, most_events)
        if trial.is_better_than(reading):
            reading = trial
            told.setdefault(slip, {}).update(mends)
            untried = list(SLIPS)  # another one may have been hidden behind this one
    for slip, mends in told.items():
        slip.tell(mends, written, report)
    return reading


def _mended(lines: list[str], mends: dict[int, str]) -> list[str]:
    return [mends.get(number, line) for number, line in enumerate(lines, 1)]


def _read(lines: list[str], path: str, most_events: int) -> _Reading:
    """What some lines come to; a syntax error costs the entry it stands in."""
    report = Report(path)
    builder = Builder(lines, report)
    start: _Start | None = _Start(0, "", 0)
    errors = 0
    while start and errors < _MOST_ERRORS:
        if _grow(builder, start, report, most_events):
            break
        errors += 1
        start = _next_start(builder, start.line)
    builder.abandon(0)
    if builder.root is None and not errors:
        report.error(START, "fichier vide ; écrivez-y au moins un champ, ou supprimez-le")
    is_usable = not builder.is_overfull and (not errors or isinstance(builder.root, Mapping))
    tree = Tree(builder.root if is_usable else None, not errors)
    return _Reading(lines, tree, report, not builder.is_overfull)


def _grow(builder: Builder, start: _Start, report: Report, most_events: int) -> bool:
    """Feed the builder from a line on; False once a syntax error is reported."""
    text = start.header + "\n".join(builder.lines[start.line :])
    builder.lines_before = start.line - start.header.count("\n")
    try:
        events = _events(text)
        # The first many; if there are more, and these are dense, or the rest is too long, the file is refused.
        builder.feed(islice(events, start.events, _MANY))
        following = next(events, None)
        if following and not _is_dense(following):
            builder.feed(chain([following], islice(events, most_events - _MANY)))
            following = next(events, None)
        if following:
            builder.is_overfull = True
            raise refusal(TOO_MUCH, following)
    except yaml.YAMLError as error:
        explain(error, builder.lines_before, Place(builder.line, 1), builder.lines, report)
        return False
    return True


def _events(text: str) -> Iterator[yaml.Event]:
    """What the parser finds, up to an error that is always its own: the one in Python fails on some escapes with that of `chr`."""
    try:
        yield from iter(_LOADER(text).get_event, None)
    except yaml.YAMLError:
        raise
    except Exception as error:
        raise yaml.YAMLError(str(error) or type(error).__name__) from error


def _is_dense(event: yaml.Event) -> bool:
    """Whether the first events, up to this one, have next to no text in them."""
    mark: Any = event.start_mark
    return bool(mark.index < _MANY * _DENSE)


def _next_start(builder: Builder, started: int) -> _Start | None:
    """The next item of the list in progress, or the next field of the file; what comes before is given up."""
    _, *opened = builder.open  # the outermost stands for the file
    if not opened or not opened[0].is_mapping or builder.is_overfull:
        return None
    item = _item_of(opened[1]) if len(opened) > 1 else _NOTHING
    for line in range(max(builder.line, started + 1), len(builder.lines)):
        if item.match(builder.lines[line]):
            builder.abandon(2)
            return _Start(line, "list:\n", _EVENTS_TO_AN_ITEM)
        if _FIELD.match(builder.lines[line]):
            builder.abandon(1)
            return _Start(line, "", _EVENTS_TO_A_FIELD)
    return None


def _item_of(opened: Open) -> re.Pattern[str]:
    """What a line begins with at the next item of a list whose items begin with «-»."""
    is_list = opened.is_block and not opened.is_mapping
    return re.compile(f" {{{opened.column - 1}}}-(?: |$)") if is_list else _NOTHING
