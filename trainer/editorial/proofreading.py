"""All there is to say of content files: what is wrong in them, and what a proofreader would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trainer.content.check import Proof, Reading
from trainer.content.library import in_order
from trainer.content.syntax.pages import Page
from trainer.content.syntax.report import Report
from trainer.editorial.proofreader import Entry, Proofreader
from trainer.glossary.decks import Library
from trainer.glossary.problems import Problem


def proofread(reading: Reading, today: date = date.max) -> tuple[Problem, ...]:
    """The problems of files that were read, and the remarks about what is right in them as warnings.

    A change of sense dated after `today` is a warning too.
    """
    warnings = (warning for proof in reading.proofs for warning in _warnings(proof, today))
    return in_order((*reading.problems, *warnings))


def _warnings(proof: Proof, today: date) -> Iterator[Problem]:
    proofreader = Proofreader(proof.library)
    for page in proof.pages:
        report = Report(page.path)
        for key, entry in _entries(page, proof.library):
            for remark in proofreader.remarks(entry):
                report.warn(page.place(key, remark.field, remark.text), remark.message)
        for term, day in proof.library.past.changed.items():
            if day > today and ("terms", term) in page.entries:
                message = (
                    "« changed » est dans l’avenir : le terme ne sera à réapprendre qu’à partir de ce jour ; "
                    "vérifiez la date"
                )
                report.warn(page.place(("terms", term), "changed"), message)
        yield from report.problems


def _entries(page: Page, library: Library) -> Iterator[tuple[tuple[str, str] | None, Entry]]:
    """The entries of a page that could be read, each with where the page has it."""
    deck = library.decks.get(page.name)
    if deck:
        yield None, deck
    for section, name in page.entries:
        entry: Entry | None = None
        match section:
            case "terms":
                entry = library.terms.get(name)
            case "questions":
                entry = library.questions.get(f"{page.name}:{name}")
            case "categories":
                entry = library.categories.get(name)
            case "sources":
                entry = library.sources.get(name)
        if entry:
            yield (section, name), entry
