"""Learners: any name is safe, none is forced, and profiles in any state are listed."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.errors import ProgressError
from trainer.progress.learners import LONGEST_NAME, Learners, folder_name, tidy

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

HOSTILE = [
    "../../x",
    "..",
    "/etc/passwd",
    "C:\\x",
    "CON",
    "nul.txt",
    "a" * 300,
    "\x1b[31mZoé",
    "日本",
    ".",
    "~",
    "\ud800",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_makes_a_harmless_folder(tmp_path: Path, name: str) -> None:
    """One folder, directly under the others, with a name that any system takes."""
    learner = Learners(tmp_path).create(name, NOW)
    assert learner.folder.parent == tmp_path / "learners"
    assert [path.name for path in tmp_path.iterdir()] == ["learners"]
    assert learner.folder.is_dir()
    assert Learners(tmp_path).find(name) == learner


@given(st.text(st.characters()))
@example("a" * (LONGEST_NAME - 1) + " b")
@example("Zoé \u200d\ufe0f \u202e")
@example("e\0\u0301")
def test_every_name_gives_a_safe_folder_name_and_a_short_clean_name(name: str) -> None:
    """Letters, digits and hyphens only; what is shown is stable and fits."""
    folder = folder_name(name)
    assert folder.isascii()
    assert folder.replace("-", "").isalnum()
    assert len(folder) <= 35
    assert folder == folder_name(tidy(name))
    assert tidy(tidy(name)) == tidy(name)
    assert len(tidy(name)) <= LONGEST_NAME
    assert unicodedata.is_normalized("NFC", tidy(name))
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in tidy(name))


@pytest.mark.parametrize(
    "variant",
    ["Zoé  Le Goff", "zoé le goff", "ZOE\u0301 LE GOFF ", "Zoe\u0301 Le Goff", "Zo\u202eé Le\tGoff"],
)
def test_spellings_of_one_name_are_one_learner(tmp_path: Path, variant: str) -> None:
    """Capitals, composed accents, blanks and invisible characters make no other person."""
    learners = Learners(tmp_path)
    zoe = learners.create("Zoé Le Goff", NOW)
    assert learners.find(variant) == zoe
    assert learners.create(variant, NOW) == zoe
    assert learners.all() == [zoe]


def test_different_names_are_different_learners(tmp_path: Path) -> None:
    """An accent makes another person, even where the slug is the same."""
    learners = Learners(tmp_path)
    names = ["Zoé", "Zoe", "Anna", "Anna B", "anonyme", ""]
    assert len({learners.create(name, NOW).folder for name in names}) == len(names)
    assert [learner.title for learner in learners.all()] == [
        "Anna",
        "Anna B",
        "anonyme",
        "Sans nom",
        "Zoe",
        "Zoé",
    ]


def test_no_name_is_needed(tmp_path: Path) -> None:
    """Someone without a name has a folder like everyone."""
    learner = Learners(tmp_path).create("  ", NOW)
    assert learner.name == ""
    assert learner.title == "Sans nom"
    assert learner.folder.name.startswith("anonyme-")
    (learner.folder / "profile.json").unlink()
    assert [known.title for known in Learners(tmp_path).all()] == ["Sans nom"]


def test_a_profile_holds_the_name_as_typed_and_the_day_it_began(tmp_path: Path) -> None:
    """It is never written twice."""
    learners = Learners(tmp_path)
    folder = learners.create("Zoé", NOW).folder
    learners.create("ZOÉ", datetime(2027, 1, 1, tzinfo=UTC))
    assert json.loads((folder / "profile.json").read_bytes()) == {
        "v": 1,
        "name": "Zoé",
        "created": "2026-03-02T09:30:00.000Z",
    }
    assert learners.all()[0].created == NOW


def test_looking_for_someone_creates_nothing(tmp_path: Path) -> None:
    """A learner can be shown before anything is written."""
    learners = Learners(tmp_path)
    assert learners.all() == []
    assert learners.find("Zoé") is None
    assert learners.called("Zoé").title == "Zoé"
    assert learners.called("Zoé").folder == learners.create("Zoé", NOW).folder


SPOILT = (
    *(b"", b"{", b"[]", b'{"name":5,"created":"x"}', b"\xff", b"[" * 100_000),
    *(
        b'{"name":"Zo\xc3\xa9","created":"%b"}' % day
        for day in (b"0001-01-01T00:00:00.000Z", b"9999-12-31T23:59:59.000Z")
    ),
    b'{"name":"Zo\xc3\xa9","created":"2026-03-02T09:30:00.000Z","n":' + b"9" * 5000 + b"}",
)


@pytest.mark.parametrize("data", SPOILT, ids=lambda data: str(data[:60]))
def test_a_damaged_profile_is_listed_under_its_folder(tmp_path: Path, data: bytes) -> None:
    """The answers beside it are still there, and it is not overwritten."""
    learners = Learners(tmp_path)
    zoe = learners.create("Zoé", NOW)
    (zoe.folder / "profile.json").write_bytes(data)
    (known,) = learners.all()
    assert known.damaged
    assert known.title == zoe.folder.name
    assert learners.create("Zoé", NOW).title == "Zoé"
    assert (zoe.folder / "profile.json").read_bytes() == data


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "byte order mark"])
def test_a_profile_edited_by_hand_is_read_and_what_else_it_holds_stays(tmp_path: Path, mark: str) -> None:
    """Windows line ends, fields that others added, half a character: all are there when the notice was read."""
    learners = Learners(tmp_path)
    zoe = learners.create("Zoé", NOW)
    profile = json.loads((zoe.folder / "profile.json").read_bytes()) | {"équipe": "nuit", "half": "\ud800"}
    text = json.dumps(profile, indent=1).replace("\n", "\r\n")
    (zoe.folder / "profile.json").write_bytes(f"{mark}{text}\r\n".encode())
    (known,) = learners.all()
    assert (known.name, known.created, known.informed) == ("Zoé", NOW, None)
    learners.inform(known, NOW)
    assert learners.all()[0].informed == NOW
    after = json.loads((zoe.folder / "profile.json").read_bytes())
    assert after == {**profile, "informed": "2026-03-02T09:30:00.000Z"}


def test_a_pipe_in_the_place_of_a_profile_is_not_waited_for(tmp_path: Path) -> None:
    """It would never end."""
    zoe = Learners(tmp_path).create("Zoé", NOW)
    (zoe.folder / "profile.json").unlink()
    os.mkfifo(zoe.folder / "profile.json")
    assert Learners(tmp_path).all()[0].damaged


def test_a_profile_that_cannot_be_written_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says where, why and what to do."""

    def refuse(file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ProgressError, match=r"profile\.json : disque plein\. Libérez"):
        Learners(tmp_path).create("Zoé", NOW)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_learner_s_folder_is_private(tmp_path: Path) -> None:
    """Only its owner looks inside."""
    folder = Learners(tmp_path / "data").create("Zoé", NOW).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "profile.json").stat().st_mode) == 0o600
