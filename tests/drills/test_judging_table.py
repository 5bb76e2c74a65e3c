"""The judge of typed answers against a table that was written before it, from the rules and as an examiner would.

Columns of `data/judging.tsv`: what is asked (the id of a shipped term, `/expansion` for its acronym's words, or `=` and
the accepted texts parted by ` / `), what is typed (`\\u00a0` for a character that does not show), the judgement, the id
of the term that was meant instead, and why.
"""

from __future__ import annotations

import csv
import re

import pytest

from tests.helpers import DATA
from trainer.drills.judging.judge import judge
from trainer.drills.judging.lexicon import Lexicon
from trainer.glossary.decks import Library

TABLE = DATA / "judging.tsv"


def rows() -> list[dict[str, str]]:
    """The cases, in order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(text: str) -> str:
    """What is typed, its hidden characters put in."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


def asked(text: str, library: Library) -> tuple[str, tuple[str, ...]]:
    """The subject of a question and its right answers."""
    if text.startswith("= "):
        return "deck:question", tuple(text[2:].split(" / "))
    term, _, facet = text.partition("/")
    return term, library.terms[term].expansions if facet else library.terms[term].names


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['asked']}-{row['typed'][:40]}")
def test_answer_is_judged_as_the_table_says(library: Library, lexicon: Lexicon, row: dict[str, str]) -> None:
    """Generous with spelling, strict with sense."""
    subject, accepted = asked(row["asked"], library)
    judged = judge(shown(row["typed"]), accepted, subject, lexicon)
    assert (judged.judgement, judged.other) == (row["judgement"], row["other"]), row["reason"]


def test_table_is_a_table() -> None:
    """Every case is whole, and none is told twice."""
    cases = [(row["asked"], row["typed"]) for row in rows()]
    assert len(cases) >= 350
    assert len(set(cases)) == len(cases)
    assert all(row["judgement"] and row["reason"] for row in rows())
