"""«J'avais bon»: an answer that was judged wrong, counted right because the learner says so, and told to a supervisor."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from tests.helpers import plain
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.world import Clock, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.drills.session import Session
from trainer.drills.shapes import Write
from trainer.glossary.decks import Deck, Format
from trainer.memory.cards import Card
from trainer.memory.claims import Claim
from trainer.memory.opening import Opening
from trainer.memory.reviews import Rating
from trainer.plain import PlainDrill
from trainer.screens.drill import DrillScreen
from trainer.services import Services

DECK = Deck("essai", "Essai", ("escalade", "homeshoring"), drills=(Format.RECALL,))
WRITTEN = "le papier à lire"


def answering(bag: Services) -> Session:
    """A session that starts by asking for a term in writing."""
    session = bag.starter().session(DECK)
    assert isinstance(session.question, Write)
    return session


def facts(bag: Services) -> list[dict[str, object]]:
    """What is on disk, in order."""
    lines = [line for path in sorted(bag.learner.journal.iterdir()) for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def said(bag: Services, *lines: str) -> str:
    """What the line mode says to these lines."""
    out = StringIO()
    PlainDrill(bag, answering(bag), StringIO("".join(f"{line}\n" for line in lines)), out).run()
    return plain(out.getvalue())


def test_what_was_written_counts_if_the_learner_says_so(tmp_path: Path) -> None:
    """The failure is taken back, a Good takes its place, and the card does not come again in this session."""
    bag = services(tmp_path)
    session = bag.starter().session(DECK)
    assert isinstance(session.question, Write)
    card = session.question.card
    told = said(bag, WRITTEN, "j", "q")
    assert "✗ Faux" in told and "✓ Compté juste, comme vous le dites" in told
    wrong, undo, claim = facts(bag)
    assert (wrong["kind"], undo["kind"], claim["kind"]) == ("review", "undo", "review")
    assert undo["of"] == wrong["id"]
    assert (wrong["correct"], wrong["rating"], "claimed" in wrong) == (False, int(Rating.AGAIN), False)
    assert (claim["correct"], claim["rating"], claim["claimed"]) == (True, int(Rating.GOOD), True)
    schedule = bag.history.schedule(Card.parse(str(claim["card"])))
    assert schedule is not None and schedule.lapses == 0 and not schedule.relearning
    assert "1 réponse, 1 juste" in told
    assert str(claim["card"]).split("/")[1] == card.facet.value


@pytest.mark.parametrize("line", ["?", "debordement", "DMT"])
def test_what_cannot_be_claimed_is_not_offered(tmp_path: Path, line: str) -> None:
    """Not knowing, another term of the glossary, and a right answer leave nothing to say."""
    bag = services(tmp_path)
    session = bag.starter().session(DECK)
    assert isinstance(session.question, Write)
    told = said(bag, session.question.accepted[0] if line == "DMT" else line, "q")
    assert "si vous aviez bon" not in told


async def test_key_counts_the_answer_as_right(tmp_path: Path) -> None:
    """On the screen, J after a wrong answer; it can then be taken back like any other."""
    bag = services(tmp_path)
    async with TrainerApp(bag, opening=Opening(DECK)).run_test() as pilot:
        drill = await on_screen(pilot, DrillScreen)
        await pilot.press(*"faux", "enter")
        await until(pilot, lambda: shows(app_of(pilot), "✗ Faux") and shows(app_of(pilot), "J’avais bon"))
        await pilot.press("j")
        await until(pilot, lambda: shows(app_of(pilot), "✓ Compté juste"))
        assert not shows(app_of(pilot), "J’avais bon")
        assert [fact["kind"] for fact in facts(bag)] == ["review", "undo", "review"]
        await pilot.press("u")
        await until(pilot, lambda: not shows(app_of(pilot), "✓ Compté juste"))
        assert not drill.session.answered
        await until(pilot, lambda: bag.history.tallies == {})


def test_supervisor_reads_them_without_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ways of writing that sound the same are one; what was taken back is left out."""
    for name in ("Zoé", "Max"):
        said(services(tmp_path, name, clock=Clock()), WRITTEN, "j", "q")
    said(services(tmp_path, "Léa"), "autre chose", "", "q")
    assert main(["suggestions", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "« le papier à lire » (2 fois, 2 apprenants)" in told
    assert "autre chose" not in told and "Zoé" not in told
    assert main(["suggestions", "--data", str(tmp_path), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found.keys() == set(Claim._fields)
    assert (found["answer"], found["times"], found["learners"]) == (WRITTEN, 2, 2)


def test_no_suggestion_is_said_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on stdout, a sentence on stderr, and it is no failure."""
    assert main(["suggestions", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.out == "" and "Aucune réponse" in told.err
