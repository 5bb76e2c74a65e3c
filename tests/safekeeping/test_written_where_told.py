"""What a verb writes where it is told replaces nothing but plain files; backups of any year and of any size can be read."""

from __future__ import annotations

import os
import socket
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("devices, pipes and links", allow_module_level=True)

from tests.helpers.content import write_content
from tests.helpers.learners import learnt
from tests.helpers.libraries import without_decks
from tests.helpers.reviews import review
from tests.helpers.screens import app_of, on_screen, shows, until
from tests.helpers.world import known, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.progress.codec import encode
from trainer.progress.learners import Learners
from trainer.safekeeping.archive import opened, pack
from trainer.screens.data import ExportScreen

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_DATA", "data")
    monkeypatch.setenv("TRAINER_CONTENT", str(write_content(tmp_path / "content")))


def a_device(path: Path) -> None:
    """Like `/dev/null`."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("no right to make a device")


def a_pipe(path: Path) -> None:
    """A named one."""
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    """Of a program that has gone."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def a_folder(path: Path) -> None:
    """An empty one."""
    path.mkdir()


def a_link(path: Path) -> None:
    """To a file that is worth something."""
    Path("valeur").write_text("précieux", "utf-8")
    path.symlink_to("valeur")


def a_broken_link(path: Path) -> None:
    """To nothing yet."""
    path.symlink_to("rien")


def a_circle(path: Path) -> None:
    """A link to itself."""
    path.symlink_to(path.name)


ODD = [a_device, a_pipe, a_socket, a_folder, a_link, a_broken_link, a_circle]


def there() -> dict[str, tuple[int, int]]:
    """What lies here, as what."""
    return {path.name: (os.lstat(path).st_mode, os.lstat(path).st_ino) for path in Path().iterdir()}


def refused(capsys: Capture, code: int, *verb: str) -> None:
    """Told in one French line, and nothing here is another file than before."""
    before = there()
    assert main(verb) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "choisissez un autre nom" in err
    assert "--force" not in err
    assert there() == before


@pytest.mark.parametrize("make", ODD)
def test_a_backup_only_replaces_plain_files(capsys: Capture, make: Callable[[Path], None]) -> None:
    """With `--force` or without it, anything else stays what it is."""
    learnt(Path("data"))
    make(Path("copie.zip"))
    refused(capsys, 2, "backup", "copie.zip")
    refused(capsys, 2, "backup", "copie.zip", "--force")


def test_a_plain_file_is_replaced_when_asked(capsys: Capture) -> None:
    """And what was made meanwhile in its place is not."""
    learnt(Path("data"))
    Path("copie.zip").write_text("avant")
    assert main(["backup", "copie.zip"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["backup", "copie.zip", "--force"]) == 0
    assert zipfile.is_zipfile("copie.zip")


def test_what_took_its_place_while_it_was_packed_stays(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packing takes a while: the place is looked at again before it is written to."""
    learnt(Path("data"))

    def slowly(data: Path, folders: list[Path], now: datetime) -> bytes:
        a_link(Path("copie.zip"))
        return pack(data, folders, now)

    monkeypatch.setattr("trainer.safekeeping.keeper.archive.pack", slowly)
    assert main(["backup", "copie.zip", "--force"]) == 2
    assert Path("copie.zip").is_symlink()
    assert Path("valeur").read_text("utf-8") == "précieux"


@pytest.mark.parametrize("make", [each for each in ODD if each is not a_folder])
def test_an_export_writes_to_no_device_and_through_no_link(
    capsys: Capture, make: Callable[[Path], None]
) -> None:
    """Nor beside it under a number, where nobody would look; a folder takes it in."""
    learnt(Path("data"))
    make(Path("moi.json"))
    refused(capsys, 4, "data", "export", "moi.json")


async def test_the_screen_says_the_same(tmp_path: Path) -> None:
    """And stays."""
    known(tmp_path / "data", "Zoé")
    async with TrainerApp(services(tmp_path / "data", library=without_decks())).run_test(
        size=(100, 40)
    ) as pilot:
        app = app_of(pilot)
        await pilot.press("m")
        await until(pilot, lambda: shows(app, "Mes données") or shows(app, "Réponses"))
        await pilot.press("x")
        screen = await on_screen(pilot, ExportScreen)
        a_pipe(Path("tube"))
        for typed in (str(tmp_path / "tube"), "x" * 5000):
            screen.field.value = typed
            await pilot.press("enter")
            await until(pilot, lambda: shows(app, "✗"))
            assert screen.is_current
            screen.told.update("")


@pytest.mark.parametrize("make", [a_device, a_pipe, a_broken_link, a_circle])
def test_a_restoration_replaces_none_either(capsys: Capture, make: Callable[[Path], None]) -> None:
    """Where a file of the backup should go: told, and restored once it is out of the way."""
    zoe = learnt(Path("data"))
    assert main(["backup", "copie.zip"]) == 0
    segment = zoe.folder / "journal" / "poste1-essai1.jsonl"
    content = segment.read_bytes()
    segment.unlink()
    make(segment)
    before = os.lstat(segment).st_ino
    capsys.readouterr()
    assert main(["restore", "copie.zip"]) == 4
    assert "déplacez-le" in capsys.readouterr().err
    assert os.lstat(segment).st_ino == before
    segment.unlink()
    assert main(["restore", "copie.zip"]) == 0
    assert segment.read_bytes() == content


# Years


@pytest.mark.parametrize("year", [1970, 1979, 1980, 2026, 2107, 2108, 2400, 9999])
def test_a_backup_of_any_year_can_be_restored(tmp_path: Path, year: int) -> None:
    """A zip file has dates from 1980 to 2107; a clock may say anything, the 29th of February included."""
    zoe = learnt(Path("data"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    for day in ((2, 29 if leap else 28), (12, 31)):
        backup = tmp_path / "copie.zip"
        backup.write_bytes(pack(Path("data"), [zoe.folder], datetime(year, *day, 23, 59, 59, tzinfo=UTC)))
        with opened(backup) as found:
            assert found.files
        with zipfile.ZipFile(backup) as archive:
            assert {info.date_time[0] for info in archive.infolist()} == {min(max(year, 1980), 2107)}


# Size


def many(data: Path, segments: int) -> None:
    """A learner who answered once in each of many launches."""
    folder = Learners(data).create("Zoé", datetime(2026, 3, 2, tzinfo=UTC)).folder / "journal"
    folder.mkdir()
    for number in range(segments):
        (folder / f"poste1-{number:05}.jsonl").write_bytes(encode(review(number + 1)) + b"\n")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every name that is met in a folder, as often as it is."""
    names: list[str] = []
    scan = os.scandir

    class Counted:
        """What `os.scandir` gives, noted on its way."""

        def __init__(self, path: str | Path = ".") -> None:
            self._found = scan(path)

        def __enter__(self) -> Counted:
            return self

        def __exit__(self, *error: object) -> None:
            self._found.close()

        def __iter__(self) -> Iterator[os.DirEntry[str]]:
            for entry in self._found:
                names.append(entry.name)
                yield entry

    monkeypatch.setattr(os, "scandir", Counted)
    return names


def test_as_much_is_looked_at_for_a_file_however_many_there_are(looked_at: list[str]) -> None:
    """Four times as many files, four times the names met in folders; so for the copies of unreadable lines."""
    found: dict[str, list[int]] = {"restore": [], "rebuild": []}
    for segments in (40, 160):
        data = f"data{segments}"
        many(Path(data), segments)
        assert main(["--data", data, "backup", f"{data}.zip"]) == 0
        looked_at.clear()
        assert main(["--data", f"neuf{segments}", "restore", f"{data}.zip"]) == 0
        found["restore"].append(len(looked_at))
        for path in Path(data).rglob("*.jsonl"):
            path.write_bytes(path.read_bytes() + b"abc\n")
        looked_at.clear()
        assert main(["--data", data, "journal", "rebuild"]) == 0
        found["rebuild"].append(len(looked_at))
        assert len(list(Path(f"neuf{segments}").rglob("*.jsonl"))) == segments
        assert len(list(Path(data).rglob("quarantine/*.jsonl"))) == segments
    assert all(lots <= 4.2 * few for few, lots in found.values()), found


def test_what_an_interrupted_restoration_left_is_swept_up(capsys: Capture) -> None:
    """Once it is old; what another window is about to write is not."""
    zoe = learnt(Path("data"))
    assert main(["backup", "copie.zip"]) == 0
    journal = Path("neuf") / "learners" / zoe.folder.name / "journal"
    journal.mkdir(parents=True)
    old, new, foreign = (
        journal / name
        for name in (
            ".poste1-essai1.jsonl.abc.tmp",
            ".poste1-essai1.jsonl.def.tmp",
            ".autre.jsonl.abc.tmp",
        )
    )
    for path in (old, new, foreign):
        path.write_bytes(b"x")
    for path in (old, foreign):
        os.utime(path, (1, 1))
    assert main(["--data", "neuf", "restore", "copie.zip"]) == 0
    assert sorted(path.name for path in journal.iterdir()) == sorted(
        (foreign.name, new.name, "poste1-essai1.jsonl")
    )
