"""What the YAML parser stumbles over, in plain French."""

from __future__ import annotations

import re
from typing import Any

import yaml

from trainer.content.syntax.report import Place, Report, quoted

TOO_DEEP = "nested too deeply"
SECOND_DOCUMENT = "second document"
TOO_MUCH = "too many nodes"

_QUOTE = "mettez tout le texte entre guillemets doubles"
# What the message of PyYAML says (in C or in Python) -> what to tell an author; the first match counts.
_MEANINGS = (
    (f"{TOO_DEEP}|nesting", "listes ou champs trop imbriqués ; retirez des niveaux"),
    (TOO_MUCH, "trop d’éléments dans ce fichier ; partagez-le en plusieurs"),
    (SECOND_DOCUMENT, "deuxième document dans le fichier ; supprimez la ligne « --- »"),
    ("tab character|'\\\\t'", "tabulation en début de ligne ; mettez des espaces"),
    ("mapping values are not allowed", f"« : » au milieu d’un texte, ou retrait de trop ; {_QUOTE}"),
    (
        "sequence entries are not allowed",
        "« - » ne commence une liste qu’à la ligne suivante ; passez à la ligne",
    ),
    ("expected ':'", "« : » manque après le nom du champ ; ajoutez « : » et une espace"),
    ("',' or '\\]'", "crochet « [ » jamais fermé ; fermez-le par « ] »"),
    ("',' or '}'", f"accolade « {{ » jamais fermée ; si elle fait partie du texte, {_QUOTE}"),
    ("stream end|end of stream|document (indicator|separator)", "guillemet jamais fermé ; fermez-le"),
    ("cannot start any token", f"un texte ne peut pas commencer par ce signe ; {_QUOTE}"),
    ("node content", f"signe de trop ; retirez-le, ou {_QUOTE}"),
    ("escape|hexa?decimal|chr\\(\\)|C int", "« \\ » mal employé entre guillemets doubles ; écrivez « \\\\ »"),
    (
        "alphabetic or numeric|\\btag\\b|\\bURI\\b|whitespace|expected '[!> ]'",
        f"un texte ne peut pas commencer par *, & ou ! ; {_QUOTE}",
    ),
    (
        "chomping|indentation indicator|comment or (a )?line break",
        "texte sur la ligne de « > » ou « | » ; passez à la ligne",
    ),
    (
        "'-' indicator|block collection.*block end",
        "« - » attendu, au même retrait que les autres éléments de la liste",
    ),
    ("mapping keys", f"un texte ne peut pas commencer par « ? » ; {_QUOTE}"),
    ("directive|non-alphabetical", f"une ligne ne peut pas commencer par « % » ; {_QUOTE}"),
    ("document start", "champ au mauvais retrait ; alignez-le sur les autres"),
    (
        "expected key|block end",
        "retrait différent, ou texte après un guillemet fermant ; alignez ou corrigez",
    ),
)
_OPENED = re.compile("end of stream|stream end|document (indicator|separator)|or '[]}]'")
_OTHERWISE = "écriture YAML non comprise ; vérifiez le retrait et les guillemets"


def explain(error: Exception, lines_before: int, near: Place, lines: list[str], report: Report) -> Place:
    """Report a syntax error where it can be put right, else `near`; `lines_before` were not given to the parser."""
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if _OPENED.search(problem):
        mark = getattr(error, "context_mark", None) or mark
    place = near if mark is None else Place(mark.line + 1 + lines_before, mark.column + 1)
    during = str(getattr(error, "context", None) or "")
    report.error(place, _meaning(problem, during, place, lines))
    return place


def _meaning(problem: str, during: str, place: Place, lines: list[str]) -> str:
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if "token" in problem and line[: place.column].isspace() and "\t" in line[: place.column]:
        problem = "tab character"
    said = f"{during} {problem}"
    known = (meaning for sign, meaning in _MEANINGS if re.search(sign, said))
    # A later release of the parser may say what nobody has met yet.
    return next(known, None) or f"{_OTHERWISE} ({quoted(problem)})"


def refusal(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    """A syntax error of our own, at an event."""
    mark: Any = event.start_mark
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
