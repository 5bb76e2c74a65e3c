"""Damaged, merged and misplaced files, clocks that jump, and disks that fill up: nothing is lost that was there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers.answering import answer, go_on
from tests.helpers.journals import journal
from tests.helpers.libraries import shipped, small_deck, without_decks
from tests.helpers.reviews import review, undo
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.stores import comparable
from tests.helpers.stories import any_review, any_undo
from tests.helpers.world import Clock, drilling, services
from trainer.errors import ProgressError
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.history import replay
from trainer.memory.reviews import Draft, Fact, Rating
from trainer.progress.codec import decode, encode
from trainer.progress.files import not_saved
from trainer.progress.reading import read
from trainer.progress.store import Store
from trainer.screens.drill import DrillScreen
from trainer.services import Services

CHOICE = small_deck(
    shipped(), "appel-entrant", "appel-sortant", "superviseur", "prospect", drills=[Format.CHOICE]
)
DRAFT = Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)


def line(fact: Fact) -> bytes:
    return encode(fact) + b"\n"


def opened(folder: Path, launch: str = "9") -> Store:
    return Store.open(folder, "poste1", launch)


# Merged and foreign files


def test_merged_files_with_conflict_marks_count_each_answer_once(tmp_path: Path) -> None:
    """Two copies put into one file by a tool that knows no better; each side is read, the marks are reported."""
    mine, theirs = review(1), review(2, "poste2")
    (tmp_path / "journal").mkdir()
    merged = b"<<<<<<< a\n" + line(mine) + b"=======\n" + line(theirs) + line(mine) + b">>>>>>> b\n"
    (tmp_path / "journal" / "a-1.jsonl").write_bytes(merged)
    (tmp_path / "journal" / "a-1 (copie en conflit).jsonl").write_bytes(line(theirs))
    store = opened(tmp_path)
    assert comparable(store.history) == comparable(replay([mine, theirs]))
    assert [each.line for each in store.damage.unreadable] == [1, 3, 6]
    store.record(review(3))
    store.close()
    assert (tmp_path / "journal" / "a-1.jsonl").read_bytes() == merged


@given(
    st.permutations([review(1), review(1)._replace(rating=Rating.AGAIN), review(1, subject="nps"), review(2)])
)
def test_one_answer_with_several_contents_is_always_taken_the_same_way(facts: list[Fact]) -> None:
    """A forged or damaged copy: whichever file is read first."""
    expected = replay(
        [review(2), review(1, subject="nps"), review(1), review(1)._replace(rating=Rating.AGAIN)]
    )
    assert comparable(replay(facts)) == comparable(expected)


def test_an_id_used_twice_counts_the_same_with_and_without_snapshot(tmp_path: Path) -> None:
    """Another number makes another answer, whatever its id says."""
    twice = review(5)._replace(id=review(1).id)
    first = opened(tmp_path, "1")
    first.record(review(1))
    first.close()
    (tmp_path / "journal" / "b-1.jsonl").write_bytes(line(twice))
    with_snapshot = opened(tmp_path, "2")
    (tmp_path / "snapshot.json").unlink()
    assert comparable(with_snapshot.history) == comparable(opened(tmp_path, "3").history)


@settings(max_examples=40)
@given(
    st.one_of(any_review, any_undo),
    st.dictionaries(
        st.text("äbc_", min_size=9, max_size=12), st.integers() | st.text(max_size=5), max_size=3
    ),
)
def test_unknown_fields_change_nothing(fact: Fact, more: dict[str, object]) -> None:
    """What a later program adds to a line is passed over."""
    assert decode(json.dumps({**json.loads(encode(fact)), **more})) == fact


@settings(max_examples=40)
@given(st.binary(max_size=400))
@example(b"\0" * 300)
@example(b"\xff\xfe{\x00}\x00")
@example(b'{"v":1,"kind":"review"}\r\n\x1a')
@example(b"[" * 99_999)
def test_any_bytes_may_stand_where_a_journal_should(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """A store opens on them, keeps them, and saves what comes next in a file of its own."""
    folder = tmp_path_factory.mktemp("lea")
    (folder / "journal").mkdir()
    (folder / "journal" / "a-1.jsonl").write_bytes(data)
    store = opened(folder, "1")
    store.record(review(store.next_counter))
    store.close()
    assert review(1) in read(folder / "journal").facts or store.history.counter > 1
    assert (folder / "journal" / "a-1.jsonl").read_bytes() == data


def test_lines_of_later_versions_and_unknown_fields_are_kept_byte_for_byte(tmp_path: Path) -> None:
    """Through answers, retractions and snapshots."""
    later = json.dumps({"v": 7, "kind": "rêve", "id": "x"}, ensure_ascii=False).encode() + b"\r\n"
    richer = json.dumps({**json.loads(encode(review(1))), "humeur": "bonne"}).encode() + b"\n"
    (tmp_path / "journal").mkdir()
    path = tmp_path / "journal" / "a-1.jsonl"
    path.write_bytes(later + richer)
    for launch in ("1", "2"):
        store = opened(tmp_path, launch)
        assert store.damage.newer == 1
        store.record(review(store.next_counter))
        store.retract(undo(review(1), store.next_counter))
        store.close()
    assert path.read_bytes() == later + richer


def test_a_snapshot_of_another_learner_is_not_believed(tmp_path: Path) -> None:
    """A folder copied or restored by hand may hold one that belongs elsewhere, of files of the same names."""
    lea, zoe = tmp_path / "lea", tmp_path / "zoe"
    for folder, facts in ((lea, [review(1)]), (zoe, [review(1, subject="nps"), review(2, subject="nps")])):
        store = opened(folder, "1")
        for fact in facts:
            store.record(fact)
        store.close()
    shutil.copy2(zoe / "snapshot.json", lea / "snapshot.json")
    assert comparable(opened(lea).history) == comparable(replay([review(1)]))
    shutil.rmtree(lea / "journal")
    assert comparable(opened(lea).history) == comparable(replay([]))


# Clocks


@pytest.mark.parametrize(
    "instants",
    [
        ["2026-11-02T09:00", "2036-11-02T09:00", "2026-11-03T09:00"],
        ["2026-11-02T09:00", "1970-01-01T00:00", "2026-11-03T09:00"],
        ["1970-01-01T00:00", "2038-01-19T03:14", "2001-09-09T01:46"],
        ["2026-03-29T00:59", "2026-03-29T01:00", "2026-03-29T02:01"],
        ["2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T03:01"],
    ],
    ids=["years ahead", "lost power", "anything", "March night", "October night"],
)
def test_answers_of_any_clock_are_found_again_in_the_order_in_which_they_were_given(
    tmp_path: Path, instants: list[str]
) -> None:
    """Jumps of years, and the two nights when the hour changes in Paris; and the card comes back within a year."""
    clock = Clock()
    bag = services(tmp_path, clock=clock)
    for instant in instants:
        clock.at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
        bag.recorder.record([DRAFT], 3)
    assert [fact["at"][:16] for fact in journal(bag)] == instants
    clock.at = datetime(2027, 12, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))
    again = services(tmp_path, clock=clock)
    assert comparable(again.history) == comparable(bag.history)
    assert again.history.tallies[DRAFT.card].answers == len(instants)
    assert DRAFT.card in again.plan(small_deck(shipped(), "dmt")).due


# Disks


@pytest.mark.parametrize(
    ("code", "cause", "advice"),
    [
        (errno.ENOSPC, "disque plein", "Libérez de la place"),
        (errno.EFBIG, "disque plein", "Libérez de la place"),
        (errno.EROFS, "accès refusé", "Vérifiez que ce dossier vous appartient"),
        (errno.EACCES, "accès refusé", "Vérifiez que ce dossier vous appartient"),
        (errno.ENOENT, "dossier disparu", "Rétablissez le dossier"),
        (errno.ENOTDIR, "un fichier est à la place d’un dossier", "Rétablissez le dossier"),
        (errno.ELOOP, "un lien tourne en rond", "Prévenez la personne"),
        (errno.ETIMEDOUT, "partage injoignable", "Vérifiez le réseau"),
        (errno.EIO, "disque défaillant", "Prévenez la personne"),
        (errno.ENAMETOOLONG, "nom trop long", "Prévenez la personne"),
        (errno.EMFILE, "trop de fichiers ouverts", "Prévenez la personne"),
        (errno.ENOMEM, f"erreur du système {errno.ENOMEM}", "Prévenez la personne"),
    ],
    ids=lambda value: errno.errorcode.get(value) if isinstance(value, int) else "",
)
def test_every_failure_is_told_in_french_with_what_to_do(code: int, cause: str, advice: str) -> None:
    """Where, what, what to do, and that nothing is given up."""
    said = str(not_saved(Path("zoé.jsonl"), OSError(code, os.strerror(code))))
    assert said.startswith(f"Enregistrement impossible dans zoé.jsonl : {cause}. {advice}")
    assert "l’enregistrement reprendra de lui-même" in said


def mount(*arguments: str) -> bool:
    """Whether this worked."""
    try:
        return not subprocess.run(arguments, capture_output=True, check=False).returncode
    except OSError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or not mount("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)):
        pytest.skip("no right to mount a file system")
    yield place
    mount("umount", "-l", str(place))


async def drilled_until_repaired(bag: Services, cause: str, repair: Callable[[], object]) -> None:
    """Answer twice under a banner that names the cause, then once after the repair: all three are on disk."""
    before = journal(bag)
    async with drilling(bag, CHOICE).run_test(size=(100, 40)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        for _ in range(2):
            await answer(pilot, screen)
            await until(pilot, lambda: shows(app, "⚠ Enregistrement impossible", cause))
            await go_on(pilot, screen)
        assert journal(bag) == before
        assert len(bag.store.unsaved) == 2
        repair()
        await answer(pilot, screen)
        await until(pilot, lambda: not screen.banner.display)
    assert journal(bag)[: len(before)] == before
    assert len(journal(bag)) == len(before) + 3


async def test_a_real_disk_that_fills_up_stops_nobody(small_disk: Path) -> None:
    """What was saved before is intact, and the rest follows once there is room."""
    earlier = services(small_disk, library=without_decks())
    earlier.recorder.record([DRAFT], 3)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(1 << 20))
    await drilled_until_repaired(
        services(small_disk, library=without_decks()), "disque plein", ballast.unlink
    )


async def test_a_home_that_may_not_be_written_stops_nobody(small_disk: Path) -> None:
    """Nothing is there yet and nothing can be made; once it can, everything is."""
    assert mount("mount", "-o", "remount,ro", str(small_disk))
    await drilled_until_repaired(
        services(small_disk, library=without_decks()),
        "accès refusé",
        lambda: mount("mount", "-o", "remount,rw", str(small_disk)),
    )


def test_a_share_that_vanished_is_made_anew_at_the_end(tmp_path: Path) -> None:
    """While the session lasts it may come back; when it ends, rather a new folder than nothing."""
    bag = services(tmp_path / "share")
    bag.recorder.record([DRAFT], 3)
    shutil.rmtree(tmp_path / "share")
    for _ in range(2):
        with pytest.raises(ProgressError, match="dossier disparu"):
            bag.recorder.record([DRAFT], 3)
    assert not bag.learner.folder.joinpath("journal").exists()
    assert bag.close() == 0
    assert [fact["counter"] for fact in journal(bag)] == [2, 3]
