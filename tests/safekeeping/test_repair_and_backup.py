"""The journal verified and rebuilt, learners backed up and restored: through the verbs, on real files."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.content import write_content
from tests.helpers.reviews import review, undo
from tests.helpers.stories import stories
from tests.helpers.world import services
from trainer.cli.main import main
from trainer.errors import ProgressError
from trainer.memory.history import replay
from trainer.memory.reviews import Fact
from trainer.memory.schedule import Scheduler
from trainer.progress.codec import encode
from trainer.progress.learners import Learners
from trainer.progress.reading import read
from trainer.progress.store import Store
from trainer.safekeeping import archive
from trainer.safekeeping.archive import MANIFEST, opened, pack
from trainer.safekeeping.merging import merge
from trainer.safekeeping.names import is_safe, marked, safe

Capture = pytest.CaptureFixture[str]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCHEDULER = Scheduler()
ZOE, ALI = "Zoé", "Ali"


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_DATA", "data")
    monkeypatch.setenv("TRAINER_CONTENT", str(write_content(tmp_path / "content")))


def lines(*facts: Fact) -> bytes:
    """Facts as a journal holds them."""
    return b"".join(encode(fact) + b"\n" for fact in facts)


def learner(name: str = ZOE, data: str = "data", **files: bytes) -> Path:
    """The folder of a learner with these journal files."""
    folder = Learners(Path(data)).create(name, NOW).folder
    (folder / "journal").mkdir(exist_ok=True)
    for stem, content in files.items():
        (folder / "journal" / f"{stem}.jsonl").write_bytes(content)
    return folder


def tree(root: Path | str = "data") -> dict[str, bytes]:
    """Every file below a folder, but for caches."""
    paths = (path for path in Path(root).rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in paths
        if "cache" not in path.parts and path.name != "snapshot.json"
    }


def ran(capsys: Capture, *arguments: str, code: int = 0) -> str:
    """What a verb says: on stdout, or on stderr if it fails."""
    assert main(arguments) == code, capsys.readouterr()
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    if code in (0, 4) and not err:
        return out
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("Erreur : ")
    return err


def verified(capsys: Capture, code: int = 0) -> list[dict[str, Any]]:
    """What `journal verify --json` says of each learner."""
    found = json.loads(ran(capsys, "journal", "verify", "--json", code=code))
    assert isinstance(found, list)
    return found


def stats(capsys: Capture, name: str = ZOE, data: str = "data") -> dict[str, Any]:
    """What `stats --json` says of a learner."""
    out = ran(capsys, "--data", data, "--learner", name, "stats", "--json")
    told = json.loads(out)
    assert isinstance(told, dict)
    return told


# Verify


def test_a_sound_journal_is_told_in_figures(capsys: Capture) -> None:
    """Counts, first and last day, nothing amiss, exit 0; in words and as JSON."""
    one, two, three = review(1), review(2), review(3)
    folder = learner(a=lines(one, two), b=lines(two, three, undo(three, 4)))
    before = tree()
    (found,) = verified(capsys)
    assert found | {"folder": ""} == {
        "learner": ZOE,
        "folder": "",
        "is_misplaced": False,
        "is_whole": True,
        "files": ["a.jsonl", "b.jsonl"],
        "answers": 2,
        "retractions": 1,
        "undone": 1,
        "repeated": 1,
        "first": "2026-03-03",
        "last": "2026-03-04",
        "unreadable": [],
        "newer": [],
        "conflicts": [],
        "ahead": [],
        "unknown": {},
        "snapshot": "absent",
        "quarantine": None,
        "copies": 0,
    }
    said = ran(capsys, "journal", "verify")
    assert "2 réponses, 1 reprise de plus," in said and "du 03/03/2026 au 04/03/2026" in said
    assert tree() == before and not (folder / "snapshot.json").exists()


def spoil(line: bytes) -> Iterable[tuple[bytes, str]]:
    """A line damaged in each way, and a word of why."""
    fields = json.loads(line)
    yield line[:-9], "JSON"
    yield b"\0" * 40, "octets nuls"
    yield line.replace(b"moyenne", b"moy\xe9nne"), "UTF-8"
    yield json.dumps({key: value for key, value in fields.items() if key != "card"}).encode(), "« card »"
    yield json.dumps(fields | {"day": "2026-02-30"}).encode(), "champs"
    yield json.dumps(fields | {"rating": 9}).encode(), "valeur est inconnue"
    yield b"[" * 100_000, "champs"
    yield b"{}", "« v »"


def test_what_is_unreadable_has_its_place_and_reason(capsys: Capture) -> None:
    """File, line, byte and why, for each sort of damage; the lines between are read; exit 4; nothing is changed."""
    spoilt = list(spoil(encode(review(9))))
    content = b"".join(encode(review(n)) + b"\n\n" + bad + b"\n" for n, (bad, _) in enumerate(spoilt))
    torn = encode(review(20))[:30]
    learner(a=content + torn)
    before = tree()
    (found,) = verified(capsys, code=4)
    assert found["answers"] == len(spoilt)
    for place, (bad, why), number in zip(found["unreadable"], spoilt, range(len(spoilt)), strict=False):
        assert place["line"] == 3 * number + 3
        assert content[place["offset"] :].startswith(bad + b"\n")
        assert why in place["why"], (place, why)
    last = found["unreadable"][-1]
    assert (last["offset"], "inachevée" in last["why"]) == (len(content), True)
    assert len(found["unreadable"]) == len(spoilt) + 1
    said = ran(capsys, "journal", "verify", code=4)
    assert f"a.jsonl, ligne 3 (octet {found['unreadable'][0]['offset']}) : " in said
    assert tree() == before


def test_what_is_odd_but_readable_is_told_and_no_failure(capsys: Capture) -> None:
    """Later versions, contradicting repeats, unknown cards, answers of tomorrow: listed, exit 0."""
    newer = encode(review(2)).replace(b'"v":1', b'"v":2')
    later = review(5)._replace(at=datetime.now(UTC).replace(microsecond=0) + timedelta(days=30))
    learner(
        a=lines(review(1)) + newer + b"\n" + lines(later, review(6, subject="perdu")),
        b=lines(review(1)._replace(answer="autre chose")),
    )
    (found,) = verified(capsys)
    assert [(place["file"], place["line"]) for place in found["newer"]] == [("a.jsonl", 2)]
    assert [(place["file"], place["id"]) for place in found["conflicts"]] == [("b.jsonl", "poste1-1")]
    assert [(place["line"], place["id"]) for place in found["ahead"]] == [(3, "poste1-5")]
    assert found["unknown"] == {"perdu/meaning": 1}
    said = ran(capsys, "journal", "verify")
    for words in ("plus récente", "autre contenu", "l’avenir", "perdu/meaning : 1 réponse"):
        assert words in said


def test_the_worth_of_the_snapshot_is_told(capsys: Capture) -> None:
    """Absent, up to date, behind, of another journal, damaged, or a lie that its checksum covers."""
    folder = learner(a=lines(review(1), review(2)))
    path, journal = folder / "snapshot.json", folder / "journal" / "a.jsonl"
    states = [verified(capsys)[0]["snapshot"]]

    def kept(change: Callable[[], object] = lambda: None) -> None:
        Store.open(folder, "poste", "essai", SCHEDULER).close()
        change()
        states.append(verified(capsys)[0]["snapshot"])

    def lie() -> None:
        from zlib import crc32

        text = path.read_bytes().partition(b"\n")[2].replace(b'"counter":3', b'"counter":7')
        path.write_bytes(b"%08x\n%b" % (crc32(text), text))

    kept()
    kept(lambda: journal.write_bytes(journal.read_bytes() + lines(review(3))))
    kept(lie)
    kept(lambda: path.write_bytes(path.read_bytes()[:-1]))
    kept(lambda: journal.write_bytes(lines(review(4))))
    assert states == ["absent", "fresh", "late", "false", "useless", "stale"]


def test_all_learners_or_one(capsys: Capture) -> None:
    """Without a name everyone is looked at; an unknown name is refused; nobody is no failure."""
    Path("data").mkdir()
    assert "personne" in ran(capsys, "journal", "verify")
    learner(ZOE, a=lines(review(1)))
    learner(ALI, a=b"?\n")
    assert [found["learner"] for found in verified(capsys, code=4)] == [ALI, ZOE]
    assert ran(capsys, "--learner", "zoe\u0301", "journal", "verify").startswith("Zoé\n")
    assert "Bob" in ran(capsys, "--learner", "Bob", "journal", "verify", code=2)


# Rebuild and quarantine


def test_rebuilding_copies_what_is_unreadable_once_and_leaves_the_journal_alone(capsys: Capture) -> None:
    """The bytes can be had again from the copies; a second run, and more damage, never repeat or lose a copy."""
    bad = [b'{"v":1', b"\xff\xfe\0", b"inachev"]
    folder = learner(a=lines(review(1)) + bad[0] + b"\n" + bad[1] + b"\n" + lines(review(2)) + bad[2])
    journal = folder / "journal" / "a.jsonl"
    before = journal.read_bytes()
    assert (
        "2 réponses" in (said := ran(capsys, "journal", "rebuild")) and "3 lignes illisibles copiées" in said
    )
    copy = folder / "quarantine" / "a.jsonl"
    copies = [json.loads(line) for line in copy.read_bytes().splitlines()]
    assert [each["text"].encode(errors="surrogateescape") for each in copies] == bad
    assert [before[each["offset"] :].startswith(text) for each, text in zip(copies, bad, strict=True)] == [
        True
    ] * 3
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    once = tree()
    assert "copiée" not in ran(capsys, "journal", "rebuild")
    assert tree() == once and journal.read_bytes() == before
    assert verified(capsys, code=4)[0]["copies"] == 3
    journal.write_bytes(before + b"e\n")
    ran(capsys, "journal", "rebuild")
    assert copy.read_bytes().startswith(once[copy.relative_to("data").as_posix()])
    assert copy.read_bytes().count(b"\n") == 4


def test_a_rebuilt_snapshot_is_fresh_and_true(capsys: Capture) -> None:
    """Whatever lay there before."""
    folder = learner(a=lines(review(1), review(2)))
    (folder / "snapshot.json").write_bytes(b"abc")
    ran(capsys, "journal", "rebuild")
    assert verified(capsys)[0]["snapshot"] == "fresh"
    store = Store.open(folder, "poste", "essai", SCHEDULER)
    assert store.is_kept
    assert store.history == replay([review(1), review(2)], SCHEDULER)


def test_an_ordinary_start_sets_unreadable_lines_aside() -> None:
    """When it leaves its snapshot: not before the first screen, and not again at the next start."""
    folder = learner(a=lines(review(1)) + b"abc\n")
    store = Store.open(folder, "poste", "essai", SCHEDULER)
    assert not (folder / "quarantine").exists()
    store.keep()
    copy = folder / "quarantine" / "a.jsonl"
    assert json.loads(copy.read_bytes())["text"] == "abc"
    copy.unlink()
    again = Store.open(folder, "poste", "encore", SCHEDULER)
    again.close()
    assert not copy.exists()


@pytest.mark.parametrize(
    "words", [{"format": "order"}, {"card": "dmt/spelling"}, {"kind": "exam"}, {"v": 2}], ids=str
)
def test_a_line_of_a_later_version_is_told_kept_and_copied_nowhere_else(
    capsys: Capture, words: dict[str, object]
) -> None:
    """It is no damage: exit 0, no quarantine, and a backup brings it to another desk as it is."""
    line = json.dumps(json.loads(encode(review(9))) | words).encode() + b"\n"
    folder = learner(a=lines(review(1)) + line)
    (found,) = verified(capsys)
    assert [(place["file"], place["line"]) for place in found["newer"]] == [("a.jsonl", 2)]
    assert (found["unreadable"], found["is_whole"], found["answers"]) == ([], True, 1)
    assert "D’une version plus récente" in ran(capsys, "journal", "verify")
    ran(capsys, "journal", "rebuild")
    assert not (folder / "quarantine").exists()
    assert (stats(capsys)["newer"], stats(capsys)["unreadable"]) == (1, 0)
    assert "1 ligne d’une version plus récente" in ran(capsys, "stats", "--learner", ZOE)
    assert "1 ligne d’une version plus récente" in ran(capsys, "data", "show")
    ran(capsys, "backup", "copie.zip")
    for _ in range(2):
        ran(capsys, "--data", "neuf", "restore", "copie.zip")
        assert tree("neuf") == tree()
        assert stats(capsys, data="neuf")["newer"] == 1


# Backup and restore


def test_a_restored_learner_has_all_their_answers(capsys: Capture) -> None:
    """In a fresh data folder, everyone and the settings; twice is once; the file is its owner's alone."""
    learner(ZOE, a=lines(review(1), review(2)), b=lines(undo(review(2), 3), review(4)) + b"abc\ntorn")
    learner(ALI, a=lines(review(7, subject="crm")))
    ran(capsys, "journal", "rebuild")
    Path("data/settings.json").write_bytes(b'{"v":1,"retention_months":6}')
    before, figures = tree(), {name: stats(capsys, name) for name in (ZOE, ALI)}
    said = ran(capsys, "backup", "copie.zip")
    assert "2 apprenants" in said and "copie.zip" in said
    assert stat.S_IMODE(Path("copie.zip").stat().st_mode) == 0o600
    for _ in range(2):
        assert "Ali, Zoé" in ran(capsys, "--data", "neuf", "restore", "copie.zip")
        assert tree("neuf") == before
        assert {name: stats(capsys, name, "neuf") for name in (ZOE, ALI)} == figures
    assert {stat.S_IMODE(path.stat().st_mode) for path in Path("neuf").rglob("*") if path.is_file()} == {
        0o600
    }
    found = json.loads(ran(capsys, "--data", "neuf", "journal", "verify", "--json", code=4))
    assert [each["snapshot"] for each in found] == ["fresh", "fresh"]


def test_newer_answers_stay(capsys: Capture) -> None:
    """A file that has grown since, another that says something else, settings changed since: nothing is replaced."""
    folder = learner(a=lines(review(1)), b=lines(review(2)))
    Path("data/settings.json").write_bytes(b'{"v":1,"retention_months":6}')
    ran(capsys, "backup", "copie.zip")
    (folder / "journal" / "a.jsonl").write_bytes(lines(review(1), review(3)))
    (folder / "journal" / "b.jsonl").write_bytes(lines(review(4)))
    (folder / "journal" / "c.jsonl").write_bytes(lines(review(5)))
    Path("data/settings.json").write_bytes(b'{"v":1,"retention_months":9}')
    before = tree()
    for _ in range(2):
        said = ran(capsys, "restore", "copie.zip")
        assert "settings.json diffère de la sauvegarde : celui d’ici est gardé." in said
        after = tree()
        assert before.items() <= after.items()
        assert len(after) == len(before) + 1
        assert {fact.counter for fact in read(folder / "journal").facts} == {1, 2, 3, 4, 5}
        assert stats(capsys)["answers"] == 5


def test_a_file_cut_since_the_backup_is_made_whole_again(capsys: Capture) -> None:
    """What was lost comes back beside what is left, which a window may still be writing."""
    folder = learner(a=lines(review(1), review(2)))
    ran(capsys, "backup", "copie.zip")
    (folder / "journal" / "a.jsonl").write_bytes(lines(review(1)) + encode(review(2))[:9])
    ran(capsys, "restore", "copie.zip")
    assert {fact.counter for fact in read(folder / "journal").facts} == {1, 2}
    ran(capsys, "restore", "copie.zip")
    assert len(list((folder / "journal").iterdir())) == 2


def test_one_learner_of_many(capsys: Capture) -> None:
    """`--learner` backs up, and restores, that one alone; settings are everyone's, and stay as they are."""
    learner(ZOE, a=lines(review(1)))
    learner(ALI, a=lines(review(2)))
    Path("data/settings.json").write_bytes(b"{}")
    ran(capsys, "backup", "tous.zip")
    ran(capsys, "--learner", ALI, "backup", "ali.zip")
    ran(capsys, "--data", "un", "--learner", ZOE, "restore", "tous.zip")
    ran(capsys, "--data", "autre", "restore", "ali.zip")
    assert [each.name for each in Learners(Path("un")).all()] == [ZOE]
    assert [each.name for each in Learners(Path("autre")).all()] == [ALI]
    assert not Path("un/settings.json").exists()
    assert "Zoé" in ran(capsys, "--learner", ZOE, "restore", "ali.zip", code=2)


def test_a_backup_replaces_nothing_unasked(capsys: Capture) -> None:
    """An existing file needs --force; nothing to back up, no folder to write to: said, and no file made."""
    Path("data").mkdir()
    assert "personne" in ran(capsys, "backup", "copie.zip", code=1)
    learner(a=lines(review(1)))
    Path("copie.zip").write_bytes(b"autre")
    assert "--force" in ran(capsys, "backup", "copie.zip", code=2)
    assert Path("copie.zip").read_bytes() == b"autre"
    ran(capsys, "backup", "copie.zip", "--force")
    assert zipfile.is_zipfile("copie.zip")
    assert "dossier disparu" in ran(capsys, "backup", "absent/copie.zip", code=4)
    assert "absent" in ran(capsys, "restore", "rien.zip", code=2)
    assert not list(Path().glob(".copie*"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of files do not bind here")
def test_a_file_that_cannot_be_read_is_not_left_out_in_silence(capsys: Capture) -> None:
    """No backup rather than one that lacks something."""
    folder = learner(a=lines(review(1)))
    (folder / "journal" / "a.jsonl").chmod(0)
    assert "a.jsonl" in ran(capsys, "backup", "copie.zip", code=4)
    assert not Path("copie.zip").exists()


def test_names_that_only_some_systems_bear_are_made_safe(capsys: Capture) -> None:
    """Copies with accents and blanks, names of devices, names that differ in capitals only: all answers come along."""
    names = ["poste 1 (copie)", "été", "CON", "a", "A", "x.y", "-x", "..z", "un:deux", "n" * 140]
    folder = learner()
    for number, name in enumerate(names):
        (folder / "journal" / f"{name}.jsonl").write_bytes(lines(review(number)))
    (folder / "journal" / os.fsdecode(b"\xff.jsonl")).write_bytes(lines(review(50)))
    ran(capsys, "backup", "copie.zip")
    with zipfile.ZipFile("copie.zip") as zipped:
        stored = zipped.namelist()
    assert len({name.casefold() for name in stored}) == len(stored)
    assert all(is_safe(part) for name in stored for part in name.split("/"))
    ran(capsys, "--data", "neuf", "restore", "copie.zip")
    assert stats(capsys, ZOE, "neuf")["answers"] + len(stats(capsys, ZOE, "neuf")["gone"]) == len(names) + 1


# Files that are no backup


def zipped(files: Mapping[str, bytes], listed: Mapping[str, bytes] | None = None, /, **head: Any) -> bytes:
    """A zip of these files with a list that is true, unless told otherwise."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        stored = {
            name: {"size": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in (files if listed is None else listed).items()
        }
        made.writestr(MANIFEST, json.dumps({"v": 1, "files": stored} | head))
    return target.getvalue()


GOOD = "learners/zoe-0123456789/journal/a.jsonl"
ONE = lines(review(1))


def linked() -> bytes:
    """A zip whose file is a symbolic link."""
    target = io.BytesIO()
    info = zipfile.ZipInfo(GOOD)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(info, "/etc/passwd")
        stored = {GOOD: {"size": 11, "sha256": sha256(b"/etc/passwd").hexdigest()}}
        made.writestr(MANIFEST, json.dumps({"v": 1, "files": stored}))
    return target.getvalue()


def encrypted() -> bytes:
    """A zip whose entries say that they are encrypted."""
    content = bytearray(zipped({GOOD: ONE}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        content[at + offset] |= 1
    return bytes(content)


def twice() -> bytes:
    """A zip that holds one name twice."""
    target = io.BytesIO(zipped({GOOD: ONE}))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as made:
        made.writestr(GOOD, ONE)
    return target.getvalue()


def unlisted() -> bytes:
    """A zip without a list."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(GOOD, ONE)
    return target.getvalue()


BAD_NAMES = (
    "../dehors.jsonl",
    "learners/../../dehors.jsonl",
    "learners/zoe/journal/../../../dehors.jsonl",
    "/tmp/dehors.jsonl",
    "C:/dehors.jsonl",
    "learners/C:/journal/a.jsonl",
    "learners\\zoe\\journal\\a.jsonl",
    "learners/zoe/journal/..\\..\\a.jsonl",
    "learners/CON/journal/a.jsonl",
    "learners/zoe/journal/nul.jsonl",
    "learners/zoe/journal/com1.a.jsonl",
    "learners/zoe/journal/a.jsonl:flux",
    "learners/zoe/journal/.a.jsonl",
    "learners/zoe/journal/a.jsonl.",
    "learners/zoe/journal/été.jsonl",
    "learners/zoe/journal/a.py",
    "learners/zoe/snapshot.json",
    "learners/zoe/journal/",
    "learners/zoe",
    "cache/library.json",
    "autre.json",
    "learners//journal/a.jsonl",
    "",
)

WRONG: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "no zip": lambda: b"Bonjour" * 100,
    "truncated": lambda: zipped({GOOD: ONE})[:-30],
    "cut in the middle": lambda: zipped({GOOD: ONE * 50})[: len(zipped({GOOD: ONE * 50})) // 2],
    "no list": unlisted,
    "list is a list": lambda: zipped({GOOD: ONE}, v=[]),
    "one file more": lambda: zipped({GOOD: ONE}, {}),
    "one file less": lambda: zipped({}, {GOOD: ONE}),
    "other content": lambda: zipped({GOOD: ONE}, {GOOD: lines(review(2))}),
    "longer content": lambda: zipped({GOOD: ONE + ONE}, {GOOD: ONE}),
    "later version": lambda: zipped({GOOD: ONE}, v=2),
    "odd list": lambda: zipped({GOOD: ONE}, files=[GOOD]),
    "odd sizes": lambda: zipped({GOOD: ONE}, files={GOOD: {"size": "x", "sha256": None}}),
    "capitals": lambda: zipped({GOOD: ONE, GOOD.replace("a.jsonl", "A.jsonl"): ONE}),
    "link": linked,
    "encrypted": encrypted,
    "twice": twice,
    "bomb": lambda: zipped({GOOD: b"\0" * 20_000_000}),
    **{f"name {name!r}": lambda name=name: zipped({name: ONE}) for name in BAD_NAMES},  # type: ignore[misc]
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_what_is_no_sound_backup_changes_nothing(capsys: Capture, make: Callable[[], bytes]) -> None:
    """One line in French, exit 4, and not a byte written anywhere, beside good files in the same zip or not."""
    learner(a=ONE)
    Path("faux.zip").write_bytes(make())
    before = tree(".")
    said = ran(capsys, "restore", "faux.zip", code=4)
    assert "Rien n’a été changé" in said and "faux.zip" in said
    assert tree(".") == before


def test_an_encrypted_backup_is_called_so(capsys: Capture) -> None:
    """What to do about it is not what to do about a damaged one."""
    Path("faux.zip").write_bytes(encrypted())
    assert "déchiffrez-la d’abord" in ran(capsys, "restore", "faux.zip", code=4)


def test_there_are_limits_to_what_a_backup_may_hold(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many files, too large a file, too much in all: refused before anything is unpacked, and never made."""
    learner(a=ONE * 9, b=ONE)
    ran(capsys, "backup", "copie.zip")
    for limit in ("MOST", "LARGEST", "LARGEST_OF_ALL"):
        with monkeypatch.context() as smaller:
            smaller.setattr(archive, limit, 1)
            assert "gros" in ran(capsys, "restore", "copie.zip", code=4)
            assert "Rien n’est sauvegardé" in ran(capsys, "backup", "autre.zip", code=4)
    assert not Path("autre.zip").exists()
    ran(capsys, "restore", "copie.zip")


def test_empty_bytes_of_a_power_cut_can_be_backed_up(capsys: Capture) -> None:
    """A file that packs like a bomb is stored unpacked."""
    folder = learner(a=ONE + b"\0" * 3_000_000)
    ran(capsys, "backup", "copie.zip")
    ran(capsys, "--data", "neuf", "restore", "copie.zip")
    assert tree("neuf") == {name: each for name, each in tree().items() if "quarantine" not in name} | {
        name: each for name, each in tree("neuf").items() if "quarantine" in name
    }
    assert (folder / "journal" / "a.jsonl").stat().st_size > 3_000_000


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_is_noticed_or_harmless(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever single byte changes, or where the file is cut: the same files, or none and a French line."""
    whole = zipped({GOOD: ONE, "settings.json": b"{}"})
    content = bytearray(whole)
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "change.zip"
    path.write_bytes(content)
    try:
        with opened(path) as backup:
            assert {name: backup.read(name) for name in backup.files} == {GOOD: ONE, "settings.json": b"{}"}
    except ProgressError as error:
        assert "Rien n’a été changé" in str(error)


@settings(max_examples=40)
@given(stories(), stories(), st.integers(0, 12), st.booleans())
def test_restoring_unites_the_answers(
    tmp_path_factory: pytest.TempPathFactory, old: list[Fact], new: list[Fact], cut: int, same: bool
) -> None:
    """Backup and restore into anything: the facts of both, no file changed; again, and nothing more happens."""
    root = tmp_path_factory.mktemp("union")
    source, target = root / "source", root / "target"
    for data, facts, stem in ((source, old, "a"), (target, [*old[:cut], *new], "a" if same else "b")):
        journal = data / "learners" / "zoe" / "journal"
        journal.mkdir(parents=True)
        (journal / f"{stem}.jsonl").write_bytes(lines(*facts))
    backup = root / "copie.zip"
    backup.write_bytes(pack(source, [source / "learners" / "zoe"], NOW))
    before = tree(target)
    with opened(backup) as found:
        merge(found, target)
    after = tree(target)
    assert before.items() <= after.items()
    united = read(target / "learners" / "zoe" / "journal").facts
    assert {encode(fact) for fact in united} == {encode(fact) for fact in (*old, *new)}
    with opened(backup) as found:
        assert merge(found, target).added == []
    assert tree(target) == after


@settings(max_examples=40)
@given(st.text(min_size=1), st.text(min_size=1))
def test_safe_names_are_safe_and_differ(one: str, other: str) -> None:
    """Whatever the name of a file: safe, with its ending, and no two for one."""
    for name in (one, f"{one}.jsonl"):
        assert is_safe(safe(name))
        assert is_safe(marked(name, b"x"))
    assert safe(f"{one}.jsonl").endswith(".jsonl")
    assert (safe(one) == safe(other)) is (one == other)


def test_a_window_left_open_meanwhile_goes_on(capsys: Capture) -> None:
    """Answers given before a backup, between it and a restore, and after: all are there at the end."""
    bag = services(Path("data"))
    store = bag.store
    bag.learners.create(ZOE, NOW)
    store.record(review(1))
    ran(capsys, "backup", "copie.zip")
    store.record(review(2))
    ran(capsys, "restore", "copie.zip")
    store.record(review(3))
    store.close()
    assert stats(capsys)["answers"] == 3
    assert services(Path("data")).history.tallies.keys() == store.history.tallies.keys()
