"""Whoever was erased does not come back: neither from a window still open, nor from a copy, nor through a link."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from tests.helpers.answering import answer, go_on
from tests.helpers.desk import Desk
from tests.helpers.journals import journal
from tests.helpers.learners import learnt
from tests.helpers.libraries import without_decks
from tests.helpers.processes import run
from tests.helpers.reviews import review
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.world import Clock, drilling, known, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.errors import ErasedError
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Draft, Rating
from trainer.progress.files import is_link
from trainer.progress.learners import Learners, folder_name
from trainer.progress.store import Store
from trainer.safekeeping import retention
from trainer.safekeeping.erasure import erase
from trainer.safekeeping.exporting import document
from trainer.safekeeping.retention import sweep
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import FirstNoticeScreen
from trainer.screens.summary import SummaryScreen
from trainer.services import Services

DRAFT = Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)
GONE = "effacé ou déplacé"


def learners_in(data: Path) -> list[str]:
    """The folders of learners."""
    return sorted(path.name for path in (data / "learners").iterdir())


# Windows still open


def written(data: Path) -> Services:
    """A window that has written, and keeps its file open."""
    bag = services(data)
    bag.recorder.record([DRAFT], 3)
    return bag


def known_before(data: Path) -> Services:
    """A window of somebody known, who has not answered in it yet."""
    written(data).close()
    return services(data)


def let_go(data: Path) -> Services:
    """A window whose file was closed, as when somebody else learns in between."""
    bag = written(data)
    bag.store.close()
    return bag


def by_verb(bag: Services) -> None:
    """`trainer data delete`, in another process."""
    told = run("data", "delete", "--yes", "--learner", bag.learner.name, data=bag.learners.data)
    assert told.returncode == 0, told.stderr


def by_purge(bag: Services) -> None:
    """The retention of another window."""
    retention.save(bag.learners.data, 1)
    for path in bag.learner.folder.rglob("*"):
        os.utime(path, (bag.world.now().timestamp(),) * 2)
    days = (date(2027, 1, 1) + each * timedelta(days=16) for each in range(3))
    assert [outcome.left for day in days for outcome in sweep(Learners(bag.learners.data), day)] == [()] * 3


@pytest.mark.parametrize("erased", [by_verb, by_purge])
@pytest.mark.parametrize("window", [written, known_before, let_go])
def test_an_open_window_neither_makes_the_folder_anew_nor_pretends_to_save(
    tmp_path: Path, window: Callable[[Path], Services], erased: Callable[[Services], None]
) -> None:
    """Each answer is refused in French, the end of the window included; nothing is on disk."""
    bag = window(tmp_path)
    erased(bag)
    for number in (1, 2):
        with pytest.raises(ErasedError, match=GONE):
            bag.recorder.record([DRAFT], 3)
        assert len(bag.store.unsaved) == number
    assert bag.close() == 2
    bag.store.keep()
    bag.informed()
    assert learners_in(tmp_path) == []


def test_a_window_that_never_saw_the_folder_begins_one(tmp_path: Path) -> None:
    """Nothing was there when it opened, nothing was erased: the first answer of a new learner."""
    known(tmp_path, "Ali")
    bag = services(tmp_path)
    bag.recorder.record([DRAFT], 3)
    assert bag.close() == 0
    assert len(learners_in(tmp_path)) == 2


@pytest.mark.parametrize("window", [written, let_go])
def test_a_folder_that_comes_back_is_written_again(
    tmp_path: Path, window: Callable[[Path], Services]
) -> None:
    """It had been taken elsewhere, to a bin perhaps: what was answered meanwhile is saved with the next answer."""
    bag, away = window(tmp_path), tmp_path / "away"
    bag.learner.folder.rename(away)
    with pytest.raises(ErasedError):
        bag.recorder.record([DRAFT], 3)
    away.rename(bag.learner.folder)
    bag.recorder.record([DRAFT], 3)
    assert bag.close() == 0
    assert [fact["counter"] for fact in journal(bag)] == [1, 2, 3]


def test_nothing_of_before_returns_with_somebody_of_the_same_name(tmp_path: Path) -> None:
    """Who begins anew in another window has a folder; the old window adds no snapshot of what was erased to it."""
    before = known_before(tmp_path)
    (segment,) = (before.learner.folder / "journal").iterdir()
    (before.learner.folder / "snapshot.json").unlink()
    before = services(tmp_path)  # which has one to leave
    erase(before.learner.folder)
    anew = services(tmp_path)
    anew.recorder.record([DRAFT], 3)
    anew.close()
    before.close()
    assert [fact["counter"] for fact in journal(anew)] == [1]
    assert sum(tally.answers for tally in services(tmp_path).history.tallies.values()) == 1
    assert segment.name not in (anew.learner.folder / "snapshot.json").read_text()


def test_an_erasure_outlasts_a_window_that_writes_as_fast_as_it_can(tmp_path: Path) -> None:
    """Whatever both do at once, the folder is gone in the end, and stays so."""
    for turn in range(5):
        store = Store.open(tmp_path / "learners" / "lea", "poste1", f"essai{turn}")
        begun, refused = Event(), Event()

        def write(store: Store = store, begun: Event = begun, refused: Event = refused) -> None:
            for number in range(1, 100_000):
                try:
                    store.record(review(number))
                except Exception as error:
                    if isinstance(error, ErasedError):
                        refused.set()
                        return
                begun.set()

        window = Thread(target=write)
        window.start()
        begun.wait()
        assert erase(store.folder) == ()
        window.join(20)
        assert refused.is_set()
        store.close()
        assert learners_in(tmp_path) == []


def test_a_line_that_was_removed_while_it_was_written_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk took it, and nobody will find it: it is not acknowledged."""
    bag = written(tmp_path)
    sync = os.fdatasync

    def late(file: int) -> None:
        sync(file)
        shutil.rmtree(bag.learner.folder)
        monkeypatch.setattr(os, "fdatasync", sync)

    monkeypatch.setattr(os, "fdatasync", late)
    with pytest.raises(Exception, match="disparu"):
        bag.recorder.record([DRAFT], 3)
    assert len(bag.store.unsaved) == 1
    assert learners_in(tmp_path) == []


async def test_the_learner_is_told_on_the_screens_and_may_begin_anew(tmp_path: Path) -> None:
    """A banner in the session, on its result and at home; choosing one's name again begins from nothing."""
    bag = written(tmp_path)
    async with drilling(services(tmp_path, library=without_decks()), None, Format.CHOICE).run_test(
        size=(100, 40)
    ) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await go_on(pilot, screen)
        by_verb(bag)
        await answer(pilot, screen)
        await until(pilot, lambda: shows(app, "⚠", GONE))
        await pilot.press("escape", "escape")
        await on_screen(pilot, SummaryScreen)
        assert shows(app, "1 réponse non enregistrée", GONE)
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        assert shows(app, GONE, "touche C")
        assert learners_in(tmp_path) == []
        await pilot.press("c")
        await on_screen(pilot, LearnersScreen)
        await pilot.press(*"Zoé", "enter")
        await on_screen(pilot, FirstNoticeScreen)
        await pilot.press("enter")
        await on_screen(pilot, HomeScreen)
        assert shows(app, "Bonjour Zoé.")
        assert app.services.history.tallies == {}
        assert app.services.close() == 0
    assert learners_in(tmp_path) == []


def test_a_real_window_is_told_and_ends_with_an_error(tmp_path: Path) -> None:
    """The first session of somebody new, erased from another terminal: exit 4, a French line, and no folder."""
    arguments = ("drill", "--learner", "Zoé", "--deck", "tout", "--format", "choice")
    with Desk(tmp_path, *arguments, size=(100, 40)) as terminal:
        terminal.wait_for("question 1")
        terminal.press("1")
        terminal.wait_for("✓ Juste", "✗ Faux")
        assert run("data", "delete", "--yes", data=tmp_path).returncode == 0
        terminal.press("\r")
        terminal.wait_for("question 2")
        terminal.press("1")
        terminal.wait_for("ou déplacé")
        terminal.press("\x11")
        assert terminal.finish() == 4
        assert terminal.is_restored
        assert "1 réponse non enregistrée" in terminal.text
    assert learners_in(tmp_path) == []


def test_the_line_mode_says_so_with_every_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr, and with an error at the end."""

    class Erasing(StringIO):
        """Erases the learner before the second line is read."""

        asked = 0

        def readline(self, size: int = -1) -> str:  # type: ignore[override]
            self.asked += 1
            if self.asked == 2:
                assert erase(tmp_path / "learners" / folder_name("Zoé")) == ()
            return super().readline(size)

    known(tmp_path, "Zoé")
    monkeypatch.setattr("sys.stdin", Erasing("1\n1\n1\nq\n"))
    assert main(["drill", "--plain", "--format", "choice", "--learner", "Zoé", "--data", str(tmp_path)]) == 4
    err = capsys.readouterr().err
    assert err.count(GONE) == 3
    assert "2 réponses non enregistrées" in err
    assert learners_in(tmp_path) == []


# Links


def test_what_a_link_leads_to_stays_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A journal kept elsewhere: the link goes, with all else; the erasure does not claim to be whole."""
    data = tmp_path / "data"
    zoe, outside = learnt(data), tmp_path / "ailleurs"
    (zoe.folder / "journal").rename(outside)
    (zoe.folder / "journal").symlink_to(outside, target_is_directory=True)
    (zoe.folder / "note.txt").symlink_to(tmp_path / "rien")
    files = sorted(outside.iterdir())
    store = Store.open(zoe.folder, "poste1", "essai2")
    assert "journal/poste1-essai1.jsonl" in document(zoe, store, Clock().at)["contents"]
    assert main(["--data", str(data), "data", "delete", "--yes"]) == 4
    err = capsys.readouterr().err
    assert f"{outside} : un lien y menait" in err
    assert f"{tmp_path / 'rien'} : injoignable d’ici, un lien y menait" in err
    assert sorted(outside.iterdir()) == files
    assert learners_in(data) == []


def test_a_link_to_a_colleague_costs_them_nothing(tmp_path: Path) -> None:
    """Nor is anybody told to erase them by hand."""
    zoe, ali = learnt(tmp_path), learnt(tmp_path, "Ali")
    shutil.rmtree(zoe.folder / "journal")
    (zoe.folder / "journal").symlink_to(ali.folder / "journal", target_is_directory=True)
    before = sorted(ali.folder.rglob("*"))
    assert erase(zoe.folder) == ()
    assert sorted(ali.folder.rglob("*")) == before
    assert learners_in(tmp_path) == [ali.folder.name]


def test_a_folder_that_is_a_link_is_removed_and_told(tmp_path: Path) -> None:
    """What it led to is not touched."""
    zoe, outside = learnt(tmp_path), tmp_path / "ailleurs"
    zoe.folder.rename(outside)
    zoe.folder.symlink_to(outside, target_is_directory=True)
    (left,) = erase(zoe.folder)
    assert left.path == outside
    assert (outside / "profile.json").is_file()
    assert learners_in(tmp_path) == []


@pytest.mark.parametrize("tag", [0xA0000003, 0x9000601A])
def test_a_junction_of_windows_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: int) -> None:
    """And the mark of a file that a cloud keeps is none."""
    status = SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=tag)
    monkeypatch.setattr("trainer.progress.files.os.lstat", lambda path: status)
    assert is_link(tmp_path) is (tag == 0xA0000003)


# Copies of the folder


def test_a_copy_is_told_and_can_be_erased_by_its_own_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Erasing the one does not claim that all is gone while another folder bears the same name."""
    zoe = learnt(tmp_path)
    copy = zoe.folder.with_name(f"{zoe.folder.name} - Copie")
    shutil.copytree(zoe.folder, copy)
    delete = ["--data", str(tmp_path), "data", "delete", "--yes", "--learner"]
    assert main([*delete, "Zoé"]) == 4
    err = capsys.readouterr().err
    assert f"{copy} : même nom" in err
    assert f'--learner "{copy.name}"' in err
    assert learners_in(tmp_path) == [copy.name]
    assert main([*delete, copy.name]) == 0
    assert learners_in(tmp_path) == []


def test_a_renamed_folder_is_treated_alike_by_every_verb(
    tmp_path: Path, few_terms: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers count under its name; it is verified, backed up and restored as it is, and said what to do."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))
    zoe, data = learnt(tmp_path / "data"), ["--data", str(tmp_path / "data")]
    renamed = zoe.folder.rename(zoe.folder.with_name("zoe-ancien"))
    assert main([*data, "--learner", "zoé", "stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == 3
    assert main([*data, "data", "show"]) == 0
    assert "Réponses : 3" in capsys.readouterr().out
    assert main([*data, "journal", "verify"]) == 0
    assert f"rendez-lui son nom : {zoe.folder.name}" in capsys.readouterr().out
    assert main([*data, "--learner", "Zoé", "journal", "verify", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["is_misplaced"], found["answers"]) == (True, 3)
    assert main([*data, "backup", "copie.zip"]) == 0
    assert main(["--data", "neuf", "restore", "copie.zip"]) == 0
    assert learners_in(Path("neuf")) == [renamed.name]
    capsys.readouterr()
    assert main(["--data", "neuf", "--learner", "Zoé", "stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == 3


async def test_the_only_one_there_is_opens_even_renamed(tmp_path: Path) -> None:
    """And so does one whose profile cannot be read, rather than nobody with nothing answered."""
    from trainer.launch import Places, open_services

    zoe = learnt(tmp_path)
    renamed = zoe.folder.rename(zoe.folder.with_name("zoe-ancien"))
    assert open_services(Places(data=str(tmp_path))).learner.folder == renamed
    (renamed / "profile.json").write_text("{")
    bag = open_services(Places(data=str(tmp_path)))
    assert bag.learner.folder == renamed
    assert sum(tally.answers for tally in bag.history.tallies.values()) == 3
    bag.recorder.record([DRAFT], 3)
    bag.close()
    assert learners_in(tmp_path) == [renamed.name]
    assert (renamed / "profile.json").read_text() == "{"


async def test_folders_of_other_programs_are_nobody(tmp_path: Path) -> None:
    """One that a system leaves is no learner, and the only learner is still the only one."""
    known(tmp_path, "Zoé")
    (tmp_path / "learners" / "lost+found").mkdir()
    assert [each.name for each in Learners(tmp_path).all()] == ["Zoé"]
    async with TrainerApp(services(tmp_path, "", without_decks()), ask_who=True).run_test() as pilot:
        await on_screen(pilot, LearnersScreen)
        assert not shows(app_of(pilot), "lost+found")
