"""What a new learner is asked first: no question of the trainer's own before the terms that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
import yaml

from tests.helpers import CONTENT
from tests.helpers.content import write_content
from tests.helpers.libraries import shipped
from tests.helpers.players import sat
from tests.helpers.reviews import Diary, day
from tests.helpers.world import Clock, services
from trainer.content.library import load_library
from trainer.drills.posing.formats import askable
from trainer.glossary.decks import EVERYTHING, Deck, Format
from trainer.glossary.naming import Names
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card, cards_of
from trainer.memory.queue import plan
from trainer.memory.reviews import Rating
from trainer.services import Services

DECKS = (EVERYTHING, *shipped().decks)
SEEDS = range(2)


@cache
def written() -> dict[str, set[str]]:
    """For each shipped question, the terms that its author names, and those of its deck by which it asks or is answered.

    Found in the files themselves, without the program's own reading of what a question needs.
    """
    found: dict[str, set[str]] = {}
    for path in (CONTENT / "quizzes").glob("*.yaml"):
        deck = shipped().decks[path.stem]
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("questions", ()):
            text = f" {entry['prompt']} {entry['answer']} ".casefold()
            said = {
                term
                for term in deck.terms
                if re.search(rf"(?<!\w){re.escape(shipped().terms[term].term.casefold())}(?!\w)", text)
                and len(shipped().terms[term].term) > 3
            }
            found[f"{path.stem}:{entry['id']}"] = {*entry.get("terms", ()), *said}
    return found


def deck_called(name: str) -> Deck:
    deck = shipped().deck(name)
    assert deck is not None
    return deck


def early(bag: Services, deck: Deck, asked: Iterator[Card]) -> Iterator[str]:
    """The questions among those asked that come before a term that they need and the deck teaches, and that is new.

    Those that the drills at hand cannot teach are not waited for.
    """
    taught = {card.subject for card in cards_of(bag.library, deck)}
    begun = set(bag.history.introduced)
    for card in asked:
        missing = written().get(card.subject, set()) & taught - begun
        if missing:
            yield f"{card.subject} before {', '.join(sorted(missing))}"
        begun.add(card.subject)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", DECKS)
def test_first_session_asks_no_question_before_its_terms(tmp_path: Path, name: str, seed: int) -> None:
    """Of every shipped deck, and at home; however it is answered, and in the sessions that follow."""
    bag, deck = services(tmp_path, seed=str(seed)), deck_called(name)
    random = Random(seed)
    for _ in range(2):
        assert list(early(bag, deck, sat(bag, bag.starter().session(deck), random))) == []


def test_most_decks_ask_a_question_of_their_own_on_the_first_day(tmp_path: Path) -> None:
    """They come as soon as their terms are there, not after all terms."""
    first = [services(tmp_path, name).plan(deck_called(name)).new for name in DECKS]
    asking = sum(any(card.facet is Facet.QUESTION for card in new) for new in first)
    assert asking >= len(DECKS) * 2 // 3


@pytest.mark.parametrize("name", DECKS)
def test_every_question_is_asked_in_the_end(name: str) -> None:
    """None waits for ever: with eight new subjects a day, all of them are begun as soon as all terms are."""
    library, deck, diary = shipped(), deck_called(name), Diary()
    cards = askable(library, deck)
    history, number = diary.history(), 0
    while new := plan(cards, history, day(number), needs=library.needs).new:
        for each in new:
            history.apply(diary.review(each, Rating.EASY, number))
        number += 1
    assert {question.id for question in deck.questions} <= history.introduced.keys()


@pytest.mark.parametrize("name", DECKS)
def test_sessions_left_early_do_not_bring_a_question_forward(tmp_path: Path, name: str) -> None:
    """Whoever leaves before the terms came up is asked about them first the next time, the next day, and at home."""
    clock = Clock()
    bag, deck, random = services(tmp_path, clock=clock), deck_called(name), Random(name)
    for turn in range(6):
        place = bag.library.everything if turn % 3 == 2 else deck
        asked = sat(bag, bag.starter().session(place), random, most=random.randrange(1, 12))
        assert list(early(bag, place, asked)) == []
        clock.sleep_until(turn % 2)


@pytest.mark.parametrize("form", [Format.CHOICE, Format.RECALL])
@pytest.mark.parametrize("name", DECKS)
def test_no_drill_by_itself_turns_the_order_round(tmp_path: Path, name: str, form: Format) -> None:
    """With one drill, a term that it asks in the same session comes before the question, never after it."""
    bag, deck = services(tmp_path), deck_called(name)
    asked = list(sat(bag, bag.starter().session(deck, (form,)), Random(name)))
    places: dict[str, int] = {}
    for place, card in enumerate(asked):
        places.setdefault(card.subject, place)
    for subject, place in places.items():
        later = {term for term in written().get(subject, ()) if places.get(term, -1) > place}
        assert not later, f"{subject} before {later}"


def test_a_question_is_about_the_terms_of_its_deck_that_it_names(tmp_path: Path) -> None:
    """In the stem or the answer, whether its author lists them or not; «ces» is no CES."""
    deck = (
        "title: Essai\nselect: {terms: [dmt, dmc, crm, script]}\nquestions:\n"
        "  - {id: a, prompt: Que lit-on dans ces guides d’entretien ?, answer: Les phrases à dire, explanation: x}\n"
        "  - {id: b, prompt: Quelle durée compte le travail d’après ?, answer: la DMT, terms: [crm], explanation: x}\n"
        "  - {id: c, prompt: Où note-t-on l’appel ?, answer: Ici, wrong: [Dans le CRM], explanation: La DMC.}\n"
    )
    library = load_library(write_content(tmp_path, decks={"essai": deck})).library
    assert library.needs == {"essai:a": ("script",), "essai:b": ("crm", "dmt"), "essai:c": ()}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Les guides d’entretien du jour", ["script"]),
        ("dmt", []),
        ("La DMT, la DMC et les CRMs", ["dmt", "dmc", "crm"]),
        ("Un manuscrit", []),
        ("Durée moyenne de traitement", ["dmt"]),
        ("#", []),
    ],
)
def test_what_a_text_names(tmp_path: Path, text: str, named: list[str]) -> None:
    """Whole words in any number, acronyms as they are written."""
    library = load_library(write_content(tmp_path)).library
    assert sorted(Names(library.terms.values()).within(text)) == sorted(named)


def test_the_first_questions_of_the_first_day(tmp_path: Path) -> None:
    """The case that was met: question two had the answer «superviseur», question three asked what one is."""
    bag = services(tmp_path)
    asked = [
        card.subject
        for card in islice(sat(bag, bag.starter().session(bag.library.everything), Random(0)), 20)
    ]
    for question in (subject for subject in asked if subject in bag.library.questions):
        assert asked.index("teleconseiller") < asked.index(question)
    assert "premier-jour:remise-trop-haute" not in asked  # «escalade» is taught later on
