"""The drill of confusable pairs, from wherever it can be started: home, a term's page, the command line."""

from __future__ import annotations

from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers import plain
from tests.helpers.answering import answer, asked, choice, go_on, leave
from tests.helpers.hostile import FORBIDDEN, MARKUP, library_of
from tests.helpers.journals import facts_under, journal
from tests.helpers.libraries import shipped, without_decks
from tests.helpers.screens import app_of, click, on_screen, seen, shows, until
from tests.helpers.world import services
from trainer.app import TrainerApp
from trainer.cli import main as cli
from trainer.drills.shapes import Pick
from trainer.glossary.decks import Format
from trainer.glossary.pairs import opposable, telling_apart
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.confusions import TOLD_APART
from trainer.memory.opening import Opening
from trainer.memory.reviews import Draft, Rating
from trainer.screens.drill import DrillScreen
from trainer.screens.glossary import TermScreen
from trainer.screens.home import HomeScreen
from trainer.screens.routes import ShowTerm
from trainer.screens.summary import SummaryScreen
from trainer.services import Services
from trainer.wording.figures import NOTHING_TO_TELL_APART

USUAL, SMALL, TALL = (80, 24), (60, 20), (100, 44)
OWN, NEAR = "Revoir mes confusions", "Distinguer des termes proches"


def mistaken(bag: Services, asked: str, chosen: str) -> tuple[str, ...]:
    """Answer one term for another; the ids of what was recorded."""
    draft = Draft(Card(asked, Facet.NAMING), Rating.AGAIN, False, Format.CHOICE, chosen, chosen)
    return bag.recorder.record([draft], 3)


def known(bag: Services, *terms: str, times: int = TOLD_APART) -> None:
    """Answer right on these terms."""
    for term in terms * times:
        bag.recorder.record([Draft(Card(term, Facet.NAMING), Rating.GOOD, True, Format.RECALL)], 3)


def confused(data: Path) -> Services:
    """A learner who took DMC for DMT twice, and DMT for DMC once."""
    bag = services(data, library=without_decks())
    for pair in (("dmt", "dmc"), ("dmt", "dmc"), ("dmc", "dmt")):
        mistaken(bag, *pair)
    return bag


async def term_page(pilot: Pilot[None], term: str) -> TermScreen:
    """The page of a term."""
    home = await on_screen(pilot, HomeScreen)
    home.post_message(ShowTerm(home.services.library.terms[term]))
    return await on_screen(pilot, TermScreen)


# Home


async def test_home_offers_nothing_to_tell_apart_to_someone_new(tmp_path: Path) -> None:
    """No entry; the key says why there is nothing, and starts nothing."""
    async with TrainerApp(services(tmp_path, library=without_decks())).run_test(size=USUAL) as pilot:
        await on_screen(pilot, HomeScreen)
        assert OWN not in seen(app_of(pilot))
        assert NEAR not in seen(app_of(pilot))
        await pilot.press("d")
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), NOTHING_TO_TELL_APART)


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_a_whole_drill_of_the_learners_confusions(tmp_path: Path, size: tuple[int, int]) -> None:
    """The entry counts the pairs; each answer shows both definitions; what was new is then written; all is on disk."""
    bag = confused(tmp_path)
    async with TrainerApp(bag).run_test(size=size) as pilot:
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), f"{OWN} 1 paire")
        await click(pilot, OWN)
        drill = await on_screen(pilot, DrillScreen)
        asked_of, formats = [], []
        while pilot.app.screen is drill:
            question = asked(drill)
            formats.append(question.format)
            if isinstance(question, Pick):
                asked_of.append(question.card.subject)
                assert {option.text for option in question.options} == {"DMT", "DMC"}
                await until(pilot, partial(shows, app_of(pilot), "Lequel des deux est décrit ici ?"))
            await answer(pilot, drill)
            if isinstance(question, Pick) and size == USUAL:
                assert shows(app_of(pilot), *(shipped().terms[each].definition for each in ("dmt", "dmc")))
                assert shows(app_of(pilot), "Pour ne plus confondre : ")
            await go_on(pilot, drill)
        await on_screen(pilot, SummaryScreen)
        assert sorted(asked_of) == ["dmc", "dmt"]
        assert sorted(formats) == [Format.CHOICE] * 2 + [Format.RECALL] * 2
        assert [fact["correct"] for fact in journal(bag)] == [False] * 3 + [True] * 4


async def test_the_entry_goes_once_both_terms_are_known(tmp_path: Path) -> None:
    """And the neighbours among the terms begun take its place."""
    bag = confused(tmp_path)
    known(bag, "dmt", "dmc")
    async with TrainerApp(bag).run_test(size=USUAL) as pilot:
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), f"{NEAR} 1 paire")
        assert OWN not in seen(app_of(pilot))


async def test_a_wrong_choice_among_two_keeps_the_pair_and_an_undo_takes_it_back(tmp_path: Path) -> None:
    """The confusion is counted as soon as it is made, and no longer once the answer is taken back."""
    bag = confused(tmp_path)
    async with TrainerApp(bag).run_test(size=USUAL) as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.press("d")
        drill = await on_screen(pilot, DrillScreen)
        pair = (choice(drill).card.subject, choice(drill).rival)
        before = bag.history.confusions[pair].times
        await answer(pilot, drill, right=False)
        assert bag.history.confusions[pair].times == before + 1
        await pilot.press("u")
        assert bag.history.confusions[pair].times == before


# A term's page


@pytest.mark.parametrize("size", [TALL, USUAL, SMALL])
async def test_a_terms_page_says_what_it_was_confused_with(tmp_path: Path, size: tuple[int, int]) -> None:
    """In both directions, on the pages of both, with the note that tells them apart unless it stands there already."""
    async with TrainerApp(confused(tmp_path)).run_test(size=size) as pilot:
        await term_page(pilot, "dmt")
        if size == TALL:
            told = "« DMC » au lieu de « DMT », 2 fois ; « DMT » au lieu de « DMC », 1 fois"
            assert shows(
                app_of(pilot), f"Vous avez confondu avec : DMC (Durée moyenne de communication) ({told})"
            )
            assert seen(app_of(pilot)).count("qui s’arrête au raccroché") == 1
        assert shows(app_of(pilot), "D Les distinguer")


async def test_the_note_of_the_other_term_is_told_too(tmp_path: Path) -> None:
    """Where only the other one says what tells the two apart."""
    terms = shipped().terms
    silent, other = next(
        (term, rival)
        for term in terms.values()
        for rival in map(terms.__getitem__, term.confusable)
        if opposable(term, rival) and rival.note and telling_apart(term, rival) == rival.note
    )
    bag = services(tmp_path, library=without_decks())
    mistaken(bag, silent.id, other.id)
    async with TrainerApp(bag).run_test(size=(120, 60)) as pilot:
        await term_page(pilot, silent.id)
        assert shows(app_of(pilot), other.title, f"Pour ne plus confondre : {other.note}")


async def test_a_terms_page_leads_to_its_pairs_and_back(tmp_path: Path) -> None:
    """Every question is about this term and another; Escape comes back to a page that counts the answer."""
    bag = confused(tmp_path)
    async with TrainerApp(bag).run_test(size=TALL) as pilot:
        page = await term_page(pilot, "dmt")
        assert shows(app_of(pilot), "Vous : 2 réponses, 0 juste.")
        await pilot.press("d")
        drill = await on_screen(pilot, DrillScreen)
        for item in drill.session.cards:
            assert isinstance(item, Pick)
            assert "dmt" in (item.card.subject, item.rival)
        while choice(drill).card.subject != "dmt":
            await answer(pilot, drill)
            await go_on(pilot, drill)
        await answer(pilot, drill, right=False)
        await leave(pilot)
        await pilot.press("escape")
        assert await on_screen(pilot, TermScreen) is page
        assert shows(app_of(pilot), "Vous : 3 réponses, 0 juste.")


async def test_a_term_like_no_other_offers_no_drill(tmp_path: Path) -> None:
    """Neither in the bar, nor by its key."""
    library = without_decks()
    alone = next(
        term.id
        for term in library.terms.values()
        if not library.confusable_with(term.id) or Facet.NAMING not in term.facets
    )
    async with TrainerApp(services(tmp_path, library=library)).run_test(size=USUAL) as pilot:
        page = await term_page(pilot, alone)
        assert "Les distinguer" not in seen(app_of(pilot)).splitlines()[-1]
        await pilot.press("d")
        assert await on_screen(pilot, TermScreen) is page


async def test_hostile_terms_are_only_text(tmp_path: Path) -> None:
    """Brackets in the names of confused terms are shown, not obeyed."""
    bag = services(tmp_path, library=library_of("dmt", "dmc"))
    mistaken(bag, "dmt", "dmc")
    async with TrainerApp(bag).run_test(size=(120, 60)) as pilot:
        await term_page(pilot, "dmt")
        assert shows(app_of(pilot), "Vous avez confondu avec", f"DMC {MARKUP}")
        assert not FORBIDDEN & set(seen(app_of(pilot)))
        await pilot.press("d")
        drill = await on_screen(pilot, DrillScreen)
        await answer(pilot, drill, right=False)
        assert shows(app_of(pilot), MARKUP)


# The command line


async def test_the_command_line_opens_the_application_on_confusions(tmp_path: Path) -> None:
    """A session at once; with nothing to tell apart, home says so."""
    async with TrainerApp(confused(tmp_path), opening=Opening(confusions=True)).run_test(size=USUAL) as pilot:
        drill = await on_screen(pilot, DrillScreen)
        assert choice(drill).rival
    bag = services(tmp_path, "Max", library=without_decks())
    async with TrainerApp(bag, opening=Opening(confusions=True)).run_test(size=USUAL) as pilot:
        await on_screen(pilot, HomeScreen)
        await pilot.pause()
        assert shows(app_of(pilot), NOTHING_TO_TELL_APART)


def test_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing for someone new; for who confuses two terms both are asked, right or wrong both are explained."""
    line = ("drill", "--plain", "--confusions", "--learner", "Zoé", "--data", str(tmp_path))
    monkeypatch.setattr("sys.stdin", StringIO(""))
    assert cli.main(line) == 0
    assert capsys.readouterr().out.splitlines()[0] == NOTHING_TO_TELL_APART
    bag = confused(tmp_path)
    bag.store.close()
    monkeypatch.setattr("sys.stdin", StringIO("1\n&\nq\n"))
    assert cli.main(line) == 0
    said = capsys.readouterr().out
    assert said.count("Lequel des deux est décrit ici ?") == 2
    assert said.count("Pour ne plus confondre : ") == 2
    definitions = [plain(shipped().terms[term].definition) for term in ("dmt", "dmc")]
    assert [said.count(definition) for definition in definitions] == [2, 2]
    answers = facts_under(tmp_path)[3:]
    assert {fact["card"] for fact in answers} == {"dmt/naming", "dmc/naming"}
    assert {(fact["correct"], fact.get("chosen", "") != "") for fact in answers} <= {
        (True, False),
        (False, True),
    }


@pytest.mark.parametrize("more", [("--deck", "sigles"), ("--format", "choice")])
def test_confusions_are_no_deck_and_no_single_drill(
    more: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Asking for both is refused rather than half obeyed."""
    assert cli.main(["drill", "--plain", "--confusions", *more]) == 2
    assert capsys.readouterr().err == "Erreur : --confusions se passe de --deck et de --format.\n"
