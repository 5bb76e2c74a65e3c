"""What is kept of a learner on disk: exported whole, erased whole, forgotten in time; real files throughout."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers.learners import DAY, learnt, names
from tests.helpers.reviews import START, review, undo
from trainer.cli.main import main
from trainer.errors import ProgressError
from trainer.memory.expiry import Fate
from trainer.memory.schedule import Scheduler
from trainer.places import shared_settings
from trainer.progress.codec import encode
from trainer.progress.learners import Learners
from trainer.progress.store import Store
from trainer.safekeeping import retention
from trainer.safekeeping.erasure import erase
from trainer.safekeeping.exporting import as_text, document, usual_name, write_new

LEFT = START + timedelta(days=3)
"""When the last answer was given."""
GONE = date(2027, 3, 5)
"""A year later."""
FAR = '{"since":"9999-12-31","seen":"9999-12-31","times":9}'
"""A mark that no calendar goes beyond."""


# The notice, noted in the profile


def test_the_profile_notes_when_the_notice_was_read(tmp_path: Path) -> None:
    """Whatever else the profile holds stays; someone without a profile leaves no trace."""
    learners = Learners(tmp_path)
    ali = learners.inform(learners.called("Ali"), LEFT)
    assert ali.informed == LEFT
    assert list(tmp_path.iterdir()) == []
    zoe = learners.create("Zoé", START)
    path = zoe.folder / "profile.json"
    path.write_bytes(json.dumps(json.loads(path.read_bytes()) | {"later": [1]}).encode())
    assert learners.called("Zoé").informed is None
    assert learners.inform(zoe, LEFT) == learners.called("Zoé") == zoe._replace(informed=LEFT)
    assert json.loads(path.read_bytes())["later"] == [1]


@pytest.mark.parametrize("spoilt", [5, "hier", [], "2026-03-02"])
def test_a_spoilt_note_only_brings_the_notice_back(tmp_path: Path, spoilt: object) -> None:
    """The learner is still known by name."""
    learners = Learners(tmp_path)
    zoe = learners.create("Zoé", START, START)
    path = zoe.folder / "profile.json"
    path.write_bytes(json.dumps(json.loads(path.read_bytes()) | {"informed": spoilt}).encode())
    assert learners.all() == [zoe._replace(informed=None)]


# Export


def test_an_export_holds_every_line_and_what_was_derived(tmp_path: Path) -> None:
    """Facts as they stand, unknown fields, unreadable lines and other files included; caches are only named."""
    learner = learnt(tmp_path)
    odd = [b'{"v":9,"kind":"later","x":1}', b"abc\xff", json.dumps({"a": "\ud800"}).encode()]
    (learner.folder / "journal" / "autre-1.jsonl").write_bytes(
        b"\n".join([*odd, encode(undo(review(3), 4))]) + b"\n"
    )
    (learner.folder / "note.txt").write_text("à moi", encoding="utf-8")
    store = Store.open(learner.folder, "poste1", "essai2", Scheduler())
    told = json.loads(as_text(document(learner, store, LEFT)))
    assert set(told["files"]) == {path for path in names(learner.folder) if path != "journal"}
    contents = told["contents"]
    assert contents["journal/poste1-essai1.jsonl"] == [json.loads(encode(review(each))) for each in (1, 2, 3)]
    assert contents["journal/autre-1.jsonl"][:3] == [
        {"v": 9, "kind": "later", "x": 1},
        "abc\ufffd",
        {"a": "\ud800"},
    ]
    assert contents["profile.json"]["name"] == "Zoé"
    assert contents["note.txt"] == "à moi"
    assert "snapshot.json" not in contents
    assert told["derived"]["cards"]["dmt/meaning"]["answers"] == 2
    assert told["derived"]["days"]["2026-03-03"] == {"answers": 1, "right": 1}


def test_an_export_never_replaces_a_file(tmp_path: Path) -> None:
    """The next free name is taken, and only the owner reads the file."""
    path = tmp_path / usual_name(Learners(tmp_path).called("Zoé"), LEFT)
    assert path.name == "trainer-zoe-2026-03-05.json"
    written = [write_new(path, text) for text in "abc"]
    assert [each.name for each in written] == [
        "trainer-zoe-2026-03-05.json",
        "trainer-zoe-2026-03-05-2.json",
        "trainer-zoe-2026-03-05-3.json",
    ]
    assert [each.read_text() for each in written] == ["a", "b", "c"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_export_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    """A folder that does not exist is named."""
    with pytest.raises(ProgressError, match=r"a\.json : fichier non écrit \(dossier disparu\)"):
        write_new(tmp_path / "rien" / "a.json", "")


# Erasure


def test_nothing_of_a_learner_remains(tmp_path: Path) -> None:
    """Journal, snapshot, profile, copies and folders go; others stay; a link is removed, not what it leads to."""
    zoe, ali = learnt(tmp_path), learnt(tmp_path, "Ali")
    (zoe.folder / "quarantine" / "a").mkdir(parents=True)
    (zoe.folder / "quarantine" / "a" / "b.jsonl").write_text("x")
    (zoe.folder / "leads").symlink_to(ali.folder, target_is_directory=True)
    others = names(ali.folder)
    assert erase(zoe.folder) == ()
    assert names(tmp_path) == {"learners", f"learners/{ali.folder.name}"} | {
        f"learners/{ali.folder.name}/{name}" for name in others
    }
    assert erase(zoe.folder) == ()


def test_what_cannot_be_erased_is_named_and_can_be_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is held: the rest goes, the profile stays for another try, and the path is told."""
    zoe = learnt(tmp_path)
    held = zoe.folder / "journal" / "poste1-essai1.jsonl"
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == held:
            raise PermissionError(13, "held")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    (left,) = erase(zoe.folder)
    assert left == (held, "accès refusé")
    assert names(zoe.folder) == {"journal", "journal/poste1-essai1.jsonl", "profile.json"}
    monkeypatch.undo()
    assert Learners(tmp_path).find("Zoé") == zoe
    assert erase(zoe.folder) == ()
    assert names(tmp_path) == {"learners"}


# Retention


def test_a_year_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    """The setting is read back; a spoilt one keeps everything, says so, and is put aside by the next."""
    assert retention.load(tmp_path) == (12, "")
    retention.save(tmp_path, 24)
    assert retention.load(tmp_path) == (24, "")
    path = tmp_path / "settings.json"
    for number, spoilt in enumerate(("{", "[]", "{}", '{"v":1,"retention_months":true}'), 1):
        path.write_text(spoilt)
        kept = retention.load(tmp_path)
        assert kept.months == 0
        assert "trainer data retention 12" in kept.warning
        aside = retention.save(tmp_path, 6)
        assert retention.load(tmp_path) == (6, "")
        assert aside == tmp_path / f"settings.damaged{f'-{number}' if number > 1 else ''}.json"
    kept_aside = [
        each.read_text()
        for each in sorted(tmp_path.glob("settings.damaged*"), key=lambda p: p.stat().st_mtime_ns)
    ]
    assert kept_aside == ["{", "[]", "{}", '{"v":1,"retention_months":true}']


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "byte order mark"])
def test_the_settings_of_others_are_kept(tmp_path: Path, mark: str) -> None:
    """Whoever changes one key leaves all others, in their order, half characters included."""
    others = {"v": 1, "thème": "sombre", "nested": {"a": [1, 2.5, None]}, "half": "\ud800"}
    path = tmp_path / "settings.json"
    path.write_bytes(f"{mark}{json.dumps(others)}\r\n".encode())
    assert retention.load(tmp_path) == (12, "")
    assert retention.save(tmp_path, 24) is None
    assert list(json.loads(path.read_bytes()).items()) == [*others.items(), ("retention_months", 24)]
    path.write_text(json.dumps({**others, "retention_months": -3}))
    assert "retention_months" in retention.load(tmp_path).warning
    assert retention.save(tmp_path, 36)
    assert json.loads(path.read_bytes()) == {**others, "retention_months": 36}


def test_settings_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    """Nobody here knows what they mean: nothing is erased, nothing written, and what to do is said."""
    path = tmp_path / "settings.json"
    path.write_text('{"v":2,"retention_months":1}')
    kept = retention.load(tmp_path)
    assert (kept.months, "mis à jour" in kept.warning) == (0, True)
    with pytest.raises(ProgressError, match="plus récente"):
        retention.save(tmp_path, 6)
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
    assert path.read_text() == '{"v":2,"retention_months":1}'


def test_an_administrator_decides_for_the_folders_that_say_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the computer says holds, what the folder says itself wins, and it alone is written."""
    data, shared = tmp_path / "data", tmp_path / "etc"
    shared.mkdir()
    (shared / "settings.json").write_text('{"v":1,"retention_months":3,"thème":"sombre"}')
    monkeypatch.setattr("trainer.launch.shared_settings", lambda *_, **__: shared)
    learnt(data)
    assert main(["data", "retention", "--data", str(data)]) == 0
    assert "3 mois après" in capsys.readouterr().out
    assert main(["data", "notice", "--data", str(data)]) == 0
    assert "3 mois après" in capsys.readouterr().out
    assert retention.sweep(Learners(data, shared), GONE - 270 * DAY)
    assert main(["data", "retention", "24", "--data", str(data)]) == 0
    assert "24 mois après" in capsys.readouterr().out
    assert json.loads((data / "settings.json").read_bytes()) == {"v": 1, "retention_months": 24}
    assert json.loads((shared / "settings.json").read_bytes())["retention_months"] == 3


@pytest.mark.parametrize("spoilt", ["{", '{"v":2}', '{"v":1,"retention_months":"3"}'])
def test_spoilt_settings_of_an_administrator_erase_nobody(tmp_path: Path, spoilt: str) -> None:
    """Nobody can tell what they said: the file is named, and whom to ask."""
    (tmp_path / "settings.json").write_text(spoilt)
    kept = retention.load(tmp_path / "data", tmp_path)
    assert kept.months == 0
    assert str(tmp_path / "settings.json") in kept.warning


def test_where_an_administrator_keeps_settings() -> None:
    """The place that each system has for it."""
    assert shared_settings({}, is_windows=False) == Path("/etc/trainer")
    assert shared_settings({"PROGRAMDATA": "common"}, is_windows=True) == Path("common", "trainer")
    assert shared_settings({}, is_windows=True) is None


def watched(data: Path, *days: date, using: Path | None = None) -> list[Fate]:
    """What each look finds."""
    return [outcome.fate for day in days for outcome in retention.sweep(Learners(data), day, using)]


def test_who_left_is_announced_then_forgotten(tmp_path: Path) -> None:
    """A month of announcement seen on three days, then nothing is left; a colleague who answers stays."""
    zoe = learnt(tmp_path)
    ali = Learners(tmp_path).create("Ali", datetime(2027, 3, 1, tzinfo=UTC))
    assert watched(tmp_path, GONE - DAY) == []
    assert retention.announced(zoe) is None
    days = (GONE, GONE + 10 * DAY, GONE + 30 * DAY)
    assert watched(tmp_path, *days[:2]) == [Fate.ANNOUNCED] * 2
    assert retention.announced(zoe) == days[2]
    assert watched(tmp_path, days[2]) == [Fate.ERASED]
    assert [each.name for each in Learners(tmp_path).all()] == [ali.name]
    assert not zoe.folder.exists()


def test_who_comes_back_is_no_longer_announced(tmp_path: Path) -> None:
    """One more answer, or only being the one who learns, takes the mark away."""
    zoe = learnt(tmp_path)
    assert watched(tmp_path, GONE) == [Fate.ANNOUNCED]
    assert watched(tmp_path, GONE + DAY, using=zoe.folder) == []
    assert retention.announced(zoe) is None
    assert watched(tmp_path, GONE + 2 * DAY) == [Fate.ANNOUNCED]
    path = zoe.folder / "journal" / "poste1-essai2.jsonl"
    path.write_bytes(encode(review(4)._replace(at=datetime(2027, 3, 6, tzinfo=UTC))) + b"\n")
    os.utime(path, (LEFT.timestamp(), LEFT.timestamp()))  # a share whose clock says otherwise
    assert watched(tmp_path, GONE + 40 * DAY, GONE + 60 * DAY) == []
    assert retention.announced(zoe) is None


@pytest.mark.parametrize("sign", ["answer", "file"])
def test_one_sign_from_the_future_keeps_everything(tmp_path: Path, sign: str) -> None:
    """The clock was wrong once, when an answer or a file was written: nobody knows its age."""
    zoe = learnt(tmp_path)
    path = zoe.folder / "journal" / "poste1-essai2.jsonl"
    late = datetime(2031, 1, 1, tzinfo=UTC)
    path.write_bytes(encode(review(4)._replace(at=late if sign == "answer" else LEFT)) + b"\n")
    stamp = (late if sign == "file" else LEFT).timestamp()
    os.utime(path, (stamp, stamp))
    assert watched(tmp_path, GONE, GONE + 20 * DAY, GONE + 40 * DAY, GONE + 60 * DAY) == []


@pytest.mark.parametrize(
    "mark",
    [
        *("", "{", '{"since":"2027-03-05","seen":"2027-04-01","times":"9"}', "[]", FAR),
        '{"since":"2027-03-05","seen":"2027-04-01","times":' + "9" * 4300 + "}",
        '{"since":"2027-03-05","seen":"2027-04-01","times":9' + "0" * 7 + "}",
    ],
    ids=lambda mark: mark[:70],
)
def test_a_spoilt_mark_begins_the_grace_anew(tmp_path: Path, mark: str) -> None:
    """Never an erasure on a file that somebody damaged."""
    zoe = learnt(tmp_path)
    (zoe.folder / "expiry.json").write_text(mark)
    assert watched(tmp_path, GONE + 35 * DAY) == [Fate.ANNOUNCED]
    assert retention.announced(zoe) == GONE + 65 * DAY


def test_no_limit_and_no_sign_keep_everything(tmp_path: Path) -> None:
    """A setting of 0, a spoilt one, or a folder that is not a learner's: nothing is touched."""
    learnt(tmp_path)
    (tmp_path / "learners" / "autre").mkdir()
    days = [GONE + each * DAY for each in (0, 20, 40, 60)]
    retention.save(tmp_path, 0)
    assert watched(tmp_path, *days) == []
    (tmp_path / "settings.json").write_text("{")
    assert watched(tmp_path, *days) == []
    retention.save(tmp_path, 12)
    assert watched(tmp_path, *days) == [Fate.ANNOUNCED, Fate.ANNOUNCED, Fate.ERASED]
    assert (tmp_path / "learners" / "autre").is_dir()


def test_a_journal_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    """Who knows what it holds."""
    zoe = learnt(tmp_path)
    (zoe.folder / "journal" / "poste2-essai1.jsonl").symlink_to(tmp_path / "share" / "gone.jsonl")
    assert watched(tmp_path, GONE, GONE + 20 * DAY, GONE + 40 * DAY) == []
