"""The fields of one entry, read one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from trainer.content.syntax.names import nearest
from trainer.content.syntax.nodes import Broken, Mapping, Node, Scalar, Sequence, is_blank
from trainer.content.syntax.report import Placed, Report, quoted
from trainer.content.syntax.values import one_of, tidy

Value = TypeVar("Value")
_EMPTY = Sequence((), 0, 0)
_SEPARATOR = re.compile(r"\s*[,;]\s*")


class Shape:
    """The names of the fields of one sort of entry, in order.

    For a file, `elsewhere` says in French where it belongs if it stands in the place of one of another shape.
    """

    def __init__(
        self, required: tuple[str, ...] = (), optional: tuple[str, ...] = (), elsewhere: str = ""
    ) -> None:
        self.required = required
        self.names = dict.fromkeys(required + optional)
        self.elsewhere = elsewhere


GLOSSARY_FILE = Shape(
    ("categories", "terms"),
    ("sources",),
    "c’est un lexique, pas un paquet ; mettez ses termes dans « terms.yaml », hors du dossier des paquets",
)
DECK_FILE = Shape(
    ("title",),
    ("description", "order", "select", "drills", "new_per_day", "pass_mark", "questions"),
    "c’est un paquet, pas un lexique ; mettez-le dans le dossier « quizzes »",
)


class Fields:
    """A reader of the fields of one entry; what is wrong is reported once, and has no value.

    `is_valid` turns False when a required field has no value: the entry is then to be left out.
    """

    def __init__(self, mapping: Mapping, shape: Shape, report: Report) -> None:
        self.mapping = mapping
        self.shape = shape
        self.values = {name: node for name, node in mapping.values.items() if not is_blank(node)}
        self.report = report
        meant = self._tell_unknown()
        lacking = [name for name in shape.required if not self.has(name)]
        self.is_valid = not lacking
        self._tell_lacking([name for name in lacking if name not in meant])

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
        values: dict[Value, None] = {}
        for node in self._items(name):
            for part in self._parts(node, convert):
                value = self._value(part, convert)
                if value is not None:
                    values[value] = None
        return tuple(values)

    def scalars(self, name: str) -> list[Scalar]:
        """The texts of a list as they stand in the file."""
        return [node for node in self._items(name) if isinstance(node, Scalar) and not is_blank(node)]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list."""
        node = self.values.get(name)
        if isinstance(node, Scalar) and node.plain and _SEPARATOR.search(node.text):
            several = quoted(f"[{', '.join(_SEPARATOR.split(node.text))}]")
            self.report.warn(
                node,
                f"un seul texte avec une virgule ; pour plusieurs, écrivez {several}, sinon mettez-le entre guillemets",
            )
        return self.many(name, tidy)

    def entries(self, name: str) -> list[Mapping]:
        """The entries of a field that holds a list of entries."""
        return [entry for node in self._items(name) if (entry := self._entry(node))]

    def count(self, name: str) -> int:
        """How many items a field has."""
        return len(self._items(name))

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

    def _parts(self, node: Node, convert: Callable[[str], Value]) -> tuple[Node, ...]:
        """What one item of a list comes to: several, where commas stand between names without brackets."""
        if not isinstance(node, Scalar) or _is_one(node.text, convert):
            return (node,)
        texts = [text for text in _SEPARATOR.split(node.text.strip("[]() ")) if text]
        written = quoted(f"[{', '.join(texts)}]")
        self.report.error(node, f"plusieurs éléments en un seul texte ; écrivez {written}")
        return tuple(node._replace(text=text) for text in texts)

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
        if is_blank(node):
            self.report.error(node, f"élément vide{_because(node)} ; écrivez ses champs, ou retirez ce « - »")
        elif not isinstance(node, Broken):
            self.report.error(node, "champs attendus ici ; écrivez un champ par ligne, « nom: valeur »")
        return None

    def _tell_unknown(self) -> set[str]:
        """Report the names that no field has, and give those that were probably meant."""
        meant = set[str]()
        if self.mapping.names.keys() <= self.shape.names.keys():
            return meant
        for name in self.mapping.names.keys() - self.shape.names.keys():
            if self.report.is_full:
                break
            near = nearest(name, self.shape.names)
            meant.add(near)
            end = (
                f" ; vouliez-vous {quoted(near)} ?"
                if near
                else f" ; champs possibles : {one_of(self.shape.names)}"
            )
            self.report.error(self.mapping.names[name], f"champ inconnu {quoted(name)}{end}")
        return meant

    def _tell_lacking(self, names: list[str]) -> None:
        """Report fields that are left empty, each where it stands, and all that are absent at once."""
        for name in names:
            if name in self.mapping.names:
                message = f"champ {quoted(name)} vide{_because(self.mapping.values[name])} ; écrivez {quoted(name + ': …')}"
                self.report.error(self.mapping.names[name], message)
        absent = [name for name in names if name not in self.mapping.names]
        if absent:
            which = (
                f"champ {quoted(absent[0])} manquant"
                if len(absent) == 1
                else f"champs {_all_of(absent)} manquants"
            )
            what = ", ".join(quoted(f"{name}: …") for name in absent)
            self.report.error(self.mapping, f"{which} ; ajoutez {what}")


def _all_of(names: list[str]) -> str:
    *others, last = map(quoted, names)
    return f"{', '.join(others)} et {last}"


def _because(node: Node) -> str:
    """Why a field that seems to hold a word is empty: the word means «nothing»; else nothing is said."""
    is_word = isinstance(node, Scalar) and node.text.strip()
    return (
        f", car {quoted(node.text)} veut dire « rien » en YAML"
        if is_word and isinstance(node, Scalar)
        else ""
    )


def _is_one(text: str, convert: Callable[[str], Value]) -> bool:
    """Whether a text is one value, and not several with commas between them."""
    if "," not in text and ";" not in text:
        return True
    try:
        convert(text)
    except ValueError:
        return False
    return True


def _not_a_text(node: Node) -> str:
    match node:
        case Scalar():
            return f"élément vide{_because(node)} ; écrivez-le, ou retirez-le"
        case Mapping():
            return "« : » fait de ce texte un champ ; mettez tout le texte entre guillemets doubles"
        case Sequence():
            return "liste à la place d’un texte ; gardez un seul texte, sans « - » ni crochets"
        case Broken():
            return ""


def fields_of_file(root: Node | None, shape: Shape, report: Report) -> Fields | None:
    """The fields at the top of a file; nothing once it is reported to be of another sort."""
    if isinstance(root, Scalar | Sequence):
        report.error(root, f"le fichier doit commencer par un champ : {one_of(shape.names)}")
    if not isinstance(root, Mapping):
        return None
    if root.names and root.names.keys().isdisjoint(shape.names):
        others = (
            other for other in (GLOSSARY_FILE, DECK_FILE) if not root.names.keys().isdisjoint(other.names)
        )
        unknown = f"aucun champ connu dans ce fichier ; champs possibles : {one_of(shape.names)}"
        report.error(root, next((other.elsewhere for other in others), unknown))
        return None
    return Fields(root, shape, report)
