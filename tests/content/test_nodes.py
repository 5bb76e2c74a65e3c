"""From bytes to a tree: what is text, what is refused, and where."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from trainer.content.syntax import parsing
from trainer.content.syntax.files import read_text
from trainer.content.syntax.nodes import Mapping, Node, Scalar, Sequence
from trainer.content.syntax.parsing import Tree, parse
from trainer.content.syntax.report import Report
from trainer.glossary.problems import Problem, Severity

LIMIT = 1_000_000


def parsed(text: str) -> tuple[Tree, list[Problem]]:
    report = Report("x.yaml")
    return parse(text, report), sorted(set(report.problems))


def read(tmp_path: Path, data: bytes) -> tuple[str | None, list[Problem]]:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    report = Report("x.yaml")
    return read_text(path, LIMIT, report), report.problems


def texts(node: Node | None) -> object:
    """A tree as plain Python values."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [texts(item) for item in node.items]
        case Mapping():
            return {name: texts(value) for name, value in node.values.items()}
    return None


def test_every_scalar_stays_the_text_that_was_written() -> None:
    """Nothing becomes a boolean, a number, a date or a time."""
    words = ["NO", "ON", "yes", "12:30", "010", "1e3", "0x1F", "2026-11-21", "1_000", ".inf", "~"]
    tree, problems = parsed("".join(f"- {word}\n" for word in words))
    assert texts(tree.root) == words
    assert problems == []


def test_nodes_know_the_line_and_column_of_what_they_hold() -> None:
    """Places count from 1, names of fields included."""
    tree, _ = parsed("a: b\nlist:\n  - x\n  - c: d\n")
    assert isinstance(tree.root, Mapping)
    items = tree.root.values["list"]
    assert isinstance(items, Sequence)
    assert (tree.root.names["list"].line, tree.root.names["list"].column) == (2, 1)
    assert [(item.line, item.column) for item in items.items] == [(3, 5), (4, 5)]


@pytest.mark.parametrize(
    "data",
    [
        "é: œ\n".encode(),
        "é: œ\n".encode("utf-8-sig"),
        b"\xff\xfe" + "é: œ\n".encode("utf-16-le"),
        b"\xfe\xff" + "é: œ\n".encode("utf-16-be"),
        "é: œ\r\n".encode(),
        "e\u0301: œ\r".encode(),
    ],
)
def test_utf_8_and_marked_utf_16_read_alike(tmp_path: Path, data: bytes) -> None:
    """Byte-order marks, line ends and decomposed accents leave no trace."""
    assert read(tmp_path, data) == ("é: œ\n", [])


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"a: b\nc: caf\xe9\n", 2, 7, ["0xE9", "« é »", "UTF-8"]),
        (b"\xef\xbb\xbfa: \x80\n", 1, 4, ["0x80", "« € »"]),
        ("é: é".encode() + b"\x92", 1, 5, ["0x92", "« ’ »"]),
        (b"\xff\xfea", 1, 1, ["UTF-8"]),
        (b"a: b\x00\n", 1, 5, ["U+0000"]),
        (b"a: b\nc: \x1b[2J\n", 2, 4, ["U+001B", "supprimez"]),
        ("a: \x85\n".encode(), 1, 4, ["U+0085"]),
        ("a: b\u202ec\n".encode(), 1, 5, ["U+202E"]),
        ("a: b\ufeffc\n".encode(), 1, 5, ["U+FEFF"]),
        ("a: b\u2028c\n".encode(), 1, 5, ["U+2028"]),
    ],
)
def test_unsafe_bytes_and_characters_are_placed(
    tmp_path: Path, data: bytes, line: int, column: int, words: list[str]
) -> None:
    """The message names the byte or the character, and where it stands."""
    _, [problem] = read(tmp_path, data)
    assert (problem.line, problem.column) == (line, column)
    for word in words:
        assert word in problem.message.replace("\u00a0", " ")


def test_a_binary_file_is_refused_without_a_list_of_each_byte(tmp_path: Path) -> None:
    """Twenty unsafe characters are enough to know, and one line is enough to say."""
    text, [problem] = read(tmp_path, b"a: b\nc: " + bytes(range(1, 9)) * 20)
    assert text is None
    assert (problem.line, problem.column) == (2, 4)
    assert "plus de 20 caractères interdits" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("", 1, 1, "vide"),
        ("# rien\n", 1, 1, "vide"),
        ("a: b: c\n", 1, 5, "guillemets doubles"),
        ("a: 'l’eau\nb: c\n", 1, 4, "guillemet jamais fermé"),
        ('a: "b" c\n', 1, 8, "guillemet fermant"),
        ("a:\n\t- b\n", 2, 1, "tabulation"),
        ("a: b\n\tc\n", 2, 1, "tabulation"),
        ("a: >\n\tb\n", 2, 1, "tabulation"),
        ("a: [b\nc: d\n", 1, 4, "crochet"),
        ("a: {b\nc: d\n", 1, 4, "accolade"),
        ("a: @x\n", 1, 4, "guillemets doubles"),
        ("a: %x\n", 1, 4, "guillemets doubles"),
        ("a: *gras*\n", 1, 9, "guillemets doubles"),
        ('a: "\\d"\n', 1, 5, "\\\\"),
        ("a:\n  - b\n c: d\n", 3, 2, "retrait"),
        ("- a\nb: c\n", 2, 1, "« - »"),
        ("a: b\nc\nd: e\n", 3, 1, "« : » manque"),
        ("a: - b\n", 1, 4, "à la ligne"),
        ("a: |x\n b\n", 1, 5, "à la ligne"),
        ("a: ? b\n", 1, 4, "« ? »"),
        ("  a: b\nc: d\n", 2, 1, "retrait"),
        ("a: b\n---\nc: d\n", 2, 1, "deuxième document"),
        ("a: b\na: c\n", 2, 1, "lignes 1 et 2"),
        ("a: &x b\n", 1, 4, "ancre"),
        ("a: &x\n  b: c\n", 1, 4, "ancre"),
        ("a: b\nc: *a\n", 2, 4, "renvoi"),
        ("a: !!str b\n", 1, 4, "étiquette"),
        ("a: !x [b]\n", 1, 4, "étiquette"),
        ("<<: b\n", 1, 1, "fusion"),
        ("[a]: b\n", 1, 1, "nom de champ"),
        ('a: "b\\u202ec"\n', 1, 4, "U+202E"),
        ('a: "b\\0c"\n', 1, 4, "U+0000"),
    ],
)
def test_yaml_that_means_something_else_is_refused_in_french(
    text: str, line: int, column: int, word: str
) -> None:
    """Each mistake is placed where it can be put right, with what to do."""
    _, [problem] = parsed(text)
    assert (problem.line, problem.column) == (line, column), problem
    assert word in problem.message.replace("\u00a0", " ")
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: touche #\n", 1, 10, "#"),
        ("a: le numéro #5 du menu\n", 1, 13, "ignorée"),
        ("term\u00a0: DMT\n", 1, 1, "« term: … »"),
        ("note: un texte\n  exemple\u00a0:\u00a0un autre\n", 2, 3, "« exemple: … »"),
        ("a: DurÃ©e\nb: rÃ©ponse\n", 1, 7, "(2 fois)"),
    ],
)
def test_valid_yaml_that_is_probably_a_slip_is_doubted(text: str, line: int, column: int, word: str) -> None:
    """What an author may not have meant is kept, with a warning."""
    tree, [problem] = parsed(text)
    assert problem.severity is Severity.WARNING
    assert (problem.line, problem.column) == (line, column)
    assert word in problem.message.replace("\u00a0", " ")
    assert tree.is_whole


@pytest.mark.parametrize(
    "text",
    [
        "# un commentaire #1\na: b  # exprès\n",
        'a: "touche # du clavier"\n',
        "a: n#5\n",
        "a: >-\n  exemple\u00a0: une touche # du clavier\n",
        "a: |\n  la règle\u00a0: écouter\n",
    ],
)
def test_comments_on_purpose_and_french_colons_are_not_doubted(text: str) -> None:
    """Only likely slips are worth a warning."""
    assert parsed(text)[1] == []


LOADERS = [getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]
"""The parser in C, where there is one, and the one in Python: their messages differ."""


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 25_000, "- " * 50_000, "? " * 50_000, "a:\n  [" + "[" * 50_000],
    ids=lambda text: text[:6],
)
def test_deep_nesting_is_refused_at_once(text: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred kilobytes of brackets neither crash the interpreter nor keep it busy; some parsers refuse before us."""
    monkeypatch.setattr(parsing, "_LOADER", loader)
    began = time.process_time()
    _, problems = parsed(text)
    assert time.process_time() - began < 5  # it takes 0.25 at most
    assert any("imbriqués" in problem.message for problem in problems)


def test_aliases_never_multiply() -> None:
    """«Billion laughs» gives one problem for each mark, and nothing to expand."""
    laughs = "a0: &a0 [ha, ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    tree, problems = parsed(laughs)
    assert len(problems) == 12 + 11 * 9
    assert tree.is_whole


def test_a_syntax_error_costs_only_the_entry_it_stands_in() -> None:
    """Entries before and after an unclosed quote, and the fields after the list, are read at their places."""
    tree, problems = parsed('a:\n  - x: 1\n  - x: "2\n  - x: 3\n  - x: [4\n  - x: 5\nb: 6: 7\nc: 8\n')
    assert [problem.line for problem in problems] == [3, 5, 7]
    assert isinstance(tree.root, Mapping)
    assert texts(tree.root.values["a"]) == [{"x": "1"}, {"x": "3"}, {"x": "5"}]
    assert texts(tree.root.values["c"]) == "8"
    assert (tree.root.names["c"].line, tree.is_whole) == (8, False)


@pytest.mark.parametrize(
    "broken", ["a: @", "a: 'b", "a: [b", "a: b: c", "a:\n  x: @", "a:\n\t- b", "a: {b: [c"]
)
def test_fields_after_a_broken_one_keep_their_values(broken: str) -> None:
    """A name left without its value takes nothing from the next field."""
    tree, [_] = parsed(f"z: y\n{broken}\nb: c\nd: e\n")
    assert isinstance(tree.root, Mapping)
    assert {"z": "y", "b": "c", "d": "e"}.items() <= dict(texts(tree.root)).items()  # type: ignore[call-overload]


def test_a_file_of_nothing_but_errors_is_given_up() -> None:
    """Reading goes on after an error twenty times at most."""
    _, problems = parsed("a:\n" + "  - @\n" * 1000)
    assert len(problems) == 20


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: [b\n", "crochet"),
        ("a: {b\n", "accolade"),
        ("a: 'b\n", "guillemet jamais fermé"),
        ("a:\n\t- b\n", "tabulation"),
        ('a: "\\UFFFFFFFF"\n', "\\\\"),
        ('a: "\\U0011FFFF"\n', "\\\\"),
        ('a: "\\ud800"\n', "supprimez-le|\\\\\\\\"),
        ("- a\nb: c\n", "« - »"),
        ("a: }\n", "signe de trop"),
        ("a: [b, , c]\n", "signe de trop"),
        ("a: |0\n b\n", "passez à la ligne"),
        ("a: | b\n", "passez à la ligne"),
        ("a: !<b c\n", "[*], & ou !"),
        ("a: !b\\c d\n", "[*], & ou !"),
    ],
)
def test_both_parsers_are_understood(
    text: str, word: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether PyYAML has its library in C or not, an author reads what to do, and no word of the parser's."""
    monkeypatch.setattr(parsing, "_LOADER", loader)
    _, problems = parsed(text)
    messages = [problem.message.replace("\u00a0", " ") for problem in problems]
    assert any(re.search(word, message) for message in messages), messages
    assert not any("non comprise" in message for message in messages), messages


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
def test_a_text_that_no_parser_even_begins_is_told(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a character, which the reader of files lets nowhere, fails before there is a first event."""
    monkeypatch.setattr(parsing, "_LOADER", loader)
    tree, problems = parsed("title: \ud800\n")
    assert (tree.root, tree.is_whole) == (None, False)
    assert len(problems) == 1


class Tomorrow(yaml.SafeLoader):
    """A parser of a later release, which dislikes a word, with a message or a failure that nobody has met yet."""

    failure: Exception | None = None

    def get_event(self) -> yaml.Event:
        """The next event."""
        event: yaml.Event = super().get_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.ScalarEvent) and event.value == "mauvais":
            mark: Any = event.start_mark
            raise self.failure or yaml.MarkedYAMLError("in a file", mark, "found a \x1b[2J novelty", mark)
        return event


def test_a_message_that_nobody_has_met_is_told_in_french_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What it means is guessed, what was said stands in brackets, and the entries around are read."""
    monkeypatch.setattr(parsing, "_LOADER", Tomorrow)
    tree, [problem] = parsed("a: b\nc: d\ne: mauvais\nf: g\n")
    assert (problem.line, problem.column) == (3, 4)
    message = problem.message.replace("\u00a0", " ")
    assert message.startswith("écriture YAML non comprise ; vérifiez ")
    assert message.endswith("(« found a [U+001B][2J novelty »)")
    assert texts(tree.root) == {"a": "b", "c": "d", "e": None, "f": "g"}


@pytest.mark.parametrize("failure", [IndexError("no such index"), RecursionError(), yaml.YAMLError("odd")])
def test_a_parser_that_fails_is_told_near_what_it_was_reading(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No failure of the library is one of ours, whatever its type, and even without a place."""
    monkeypatch.setattr(parsing, "_LOADER", Tomorrow)
    monkeypatch.setattr(Tomorrow, "failure", failure)
    _, [problem] = parsed("a: b\nc: d\ne: mauvais\nf: g\n")
    assert problem.line == 3
    assert "non comprise" in problem.message
