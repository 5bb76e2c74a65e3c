"""The tree of a YAML file: every scalar is text, every node knows its place."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """A text as it was written; `plain` means without quotes."""

    text: str
    line: int
    column: int
    plain: bool = False


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """The values of fields by name, and the names as they stand in the file."""

    values: dict[str, Node]
    names: dict[str, Scalar]
    line: int
    column: int


class Broken(NamedTuple):
    """Something already reported, of which readers say nothing more."""

    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping | Broken


_NOTHING = ("~", "null", "Null", "NULL")
"""YAML's words for nothing."""


def is_blank(node: Node) -> bool:
    """Whether nothing is written: no text, or one of YAML's words for nothing."""
    if not isinstance(node, Scalar):
        return False
    return not node.text or node.text.isspace() or (node.plain and node.text in _NOTHING)
