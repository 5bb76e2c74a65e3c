"""Between an answer and the disk: what the screen says while it is slow, hung or broken, and that it never stops."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from textual.pilot import Pilot

from tests.helpers import PATIENCE
from tests.helpers.answering import answer, asked, go_on, leave, wrong_index
from tests.helpers.journals import break_disk, journal, repair_disk
from tests.helpers.libraries import shipped, small_deck, without_decks
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.world import drilling, services
from trainer import launch
from trainer.app import TrainerApp
from trainer.drills.shapes import Pick
from trainer.errors import ProgressError
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Draft, Rating
from trainer.progress.files import sync_file
from trainer.progress.recorder import Recorder
from trainer.screens import saving
from trainer.screens.drill import DrillScreen
from trainer.screens.sitting import Stage
from trainer.screens.summary import SummaryScreen

TALL = (100, 40)
CHOICE = small_deck(
    shipped(), "appel-entrant", "appel-sortant", "superviseur", "prospect", drills=[Format.CHOICE]
)
SLOW, HUNG = "Enregistrement en cours…", "⚠ Le disque ne répond pas"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A disk that syncs nothing until the gate is opened."""
    opened = Event()

    def wait(file: int) -> None:
        assert opened.wait(PATIENCE)
        sync_file(file)

    monkeypatch.setattr("trainer.progress.journal.sync_file", wait)
    monkeypatch.setattr(saving, "PATIENCE", 0.05)
    yield opened
    opened.set()


def is_acknowledged(screen: DrillScreen) -> bool:
    """What a learner takes for saved: a verdict, and no banner."""
    return screen.stage is Stage.TOLD and not screen.banner.display


async def test_a_verdict_on_a_slow_disk_is_not_acknowledged_before_it_is_saved(
    tmp_path: Path, gate: Event
) -> None:
    """The verdict says that it is still being saved; the word goes, and «Annuler» comes, once it is."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        assert shows(app, "✓ Juste", SLOW)
        assert not is_acknowledged(screen)
        assert not shows(app, "Annuler")
        gate.set()
        await until(pilot, lambda: is_acknowledged(screen))
        assert not shows(app, SLOW)
        assert shows(app, "✓ Juste", "Annuler")
        assert len(journal(bag)) == 1


async def test_enter_waits_for_a_slow_disk_and_impatient_keys_answer_nothing(
    tmp_path: Path, gate: Event
) -> None:
    """The next question comes by itself once the answer is saved; what was pressed meanwhile is not taken for its answer."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await answer(pilot, screen)
        await pilot.press("enter", "enter", "1", "enter")
        assert (screen.stage, asked(screen)) == (Stage.SAVING, question)
        gate.set()
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert asked(screen) is not question
        assert len(screen.session.answered) == len(journal(bag)) == 1
        assert not screen.banner.display


async def begin_to_answer(pilot: Pilot[None], screen: DrillScreen, right: bool = True) -> None:
    """Press the key of an answer, whose verdict waits for the disk."""
    question = asked(screen)
    if isinstance(question, Pick):
        await pilot.press(str((question.answer if right else wrong_index(question)) + 1))
    else:
        screen.page.typed.value = question.accepted[0] if right else "tout autre chose"  # type: ignore[union-attr]
        await pilot.press("enter")
    await until(pilot, lambda: screen.stage in (Stage.ANSWERED, Stage.TOLD))


@pytest.mark.parametrize("drill", [Format.CHOICE, Format.RECALL], ids=str)
async def test_the_first_enter_before_the_verdict_counts_once_it_is_there(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch, drill: Format
) -> None:
    """However often it is pressed: the next question comes, is not answered, and has no hint."""
    monkeypatch.setattr(saving, "PATIENCE", PATIENCE)
    bag = services(tmp_path, library=without_decks())
    deck = small_deck(shipped(), "appel-entrant", "superviseur", drills=[drill])
    async with drilling(bag, deck).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await begin_to_answer(pilot, screen)
        await pilot.press("enter", "enter", "enter", "enter")
        assert (screen.stage, asked(screen)) == (Stage.ANSWERED, question)
        gate.set()
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert asked(screen) is not question
        assert len(screen.session.answered) == len(journal(bag)) == 1
        assert not shows(app, "Rien n’est écrit")


async def test_escape_before_the_verdict_leaves_once_it_is_there(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer counts, and is on disk before the summary tells of it."""
    monkeypatch.setattr(saving, "PATIENCE", PATIENCE)
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await begin_to_answer(pilot, screen)
        await pilot.press("escape", "escape", "enter", "1")
        assert screen.stage is Stage.ANSWERED
        gate.set()
        await on_screen(pilot, SummaryScreen)
        assert shows(app, "1 réponse, 1 juste")
        assert len(journal(bag)) == 1


@pytest.mark.parametrize("told", [False, True], ids=["before the verdict", "before it is saved"])
async def test_u_while_an_answer_is_saved_takes_it_back_as_soon_as_it_is(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """The same question is asked again, and what was answered does not count."""
    if not told:
        monkeypatch.setattr(saving, "PATIENCE", PATIENCE)
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await begin_to_answer(pilot, screen)
        if told:
            await until(pilot, lambda: screen.stage is Stage.TOLD)
        await pilot.press("u", "1", "enter")
        gate.set()
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert asked(screen) is question
        assert not screen.session.answered
    assert not services(tmp_path).history.tallies


@pytest.mark.parametrize("told", [False, True], ids=["before the verdict", "before it is saved"])
async def test_j_while_an_answer_is_saved_counts_it_right_as_soon_as_it_is(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """Once, whatever else is pressed."""
    if not told:
        monkeypatch.setattr(saving, "PATIENCE", PATIENCE)
    bag = services(tmp_path, library=without_decks())
    deck = small_deck(shipped(), "appel-entrant", "superviseur", drills=[Format.RECALL])
    async with drilling(bag, deck).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await begin_to_answer(pilot, screen, right=False)
        if told:
            await until(pilot, lambda: screen.stage is Stage.TOLD)
        screen.action_claim()
        screen.action_claim()
        gate.set()
        await until(pilot, lambda: shows(app, "✓ Compté juste") and is_acknowledged(screen))
    assert [(each.answers, each.right) for each in services(tmp_path).history.tallies.values()] == [(1, 1)]


async def test_j_on_a_disk_that_refuses_takes_nothing_back(tmp_path: Path) -> None:
    """The verdict stays, and keys still count."""
    bag = services(tmp_path, library=without_decks())
    break_disk(bag)
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await answer(pilot, screen)
        await pilot.press("u", "j")
        assert screen.stage is Stage.TOLD
        await go_on(pilot, screen)
        assert asked(screen) is not question
    repair_disk(bag)


async def test_a_hung_disk_does_not_stop_the_session(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while Enter goes on under a banner; every answer since is saved, in order, once the disk is back."""
    monkeypatch.setattr(saving, "HANGING", 0.05)
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        for number in range(1, 4):
            await answer(pilot, screen)
            await go_on(pilot, screen)
            await until(pilot, lambda: shows(app, HUNG))
            assert bag.store.next_counter == number + 1
        assert len(bag.store.unsaved) == 3
        gate.set()
        await until(pilot, lambda: not bag.store.unsaved and not screen.banner.display)
        assert [fact["counter"] for fact in journal(bag)] == [1, 2, 3]
        await answer(pilot, screen)
        assert is_acknowledged(screen)


async def test_one_may_leave_a_session_whose_disk_hangs(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary says what is not saved; a save that ends later finds its screen gone, and disturbs nothing."""
    monkeypatch.setattr(saving, "HANGING", 0.05)
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await leave(pilot)
        assert shows(app, "1 réponse, 1 juste", "1 réponse pas encore enregistrée")
        gate.set()
        await until(pilot, lambda: not bag.store.unsaved)
    assert len(journal(bag)) == 1


async def test_keys_pressed_before_the_verdict_make_one_answer(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is faster than the disk answers once, and goes on as soon as may be."""
    monkeypatch.setattr(saving, "HANGING", 0.05)
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await pilot.press("1", "2", "enter")
        await until(pilot, lambda: screen.stage is Stage.ASKED and asked(screen) is not question)
        assert len(bag.store.unsaved) == len(screen.session.answered) == 1


async def test_an_unexpected_error_shows_a_banner_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the program itself is no reason to stop: the next attempt saves the answer with those after it."""
    bag = services(tmp_path, library=without_decks())

    def fail(recorder: Recorder) -> None:
        raise RuntimeError("boom")

    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        with monkeypatch.context() as patch:
            patch.setattr(Recorder, "save", fail)
            for _ in range(2):
                await answer(pilot, screen)
                assert shows(app, "⚠ Enregistrement impossible : erreur inattendue (RuntimeError).")
                assert not is_acknowledged(screen)
                await go_on(pilot, screen)
            assert len(bag.store.unsaved) == 2
        await answer(pilot, screen)
        assert is_acknowledged(screen)
        assert len(journal(bag)) == 3


async def test_an_answer_that_no_line_can_hold_is_told_and_stands_in_nobody_s_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the only one lost, it was never acknowledged, and those after it are saved."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        with monkeypatch.context() as patch:
            patch.setattr("trainer.progress.recorder.took", lambda seconds: -1)
            await answer(pilot, screen)
            assert shows(app, "✓ Juste", "⚠ Réponse perdue : erreur inattendue (OutOfBoundsError).")
        await go_on(pilot, screen)
        await answer(pilot, screen)
        assert is_acknowledged(screen)
        assert len(journal(bag)) == 1


async def test_what_a_disk_refused_is_saved_by_itself_once_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing has to be pressed: it is tried again every few seconds, as the banner promises."""
    monkeypatch.setattr(saving, "RETRY", 0.05)
    bag = services(tmp_path, library=without_decks())
    break_disk(bag)
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await until(pilot, lambda: shows(app, "⚠ Enregistrement impossible"))
        repair_disk(bag)
        await until(pilot, lambda: is_acknowledged(screen))
        assert len(journal(bag)) == 1


async def test_taking_back_over_a_hung_disk_asks_again(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question comes back after a while; once the disk is there only the second answer counts."""
    monkeypatch.setattr(saving, "HANGING", 0.05)
    gate.set()
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await answer(pilot, screen, right=False)
        gate.clear()
        await pilot.press("u")
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert asked(screen) is question
        assert shows(app, HUNG)
        await answer(pilot, screen)
        gate.set()
        await until(pilot, lambda: is_acknowledged(screen))
        assert [(each.answers, each.right) for each in bag.history.tallies.values()] == [(1, 1)]
    again = services(tmp_path)
    assert [(each.answers, each.right) for each in again.history.tallies.values()] == [(1, 1)]


def test_who_comes_back_finds_the_answers_that_no_disk_took(tmp_path: Path) -> None:
    """Another learner in between loses nothing; all is saved at the end, each in their own folder."""
    zoe = services(tmp_path)
    break_disk(zoe)
    draft = Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)
    for _ in range(2):
        with pytest.raises(ProgressError):
            zoe.recorder.record([draft], 3)
    lea = zoe.for_learner(zoe.learners.called("Léa"))
    lea.recorder.record([draft], 3)
    again = lea.for_learner(lea.learners.called("zoé"))
    assert again.history.tallies[draft.card].answers == 2
    assert lea.close() == 2
    repair_disk(zoe)
    assert again.close() == 0
    assert (len(journal(zoe)), len(journal(lea))) == (2, 1)


def test_who_leaves_while_the_disk_is_slow_is_told_and_loses_nothing(
    tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end waits for the disk, with a word on why."""

    class Screen(StringIO):
        def write(self, text: str) -> int:
            gate.set()
            return super().write(text)

    said = Screen()
    monkeypatch.setattr(launch, "PATIENCE", 0.01)
    monkeypatch.setattr(sys, "stderr", said)
    bag = services(tmp_path)
    bag.recorder.note([Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)], 3)
    launch.close(bag)
    assert said.getvalue().startswith("Enregistrement des dernières réponses…")
    assert len(journal(bag)) == 1


async def test_what_can_wait_is_done_once_home_stands(tmp_path: Path) -> None:
    """Once, and not again at the end."""
    done: list[str] = []
    later = launch.Once(lambda: done.append("kept"))
    bag = services(tmp_path)
    async with TrainerApp(bag, later=[later]).run_test() as pilot:
        await until(pilot, lambda: bool(done))
    launch.close(bag, [later])
    assert done == ["kept"]


def test_who_leaves_at_once_waits_for_what_could_wait(tmp_path: Path) -> None:
    """What was not begun is done by the end, and what has begun is waited for: the next start need not do it again."""
    done: list[str] = []
    begun, opened = Event(), Event()

    def slow() -> None:
        begun.set()
        assert opened.wait(PATIENCE)
        done.append("begun")

    first, other = launch.Once(slow), launch.Once(lambda: done.append("not begun"))
    Thread(target=first).start()
    assert begun.wait(PATIENCE)
    closing = Thread(target=launch.close, args=(services(tmp_path), [first, other]))
    closing.start()
    assert not done
    opened.set()
    closing.join(PATIENCE)
    assert done == ["begun", "not begun"]


def test_what_no_disk_took_by_the_end_is_told(tmp_path: Path) -> None:
    """An error in French, with its exit code: nobody leaves in the belief that all is saved."""
    bag = services(tmp_path)
    break_disk(bag)
    bag.recorder.note([Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)] * 2, 3)
    with pytest.raises(ProgressError, match=r"^2 réponses non enregistrées"):
        launch.close(bag)
