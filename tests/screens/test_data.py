"""The notice before the first answer, and «Mes données»: seen, exported and erased from the screens."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import answer, leave
from tests.helpers.desk import Desk
from tests.helpers.hostile import BRIEF, MARKUP
from tests.helpers.journals import facts_under, journal
from tests.helpers.libraries import shipped
from tests.helpers.reviews import review
from tests.helpers.screens import app_of, click, on_screen, seen, shows, until
from tests.helpers.world import Clock, known, services, world
from trainer import app as application
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.errors import ProgressError
from trainer.glossary.decks import EVERYTHING
from trainer.memory import expiry
from trainer.memory.opening import Opening
from trainer.progress.learners import Learners
from trainer.safekeeping import retention
from trainer.screens.data import AnswersScreen, DataScreen, EraseScreen, ExportScreen
from trainer.screens.drill import DrillScreen
from trainer.screens.home import HomeScreen
from trainer.screens.learners import LearnersScreen
from trainer.screens.notice import FirstNoticeScreen, NoticeScreen
from trainer.screens.progress import ProgressScreen
from trainer.services import Services
from trainer.wording.privacy import notice

WIDE = (120, 40)
MONTHS = "12 mois après la dernière réponse"


def stranger(data: Path, name: str = "Zoé") -> Services:
    """The services of somebody who has not read the notice."""
    return Services.open(shipped(), (), Learners(data), name, world())


async def one_answer(pilot: Pilot[None]) -> None:
    """A session of one answer, and home again."""
    await pilot.press("s")
    await answer(pilot, await on_screen(pilot, DrillScreen))
    await leave(pilot)
    await pilot.press("escape")
    await on_screen(pilot, HomeScreen)


def open_files() -> list[str]:
    """The paths of the files that this process holds open, where the system tells."""
    folder = Path("/proc/self/fd")
    return [str(path.readlink()) for path in folder.iterdir() if path.is_symlink()] if folder.is_dir() else []


# The notice


async def test_the_notice_comes_before_the_first_answer_and_once(tmp_path: Path) -> None:
    """It stands before the session asked for; Enter begins that; nothing is written before the first answer."""
    first = TrainerApp(stranger(tmp_path), opening=Opening(shipped().deck(EVERYTHING)))
    async with first.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, FirstNoticeScreen)
        texts = [text for pair in notice(tmp_path, expiry.MONTHS) for text in pair]
        assert shows(first, *texts)
        await pilot.press("enter", "enter")
        screen = await on_screen(pilot, DrillScreen)
        assert list(tmp_path.iterdir()) == []
        await answer(pilot, screen)
    assert Learners(tmp_path).called("Zoé").informed == Clock().at
    async with TrainerApp(stranger(tmp_path)).run_test() as pilot:
        await on_screen(pilot, HomeScreen)


async def test_a_known_learner_who_was_never_told_is_told(tmp_path: Path) -> None:
    """A profile of before there was a notice: shown, noted, not shown again."""
    Learners(tmp_path).create("Zoé", Clock().at)
    for screen in (FirstNoticeScreen, HomeScreen):
        async with TrainerApp(stranger(tmp_path)).run_test() as pilot:
            await on_screen(pilot, screen)
            await pilot.press("enter" if screen is FirstNoticeScreen else "tab")
            await on_screen(pilot, HomeScreen)


async def test_the_notice_leads_back_to_who_learns(tmp_path: Path) -> None:
    """A wrong name: Escape asks again; a colleague who was told goes straight home; Escape stays, and is told."""
    known(tmp_path, "Ali")
    async with TrainerApp(stranger(tmp_path, "Ally")).run_test() as pilot:
        await on_screen(pilot, FirstNoticeScreen)
        await pilot.press("escape")
        await on_screen(pilot, LearnersScreen)
        await pilot.press("escape")
        await on_screen(pilot, FirstNoticeScreen)
        await pilot.press("escape")
        await on_screen(pilot, LearnersScreen)
        await click(pilot, " Ali ")
        await on_screen(pilot, HomeScreen)
        assert shows(app_of(pilot), "Bonjour Ali.")
        assert len(pilot.app.screen_stack) == 1


async def test_a_disk_that_refuses_only_brings_the_notice_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note that it was read cannot be written: the learner goes on, and is told again next time."""
    Learners(tmp_path).create("Zoé", Clock().at)

    def refuse(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("trainer.progress.learners.write_whole", refuse)
    for _ in range(2):
        async with TrainerApp(stranger(tmp_path)).run_test() as pilot:
            await on_screen(pilot, FirstNoticeScreen)
            await pilot.press("enter")
            await on_screen(pilot, HomeScreen)


async def test_the_notice_scrolls_on_a_small_terminal(tmp_path: Path) -> None:
    """60 columns and 20 lines: the end is a few keys away, and the way on always in sight."""
    async with TrainerApp(stranger(tmp_path)).run_test(size=(60, 20)) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, FirstNoticeScreen)
        assert shows(app, "Entrée J’ai compris", "Échap Autre nom", "Ce qui est gardé")
        await pilot.press("end")
        await until(pilot, lambda: shows(app, "« Mes données »."))
        assert shows(app, "Entrée J’ai compris")


def test_a_real_start_tells_a_new_learner_and_not_a_known_one(tmp_path: Path) -> None:
    """With a process of its own: the notice first, home for whoever knows it."""
    known(tmp_path / "known", "Zoé")
    with (
        Desk(tmp_path / "new", "--learner", "Zoé") as new,
        Desk(tmp_path / "known", "--learner", "Zoé") as old,
    ):
        assert new.wait_for("Bonjour Zoé.", MONTHS) == MONTHS
        assert old.wait_for("Bonjour Zoé.", MONTHS) == "Bonjour Zoé."


def test_the_line_mode_tells_it_on_stderr_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe gets its questions on stdout all the same."""
    told = []
    for _ in range(2):
        monkeypatch.setattr("sys.stdin", StringIO("1\nq\n"))
        assert main(["drill", "--plain", "--format", "choice", "--data", str(tmp_path)]) == 0
        out, err = capsys.readouterr()
        assert "Question 1." in out
        told.append(err)
    assert "trainer data notice" in told[0]
    assert told[0].count("\n") == 1
    assert told[1] == ""


# Mes données


async def test_my_data_tells_what_is_kept(tmp_path: Path) -> None:
    """How much, since when, where, for how long; from home with M, from the figures with the mouse."""
    async with TrainerApp(services(tmp_path)).run_test(size=WIDE) as pilot:
        app, home = app_of(pilot), await on_screen(pilot, HomeScreen)
        await pilot.press("m")
        await on_screen(pilot, DataScreen)
        await until(pilot, lambda: shows(app, "Rien n’est gardé de vous (Zoé)."))
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        await one_answer(pilot)
        await pilot.press("p")
        await on_screen(pilot, ProgressScreen)
        await click(pilot, "M Mes données")
        await on_screen(pilot, DataScreen)
        folder = home.services.learner.folder
        await until(
            pilot,
            lambda: shows(app, "Nom : Zoé", "Réponses : 1", "2 fichiers", "dernière du 02/11/2026", MONTHS),
        )
        # A long path is cut at the end of a line, wherever that is.
        assert folder.name in "".join(seen(app).split())


async def test_the_answers_are_listed_the_last_first(tmp_path: Path) -> None:
    """Date, right or wrong, subject and what was answered, all of it as text."""
    bag = services(tmp_path)
    async with TrainerApp(bag).run_test(size=WIDE) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        await one_answer(pilot)
        clock = bag.world.now()
        path = next((bag.learner.folder / "journal").iterdir())
        first = json.loads(path.read_bytes())
        later = first | {"id": "x-2", "counter": 2, "correct": False, "answer": BRIEF, "took": 1250}
        later |= {"at": (clock + timedelta(days=1)).isoformat().replace("+00:00", "Z"), "card": "dmt/meaning"}
        path.with_name("poste2-x.jsonl").write_text(json.dumps(later) + "\n")
        await pilot.press("m")
        await on_screen(pilot, DataScreen)
        await pilot.press("r")
        await on_screen(pilot, AnswersScreen)
        title = shipped().terms["dmt"].title
        assert shows(app, f"03/11/2026 10:00 · ✗ faux · 1,2 s · {title} → {MARKUP}")
        lines = seen(app)
        assert lines.index("03/11/2026") < lines.index("02/11/2026")
        await pilot.press("escape", "n")
        assert not isinstance(await on_screen(pilot, NoticeScreen), FirstNoticeScreen)
        await pilot.press("escape")
        await on_screen(pilot, DataScreen)


async def test_everything_is_exported_where_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter takes the path that is offered, a second time the next name; a folder that is not there is explained."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    bag = services(tmp_path / "data")
    async with TrainerApp(bag).run_test(size=WIDE) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        await one_answer(pilot)
        await pilot.press("m")
        await on_screen(pilot, DataScreen)
        await pilot.press("x")
        screen = await on_screen(pilot, ExportScreen)
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "✓ Écrit dans"))
        await pilot.press("enter")
        await until(pilot, lambda: (home / "trainer-zoe-2026-11-02-2.json").exists())
        screen.field.value = str(home / "rien" / "x.json")
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "✗", "dossier disparu"))
    one, two = (json.loads((home / f"trainer-zoe-2026-11-02{end}.json").read_bytes()) for end in ("", "-2"))
    assert one["contents"] == two["contents"]
    assert [
        fact for name, facts in one["contents"].items() if "journal" in name for fact in facts
    ] == journal(bag)


async def test_everything_is_erased_once_the_word_is_typed(tmp_path: Path) -> None:
    """Another word erases nothing; the word leaves nothing on disk but a colleague's, and asks who learns."""
    known(tmp_path, "Ali")
    others = sorted(tmp_path.rglob("*"))
    async with TrainerApp(services(tmp_path)).run_test(size=WIDE) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        await one_answer(pilot)
        await pilot.press("m")
        await on_screen(pilot, DataScreen)
        await pilot.press("e")
        screen = await on_screen(pilot, EraseScreen)
        assert shows(app, "Nom : Zoé. Réponses : 1.")
        await pilot.press(*"oui", "enter")
        await until(pilot, lambda: shows(app, "Rien n’est effacé"))
        assert len(facts_under(tmp_path)) == 1
        screen.field.value = " Effacer"
        await pilot.press("enter")
        await on_screen(pilot, LearnersScreen)
        assert shows(app, "Tout ce qui était gardé de vous (Zoé) est effacé.")
        assert sorted(tmp_path.rglob("*")) == others
        assert not [path for path in open_files() if path.startswith(str(tmp_path))]
        await click(pilot, " Ali ")
        await on_screen(pilot, HomeScreen)
        assert len(pilot.app.screen_stack) == 1
        await one_answer(pilot)
        app.services.store.close()
    assert [path.name.partition("-")[0] for path in (tmp_path / "learners").iterdir()] == ["ali"]


def test_what_no_disk_took_is_erased_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that waited for a full disk does not come back once there is room again."""
    bag = services(tmp_path)
    with monkeypatch.context() as full:

        def refuse(*_: object) -> None:
            raise OSError(28, "full")

        full.setattr("trainer.progress.journal.make_private", refuse)
        with pytest.raises(ProgressError):
            bag.store.record(review(1))
        assert bag.erase() == ()
    bag.store.close()
    assert list(tmp_path.iterdir()) == []


async def test_who_left_is_announced_where_names_are_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The application looks in the background after its first screen; the list of names tells the day."""
    monkeypatch.setattr(application, "SWEEP_AFTER", 0.01)
    known(tmp_path, "Ali")
    left = Learners(tmp_path).find("Ali")
    assert left
    clock = Clock()
    clock.sleep_until(days=366)
    async with TrainerApp(services(tmp_path, clock=clock)).run_test(size=WIDE) as pilot:
        await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: retention.announced(left))
        await pilot.press("c")
        await on_screen(pilot, LearnersScreen)
        assert shows(app_of(pilot), "Ali à effacer le 03/12/2027")
    assert left.folder.is_dir()
