"""The journal: what was acknowledged is on disk, and nothing on disk makes a reader fail."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.helpers.reviews import review, undo
from tests.helpers.stories import any_review, any_undo
from trainer.errors import ProgressError
from trainer.memory.reviews import Fact
from trainer.progress import files
from trainer.progress.codec import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_LINE,
    MOST_COUNTER,
    MOST_TOOK,
    decode,
    encode,
)
from trainer.progress.inspecting import lines
from trainer.progress.journal import Writer
from trainer.progress.reading import ChangedError, read, read_beyond

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def line(fact: Fact) -> bytes:
    return encode(fact) + b"\n"


@given(st.one_of(any_review, any_undo))
@example(review(1)._replace(answer="a\ud800\u2028\0\r\n«é»"))
def test_a_fact_survives_its_line(fact: Fact) -> None:
    """Decoding what was encoded gives the same fact, on one line of UTF-8."""
    text = encode(fact)
    assert decode(text) == fact
    assert decode(text.decode()) == fact
    assert b"\n" not in text


def test_a_line_is_readable_json_with_a_version() -> None:
    """The format on disk is the one promised, accents included."""
    fields = json.loads(encode(review(7)))
    assert fields["v"] == 1
    assert fields["kind"] == "review"
    assert fields["card"] == "dmt/meaning"
    assert fields["at"] == "2026-03-09T09:30:00.000Z"
    assert fields["day"] == "2026-03-09"
    assert "durée".encode() in encode(review(7))
    assert json.loads(encode(undo(review(7), 8)))["kind"] == "undo"


BROKEN: dict[str, list[object]] = {
    "v": [0, "1", True, None, 1.0],
    "kind": ["Skip!", "", None, 1, []],
    "id": [1, None],
    "counter": [-1, 1.5, "1", True, MOST_COUNTER + 1, 2**63, 10**4299],
    "card": ["dmt", "/meaning", "dmt/", "dmt/ses\0ns", 5, []],
    "rating": [0, 5, True, 3.0, "3"],
    "correct": [1, None],
    "at": [
        *("2026-03-09", "2026-03-09T09:30:00", "2026-03-09T09:30:00+02:00", 5),
        *("0001-01-01T00:00:00.000Z", "1899-12-31T23:59:59.000Z", "9999-12-31T23:59:59.000Z"),
    ],
    "day": ["9999-12-31", "0001-01-01", "hier", 20260309, None],
    "took": [-1, 0.5, False, MOST_TOOK + 1, 10**400, float("inf"), float("nan")],
    "format": ["Cloze", "cl\0ze", 3, []],
    "answer": [None, 4, "x" * LONGEST_LINE],
    "chosen": [None, 4],
    "game": [[], ["g", 0], ["g", 10**400], ["g", 2.0], [1, 2], 5],
}


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, bad in BROKEN.items() for value in bad],
    ids=lambda value: repr(value)[:40],
)
def test_a_field_of_the_wrong_type_is_refused(name: str, value: object) -> None:
    """Each field is checked, so that a damaged line cannot poison a history."""
    fields = json.loads(encode(review(1)))
    with pytest.raises(ValueError):
        decode(json.dumps({**fields, name: value}))
    if fields.pop(name, None) is not None:
        with pytest.raises(ValueError):
            decode(json.dumps(fields))


LATER = {"kind": "exam", "format": "order", "card": "dmt/spelling_aloud"}


@pytest.mark.parametrize("name", LATER)
def test_a_word_of_a_later_version_is_no_damage(name: str) -> None:
    """A kind, drill or facet that is unknown here is left to the program that wrote it, unless the rest is damaged."""
    fields = {**json.loads(encode(review(1))), name: LATER[name]}
    assert decode(json.dumps(fields)) is None
    if name != "kind":  # nobody knows what another kind of line holds
        for damage in ({"counter": -1}, {"at": "hier"}, {"took": None}, {"rating": 7}, {"game": 5}):
            with pytest.raises(ValueError):
                decode(json.dumps({**fields, **damage}))


def test_the_bounds_of_each_field_may_be_reached() -> None:
    """What stands exactly at a limit is an answer like any other."""
    edges = review(1)._replace(
        counter=MOST_COUNTER,
        at=datetime(FIRST_YEAR, 1, 1, tzinfo=UTC),
        day=date(LAST_YEAR, 12, 31),
        took=MOST_TOOK,
    )
    assert decode(encode(edges)) == edges


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=repr)
def test_a_byte_order_mark_costs_no_line(tmp_path: Path, ends: bytes) -> None:
    """At the start of a file, and where one file was copied behind another; what numbers lines agrees."""
    marked = b"\xef\xbb\xbf" + encode(review(1)) + ends + encode(review(2)) + ends
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "a-1.jsonl").write_bytes(marked + marked.replace(b"poste1", b"poste2"))
    found = read(tmp_path / "journal")
    assert [fact.id for fact in found.facts] == ["poste1-1", "poste1-2", "poste2-1", "poste2-2"]
    assert not found.unreadable
    assert [line.why for line in lines(tmp_path)] == [""] * 4


def test_lines_of_later_versions_and_unknown_fields_are_left_alone() -> None:
    """A newer program may share the folder."""
    fields = json.loads(encode(review(1)))
    assert decode(json.dumps({**fields, "mood": "good"})) == review(1)
    assert decode(json.dumps({"v": 2, "kind": "dream"})) is None
    assert decode(json.dumps({"v": 9})) is None


@given(st.binary())
@example(b"[" * 100_000)
@example(b"1" * 5000)
def test_decoding_any_bytes_gives_a_fact_or_a_value_error(data: bytes) -> None:
    """No line can crash the reader."""
    with suppress(ValueError):
        assert isinstance(decode(data), Fact | None)


@posix_only
def test_files_and_folders_are_private(tmp_path: Path) -> None:
    """Only their owner reads a learner's answers."""
    path = tmp_path / "data" / "lea" / "journal" / "a-1.jsonl"
    writer = Writer(path)
    assert not (tmp_path / "data").exists()
    writer.append(line(review(1)))
    writer.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, tmp_path / "data"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_line_is_on_disk_when_append_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One write and one sync for each answer."""
    calls: list[str] = []
    write, sync = os.write, os.fsync

    def spy_write(file: int, data: bytes) -> int:
        calls.append("write")
        return write(file, data)

    def spy_sync(file: int) -> None:
        calls.append("sync")
        sync(file)

    writer = Writer(tmp_path / "a-1.jsonl")
    writer.append(line(review(1)))
    monkeypatch.setattr(os, "write", spy_write)
    monkeypatch.setattr(os, "fdatasync" if hasattr(os, "fdatasync") else "fsync", spy_sync)
    writer.append(line(review(2)))
    assert calls == ["write", "sync"]
    assert read(tmp_path).facts == [review(1), review(2)]


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may take only a part of the bytes at once."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:7]))
    writer = Writer(tmp_path / "a-1.jsonl")
    writer.append(line(review(1)))
    assert read(tmp_path).facts == [review(1)]


def test_a_failed_write_leaves_nothing_and_the_next_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The half line of a full disk is cut off again, and the file taken up where it was."""
    writer = Writer(tmp_path / "a-1.jsonl")
    writer.append(line(review(1)))
    write = os.write

    def half(file: int, data: bytes) -> int:
        write(file, data[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        with pytest.raises(ProgressError, match=r"a-1\.jsonl : disque plein"):
            writer.append(line(review(2)))
    assert (tmp_path / "a-1.jsonl").read_bytes() == line(review(1))
    writer.append(line(review(3)))
    assert read(tmp_path).facts == [review(1), review(3)]


def test_a_half_line_that_could_not_be_cut_off_is_cut_off_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even truncating may fail when a share vanishes."""
    writer = Writer(tmp_path / "a-1.jsonl")
    writer.append(line(review(1)))
    write = os.write

    def half(file: int, data: bytes) -> int:
        write(file, data[:20])
        raise OSError(errno.EIO, "gone")

    def refuse(file: int, size: int) -> None:
        raise OSError(errno.EIO, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        patch.setattr(os, "ftruncate", refuse)
        with pytest.raises(ProgressError, match="disque défaillant"):
            writer.append(line(review(2)))
    assert (tmp_path / "a-1.jsonl").stat().st_size == len(line(review(1))) + 20
    writer.append(line(review(2)))
    assert read(tmp_path).facts == [review(1), review(2)]
    assert not read(tmp_path).unreadable


@posix_only
def test_a_folder_that_disappears_is_reported_and_found_again(tmp_path: Path) -> None:
    """A share or a stick may be pulled out and put back; nothing is written into thin air meanwhile."""
    folder, away = tmp_path / "journal", tmp_path / "away"
    writer = Writer(folder / "a-1.jsonl")
    writer.append(line(review(1)))
    kept = (folder / "a-1.jsonl").read_bytes()
    (folder / "a-1.jsonl").unlink()
    folder.rmdir()
    with pytest.raises(ProgressError, match="dossier disparu"):
        writer.append(line(review(2)))
    away.mkdir()
    (away / "a-1.jsonl").write_bytes(kept)
    away.rename(folder)
    writer.append(line(review(2)))
    assert read(folder).facts == [review(1), review(2)]
    assert writer.intact


def test_a_file_put_back_shorter_gets_a_line_of_its_own(tmp_path: Path) -> None:
    """Whatever a share brings back, the next answer is not glued to it."""
    path = tmp_path / "a-1.jsonl"
    writer = Writer(path)
    writer.append(line(review(1)))
    writer.append(line(review(2)))
    writer.close()
    path.write_bytes(line(review(1)) + b'{"v":1,"ki')
    writer.append(line(review(3)))
    writer.close()
    writer.append(line(review(4)))
    assert read(tmp_path).facts == [review(1), review(3), review(4)]
    assert not writer.intact


def test_a_file_of_another_launch_is_never_written(tmp_path: Path) -> None:
    """One file has one writer ever: whoever comes second writes beside it."""
    path = tmp_path / "a-1.jsonl"
    path.write_bytes(line(review(1)))
    writer = Writer(path)
    writer.append(line(review(2)))
    writer.append(line(review(3)))
    assert path.read_bytes() == line(review(1))
    assert (tmp_path / "a-1-2.jsonl").read_bytes() == line(review(2)) + line(review(3))


@posix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_explained(tmp_path: Path) -> None:
    """The message names the file and the reason."""
    tmp_path.chmod(0o500)
    with pytest.raises(ProgressError, match="accès refusé"):
        Writer(tmp_path / "a-1.jsonl").append(line(review(1)))
    tmp_path.chmod(0o700)


DAMAGE = {
    "torn": (b'{"v":1,"kind":"rev', "ligne inachevée"),
    "whole but without its end": (encode(review(9)), "ligne inachevée"),
    "zeros of a power cut": (b"\0" * 4096, "ligne inachevée"),
    "not UTF-8": (encode(review(9)).replace("é".encode(), b"\xe9") + b"\n", "ligne illisible"),
    "conflict marker": (b"<<<<<<< mine\n", "ligne illisible"),
    "two glued": (encode(review(8)) + line(review(9)), "ligne illisible"),
    "not an object": (b"[1]\n", "ligne illisible"),
}


@pytest.mark.parametrize(("tail", "why"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_reported_by_number_and_costs_only_itself(tmp_path: Path, tail: bytes, why: str) -> None:
    """What comes before and what other files hold is read; nothing is deleted."""
    before = line(review(1)) + b"\n" + line(review(2))
    (tmp_path / "a-1.jsonl").write_bytes(before + tail)
    (tmp_path / "a-2.jsonl").write_bytes(line(review(3)))
    found = read(tmp_path)
    assert found.facts == [review(1), review(2), review(3)]
    assert [(bad.file, bad.line, bad.why) for bad in found.unreadable + found.unfinished] == [
        ("a-1.jsonl", 4, why)
    ]
    assert (tmp_path / "a-1.jsonl").read_bytes() == before + tail


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    """An editor may have changed the ends of the lines."""
    (tmp_path / "a-1.jsonl").write_bytes(line(review(1)).replace(b"\n", b"\r\n") * 2 + b"\r\n")
    found = read(tmp_path)
    assert found.facts == [review(1), review(1)]
    assert not found.unreadable


def test_what_is_no_journal_file_is_passed_over_or_reported(tmp_path: Path) -> None:
    """Folders, other names and broken links do not stop the reading; what has the name of a journal is reported."""
    (tmp_path / "a-1.jsonl").write_bytes(line(review(1)))
    (tmp_path / "a-2.jsonl.part").write_bytes(line(review(2)))
    (tmp_path / "a-3.jsonl").mkdir()
    (tmp_path / "a-4.jsonl").symlink_to(tmp_path / "nowhere")
    found = read(tmp_path)
    assert found.facts == [review(1)]
    assert [(bad.file, bad.line) for bad in found.unfinished] == [("a-3.jsonl", 0), ("a-4.jsonl", 0)]
    assert read(tmp_path / "missing").facts == []


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_reading_never_raises(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    """Any bytes between two whole lines leave both of them readable."""
    folder = tmp_path_factory.mktemp("journal")
    (folder / "a-1.jsonl").write_bytes(line(review(1)) + b"\n".join(pieces) + b"\n" + line(review(2)))
    assert read(folder).facts == [review(1), review(2)]


def test_only_what_was_added_is_read_again(tmp_path: Path) -> None:
    """A file that grew is read from where it was left, with the right line numbers."""
    path = tmp_path / "a-1.jsonl"
    path.write_bytes(line(review(1)) + b'{"torn')
    known = read(tmp_path).segments
    assert read_beyond(tmp_path, known).facts == []
    path.write_bytes(line(review(1)) + line(review(2)) + b"oops\n")
    (tmp_path / "a-2.jsonl").write_bytes(line(review(3)))
    added = read_beyond(tmp_path, known)
    assert added.facts == [review(2), review(3)]
    assert [bad.line for bad in added.unreadable] == [3]
    assert added.segments == read(tmp_path).segments


def test_a_file_that_changed_is_noticed(tmp_path: Path) -> None:
    """Rewritten, cut or removed: what was built from it is worth nothing."""
    path = tmp_path / "a-1.jsonl"
    path.write_bytes(line(review(1)) + line(review(2)))
    known = read(tmp_path).segments
    changed = (line(review(3)) + line(review(2)), line(review(1)), b"", None)
    for data in changed:
        path.unlink() if data is None else path.write_bytes(data)
        with pytest.raises(ChangedError):
            read_beyond(tmp_path, known)


def test_a_whole_file_is_replaced_and_stale_leftovers_removed(tmp_path: Path) -> None:
    """Crashed writers leave nothing for long; a writer at work is left alone."""
    target = tmp_path / "snapshot.json"
    stale, fresh = tmp_path / ".snapshot.json.abc.tmp", tmp_path / ".snapshot.json.def.tmp"
    stale.write_bytes(b"old")
    os.utime(stale, (1, 1))
    fresh.write_bytes(b"new")
    files.write_whole(target, b"one")
    files.write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, target.name]
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_failed_replacement_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the old text nor the folder suffers."""
    target = tmp_path / "snapshot.json"
    files.write_whole(target, b"one")

    def refuse(file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="full"):
        files.write_whole(target, b"two")
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(("refusals", "saved"), [(3, True), (99, False)])
def test_a_file_held_by_windows_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, saved: bool
) -> None:
    """An antivirus holds a file for a moment; after two and a half seconds the error goes up."""
    target, waits, left = tmp_path / "profile.json", [0.0], [refusals]
    replace = Path.replace

    def held(self: Path, to: Path) -> Path:
        if left[0]:
            left[0] -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
            raise error
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", held)
    if saved:
        files.write_whole(target, b"one", waits.append)
    else:
        with pytest.raises(PermissionError):
            files.write_whole(target, b"one", waits.append)
    assert target.exists() == saved
    assert len(waits) - 1 == min(refusals, 7)
    assert sum(waits) <= 2.6
