"""The verbs about content: `trainer check`, `trainer terms`, `trainer decks`, `trainer questions`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from trainer.cli.french import FrenchCommand
from trainer.cli.options import ANY_PATH, places_options
from trainer.cli.output import print_json, say, warn
from trainer.content.check import read
from trainer.content.usable import closed
from trainer.drills.posing.catalogue import as_json as as_json_of
from trainer.drills.posing.catalogue import catalogue
from trainer.editorial.proofreading import proofread
from trainer.errors import ContentError
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.problems import Severity
from trainer.glossary.searching import search as find
from trainer.glossary.terms import TERM_FACETS, Facet, Term
from trainer.launch import Places, deck_called, open_library, today
from trainer.wording.numbers import counted
from trainer.wording.sessions import no_question_lines

MOST = 10_000
"""Questions that are drawn at once at most."""


@click.command(cls=FrenchCommand)
@places_options
@click.argument("paths", nargs=-1, metavar="[CHEMIN]…", type=ANY_PATH)
@click.pass_obj
def check(places: Places, paths: tuple[Path, ...]) -> None:
    """Vérifie le lexique et les paquets ; une ligne par problème.

    Une ligne « attention » est un conseil de relecture : sans autre problème, le code de sortie reste 0.
    """
    root = places.folders.content
    named = {path: closed(path) for path in paths or (root,)}
    reachable = [path for path, why in named.items() if not why]
    problems = proofread(read(reachable, root), today()) if reachable else ()
    say(map(str, problems))
    out_of_reach = " ".join(why for why in named.values() if why)
    if out_of_reach:
        raise ContentError(out_of_reach)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SystemExit(1)


@click.command(cls=FrenchCommand)
@places_options
@click.argument("search", required=False, metavar="[RECHERCHE]")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def terms(places: Places, search: str | None, as_json: bool) -> None:
    """Montre les termes, ou ceux qui contiennent RECHERCHE (sans se soucier des accents)."""
    found = find(open_library(places), search or "")
    if as_json:
        print_json([_term_json(term) for term in found])
        return
    say(f"{term.title} : {term.definition}" for term in found)
    if not found:
        warn(f"Aucun terme ne contient « {search or ''} ».")


@click.command(cls=FrenchCommand)
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def decks(places: Places, as_json: bool) -> None:
    """Montre les paquets."""
    library = open_library(places)
    if as_json:
        print_json([_deck_json(deck) for deck in library.decks.values()])
        return
    for deck in library.decks.values():
        content = f"{counted(len(deck.terms), 'terme')}, {counted(len(deck.questions), 'question')}"
        say([f"{deck.id} : {deck.title} ({content})"])


@click.command(cls=FrenchCommand)
@places_options
@click.option("--deck", metavar="PAQUET", help="Un paquet ; sinon, tout le lexique.")
@click.option(
    "--format", "form", type=click.Choice([form.value for form in Format]), help="Un seul exercice."
)
@click.option("--facet", type=click.Choice([facet.value for facet in TERM_FACETS]), help="Un seul sens.")
@click.option("--count", type=click.IntRange(1, MOST), metavar="N", help="Combien de questions.")
@click.option("--seed", type=int, default=0, metavar="N", help="Même graine, mêmes questions.")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def questions(
    places: Places,
    deck: str | None,
    form: str | None,
    facet: str | None,
    count: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Montre les questions qui seraient posées."""
    library = open_library(places)
    chosen, side = deck_called(library, deck), Facet(facet) if facet else None
    drawn = list(catalogue(library, chosen, seed, Format(form) if form else None, side, count))
    if as_json:
        print_json([as_json_of(question) for question in drawn])
    else:
        for question in drawn:
            say(_question_lines(as_json_of(question)))
    if not drawn:
        _warn_of_none(library, chosen, form, facet)


def _warn_of_none(library: Library, deck: Deck, form: str | None, facet: str | None) -> None:
    """Say that there is no question, and which drills have some."""

    def some(each: Format, side: Facet | None) -> bool:
        return next(iter(catalogue(library, deck, 0, each, side, count=1)), None) is not None

    sides = [Facet(facet), None] if facet else [None]
    found = [[(each, side) for each in Format if some(each, side)] for side in sides]
    for line in no_question_lines(deck, (form, facet), next(filter(None, found), [])):
        warn(line)


def _question_lines(question: dict[str, Any]) -> Iterator[str]:
    """A question as a person reads it, its right answers marked; an empty line behind it."""
    yield question["prompt"]
    yield from _option_lines(question)
    for acronym, expansion in question.get("pairs", ()):
        yield f"  {acronym} : {expansion}"
    back = [question["back"]] if "back" in question else []
    answers = question.get("accepted") or back
    if answers:
        yield f"  ✓ {' ; '.join(answers)}"
    yield ""


def _option_lines(question: dict[str, Any]) -> Iterator[str]:
    """The options with a mark at those that are right, or in the order that is."""
    options = [option["text"] for option in question.get("options", ())]
    for place, index in enumerate(question.get("order", ()), 1):
        yield f"  {place}. {options[index]}"
    if "order" in question:
        return
    right = question.get("answers", [question.get("answer")])
    for index, text in enumerate(options):
        yield f"  {'✓' if index in right else ' '} {text}"


def _term_json(term: Term) -> dict[str, Any]:
    return {key: value for key, value in term._asdict().items() if value not in ("", ())}


def _deck_json(deck: Deck) -> dict[str, Any]:
    return {
        "id": deck.id,
        "title": deck.title,
        "description": deck.description,
        "terms": list(deck.terms),
        "questions": [question.id for question in deck.questions],
        "drills": [form.value for form in deck.drills],
    }
