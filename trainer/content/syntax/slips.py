"""Slips of the hand that make a file unreadable as YAML: each is told once, and read as it was meant.

A line is only put right on trial: where that leaves as many errors as before, something else was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from trainer.content.syntax.report import Place, Report, quoted

NAMES = frozenset(
    "id name term category kind level definition acronym expansion original english synonyms quiz_definition "
    "example note confusable never_with sources facets formerly changed categories terms title description order "
    "select drills new_per_day pass_mark questions levels acronyms prompt answer wrong accept explanation "
    "source".split()
)
"""The names of all fields."""

_NO_BREAK = "\u00a0\u2007\u202f\u3000"
_ANY_NAME = f"(?:{'|'.join(sorted(NAMES))})"
# In French texts a no-break space stands before these signs, also where a line begins with them.
_NO_BREAK_INDENT = (
    f"(?m)^ *(?:[{_NO_BREAK}][ {_NO_BREAK}]*(?=[^\\s:;!?»%])|-[{_NO_BREAK}][ {_NO_BREAK}]*(?={_ANY_NAME}:))"
)
_TO_SPACES = str.maketrans(dict.fromkeys(_NO_BREAK, " "))
# No pattern is compiled before a file has a slip: most have none.
_MERGE_MARK = r"(?P<sign><|\||=|>)(?P=sign){6}(?: |$)"
_FIELD = r"(?P<indent> *)(?P<dash>- +)?(?P<name>[a-z_]+):(?: |$)"
_ITEM = " *- "


class Mend(NamedTuple):
    """A line, by its number from 1, and what it was meant to be."""

    line: int
    text: str


class Slip(NamedTuple):
    """What is told of a slip, and how a line is searched for it."""

    what: str
    find: Callable[[list[str], int], Mend | None]
    cure: str = ""
    is_habit: bool = False
    """Whether it is put right on all lines as soon as it is found on one."""

    def mends(self, lines: list[str], faults: Iterable[int]) -> dict[int, str]:
        """The lines to put right: those at which reading failed, or the one before, and others above with this slip."""
        found: dict[int, str] = {}
        for fault in faults:
            mend = self._at(lines, fault)
            while mend and mend.line not in found:
                found[mend.line] = mend.text
                mend = self._above(lines, mend.line)
        if found and self.is_habit:
            everywhere = (self.find(lines, number) for number in range(1, len(lines) + 1))
            found = dict(mend for mend in everywhere if mend)
        return found

    def tell(self, mends: dict[int, str], lines: list[str], report: Report) -> None:
        """Report all lines with this slip as one error, at the first of them."""
        first = min(mends)
        times = f" ({len(mends)} fois)" if len(mends) > 1 else ""
        cure = self.cure or f"écrivez {quoted(mends[first].strip())}"
        pairs = zip(lines[first - 1] + "\n", mends[first] + "\n", strict=False)
        column = next((column for column, (old, new) in enumerate(pairs, 1) if old != new), 1)
        report.error(Place(first, column), f"{self.what}{times} ; {cure}")

    def _at(self, lines: list[str], fault: int) -> Mend | None:
        number = min(fault, len(lines))
        return self.find(lines, number) or self._above(lines, number)

    def _above(self, lines: list[str], number: int) -> Mend | None:
        """The mend of the last line before another one that is not blank."""
        above = number - 1
        while above > 0 and not lines[above - 1].strip():
            above -= 1
        return self.find(lines, above) if above > 0 else None


def read_as_meant(text: str, report: Report) -> str:
    """The text without what never belongs into YAML: merge marks of git, no-break spaces that indent a line."""
    if "<<<<<<<" in text:
        text = _without_merge_marks(text, report)
    # Most files have none: a pattern that begins with one sign is much faster than the exact one.
    is_indented = re.search(f"\n[ -]*[{_NO_BREAK}]", "\n" + text)
    indented = [found.start() for found in re.finditer(_NO_BREAK_INDENT, text)] if is_indented else []
    if indented:
        times = f" ({len(indented)} lignes)" if len(indented) > 1 else ""
        place = Place(text.count("\n", 0, indented[0]) + 1, 1)
        report.error(place, f"espace insécable en début de ligne{times} ; mettez des espaces ordinaires")
        text = re.sub(_NO_BREAK_INDENT, lambda found: found[0].translate(_TO_SPACES), text)
    return text


def _without_merge_marks(text: str, report: Report) -> str:
    """The text with the first of two versions wherever git could not decide between them."""
    lines = text.split("\n")
    marks = {
        number: found["sign"] for number, line in enumerate(lines) if (found := re.match(_MERGE_MARK, line))
    }
    signs = list(marks.values())
    if "<" not in signs:
        return text
    times = f" ({signs.count('<')} fois)" if signs.count("<") > 1 else ""
    what = f"marques de fusion de git, « <<<<<<< »{times}"
    first = next(number for number, sign in marks.items() if sign == "<")
    report.error(
        Place(first + 1, 1), f"{what} ; gardez une seule des deux versions, et supprimez ces marques"
    )
    # Where an end is missing, nobody knows how far the second version goes.
    has_ends = signs.count("<") == signs.count(">")
    is_dropped = False
    for number, line in enumerate(lines):
        sign = marks.get(number)
        if sign:
            is_dropped = has_ends and sign in "|="
        lines[number] = "" if sign or is_dropped else line
    return "\n".join(lines)


def _by(pattern: str, mended: str) -> Callable[[list[str], int], Mend | None]:
    """A search for a pattern in one line."""

    def find(lines: list[str], number: int) -> Mend | None:
        text, count = re.subn(pattern, mended, lines[number - 1])
        return Mend(number, text) if count else None

    return find


def _untabbed(lines: list[str], number: int) -> Mend | None:
    """A line whose indentation has tabs, with two spaces for each."""
    line = lines[number - 1]
    start = len(line) - len(line.lstrip(" \t"))
    indent = line[:start]
    return Mend(number, indent.replace("\t", "  ") + line[start:]) if "\t" in indent else None


def _dashed(lines: list[str], number: int) -> Mend | None:
    """The line on which an entry begins without its dash, with the dash."""
    if re.match(_ITEM, lines[number - 1]):
        number = _entry_above(lines, number)
    field = re.match(_FIELD, lines[number - 1]) if number else None
    if field is None or field["dash"] or field["name"] != "id":
        return None
    line, column = lines[number - 1], len(field["indent"])
    following = next((_column(text) for text in lines[number:] if text.strip()), 0)
    if following > column:  # the other fields leave room for the dash
        return Mend(number, f"{line[:column]}- {line[column:]}")
    if column < 2 or not _is_second_entry(lines, number, column):
        return None
    # The other fields stand right below, so that two spaces were left where the dash goes.
    return Mend(number, f"{line[: column - 2]}- {line[column:]}")


def _entry_above(lines: list[str], number: int) -> int:
    """The first line of the fields without a dash that stand, further to the right, before an item; 0 if none do."""
    column = _column(lines[number - 1])
    first = 0
    for above in range(number - 1, 0, -1):
        if lines[above - 1].strip() and _column(lines[above - 1]) <= column:
            return first
        first = above if lines[above - 1].strip() else first
    return first


def _is_second_entry(lines: list[str], number: int, column: int) -> bool:
    """Whether the fields from a line on are not those of the entry before: none begins there, or one has them too."""
    before = _names(reversed(lines[: number - 1]), column)
    after = _names(lines[number:], column)
    return not before or bool(before & after - {"id"})


def _names(lines: Iterable[str], column: int) -> set[str]:
    """The names of the fields at a column, as far as they belong to one entry."""
    names = set()
    for line in lines:
        field = re.match(_FIELD, line)
        if field and len(field["indent"] + (field["dash"] or "")) == column:
            names.add(field["name"])
        if line.strip() and (_column(line) < column or (field and field["name"] == "id")):
            break
    return names


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_START = "^( *(?:- +)?)"
SLIPS = (
    Slip("« ``` » recopié avec le texte", _by("^ *```.*$", ""), "supprimez cette ligne", is_habit=True),
    Slip("tabulation en début de ligne", _untabbed, "mettez des espaces", is_habit=True),
    Slip("« - » manque devant « id »", _dashed),
    Slip(
        "autre signe à la place de « - »",
        _by(rf"^( *)[–—−•·*◦●] *(?={_ANY_NAME} ?:)", r"\1- "),
        is_habit=True,
    ),
    Slip("espace manquante après « - »", _by(rf"^( *)-(?={_ANY_NAME} ?:)", r"\1- ")),
    Slip(
        "espace insécable près de « : »",
        _by(rf"{_START}({_ANY_NAME})(?:[{_NO_BREAK}]+ ?:| ?:(?=[{_NO_BREAK}]))[ {_NO_BREAK}]*", r"\1\2: "),
    ),
    Slip(
        "autre signe à la place de « : »", _by(rf"{_START}({_ANY_NAME}) ?[：﹕∶=][ {_NO_BREAK}]*", r"\1\2: ")
    ),
    Slip(
        "espace manquante après « : »", _by(rf"{_START}({_ANY_NAME}) ?:(?=[^\s:/])", r"\1\2: "), is_habit=True
    ),
    Slip('guillemets “ ” à la place de "', _by('((?:: |- |\\[|, ) *)[“„]([^“”„"]*)[”“]', r'\1"\2"')),
    Slip("« : » manque après le nom du champ", _by(rf"{_START}({_ANY_NAME}) +(?=[^\s:=：])", r"\1\2: ")),
)
"""In the order in which they are tried."""
