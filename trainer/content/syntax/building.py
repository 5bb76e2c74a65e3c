"""YAML events -> nodes, without recursion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml
from yaml import AliasEvent, CollectionEndEvent, CollectionStartEvent, DocumentStartEvent, ScalarEvent

from trainer.content.syntax.doubts import doubt_plain, doubtful_lines
from trainer.content.syntax.files import RUIN, UNSAFE
from trainer.content.syntax.messages import SECOND_DOCUMENT, TOO_DEEP, refusal
from trainer.content.syntax.nodes import Broken, Mapping, Node, Scalar, Sequence
from trainer.content.syntax.report import Place, Placed, Report, quoted

DEEPEST = 12


class Open(NamedTuple):
    """A list or mapping whose end is not met yet; a mapping holds name, value, name, value…"""

    line: int
    column: int
    nodes: list[Node]
    is_mapping: bool
    is_block: bool


class Builder:
    """Grows one tree, event by event; `lines_before` were not given to the parser, `is_overfull` is for it to say."""

    def __init__(self, lines: list[str], report: Report) -> None:
        self.lines = lines
        self.report = report
        self.doubtful = doubtful_lines(lines)
        self.lines_before = 0
        self.is_overfull = False
        # The outermost list stands for the file itself.
        self.open = [Open(1, 1, [], False, False)]

    @property
    def root(self) -> Node | None:
        """The tree, once complete."""
        return self.open[0].nodes[0] if self.open[0].nodes else None

    def feed(self, events: Iterable[yaml.Event]) -> None:
        """Take the next events; YAMLError if no tree may hold one of them."""
        # No `match`, and few calls: a glossary has hundreds of thousands of events.
        nodes = self.open[-1].nodes
        for event in events:
            if isinstance(event, ScalarEvent):
                nodes.append(self._scalar(event))
            elif isinstance(event, CollectionStartEvent):
                self._start(event)
                nodes = self.open[-1].nodes
            elif isinstance(event, CollectionEndEvent):
                self.close()
                nodes = self.open[-1].nodes
            elif isinstance(event, AliasEvent):
                place = self._place(event.start_mark)
                self.report.error(place, "renvoi « * » non permis ; recopiez le texte")
                self.open[-1].nodes.append(Broken(*place))
            elif isinstance(event, DocumentStartEvent) and self.root is not None:
                raise refusal(SECOND_DOCUMENT, event)

    def close(self) -> None:
        """The innermost list or mapping is complete."""
        opened = self.open.pop()
        if opened.is_mapping:
            node: Node = _mapping(opened, self.report)
        else:
            node = Sequence(tuple(opened.nodes), opened.line, opened.column)
        self.open[-1].nodes.append(node)

    @property
    def line(self) -> int:
        """The line of the last entry begun, in the file or in a list of the file."""
        if len(self.open) > 3:
            return self.open[3].line
        innermost = self.open[-1]
        return innermost.nodes[-1].line if innermost.nodes else innermost.line

    def abandon(self, depth: int) -> None:
        """Give up the entry in progress and close what holds it, down to `depth` open nodes of the file."""
        del self.open[3:]
        while len(self.open) > depth + 1:
            self.close()
        innermost = self.open[-1]
        if innermost.is_mapping and len(innermost.nodes) % 2:
            innermost.nodes.append(Broken(innermost.line, innermost.column))

    def _place(self, mark: Any) -> Place:
        return Place(mark.line + 1 + self.lines_before, mark.column + 1)

    def _start(self, event: CollectionStartEvent) -> None:
        if len(self.open) > DEEPEST:
            raise refusal(TOO_DEEP, event)
        place = self._place(event.start_mark)
        self._is_marked(event, place)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(Open(*place, [], is_mapping, not event.flow_style))

    def _scalar(self, event: ScalarEvent) -> Scalar | Broken:
        text, style = event.value, event.style
        mark: Any = event.start_mark
        scalar = Scalar(text, mark.line + 1 + self.lines_before, mark.column + 1, not style)
        if not style and self.doubtful:
            end: Any = event.end_mark
            first, last = scalar.line, end.line + 1 + self.lines_before
            if last in self.doubtful or (first < last and not self.doubtful.isdisjoint(range(first, last))):
                doubt_plain(scalar, self._place(end), self.lines, self.report)
        is_harmless = style != '"' and RUIN not in text and event.tag is None and event.anchor is None
        return scalar if is_harmless else self._checked(event, scalar)

    def _checked(self, event: ScalarEvent, scalar: Scalar) -> Scalar | Broken:
        """The text, unless a mark stands before it or something unsafe in it."""
        if not self._is_marked(event, scalar) and RUIN not in scalar.text:
            unsafe = UNSAFE.search(scalar.text)
            if unsafe is None:
                return scalar
            self.report.error(scalar, f"caractère interdit U+{ord(unsafe[0]):04X} ; supprimez-le")
        return Broken(scalar.line, scalar.column)

    def _is_marked(self, event: ScalarEvent | CollectionStartEvent, place: Placed) -> bool:
        """Whether an anchor or a tag stands before a node; it is then reported."""
        if event.anchor is None and event.tag is None:
            return False
        mark = "étiquette « ! »" if event.anchor is None else "ancre « & »"
        self.report.error(
            place, f"{mark} non permise ; si c’est du texte, mettez-le entre guillemets doubles"
        )
        return True


def _mapping(opened: Open, report: Report) -> Mapping:
    mapping = Mapping({}, {}, opened.line, opened.column)
    # A syntax error may have cut the last field after its name.
    for name, value in zip(opened.nodes[::2], opened.nodes[1::2], strict=False):
        if isinstance(name, Scalar):
            _enter(mapping, name, value, report)
        elif not isinstance(name, Broken):
            report.error(
                name, "liste ou accolades à la place d’un nom de champ ; mettez le texte entre guillemets"
            )
    return mapping


def _enter(mapping: Mapping, name: Scalar, value: Node, report: Report) -> None:
    text = name.text.strip()
    first = mapping.names.get(text)
    if first is not None:
        message = f"{quoted(text)} écrit deux fois, lignes {first.line} et {name.line} ; gardez-en un"
        report.error(name, message)
    elif text == "<<" and name.plain:
        report.error(name, "fusion « << » non permise ; recopiez les champs")
    else:
        mapping.names[text] = name
        mapping.values[text] = value
