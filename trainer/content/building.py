"""YAML events -> nodes, without recursion."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from trainer.content.doubts import doubt_plain, doubts
from trainer.content.files import RUIN, UNSAFE
from trainer.content.nodes import Broken, Mapping, Node, Scalar, Sequence
from trainer.content.report import Place, Report, quoted
from trainer.content.syntax import SECOND_DOCUMENT, TOO_DEEP, refusal

DEEPEST = 12


class Open(NamedTuple):
    """A list or mapping whose end is not met yet; a mapping holds name, value, name, value…"""

    line: int
    column: int
    nodes: list[Node]
    is_mapping: bool
    is_block: bool


class Builder:
    """Grows one tree, event by event; `lines_before` were not given to the parser."""

    def __init__(self, lines: list[str], report: Report) -> None:
        self.lines = lines
        self.report = report
        self.doubts = doubts(lines)
        self.lines_before = 0
        self.open: list[Open] = []
        self.root: Node | None = None

    def feed(self, event: yaml.Event) -> None:
        """Take the next event; YAMLError if no tree may hold it."""
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event))
            case yaml.CollectionStartEvent():
                self._start(event)
            case yaml.CollectionEndEvent():
                self.close()
            case yaml.AliasEvent():
                self.report.error(self._place(event), "renvoi « * » non permis ; recopiez le texte")
                self._add(Broken(*self._place(event)))
            case yaml.DocumentStartEvent() if self.root is not None:
                raise refusal(SECOND_DOCUMENT, event)

    def close(self) -> None:
        """The innermost list or mapping is complete."""
        opened = self.open.pop()
        if opened.is_mapping:
            self._add(_mapping(opened, self.report))
        else:
            self._add(Sequence(tuple(opened.nodes), opened.line, opened.column))

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1].nodes.append(node)
        else:
            self.root = node

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(mark.line + 1 + self.lines_before, mark.column + 1)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.open) == DEEPEST:
            raise refusal(TOO_DEEP, event)
        place = self._place(event)
        self._is_marked(event, place)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(Open(*place, [], is_mapping, not event.flow_style))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar | Broken:
        text, style, place = event.value, event.style, self._place(event)
        if self._is_marked(event, place) or RUIN in text:
            return Broken(*place)
        if style == '"' and (unsafe := UNSAFE.search(text)):
            self.report.error(place, f"caractère interdit U+{ord(unsafe[0]):04X} ; supprimez-le")
            return Broken(*place)
        if self.doubts and not style:
            end = Place(event.end_mark.line + 1 + self.lines_before, event.end_mark.column + 1)
            doubt_plain(place.line, end, self.doubts, self.lines, self.report)
        return Scalar(text, place.line, place.column, not style)

    def _is_marked(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> bool:
        """Whether an anchor or a tag stands before a node; it is then reported."""
        if event.anchor is None and event.tag is None:
            return False
        mark = "étiquette « ! »" if event.anchor is None else "ancre « & »"
        self.report.error(place, f"{mark} non permise ; si elle fait partie du texte, mettez-le entre guillemets")
        return True


def _mapping(opened: Open, report: Report) -> Mapping:
    mapping = Mapping({}, {}, opened.line, opened.column)
    # A field that a syntax error cut in the middle is a name without a value.
    nodes = [*opened.nodes, Broken(opened.line, opened.column)]
    for key, value in zip(nodes[::2], nodes[1::2], strict=False):
        if isinstance(key, Scalar):
            _enter(mapping, key, value, report)
        elif not isinstance(key, Broken):
            report.error(key, "liste ou accolades à la place d’un nom de champ ; mettez le texte entre guillemets")
    return mapping


def _enter(mapping: Mapping, key: Scalar, value: Node, report: Report) -> None:
    name = key.text.strip()
    first = mapping.keys.get(name)
    if first is not None:
        message = f"{quoted(name)} écrit deux fois, lignes {first.line} et {key.line} ; gardez-en un"
        report.error(key, message)
    elif name == "<<" and key.plain:
        report.error(key, "fusion « << » non permise ; recopiez les champs")
    else:
        mapping.keys[name] = key
        mapping.values[name] = value
