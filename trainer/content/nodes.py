"""The tree of a YAML file: every scalar is text, every node knows its place."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """A text as it was written; `plain` means without quotes."""

    text: str
    line: int
    column: int
    plain: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here: no text, or YAML's words for nothing."""
        return not self.text.strip() or (self.plain and self.text in ("~", "null"))


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Fields by name, with the place where each name stands."""

    values: dict[str, Node]
    keys: dict[str, Scalar]
    line: int
    column: int


class Broken(NamedTuple):
    """Something already reported, of which readers say nothing more."""

    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping | Broken
