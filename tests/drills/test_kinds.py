"""A drill is one entry of the registry: whoever asks, grades, notes and shows knows nothing but the shape of its questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from tests.helpers import plain
from tests.helpers.journals import journal
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.screens import app_of, on_screen, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.drills.grading import Outcome, Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Bench, Demand, Kinds, Pose
from trainer.drills.kinds.registry import KINDS, grade
from trainer.drills.posing.formats import formats_of
from trainer.drills.shapes import Answer, Choice, DontKnow, Option, Pick, Question
from trainer.drills.starting import Starter
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card, cards_of
from trainer.memory.history import History
from trainer.memory.queue import plan
from trainer.memory.reviews import Rating
from trainer.plain import PlainDrill
from trainer.screens.drill import DrillScreen
from trainer.services import Services
from trainer.wording.sessions import DRILLS

TERMS = ("appel-entrant", "appel-sortant")
CLAIM = "Vrai ou faux ?"


class TrueFalse:
    """Puts a term beside its definition or that of another one: is it the right one?"""

    demand = Demand.RECOGNISE

    def poser(self, bench: Bench) -> Pose:
        """What makes its questions in one sitting."""

        def pose(card: Card, turn: int, again: bool) -> Question | None:
            if card.facet is not Facet.MEANING:
                return None
            term = bench.library.terms[card.subject]
            random = bench.random(card, turn)
            said = random.choice([term, bench.library.terms[random.choice(TERMS)]])
            return Pick(
                card=card,
                deck=bench.deck.id,
                format=Format.CHOICE,
                instruction=CLAIM,
                stem=f"{term.term} : {said.definition}",
                options=(Option("Vrai"), Option("Faux")),
                answer=int(said is not term),
            )

        return pose

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """Half of those who are right have guessed: it is practice, and a wrong answer a failure."""
        assert isinstance(question, Pick)
        right = question.options[question.answer].text
        if not isinstance(answer, Choice):
            return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
        given = question.options[answer.index].text
        if answer.index == question.answer:
            return Verdict(True, Outcome.RIGHT, right, given)
        return Verdict(False, Outcome.WRONG, right, given, Rating.AGAIN)


REPLACED: Kinds = {**KINDS, Format.CHOICE: TrueFalse()}


def bag_with(folder: Path, kinds: Kinds = REPLACED) -> Services:
    """Services whose drills are these."""
    return replace(services(folder), kinds=kinds)


def test_the_registry_has_every_drill_but_the_game() -> None:
    """A member of `Format` without a drill, a card or a name would be asked by nobody, or called nothing."""
    asked = {
        form for card in cards_of(shipped(), shipped().everything) for form in formats_of(shipped(), card)
    }
    assert asked == KINDS.keys() == set(Format) - {Format.MATCH}
    assert DRILLS.keys() == set(Format)


def test_a_drill_of_a_test_is_asked_and_graded(tmp_path: Path) -> None:
    """By a session that was told of it, with what the memory is to know of each answer."""
    library = shipped()
    deck = small_deck(library, *TERMS, drills=[Format.CHOICE])
    history = History()
    due = plan(cards_of(library, deck), history, services(tmp_path).today())
    starter = Starter(
        library=library,
        history=history,
        today=services(tmp_path).today(),
        plan=lambda deck, formats: due,
        lexicon=Lexicon(library),
        seed="1",
        kinds=REPLACED,
    )
    session = starter.session(deck)
    answers: list[Callable[[Pick], Answer]] = [
        lambda question: Choice(question.answer),
        lambda question: Choice(1 - question.answer),
        lambda question: DontKnow(),
    ]
    ratings = []
    for answer in answers:
        question = session.question
        assert isinstance(question, Pick)
        assert question.instruction == CLAIM
        verdict, (draft,) = session.answer(answer(question))
        assert (draft.format, draft.correct) == (Format.CHOICE, verdict.correct)
        ratings.append(draft.rating)
        session.advance()
    assert ratings == [None, Rating.AGAIN, Rating.AGAIN]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_drill_of_a_test_is_shown_and_noted(tmp_path: Path, size: tuple[int, int]) -> None:
    """The application asks it by number, tells the verdict, and keeps the answer."""
    bag = bag_with(tmp_path)
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=size) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = screen.session.question
        assert isinstance(question, Pick)
        shown = seen(app_of(pilot))
        assert CLAIM in shown
        assert "1 ou 2" in shown
        assert all(option.text in shown for option in question.options)
        await pilot.press("é" if question.answer else "ampersand")
        await until(pilot, lambda: shows(app_of(pilot), "✓ Juste"))
    (line,) = journal(bag)
    answer = question.options[question.answer].text
    assert (line["format"], line["answer"], line["correct"]) == ("choice", answer, True)


def test_a_drill_of_a_test_is_asked_line_by_line(tmp_path: Path) -> None:
    """The line mode says its options, takes a number, tells the verdict, and keeps the answer."""
    bag = bag_with(tmp_path)
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    out = StringIO()
    PlainDrill(bag, bag.starter().session(deck), StringIO("1\n?\nq\n"), out).run()
    said = plain(out.getvalue())
    assert CLAIM in said
    assert "  1. Vrai\n  2. Faux\n" in said
    assert "✗ Pas encore su" in said
    assert [(line["format"], line["answer"]) for line in journal(bag)] == [("choice", "Vrai"), ("choice", "")]


def test_another_learner_gets_the_same_drills(tmp_path: Path) -> None:
    """They belong to the run, not to whoever sits at the desk."""
    bag = bag_with(tmp_path)
    assert bag.for_learner(bag.learners.create("Léa", bag.world.now())).kinds is REPLACED


def test_a_drill_that_is_not_there_asks_nothing(tmp_path: Path) -> None:
    """What a deck names beside it is asked instead."""
    without: Kinds = {form: kind for form, kind in KINDS.items() if form is not Format.CHOICE}
    bag = bag_with(tmp_path, without)
    deck = small_deck(bag.library, *TERMS)
    session = bag.starter().session(deck)
    assert session.question is not None
    assert session.question.format is not Format.CHOICE


def test_each_drill_grades_what_it_asked() -> None:
    """The registry is asked for the drill of the question."""
    pick = Pick(Card("dmt", Facet.MEANING), "d", Format.CHOICE, "", "", (Option("Vrai"), Option("Faux")), 0)
    known = Standing(retrievability=0.99)
    lexicon = Lexicon(shipped())
    assert grade(pick, Choice(0), known, lexicon).rating is Rating.GOOD
    assert grade(pick, Choice(0), known, lexicon, REPLACED).rating is None
