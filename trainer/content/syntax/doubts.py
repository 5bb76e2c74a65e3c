"""What is valid YAML but is probably not what its author meant."""

from __future__ import annotations

import re

from trainer.content.syntax.files import place_after
from trainer.content.syntax.report import Place, Placed, Report, quoted

# A comment on purpose stands alone on its line, or after two spaces.
_CUT = re.compile(r"\S #")
_ALMOST_FIELD = re.compile("^[ -]{0,40}([a-z_]{1,30})(?:[\u00a0\u202f] ?:| ?:[\u00a0\u202f])")
# Few files have either, so that these two are compiled when they are needed.
_CURLED = r"(?:^ *(?:- +)?(?:[a-z_]+: +)?|\[ *)([“„][^“”„]*[”“]) *(?:$|[,\]])"
_MOJIBAKE = "[ÃÂ][\u00a0-\u00bf]|â€|Å[\u201c\u201d]"


def doubtful_lines(lines: list[str]) -> frozenset[int]:
    """The lines (from 1) to look at again when a text without quotes stands on them."""
    return frozenset(
        number
        for number, line in enumerate(lines, 1)
        if (" #" in line and _CUT.search(line))
        or (("\u00a0" in line or "\u202f" in line) and _ALMOST_FIELD.match(line))
    )


def doubt_plain(start: Placed, end: Place, lines: list[str], report: Report) -> None:
    """Warn about a text without quotes, from its first character to the place just after it."""
    if _CUT.match(lines[end.line - 1], end.column - 2):
        report.warn(end, "« # » après une espace : la suite est ignorée ; mettez le texte entre guillemets")
    for number in range(start.line, end.line + 1):
        found = _ALMOST_FIELD.match(lines[number - 1])
        if found and (number > start.line or found.start(1) + 1 == start.column):
            message = (
                f"espace insécable près de « : » ; si c’est un champ, écrivez {quoted(found[1] + ': …')}"
            )
            report.warn(Place(number, found.start(1) + 1), message)


def doubt_quotes(lines: list[str], report: Report) -> None:
    """Warn, once, about the curly quotes of a word processor around a whole text: they quote nothing in YAML."""
    curled = [
        (number, found.start(1) + 1)
        for number, line in enumerate(lines, 1)
        if (found := re.search(_CURLED, line))
    ]
    if curled:
        times = f" ({len(curled)} lignes)" if len(curled) > 1 else ""
        message = f"guillemets “ ” gardés dans le texte{times} ; retirez-les, ou mettez des guillemets droits"
        report.warn(Place(*curled[0]), message)


def doubt_encoding(text: str, report: Report) -> None:
    """Warn, once, about accents that went through a wrong encoding."""
    # Four plain searches are several times faster than the pattern.
    first = re.search(_MOJIBAKE, text) if any(sign in text for sign in ("Ã", "Â", "â€", "Å")) else None
    if first:
        count = sum(1 for _ in re.finditer(_MOJIBAKE, text))
        times = f" ({count} fois)" if count > 1 else ""
        place = place_after(text[: first.start()])
        report.warn(place, f"accents abîmés {quoted(first[0])}{times} ; retapez-les et enregistrez en UTF-8")
