"""Every way into a session asks something, or says why not and offers what there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from tests.helpers.libraries import shipped, small_deck
from tests.helpers.players import sat
from tests.helpers.screens import app_of, flowing, on_screen, seen
from tests.helpers.world import drilling, services
from trainer.cli.main import main
from trainer.drills.posing.formats import askable
from trainer.drills.starting import Nothing, nothing
from trainer.glossary.decks import EVERYTHING, Deck, Format, Library, OwnQuestion
from trainer.memory.cards import cards_of
from trainer.memory.opening import Opening
from trainer.plain import PlainDrill
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
from trainer.screens.summary import SummaryScreen
from trainer.services import Services
from trainer.wording.sessions import nothing_lines

Capture = pytest.CaptureFixture[str]
FORMATS: Sequence[tuple[Format, ...]] = ((), *((form,) for form in Format))
USUAL = (80, 24)


def deck_called(name: str) -> Deck:
    deck = shipped().deck(name)
    assert deck is not None
    return deck


def play(bag: Services, deck: Deck, formats: Sequence[Format] = ()) -> int:
    """Sit through a session; how many questions it asked."""
    return sum(1 for _ in sat(bag, bag.starter().opened(Opening(deck, tuple(formats))), Random(1)))


def line_by_line(bag: Services, deck: Deck, formats: Sequence[Format], lines: str = "") -> str:
    """What the line mode says to somebody who types these lines, in plain spaces."""
    out = StringIO()
    PlainDrill(bag, bag.starter().opened(Opening(deck, tuple(formats))), StringIO(lines), out).run()
    return out.getvalue().replace("\u00a0", " ")


def is_kind(bag: Services, deck: Deck, formats: Sequence[Format]) -> bool:
    """Whether a session asks something, or says why not, with ways on that all ask something."""
    sitting = bag.starter().opened(Opening(deck, tuple(formats)))
    if not sitting.is_over:
        return True
    ways = bag.starter().instead(sitting)
    said = line_by_line(bag, deck, formats)
    return bool(nothing_lines(sitting) and ways) and "0 réponse" not in said and "À la place" in said


def after_the_days_new_words(data: Path) -> Services:
    """A learner who has done the session of the day until nothing was new."""
    bag = services(data)
    while bag.plan(bag.library.everything).cards:
        play(bag, bag.library.everything)
    return bag


# Decks


def test_every_deck_has_new_words_after_the_session_of_the_day(tmp_path: Path) -> None:
    """Those never opened most of all: each its own number, less what was begun of it, whatever else was done at home."""
    bag = after_the_days_new_words(tmp_path)
    begun = bag.history.introduced.keys()
    for deck in shipped().decks.values():
        own = {card.subject for card in cards_of(shipped(), deck)}
        assert len(bag.plan(deck).new) == (deck.new_per_day or 8) - len(own & begun) > 0, deck.id
        assert bag.starter().session(deck).question


def test_a_deck_keeps_to_its_own_number_of_new_words(tmp_path: Path) -> None:
    """It is used up by the deck itself, whichever drill asked; then it practises what was begun."""
    bag, deck = services(tmp_path), deck_called("qualite")
    play(bag, deck, (Format.FLASHCARD,))
    begun = len(bag.history.introduced)
    play(bag, deck)
    play(bag, deck)
    assert len(bag.history.introduced) <= (deck.new_per_day or 8)
    assert begun <= len(bag.history.introduced)
    assert bag.plan(deck).new == ()
    assert bag.starter().session(deck).question


@pytest.mark.parametrize("formats", FORMATS, ids=lambda formats: "+".join(formats) or "all")
@pytest.mark.parametrize("name", [EVERYTHING, *shipped().decks])
def test_no_deck_and_no_drill_opens_on_nothing(
    tmp_path: Path, name: str, formats: tuple[Format, ...]
) -> None:
    """On the first day, and once that way has been gone until it gives no more."""
    bag, deck = services(tmp_path), deck_called(name)
    assert is_kind(bag, deck, formats)
    play(bag, deck, formats)
    play(bag, deck, formats)
    assert is_kind(bag, deck, formats)


@pytest.mark.parametrize("form", [Format.FLASHCARD, Format.CHOICE, Format.RECALL])
def test_one_drill_asks_new_words_from_a_side_that_it_can_ask(tmp_path: Path, form: Format) -> None:
    """As many as the deck has for a day, where the deck has so many."""
    for deck in shipped().decks.values():
        bag = services(tmp_path, deck.id)
        possible = askable(shipped(), deck._replace(drills=(form,)))
        subjects = len({card.subject for card in possible} & set(deck.terms))
        planned = bag.plan(deck, (form,)).new
        assert len(planned) >= min(subjects, deck.new_per_day or 8)
        assert {*planned} <= {*possible}


@pytest.mark.parametrize("formats", [(Format.FLASHCARD,), (Format.CHOICE,), (Format.RECALL,), ()])
def test_mistakes_can_be_taken_up_again(tmp_path: Path, formats: tuple[Format, ...]) -> None:
    """By the drill that asked them, even one that the deck does not name."""
    bag = services(tmp_path)
    deck = deck_called("qualite")._replace(drills=(Format.MATCH,))
    session = bag.starter().session(deck, formats or tuple(Format))
    for _ in sat(bag, session, Random(2)):
        pass
    assert session.mistakes
    assert bag.starter().revision(session).question


# Why not


def question(text: str) -> OwnQuestion:
    """A choice about no term."""
    return OwnQuestion(f"essai:{text}", "essai", text, "oui", ("non",), explanation="x")


def test_why_there_is_nothing_is_told(tmp_path: Path) -> None:
    """No card for the drill, no fair question, no six acronyms, no content; or what was answered today already."""
    lone = small_deck(shipped(), "client", drills=[Format.FLASHCARD])
    own = Deck("essai", "Essai", questions=(question("vrai"),))
    library = replace(shipped(), decks={"essai": own})
    bag = services(tmp_path, library=library)
    assert nothing(bag.starter().session(own, (Format.FLASHCARD,))) is Nothing.NO_CARD
    assert nothing(bag.starter().game(own)) is Nothing.NO_BOARD
    assert nothing(bag.starter().telling_apart(())) is Nothing.NO_RIVALS
    empty = services(tmp_path / "vide", library=Library())
    assert nothing(empty.starter().session(Library().everything)) is Nothing.NO_CONTENT
    assert empty.starter().instead(empty.starter().session(Library().everything)) == []
    play(bag, lone)
    recall = (Format.RECALL,)
    if bag.history.schedules.keys() & set(askable(library, lone._replace(drills=recall))):
        recall = (Format.CHOICE,)
    later = bag.starter().session(lone, recall)
    assert nothing(later) is Nothing.LATER
    assert "la suite vient demain" in line_by_line(bag, lone, recall)


def test_a_card_that_cannot_be_asked_fairly_is_told_too(tmp_path: Path) -> None:
    """A library of two terms has no options: a choice of them has nothing to ask, and cards are offered."""
    terms = {term: shipped().terms[term] for term in ("client", "prospect")}
    bag = services(tmp_path, library=Library(terms))
    session = bag.starter().session(bag.library.everything, (Format.CHOICE,))
    assert session.is_empty
    assert nothing(session) is Nothing.NO_CARD
    assert bag.starter().instead(session)


# Line by line


def test_a_way_on_is_taken_by_its_number(tmp_path: Path) -> None:
    """The reason, the ways, and after a number the session itself; Enter alone stops."""
    bag, deck = services(tmp_path), deck_called("premier-jour")
    said = line_by_line(bag, deck, (Format.MATCH,), "2\n")
    assert "pas assez de sigles" in said
    assert "  1. Tous les exercices : « Premier jour »\n" in said
    assert "  2. Cartes à retourner : « Premier jour »\n" in said
    assert "  3. Jeu des sigles : tous les paquets\n" in said
    assert "  4. La séance du jour\n" in said
    assert "Séance : Premier jour. Tapez q" in said
    assert "Question 1. " in said
    for lines in ("\n", "q\n", ""):
        left = line_by_line(bag, deck, (Format.MATCH,), lines)
        assert "Question 1" not in left
        assert "0 réponse" not in left


def test_the_verb_says_why_and_how_to_go_on(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`drill` by deck and drill, and `--confusions`, of somebody who has confused nothing."""
    where = ["--data", str(tmp_path)]
    for words, reason in (
        (["--deck", "premier-jour", "--format", "match"], "pas assez de sigles"),
        (["--confusions"], "Rien à distinguer"),
    ):
        monkeypatch.setattr("sys.stdin", StringIO("1\nq\n"))
        assert main(["drill", "--plain", *words, *where]) == 0
        said = capsys.readouterr().out
        assert reason in said
        assert "Question 1. " in said


@pytest.mark.parametrize(
    ("words", "others"),
    [
        (["--format", "match"], "--format flashcard, --format choice ou --format recall"),
        (
            ["--format", "choice", "--facet", "expansion"],
            "--format flashcard --facet expansion ou --format recall --facet expansion",
        ),
    ],
)
def test_the_list_of_questions_says_what_else_there_is(
    tmp_path: Path, capsys: Capture, words: list[str], others: str
) -> None:
    """Nothing on stdout but an empty list; on stderr, what would give some."""
    assert main(["questions", "--deck", "premier-jour", *words, "--json", "--data", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out == "[]\n"
    assert f"Aucune question dans « Premier jour » avec {' '.join(words)}." in err.replace("\u00a0", " ")
    assert others in err


# On the screen


async def test_the_screen_says_why_and_goes_on(tmp_path: Path) -> None:
    """A game without acronyms: the reason, four ways on, and one of them taken by the keyboard."""
    bag = services(tmp_path)
    async with drilling(bag, deck_called("premier-jour"), Format.MATCH).run_test(size=USUAL) as pilot:
        await on_screen(pilot, SummaryScreen)
        text = flowing(seen(app_of(pilot))).replace("\u00a0", " ")
        assert "pas assez de sigles" in text
        assert "réponse cette fois" not in text
        assert "Tous les exercices : « Premier jour »" in text
        assert "La séance du jour" in text
        await pilot.press("down", "enter")
        drill = await on_screen(pilot, DrillScreen)
        assert drill.session.formats == (Format.FLASHCARD,)
        assert drill.session.question


async def test_nothing_to_learn_is_told_on_the_screen(tmp_path: Path) -> None:
    """Without any content home still answers, and leads back to itself."""
    bag = services(tmp_path, library=Library())
    async with drilling(bag).run_test(size=USUAL) as pilot:
        await on_screen(pilot, SummaryScreen)
        assert "le contenu est vide" in flowing(seen(app_of(pilot)))
        await pilot.press("enter")
        await on_screen(pilot, HomeScreen)


async def test_a_deck_opened_on_purpose_asks_its_new_words(tmp_path: Path) -> None:
    """After the session of the day, from the page of a deck, each entry of it."""
    bag = after_the_days_new_words(tmp_path)
    assert bag.library.decks
    for form in (Format.FLASHCARD, Format.RECALL):
        async with drilling(bag, deck_called("qualite"), form).run_test(size=USUAL) as pilot:
            drill = await on_screen(pilot, DrillScreen)
            assert drill.session.cards
            assert all(bag.history.is_new(card) for card in bag.plan(deck_called("qualite")).new)
