"""Pages: files as they were written, to find again where a text of an entry stands."""

from __future__ import annotations

from functools import cached_property

from trainer.content.syntax.nodes import Mapping, Node, Scalar, Sequence
from trainer.content.syntax.report import START, Placed
from trainer.content.syntax.values import tidy

_SECTIONS = ("categories", "sources", "terms", "questions")


class Page:
    """A file: its path as people know it, the id that its name gives a deck, and its tree."""

    def __init__(self, path: str, name: str, root: Node | None) -> None:
        self.path = path
        self.name = name
        self.root = root

    @cached_property
    def entries(self) -> dict[tuple[str, str], Mapping]:
        """The entries by section and id; of two with the same id, the first."""
        found: dict[tuple[str, str], Mapping] = {}
        for section in _SECTIONS:
            for entry in _items(self.root, section):
                name = entry.values.get("id") if isinstance(entry, Mapping) else None
                if isinstance(entry, Mapping) and isinstance(name, Scalar):
                    found.setdefault((section, name.text), entry)
        return found

    def place(self, entry: tuple[str, str] | None, field: str, text: str = "") -> Placed:
        """Where a text stands, else its field, else its entry; without an entry, at the top of the file."""
        mapping = self.entries.get(entry) if entry else self.root
        if not isinstance(mapping, Mapping):
            return START
        scalars = [node for node in _items(mapping, field) if isinstance(node, Scalar)]
        same = (node for node in scalars if tidy(node.text) == text)
        first = scalars[0] if scalars else mapping.names.get(field, mapping)
        return next(same, first)


def _items(node: Node | None, name: str) -> tuple[Node, ...]:
    """The items of a list in a field, or what stands there alone."""
    value = node.values.get(name) if isinstance(node, Mapping) else None
    if value is None:
        return ()
    return value.items if isinstance(value, Sequence) else (value,)
