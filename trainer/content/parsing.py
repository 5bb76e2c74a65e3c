"""Text -> tree; a syntax error costs the entry it stands in, not those around it."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

import yaml

from trainer.content.building import Builder
from trainer.content.doubts import doubt_encoding
from trainer.content.nodes import Node
from trainer.content.report import START, Report
from trainer.content.syntax import explain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Beyond, the file is beyond repair, and reading it again and again would take long.
_MOST_ERRORS = 20


class Tree(NamedTuple):
    """What could be read of a file, and whether that is all of it."""

    root: Node | None
    is_whole: bool


class _Start(NamedTuple):
    """A line (from 0) from which the parser can go on, after `header`, whose `events` are skipped."""

    line: int
    header: str
    events: int


def parse(text: str, report: Report) -> Tree:
    """The tree of one YAML document, however long, deep or broken it is."""
    doubt_encoding(text, report)
    lines = text.split("\n")
    builder = Builder(lines, report)
    start: _Start | None = _Start(0, "", 0)
    errors = 0
    while start and errors < _MOST_ERRORS:
        if _grow(builder, start, report):
            break
        errors += 1
        start = _next_start(builder, start.line)
    _abandon(builder, 0)
    if builder.root is None and not errors:
        report.error(START, "fichier vide ; écrivez-y au moins un champ, ou supprimez-le")
    return Tree(builder.root, not errors)


def _grow(builder: Builder, start: _Start, report: Report) -> bool:
    """Feed the builder from a line on; False once a syntax error is reported."""
    text = start.header + "\n".join(builder.lines[start.line :])
    builder.lines_before = start.line - start.header.count("\n")
    try:
        for event in islice(yaml.parse(text, Loader=_LOADER), start.events, None):
            builder.feed(event)
    # The parser in Python fails on some escapes with the error of `chr`.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        explain(error, builder.lines_before, builder.lines, report)
        return False
    return True


def _next_start(builder: Builder, started: int) -> _Start | None:
    """The next item of the list in progress, else the next field of the file; what it interrupts is lost."""
    if not builder.open or not builder.open[0].is_mapping:
        return None
    last = builder.open[2] if len(builder.open) > 2 else _last_node(builder)
    item = _item_pattern(builder)
    for line in range(max(last, started + 1), len(builder.lines)):
        if item and item.match(builder.lines[line]):
            _abandon(builder, 2)
            return _Start(line, "list:\n", 5)
        if _FIELD.match(builder.lines[line]):
            _abandon(builder, 1)
            return _Start(line, "", 3)
    return None
