"""The fields of one entry, read one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from trainer.content.names import suggestion
from trainer.content.nodes import Broken, Mapping, Node, Scalar, Sequence, is_blank
from trainer.content.report import Placed, Report, quoted
from trainer.content.values import one_of, tidy

Value = TypeVar("Value")
_EMPTY = Sequence((), 0, 0)


@dataclass(frozen=True)
class Shape:
    """The names of the fields of one sort of entry."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @cached_property
    def names(self) -> dict[str, None]:
        """All names, in order."""
        return dict.fromkeys(self.required + self.optional)


class Fields:
    """A reader of the fields of one entry; what is wrong is reported once, and has no value.

    `is_valid` turns False when a required field has no value: the entry is then to be left out.
    """

    def __init__(self, mapping: Mapping, shape: Shape, report: Report) -> None:
        self.mapping = mapping
        self.shape = shape
        self.values = {name: node for name, node in mapping.values.items() if not is_blank(node)}
        self.report = report
        self.is_valid = True
        for name in mapping.names.keys() - shape.names.keys():
            if report.is_full:
                break
            end = suggestion(name, shape.names) or f" ; champs possibles : {one_of(shape.names)}"
            report.error(mapping.names[name], f"champ inconnu {quoted(name)}{end}")
        for name in shape.required:
            if not self.has(name):
                self._lack(name)

    def has(self, name: str) -> bool:
        """Whether something is written in a field, be it right or wrong."""
        return name in self.values

    def written(self, name: str) -> str:
        """What is written in a field that holds one text, be it right or wrong."""
        node = self.mapping.values.get(name)
        return node.text if isinstance(node, Scalar) else ""

    def text(self, name: str) -> str:
        """A text on one line, empty if absent."""
        node = self.values.get(name)
        return tidy(node.text) if isinstance(node, Scalar) else self.one(name, tidy) or ""

    def one(self, name: str, convert: Callable[[str], Value]) -> Value | None:
        """The value of a field that holds one text."""
        node = self.values.get(name)
        if node is None:
            return None
        value = self._value(node, convert)
        if value is None and name in self.shape.required:
            self.is_valid = False
        return value

    def many(self, name: str, convert: Callable[[str], Value]) -> tuple[Value, ...]:
        """The values of a field that holds a list of texts, or one alone; without repeats."""
        if name not in self.values:
            return ()
        values = (self._value(node, convert) for node in self._items(name))
        return tuple(dict.fromkeys(value for value in values if value is not None))

    def scalars(self, name: str) -> list[Scalar]:
        """The texts of a list as they stand in the file."""
        return [node for node in self._items(name) if isinstance(node, Scalar) and not is_blank(node)]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list."""
        return self.many(name, tidy)

    def entries(self, name: str) -> list[Mapping]:
        """The entries of a field that holds a list of entries."""
        return [entry for node in self._items(name) if (entry := self._entry(node))]

    def entry(self, name: str) -> Mapping | None:
        """The one entry of a field."""
        return self._entry(self.values[name]) if self.has(name) else None

    def place(self, name: str, text: str = "") -> Placed:
        """Where a field stands, or one of the texts of its list."""
        for scalar in self.scalars(name):
            if tidy(scalar.text) == text:
                return scalar
        return self.mapping.names.get(name, self.mapping)

    def _items(self, name: str) -> tuple[Node, ...]:
        node = self.values.get(name, _EMPTY)
        return node.items if isinstance(node, Sequence) else (node,)

    def _value(self, node: Node, convert: Callable[[str], Value]) -> Value | None:
        try:
            if isinstance(node, Scalar) and not is_blank(node):
                return convert(node.text)
            message = _not_a_text(node)
        except ValueError as error:
            message = "" if self.report.is_full else str(error)
        if message:
            self.report.error(node, message)
        return None

    def _entry(self, node: Node) -> Mapping | None:
        if isinstance(node, Mapping):
            return node
        if not isinstance(node, Broken):
            self.report.error(node, "champs attendus ici ; écrivez un champ par ligne, « nom: valeur »")
        return None

    def _lack(self, name: str) -> None:
        self.is_valid = False
        place = self.mapping.names.get(name, self.mapping)
        self.report.error(place, f"champ {quoted(name)} manquant ; ajoutez {quoted(name + ': …')}")


def _not_a_text(node: Node) -> str:
    match node:
        case Scalar():
            return "élément vide ; écrivez-le, ou retirez-le"
        case Mapping():
            return "« : » fait de ce texte un champ ; mettez tout le texte entre guillemets doubles"
        case Sequence():
            return "liste à la place d’un texte ; gardez un seul texte, sans « - » ni crochets"
        case Broken():
            return ""


def fields_of_file(root: Node | None, shape: Shape, report: Report) -> Fields | None:
    """The fields at the top of a file."""
    if isinstance(root, Mapping):
        return Fields(root, shape, report)
    if isinstance(root, Scalar | Sequence):
        report.error(root, f"le fichier doit commencer par un champ : {one_of(shape.names)}")
    return None
