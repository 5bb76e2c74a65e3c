"""Ticking several options, and putting them in order: shapes of which two drills of this file make questions."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers import plain
from tests.helpers.answering import answer, asked, go_on, leave, told
from tests.helpers.cells import unreadable
from tests.helpers.journals import journal
from tests.helpers.libraries import small_deck
from tests.helpers.line_mode import Learner, played
from tests.helpers.screens import AZERTY, app_of, burst, click, on_screen, place_of, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.cli.content import _question_lines
from trainer.drills.grading import Outcome, Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Bench, Demand, Kind, Pose
from trainer.drills.kinds.registry import KINDS
from trainer.drills.posing.catalogue import as_json
from trainer.drills.shapes import MOST_OPTIONS, Answer, Option, Order, Ordered, Question, Tick, Ticked
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating
from trainer.plain import PlainDrill
from trainer.screens.drill import DrillScreen
from trainer.screens.sitting import Stage
from trainer.screens.summary import SummaryScreen
from trainer.services import Services
from trainer.widgets.commands import DIGITS

TERMS = ("appel-entrant", "dmt", "superviseur")
"""Two of these cards come in a first session."""
CARD = Card("superviseur", Facet.MEANING)
SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 20)])
STEPS = ("Accueillir le client", "Découvrir son besoin", "Proposer une solution", "Prendre congé")
SHOWN = (2, 0, 3, 1)
"""How the steps are shuffled."""
RIGHT_ORDER = tuple(SHOWN.index(step) for step in range(len(STEPS)))
CALLS = ("Un appel reçu", "Un appel émis", "Un casque", "Un planning")


class _Poser:
    """Asks of each term the same question."""

    demand = Demand.RECOGNISE

    def question(self, card: Card, deck: str) -> Question:
        """The question about a card."""
        raise NotImplementedError

    def poser(self, bench: Bench) -> Pose:
        """What makes its questions in one sitting."""

        def pose(card: Card, turn: int, again: bool) -> Question | None:
            return self.question(card, bench.deck.id) if card.facet is Facet.MEANING else None

        return pose


class Calls(_Poser):
    """Which of four things are calls?"""

    def question(self, card: Card, deck: str) -> Tick:
        """The first two."""
        options = tuple(map(Option, CALLS))
        return Tick(
            card,
            deck,
            Format.CHOICE,
            "Cochez tout ce qui convient.",
            "Des appels ?",
            options,
            frozenset({0, 1}),
        )

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """All or nothing."""
        assert isinstance(question, Tick)
        right = " ; ".join(question.options[index].text for index in sorted(question.answers))
        if not isinstance(answer, Ticked):
            return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
        given = " ; ".join(question.options[index].text for index in sorted(answer.indices))
        if answer.indices == question.answers:
            return Verdict(True, Outcome.RIGHT, right, given, Rating.GOOD)
        return Verdict(False, Outcome.WRONG, right, given, Rating.AGAIN)


class Steps(_Poser):
    """In which order does a call go?"""

    def question(self, card: Card, deck: str) -> Order:
        """Four steps, shuffled."""
        options = tuple(Option(STEPS[step]) for step in SHOWN)
        return Order(
            card, deck, Format.CHOICE, "Mettez dans l’ordre.", "Les temps d’un appel", options, RIGHT_ORDER
        )

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """All or nothing."""
        assert isinstance(question, Order)
        right = " ; ".join(question.options[index].text for index in question.answer)
        if not isinstance(answer, Ordered):
            return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
        given = " ; ".join(question.options[index].text for index in answer.indices)
        if answer.indices == question.answer:
            return Verdict(True, Outcome.RIGHT, right, given, Rating.GOOD)
        return Verdict(False, Outcome.WRONG, right, given, Rating.AGAIN)


def bag_with(folder: Path, kind: Kind) -> Services:
    """Services whose multiple choice is that drill."""
    return replace(services(folder), kinds={**KINDS, Format.CHOICE: kind})


async def opened(pilot: Pilot[None]) -> DrillScreen:
    """The session that was opened, with its first question."""
    screen = await on_screen(pilot, DrillScreen)
    assert isinstance(asked(screen), Tick | Order)
    return screen


def boxes(pilot: Pilot[None]) -> list[str]:
    """What stands in the boxes, from the first option down."""
    lines = [line.strip() for line in seen(app_of(pilot)).splitlines()]
    return [line.split("[")[1][0] for line in lines if line.lstrip("✓✗ ")[1:3] == " ["]


@SIZES
async def test_options_are_ticked_and_confirmed(tmp_path: Path, size: tuple[int, int]) -> None:
    """By digits of either row, by the space bar and by the mouse; the same once more takes a tick back."""
    bag = bag_with(tmp_path, Calls())
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=size) as pilot:
        screen = await opened(pilot)
        app = app_of(pilot)
        assert shows(
            app,
            "Des appels ?",
            "touches 1 à 4 pour cocher, ou ↑ ↓ et Espace, puis Entrée",
            "Entrée Valider",
            *CALLS,
        )
        assert boxes(pilot) == [" "] * 4
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "Rien n’est coché. 0 : je ne sais pas."))
        assert screen.stage is Stage.ASKED
        await pilot.press("3", AZERTY[1])
        assert not shows(app, "Rien n’est coché")
        assert boxes(pilot) == [" ", "x", "x", " "]
        await pilot.press("3", "home", "space")
        assert boxes(pilot) == ["x", "x", " ", " "]
        await click(pilot, CALLS[3])
        assert boxes(pilot) == ["x", "x", " ", "x"]
        await pilot.click(offset=place_of(app, CALLS[3]), times=2)  # by habit; the first click did it
        assert boxes(pilot) == ["x", "x", " ", " "]
        await pilot.press("escape")
        assert shows(app, "Échap encore une fois")
        await click(pilot, CALLS[3])
        assert not shows(app, "Échap encore une fois")
        await click(pilot, CALLS[3])
        await click(pilot, "Valider")
        await told(pilot, screen)
        assert shows(app, "✓ Juste", f"✓ 1 [x] {CALLS[0]}", f"✓ 2 [x] {CALLS[1]}")
        assert not unreadable(app)
    (line,) = journal(bag)
    assert (line["answer"], line["correct"], line["rating"]) == ("Un appel reçu ; Un appel émis", True, 3)


async def test_wrong_ticks_are_marked_and_missing_ones_shown(tmp_path: Path) -> None:
    """Whoever does not know sees what was right; what was answered can be taken back."""
    bag = bag_with(tmp_path, Calls())
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        app = app_of(pilot)
        await pilot.press("1", "4", "enter")
        await told(pilot, screen)
        assert shows(
            app, "✗ Faux", "✓ 1 [x]", "✓ 2 [ ]", "✗ 4 [x]", "Bonne réponse : Un appel reçu ; Un appel émis"
        )
        assert not unreadable(app)
        await pilot.press("1")  # no key changes what was answered
        assert boxes(pilot) == ["x", " ", " ", "x"]
        await pilot.press("U")
        await on_screen(pilot, DrillScreen)
        assert boxes(pilot) == [" "] * 4
        await pilot.press("0")
        await told(pilot, screen)
        assert shows(app, "✗ Pas encore su", "✓ 1 [ ]", "✓ 2 [ ]")
    assert [line["kind"] for line in journal(bag)] == ["review", "undo", "review"]


async def test_enter_confirms_wherever_the_focus_is(tmp_path: Path) -> None:
    """Tab or a click beside the list may have taken it away."""
    bag = bag_with(tmp_path, Calls())
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("1", "2", "tab")
        assert pilot.app.focused is not screen.page.choices
        await pilot.press("enter")
        await told(pilot, screen)
        assert shows(app_of(pilot), "✓ Juste")


async def test_the_boxes_show_what_was_answered(tmp_path: Path) -> None:
    """Keys that come between Enter and the verdict change neither."""
    bag = bag_with(tmp_path, Calls())
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        burst(pilot, "1", "2", "enter", "3")
        await told(pilot, screen)
        assert boxes(pilot) == ["x", "x", " ", " "]
    (line,) = journal(bag)
    assert line["answer"] == "Un appel reçu ; Un appel émis"


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_hand_can_take_every_option(number: int) -> None:
    """No question is made of more than there are keys, or of nothing to choose from."""
    assert len(DIGITS) == MOST_OPTIONS
    options = tuple(Option(str(index)) for index in range(number))
    with pytest.raises(ValueError):
        Tick(CARD, "essai", Format.CHOICE, "", "", options, frozenset({0}))
    with pytest.raises(ValueError):
        Order(CARD, "essai", Format.CHOICE, "", "", options, tuple(range(number)))


@SIZES
async def test_options_are_put_in_order(tmp_path: Path, size: tuple[int, int]) -> None:
    """Each box shows the place; one that is taken out lets the others move up; nothing is judged before all have one."""
    bag = bag_with(tmp_path, Steps())
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=size) as pilot:
        screen = await opened(pilot)
        app = app_of(pilot)
        assert shows(
            app, "touches 1 à 4 dans l’ordre, ou ↑ ↓ et Espace, puis Entrée", "Entrée Valider", *STEPS
        )
        await pilot.press("1", "3", "2")
        assert boxes(pilot) == ["1", "3", "2", " "]
        await pilot.press("1", "enter")
        assert boxes(pilot) == [" ", "2", "1", " "]
        await until(pilot, lambda: shows(app, "Il reste 2 éléments à placer."))
        await pilot.press("3", "2", *(str(index + 1) for index in RIGHT_ORDER), "enter")
        await told(pilot, screen)
        assert shows(
            app, "✓ Juste", *(f"✓ {index + 1} [{place}]" for place, index in enumerate(RIGHT_ORDER, 1))
        )
        assert not unreadable(app)
    (line,) = journal(bag)
    assert (line["answer"], line["correct"]) == (" ; ".join(STEPS), True)


async def test_what_stands_in_its_place_is_told_from_what_does_not(tmp_path: Path) -> None:
    """Of a wrong order; whoever gives up is told the right one."""
    bag = bag_with(tmp_path, Steps())
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    first, second, third, fourth = RIGHT_ORDER
    async with drilling(bag, deck, Format.CHOICE).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        app = app_of(pilot)
        await pilot.press(*(str(index + 1) for index in (first, third, second, fourth)), "enter")
        await told(pilot, screen)
        assert shows(app, "✗ Faux", f"✓ {first + 1} [1]", f"✗ {third + 1} [2]", f"✗ {second + 1} [3]")
        assert shows(app, f"Bonne réponse : {' ; '.join(STEPS)}")
        await go_on(pilot, screen)
        await pilot.press("0")
        await told(pilot, screen)
        assert shows(app, "✗ Pas encore su", f"Bonne réponse : {' ; '.join(STEPS)}")
        assert "✗ 1" not in seen(app)
        await leave(pilot)


@pytest.mark.parametrize("kind", [Calls(), Steps()], ids=["tick", "order"])
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
async def test_a_whole_session_is_answered(tmp_path: Path, kind: Kind, right: bool) -> None:
    """From its first question to its summary; a failure comes back in the same session."""
    bag = bag_with(tmp_path, kind)
    deck = small_deck(bag.library, *TERMS, drills=[Format.CHOICE])
    async with drilling(bag, deck, Format.CHOICE).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for _ in range(2):
            await answer(pilot, screen, right)
            await go_on(pilot, screen)
        assert screen.session.is_over is right
        if not right:
            await leave(pilot)
        await on_screen(pilot, SummaryScreen)
    assert [line["correct"] for line in journal(bag)] == [right] * 2


LINES = {
    "1 2": (True, "Un appel reçu ; Un appel émis"),
    "21": (True, "Un appel reçu ; Un appel émis"),
    "&é": (True, "Un appel reçu ; Un appel émis"),
    "1, 3": (False, "Un appel reçu ; Un casque"),
    "1 et 4": (False, "Un appel reçu ; Un planning"),
    "1-4": (False, "Un appel reçu ; Un planning"),
    "?": (False, ""),
    "à": (False, ""),
}


@pytest.mark.parametrize("line", LINES)
def test_options_are_ticked_line_by_line(tmp_path: Path, line: str) -> None:
    """By their numbers, whatever stands between them, or nothing."""
    bag = bag_with(tmp_path, Calls())
    said = said_to(bag, line)
    assert "  1. Un appel reçu\n  2. Un appel émis\n" in said
    assert "Vos choix, un ou plusieurs (1 à 4) : " in said
    (kept,) = journal(bag)
    assert (kept["correct"], kept["answer"]) == LINES[line]


WORDS = ("réseau", "je n'en sais rien", "pas 2", "d'accord", "1 ?", "12q", "1²", "٣", "1" * 5000)
"""What a learner may write there, some of it with signs of the top row."""


@pytest.mark.parametrize("line", ["", "5", "1 1", "abc", "0 1", *WORDS], ids=lambda line: repr(line[:20]))
def test_what_is_no_tick_is_asked_again(tmp_path: Path, line: str) -> None:
    """Nothing is guessed of it."""
    bag = bag_with(tmp_path, Calls())
    said = said_to(bag, line, "12")
    assert "Tapez des numéros de 1 à 4, chacun une fois, ou ? si vous ne savez pas." in said
    assert [kept["correct"] for kept in journal(bag)] == [True]


def test_options_are_put_in_order_line_by_line(tmp_path: Path) -> None:
    """All of them, or it is said how many are missing."""
    bag = bag_with(tmp_path, Steps())
    said = said_to(bag, "12", " ".join(str(index + 1) for index in RIGHT_ORDER))
    assert "Votre ordre (1 à 4) : Il reste 2 éléments à placer.\nVotre ordre (1 à 4) : ✓ Juste" in said
    assert [kept["answer"] for kept in journal(bag)] == [" ; ".join(STEPS)]


@pytest.mark.parametrize("kind", [Calls(), Steps()], ids=["tick", "order"])
def test_a_whole_session_is_answered_line_by_line(tmp_path: Path, kind: Kind) -> None:
    """By somebody who knows everything."""
    bag = bag_with(tmp_path, kind)
    session = bag.starter().session(small_deck(bag.library, *TERMS, drills=[Format.CHOICE]), [Format.CHOICE])
    played(bag, session, Learner(session))
    assert session.is_over
    assert [line["correct"] for line in journal(bag)] == [True] * 2


def said_to(bag: Services, *lines: str) -> str:
    """What is said to somebody who types these lines, then stops."""
    out = StringIO()
    session = bag.starter().session(small_deck(bag.library, *TERMS, drills=[Format.CHOICE]))
    PlainDrill(bag, session, StringIO("\n".join((*lines, "q", ""))), out).run()
    return plain(out.getvalue())


def test_ticks_are_plain_data() -> None:
    """With the indices of all right options; a person sees each marked."""
    told = as_json(Calls().question(CARD, "essai"))
    assert (told["answers"], [option["text"] for option in told["options"]]) == ([0, 1], list(CALLS))
    assert list(_question_lines(told))[1:] == [
        *("  ✓ Un appel reçu", "  ✓ Un appel émis", "    Un casque", "    Un planning"),
        "",
    ]


def test_an_order_is_plain_data() -> None:
    """With the index of each option, in order; a person sees them in it."""
    told = as_json(Steps().question(CARD, "essai"))
    assert told["order"] == list(RIGHT_ORDER)
    assert list(_question_lines(told))[1:] == [
        *(f"  {place}. {step}" for place, step in enumerate(STEPS, 1)),
        "",
    ]
