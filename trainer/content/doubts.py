"""What is valid YAML but is probably not what its author meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.content.files import place_after
from trainer.content.report import Place, Report, quoted

# A comment on purpose stands alone or after two spaces.
_CUT = re.compile(r"\S (?=#)")
_ALMOST_KEY = re.compile("^[ -]*([a-z_]+)(?:[\u00a0\u202f] ?:| ?:[\u00a0\u202f])")
_MOJIBAKE = re.compile("[ÃÂ][\u00a0-\u00bf]|â€|Å[\u201c\u201d]")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Lines (from 1) to look at again when a text without quotes stands on them."""

    cut: frozenset[int]
    almost_keys: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.cut or self.almost_keys)


def doubts(lines: list[str]) -> Doubts:
    """The lines that hold « #» after one space, or a no-break space beside the colon of a field."""
    cut = frozenset(number for number, line in enumerate(lines, 1) if " #" in line and _CUT.search(line))
    almost = frozenset(number for number, line in enumerate(lines, 1) if _ALMOST_KEY.match(line))
    return Doubts(cut, almost)


def doubt_plain(first: int, end: Place, found: Doubts, lines: list[str], report: Report) -> None:
    """Warn about a text without quotes, from the line `first` to the place `end` just after it."""
    if end.line in found.cut and lines[end.line - 1].startswith(" #", end.column - 1):
        report.warn(end, "« # » précédé d’une espace : la suite est ignorée ; mettez le texte entre guillemets")
    for number in found.almost_keys.intersection(range(first, end.line + 1)):
        key = _ALMOST_KEY.match(lines[number - 1])
        if key:
            message = f"espace insécable près de « : » ; si c’est un champ, écrivez {quoted(key[1] + ': …')}"
            report.warn(Place(number, key.start(1) + 1), message)


def doubt_encoding(text: str, report: Report) -> None:
    """Warn, once, about accents that went through a wrong encoding."""
    found = _MOJIBAKE.findall(text)
    if found:
        place = place_after(text[: text.index(found[0])])
        times = f" ({len(found)} fois)" if len(found) > 1 else ""
        report.warn(place, f"accents abîmés {quoted(found[0])}{times} ; retapez-les et enregistrez en UTF-8")
