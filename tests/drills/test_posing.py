"""Questions on the shipped content: fair, complete and reproducible."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from trainer.drills.kinds.choice import OPTIONS
from trainer.drills.posing.boards import boards
from trainer.drills.posing.catalogue import as_json, catalogue, identifier
from trainer.drills.posing.formats import askable, formats_of
from trainer.drills.posing.poser import Poser
from trainer.drills.shapes import Matching, Pick, Question, Reveal, Write
from trainer.glossary.decks import EVERYTHING, Deck, Format, Library, OwnQuestion
from trainer.glossary.spelling import fold
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card, cards_of

SEEDS = ("0", "1")


def posed(library: Library, seed: str, form: Format) -> list[Question]:
    """Every question that one drill asks of the whole library."""
    poser = Poser(library, library.everything, seed)
    cards = [card for card in askable(library, library.everything) if form in formats_of(library, card)]
    return [question for card in cards if (question := poser.pose(card, form)) is not None]


@pytest.fixture(scope="module")
def choices(library: Library) -> dict[str, list[Pick]]:
    """Every choice of the library, by seed."""
    return {
        seed: [each for each in posed(library, seed, Format.CHOICE) if isinstance(each, Pick)]
        for seed in SEEDS
    }


Choices = dict[str, list[Pick]]


def everyone(choices: Choices) -> list[Pick]:
    """The choices of all seeds."""
    return [question for questions in choices.values() for question in questions]


# ── Choices ──


def test_exactly_one_option_is_right(library: Library, choices: Choices) -> None:
    """One option names the asked term, and it stands where the question says."""
    for question in everyone(choices):
        subject, facet = question.card
        if facet is Facet.QUESTION:
            own = library.questions[subject]
            assert [option.text for option in question.options].count(own.answer) == 1
            assert question.options[question.answer].text == own.answer
        else:
            assert [option.term for option in question.options].count(subject) == 1
            assert question.options[question.answer].term == subject


def test_no_two_options_are_equal(choices: Choices) -> None:
    """Options differ, and not only by accents, case or articles."""
    for question in everyone(choices):
        texts = [fold(option.text) for option in question.options]
        assert len(set(texts)) == len(texts), question


def test_terms_declared_apart_share_no_question(library: Library, choices: Choices) -> None:
    """No question holds two terms of which one could be defended as the answer for the other."""
    for question in everyone(choices):
        terms = [option.term for option in question.options if option.term]
        assert not any(other in library.never_with(one) for one, other in combinations(terms, 2)), question


def test_number_of_options_depends_on_what_is_read(choices: Choices) -> None:
    """Three definitions or four terms."""
    for question in everyone(choices):
        if question.card.facet in OPTIONS:
            assert len(question.options) == OPTIONS[question.card.facet]
    assert OPTIONS == {Facet.MEANING: 3, Facet.NAMING: 4}


def test_options_of_a_term_say_what_they_are(library: Library, choices: Choices) -> None:
    """From the sense, options are headwords; from the term, the stem is its headword alone, without its expansion."""
    for question in everyone(choices):
        if question.card.facet is Facet.NAMING:
            assert [option.text for option in question.options] == [
                library.terms[option.term].term for option in question.options
            ]
        elif question.card.facet is Facet.MEANING:
            assert question.stem == library.terms[question.card.subject].term


def test_terms_that_are_never_asked_are_not_shown(library: Library, choices: Choices) -> None:
    """A term with no facet is neither asked nor offered, in any drill."""
    silent = {term.id for term in library.terms.values() if not term.facets}
    assert not silent & {card.subject for card in cards_of(library, library.everything)}
    for question in everyone(choices):
        assert not silent & {option.term for option in question.options}
    for board in boards(library, library.everything, "0"):
        assert not silent & {pair.card.subject for pair in board.expansions}


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_almost_every_term_can_be_a_choice(library: Library, choices: Choices, facet: Facet) -> None:
    """At least 97 % of the terms with a facet have a choice in that direction, whatever the seed."""
    wanted = sum(facet in term.facets for term in library.terms.values())
    for questions in choices.values():
        assert sum(question.card.facet is facet for question in questions) >= 0.97 * wanted


def test_every_card_can_be_asked_somehow(library: Library) -> None:
    """No card of the library is without a drill that can ask it."""
    poser = Poser(library, library.everything, "0")
    for card in askable(library, library.everything):
        assert any(poser.pose(card, form) for form in formats_of(library, card)), card.key


def test_answer_stands_anywhere(choices: Choices) -> None:
    """Each place holds the answer about as often."""
    for facet, size in OPTIONS.items():
        places = Counter(question.answer for question in everyone(choices) if question.card.facet is facet)
        total = sum(places.values())
        assert all(abs(places[place] / total - 1 / size) < 0.07 for place in range(size)), places


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_blind_strategies_do_no_better_than_chance(choices: Choices, facet: Facet) -> None:
    """The longest, the shortest, the most blanked option, and the one most like the others, are right by chance only."""
    asked = [question for question in everyone(choices) if question.card.facet is facet]
    right: Counter[str] = Counter()
    for question in asked:
        texts = [option.text for option in question.options]
        words = [set(fold(text).split()) for text in texts]
        likeness = [sum(len(one & other) for other in words) for one in words]
        sizes = [len(text) for text in texts]
        blanks = [text.count("[…]") for text in texts]
        right["longest"] += sizes.index(max(sizes)) == question.answer
        right["shortest"] += sizes.index(min(sizes)) == question.answer
        right["blanked"] += blanks.index(max(blanks)) == question.answer
        right["alike"] += likeness.index(max(likeness)) == question.answer
        right["odd"] += likeness.index(min(likeness)) == question.answer
    chance = 1 / OPTIONS[facet]
    assert {name: count for name, count in right.items() if count > (chance + 0.06) * len(asked)} == {}


def test_block_serves_once(library: Library, choices: Choices) -> None:
    """In one session the same options seldom come twice, even when every card of the library is asked."""
    for questions in choices.values():
        sets = Counter(
            frozenset(option.term for option in question.options)
            for question in questions
            if question.card.facet is not Facet.QUESTION
        )
        assert sum(count == 1 for count in sets.values()) > 0.95 * len(sets)


def test_another_turn_asks_with_other_options(library: Library) -> None:
    """The same card asked again in a session comes with other distractors."""
    poser = Poser(library, library.everything, "0")
    asked = [poser.pose(Card("dmt", Facet.MEANING), Format.CHOICE, turn) for turn in range(3)]
    options = {frozenset(option.term for option in each.options) for each in asked if isinstance(each, Pick)}
    assert len(options) == 3


def test_learners_own_rivals_stand_beside_the_term(library: Library) -> None:
    """Where a round puts the two together, that round is taken, whatever the seed; the rest of the rules hold."""
    card = Card("back-office", Facet.NAMING)
    together = {True: 0, False: 0}
    for seed in range(30):
        for confused in together:
            rivals: dict[str, list[str]] = {card.subject: ["homeshoring"] if confused else []}
            poser = Poser(library, library.everything, str(seed), rivals.__getitem__)
            question = poser.pose(card, Format.CHOICE)
            assert isinstance(question, Pick)
            together[confused] += "homeshoring" in {option.term for option in question.options}
    assert together[True] > 2 * together[False]


# ── The other drills ──


def test_recall_accepts_the_names_of_the_term_or_the_words_of_its_acronym(library: Library) -> None:
    """From the sense every name is right; «que veut dire DMT ?» takes the expansion only, in either language."""
    for question in posed(library, "0", Format.RECALL):
        assert isinstance(question, Write)
        subject, facet = question.card
        if facet is Facet.NAMING:
            assert question.accepted == library.terms[subject].names
        elif facet is Facet.EXPANSION:
            term = library.terms[subject]
            assert question.stem == term.acronym
            assert question.accepted == term.expansions
            assert term.acronym not in question.accepted


def test_flashcards_have_two_sides(library: Library) -> None:
    """Both sides are filled, and the front does not hold the back."""
    for question in posed(library, "0", Format.FLASHCARD):
        assert isinstance(question, Reveal)
        assert question.stem and question.back
        assert fold(question.back) not in fold(question.stem)


def test_hand_written_question_keeps_its_words(library: Library, choices: Choices) -> None:
    """Options, accepted answers and prompt are those of its author."""
    for question in (*choices["0"], *posed(library, "0", Format.RECALL)):
        assert not isinstance(question, Matching)
        if question.card.facet is not Facet.QUESTION:
            continue
        own = library.questions[question.card.subject]
        assert question.stem == own.prompt
        if isinstance(question, Pick):
            assert sorted(option.text for option in question.options) == sorted((own.answer, *own.wrong))
        elif isinstance(question, Write):
            assert question.accepted == (own.answer, *own.accept)


def test_hand_written_question_decides_its_drill() -> None:
    """With wrong options it is a choice, without any a recall, and its options do not follow the file's order."""
    own = OwnQuestion("d:a", "d", "2 + 2 ?", "4", ("3", "5", "22"))
    deck = Deck("d", "D", (), (own, OwnQuestion("d:b", "d", "1 + 1 ?", "2")))
    library = Library(decks={"d": deck})
    assert [formats_of(library, card) for card in cards_of(library, deck)] == [
        (Format.CHOICE,),
        (Format.RECALL,),
    ]
    asked = [
        Poser(library, deck, str(seed)).pose(Card("d:a", Facet.QUESTION), Format.CHOICE) for seed in range(20)
    ]
    assert {each.answer for each in asked if isinstance(each, Pick)} == {0, 1, 2, 3}
    only_recall = deck._replace(drills=(Format.RECALL,))
    assert [card.subject for card in askable(library, only_recall)] == ["d:b"]


# ── Words of origin ──


def test_words_of_origin_serve_where_there_is_no_expansion(library: Library) -> None:
    """An acronym explained only in its own language is asked, shown and matched by those words."""
    terms = {**library.terms, "dpo": library.terms["dpo"]._replace(expansion="")}
    changed = replace(library, terms=terms)
    poser = Poser(changed, changed.everything, "0")
    flashcard = poser.pose(Card("dpo", Facet.EXPANSION), Format.FLASHCARD)
    recall = poser.pose(Card("dpo", Facet.EXPANSION), Format.RECALL)
    assert isinstance(flashcard, Reveal) and flashcard.back == "Data Protection Officer"
    assert isinstance(recall, Write) and recall.accepted == ("Data Protection Officer",)
    (pair,) = (
        pair
        for board in boards(changed, changed.everything, "0", ["dpo"])
        for pair in board.pairs
        if pair.acronym == "DPO"
    )
    assert pair.expansion == "Data Protection Officer"


# ── The catalogue ──


def listing(library: Library, seed: int, form: Format | None = None, count: int | None = None) -> str:
    """The catalogue as JSON text."""
    questions = catalogue(library, library.everything, seed, form, None, count)
    return json.dumps([as_json(question) for question in questions], ensure_ascii=False)


@pytest.mark.parametrize("form", [None, Format.CHOICE, Format.MATCH])
def test_same_seed_gives_the_same_questions(library: Library, form: Format | None) -> None:
    """Byte for byte; another seed gives others."""
    first = listing(library, 7, form, 60)
    assert first == listing(library, 7, form, 60)
    assert first != listing(library, 8, form, 60)


def test_same_seed_gives_the_same_questions_in_another_process() -> None:
    """No order of a set, which changes from one launch to the next, decides anything."""
    texts = []
    for hashing in ("1", "2"):
        script = "from trainer.cli.main import main; main(['questions', '--json', '--seed', '7'])"
        environ = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, check=True)
        texts.append(run.stdout)
    assert len(texts[0]) > 10_000 and texts[0] == texts[1]


def test_catalogue_asks_every_subject_once(library: Library) -> None:
    """Without a number, there is one question for each term that may be asked and each question of a deck."""
    subjects = [
        question.card.subject
        for question in catalogue(library, library.everything, 0)
        if not isinstance(question, Matching)
    ]
    assert len(set(subjects)) == len(subjects)
    assert set(subjects) == {card.subject for card in askable(library, library.everything)}


@pytest.mark.parametrize("count", [1, 40, 900])
def test_catalogue_gives_as_many_as_wanted(library: Library, count: int) -> None:
    """A number is honoured, going round the subjects again if there are fewer."""
    assert len(list(catalogue(library, library.everything, 0, None, None, count))) == count


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("facet", [Facet.MEANING, Facet.NAMING, None])
def test_catalogue_keeps_to_one_drill_and_one_facet(
    library: Library, form: Format, facet: Facet | None
) -> None:
    """What is asked for is all that comes."""
    for question in catalogue(library, library.everything, 0, form, facet, 30):
        assert question.format is form
        if facet and not isinstance(question, Matching):
            assert question.card.facet is facet


def test_catalogue_says_all_in_plain_data(library: Library) -> None:
    """A choice has its options with their terms and the place of the answer; ids tell what is asked and how."""
    question = Poser(library, library.everything, "0").pose(Card("dmt", Facet.MEANING), Format.CHOICE)
    assert isinstance(question, Pick)
    data = as_json(question)
    assert data["id"] == identifier(question) == "dmt/meaning:choice"
    assert (data["deck"], data["term"], data["facet"]) == (EVERYTHING, "dmt", "meaning")
    assert data["options"][data["answer"]]["term"] == "dmt"
    assert data["prompt"].endswith("DMT")
