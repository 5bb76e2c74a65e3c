"""What cannot be read at all is told by its path, with the cause and what to do; it never passes for empty or absent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.desk import Desk

if sys.platform == "win32":
    pytest.skip("links, pipes and rights of POSIX", allow_module_level=True)

from tests.helpers import PATIENCE, ROOT, plain
from tests.helpers.content import write_content
from tests.helpers.learners import learnt
from tests.helpers.processes import environment
from tests.helpers.rights import SOMEBODY, without_rights_of_root
from trainer.cli.main import main
from trainer.errors import ContentError, ProgressError, UsageError
from trainer.progress.learners import Learner

Capture = pytest.CaptureFixture[str]
with_other_owners = pytest.mark.skipif(
    os.geteuid() != 0 or sys.platform != "linux", reason="needs the right to give a file away"
)
LONG = "é" * 300
"""A name that no file can have."""
VERBS = """
import json, sys
from trainer.cli.main import main
for verb in json.loads(sys.argv[1]):
    print('code', main(verb), flush=True)
    print('code', file=sys.stderr, flush=True)
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_CONTENT", str(write_content(tmp_path / "content")))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one learner."""
    return tmp_path / "data"


@pytest.fixture
def zoe(data: Path) -> Learner:
    """Who answered three times, in one file."""
    return learnt(data)


def of_somebody_else(path: Path, mode: int) -> None:
    """Give a file or folder away, with what is left to others in its mode."""
    path.chmod(mode)
    os.chown(path, SOMEBODY, SOMEBODY)


def done(data: Path, *verbs: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """What verbs do without the rights of root, one after the other: exit code, stdout, stderr."""
    run = subprocess.run(
        [sys.executable, "-c", VERBS, json.dumps(verbs)],
        capture_output=True,
        env=environment(data),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
        preexec_fn=without_rights_of_root,
    )
    outs, rest = [], ""
    for line in plain(run.stdout.decode()).splitlines(keepends=True):
        if line.startswith("code "):
            outs.append((int(line.split()[1]), rest))
            rest = ""
        else:
            rest += line
    errors = plain(run.stderr.decode()).split("code\n")
    assert len(outs) == len(verbs), run.stderr.decode()
    return [(code, out, err) for (code, out), err in zip(outs, errors, strict=False)]


def ran(capsys: Capture, data: Path, *verb: str) -> tuple[int, str, str]:
    """What a verb does in this process."""
    code = main([*verb, "--data", str(data)])
    return (code, *capsys.readouterr())


def assert_told(told: tuple[int, str, str], code: int, *words: str) -> None:
    """One French line on stderr, which holds these words, and no crash."""
    assert told[0] == code, told
    assert told[2].startswith("Erreur : "), told
    assert told[2].count("\n") == 1, told
    for word in words:
        assert word in told[2], told


# Content


@with_other_owners
@pytest.mark.parametrize("mode", [0o744, 0o700])
def test_a_content_folder_that_cannot_be_entered(tmp_path: Path, data: Path, mode: int) -> None:
    """`check` says what every other verb says."""
    folder = write_content(tmp_path / "fermé")
    of_somebody_else(folder, mode)
    other = tmp_path / "autre.yaml"
    other.write_text("title: Rien\n")
    checked, along, listed, given = done(
        data,
        ("check", str(folder)),
        ("check", str(other), str(folder)),
        ("decks", "--content", str(folder)),
        ("check", "--content", str(folder)),
    )
    for told in (checked, along, listed, given):
        assert_told(told, ContentError.exit_code, str(folder), "lecture interdite", "donnez le droit")
    assert checked[1] == ""
    assert "autre.yaml" in along[1]  # the others are checked all the same


@with_other_owners
def test_quizzes_that_cannot_be_entered(tmp_path: Path, data: Path) -> None:
    """A part of the content is left out and told; it stops nothing."""
    folder = write_content(tmp_path / "fermé")
    quizzes = folder / "quizzes"
    (quizzes / "brouillons").mkdir()
    (quizzes / "note.txt").write_text("x")
    of_somebody_else(quizzes, 0o744)
    checked, listed = done(data, ("check", str(folder)), ("decks", "--content", str(folder)))
    assert checked[0] == 1
    assert "le droit de le lire" in checked[1]
    assert listed[0] == 0


@with_other_owners
def test_terms_that_cannot_be_read_are_named(tmp_path: Path, data: Path) -> None:
    """The file, not its folder."""
    folder = write_content(tmp_path / "fermé")
    of_somebody_else(folder / "terms.yaml", 0o600)
    (told,) = done(data, ("decks", "--content", str(folder)))
    assert_told(
        told, ContentError.exit_code, str(folder / "terms.yaml"), "lecture interdite", "lire ce fichier"
    )


def test_a_content_name_that_is_too_long(capsys: Capture, data: Path) -> None:
    """Nothing of that name can be there, and no right would help."""
    assert_told(ran(capsys, data, "decks", "--content", LONG), ContentError.exit_code, "nom trop long")
    assert_told(ran(capsys, data, "check", LONG), ContentError.exit_code, "nom trop long")


# Backups


@with_other_owners
def test_a_backup_out_of_sight(tmp_path: Path, data: Path, zoe: Learner) -> None:
    """What may be there is not called absent; a zip that may not be read can be replaced all the same."""
    closed = tmp_path / "fermé"
    closed.mkdir()
    (closed / "copie.zip").write_bytes(b"x")
    of_somebody_else(closed, 0o700)
    own = tmp_path / "copie.zip"
    own.write_bytes(b"x")
    of_somebody_else(own, 0o600)
    hidden, unreadable, backup, replaced = done(
        data,
        ("restore", str(closed / "copie.zip")),
        ("restore", str(own)),
        ("backup", str(closed / "copie.zip"), "--force"),
        ("backup", str(own), "--force"),
    )
    assert_told(hidden, ProgressError.exit_code, "fermé/copie.zip", "accès refusé", "vérifiez")
    assert_told(unreadable, ProgressError.exit_code, str(own), "accès refusé")
    assert_told(backup, ProgressError.exit_code, "fermé/copie.zip", "accès refusé")
    assert replaced[0] == 0, replaced


def test_what_is_no_backup(tmp_path: Path, capsys: Capture, data: Path, zoe: Learner) -> None:
    """A folder, a device, the root of all; a link that leads nowhere; a name that no file can have."""
    os.mkfifo(tmp_path / "tube.zip")
    for path in (str(tmp_path), "/", "/dev/null", "tube.zip"):
        told = ran(capsys, data, "restore", path)
        assert_told(told, UsageError.exit_code, path, "pas un fichier")
        assert "absent" not in told[2]
    assert_told(ran(capsys, data, "restore", LONG), ProgressError.exit_code, "nom trop long")
    assert_told(ran(capsys, data, "restore", "rien.zip"), UsageError.exit_code, "fichier absent")
    Path("lien.zip").symlink_to("rien.zip")
    assert_told(ran(capsys, data, "restore", "lien.zip"), UsageError.exit_code, "lien")
    assert_told(ran(capsys, data, "backup", LONG), ProgressError.exit_code, "nom trop long")


@with_other_owners
def test_an_export_beside_what_cannot_be_looked_at(tmp_path: Path, data: Path, zoe: Learner) -> None:
    """Click does not judge paths by itself: its words name neither path nor cause."""
    closed = tmp_path / "fermé"
    closed.mkdir()
    of_somebody_else(closed, 0o700)
    (told,) = done(data, ("data", "export", str(closed)))
    assert_told(told, ProgressError.exit_code, str(closed), "accès refusé")


# Journals

ABOUT_ZOE = (
    ("data", "show"),
    ("data", "show", "--answers"),
    ("data", "export", "-"),
    ("data", "delete"),
    ("journal", "rebuild"),
    ("stats",),
    ("stats", "--json"),
    ("optimize", "--dry-run"),
    ("optimize",),
    ("suggestions",),
    ("backup", "copie.zip"),
    ("drill", "--plain"),
)
"""Every verb that needs all the answers of a learner."""


def a_lost_link(path: Path) -> None:
    """A link to what is no longer there."""
    path.rename(path.with_suffix(".avant"))
    path.symlink_to(path.parent.parent / "partage" / "a.jsonl")


def a_pipe(path: Path) -> None:
    """What would wait for its writer."""
    path.rename(path.with_suffix(".avant"))
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    """A folder in the place of a file."""
    path.rename(path.with_suffix(".avant"))
    path.mkdir()


@pytest.mark.parametrize("spoil", [a_lost_link, a_pipe, a_folder])
@pytest.mark.parametrize("with_another", [False, True])
def test_a_journal_file_that_is_none(
    capsys: Capture, data: Path, zoe: Learner, spoil: Callable[[Path], None], with_another: bool
) -> None:
    """Told by every verb, and nothing changed: the snapshot may be all that is left of the answers."""
    path = zoe.journal / "poste1-essai1.jsonl"
    if with_another:
        (zoe.journal / "poste2-essai2.jsonl").write_bytes(path.read_bytes().replace(b"essai1", b"essai2"))
    spoil(path)
    snapshot = (zoe.folder / "snapshot.json").read_bytes()
    for verb in ABOUT_ZOE:
        told = ran(capsys, data, *verb)
        assert_told(told, ProgressError.exit_code, str(path))
        assert told[1] == "" or verb == ("suggestions",)
    assert (zoe.folder / "snapshot.json").read_bytes() == snapshot
    assert not Path("copie.zip").exists()
    code, out, _ = ran(capsys, data, "journal", "verify")
    assert code == ProgressError.exit_code
    assert f"{path} : " in out
    assert "rebuild" not in out
    assert "sera refait" not in out
    assert f"{int(with_another)} fichier" in out


def test_the_application_does_not_open_on_half_the_answers(data: Path, zoe: Learner) -> None:
    """The schedule would be made of them; a real terminal is as it was."""
    path = zoe.journal / "poste2-essai2.jsonl"
    os.mkfifo(path)
    with Desk(data) as terminal:
        assert terminal.finish() == ProgressError.exit_code
        assert terminal.is_restored
        assert path.name in terminal.text
        assert "1049h" not in terminal.raw


@with_other_owners
def test_a_journal_file_of_somebody_else(data: Path, zoe: Learner) -> None:
    """The same by rights."""
    path = zoe.journal / "poste1-essai1.jsonl"
    snapshot = (zoe.folder / "snapshot.json").read_bytes()
    of_somebody_else(path, 0o600)
    verbs = [verb for verb in ABOUT_ZOE if verb[0] != "backup"]
    for told in done(data, *verbs, ("backup", str(data.parent / "copie.zip"))):
        assert_told(told, ProgressError.exit_code, str(path), "accès refusé")
    assert (zoe.folder / "snapshot.json").read_bytes() == snapshot


@with_other_owners
@pytest.mark.parametrize("which", ["journal", "learner"])
def test_a_folder_that_can_be_listed_but_not_entered(data: Path, zoe: Learner, which: str) -> None:
    """Names without what they name: as good as unreadable, and nothing is erased halfway without a word."""
    folder = zoe.journal if which == "journal" else zoe.folder
    of_somebody_else(folder, 0o744)
    (folder / "sous-dossier").mkdir(mode=0o700)
    named = ("--learner", zoe.folder.name)
    verbs = [(*named, *verb) for verb in ABOUT_ZOE if verb[0] in ("data", "stats", "journal")]
    for told in done(data, *verbs):
        assert_told(told, ProgressError.exit_code, str(folder), "accès refusé")
    verify, delete = done(data, (*named, "journal", "verify"), (*named, "data", "delete", "--yes"))
    assert verify[0] == delete[0] == ProgressError.exit_code
    assert "accès refusé" in delete[2]
    assert "Traceback" not in verify[2] + delete[2] and "inattendue" not in verify[2] + delete[2]


@with_other_owners
def test_a_part_that_an_export_cannot_read(data: Path, zoe: Learner) -> None:
    """An export without it would pass for whole."""
    copies = zoe.folder / "quarantine"
    copies.mkdir()
    (copies / "a.jsonl").write_text("{}\n")
    of_somebody_else(copies, 0o700)
    for told in done(data, ("data", "export", "-"), ("data", "show")):
        assert_told(told, ProgressError.exit_code, str(copies), "accès refusé")


def test_restoring_to_a_journal_that_cannot_be_read(
    tmp_path: Path, capsys: Capture, data: Path, zoe: Learner
) -> None:
    """Refused before anything is added."""
    assert ran(capsys, data, "backup", "copie.zip")[0] == 0
    path = zoe.journal / "poste2-essai2.jsonl"
    os.mkfifo(path)
    (zoe.journal / "poste1-essai1.jsonl").unlink()
    assert_told(ran(capsys, data, "restore", "copie.zip"), ProgressError.exit_code, str(path))
    assert [each.name for each in zoe.journal.iterdir()] == [path.name]


def test_one_of_several_journals(capsys: Capture, data: Path, zoe: Learner) -> None:
    """`rebuild` touches none, and `--learner` does the others."""
    learnt(data, "Ali")
    path = zoe.journal / "poste1-essai1.jsonl"
    a_pipe(path)
    before = {each: each.stat().st_mtime_ns for each in data.rglob("snapshot.json")}
    assert_told(ran(capsys, data, "journal", "rebuild"), ProgressError.exit_code, str(path))
    assert {each: each.stat().st_mtime_ns for each in data.rglob("snapshot.json")} == before
    assert ran(capsys, data, "--learner", "Ali", "journal", "rebuild")[0] == 0
    assert ran(capsys, data, "--learner", "Ali", "stats")[0] == 0


# Settings in a backup


@pytest.mark.parametrize("spoil", [a_lost_link, a_pipe, a_folder])
def test_settings_that_are_no_file(
    capsys: Capture, data: Path, zoe: Learner, spoil: Callable[[Path], None]
) -> None:
    """A backup without them would pass for whole."""
    (data / "settings.json").write_text("{}")
    spoil(data / "settings.json")
    told = ran(capsys, data, "backup", "copie.zip")
    assert told[0] == ProgressError.exit_code
    assert str(data / "settings.json") in told[2]
    assert not Path("copie.zip").exists()


# Erasure


@pytest.mark.parametrize("which", ["learner", "journal", "file", "profile"])
def test_where_a_lost_link_led_is_told(
    tmp_path: Path, capsys: Capture, data: Path, zoe: Learner, which: str
) -> None:
    """The share is out of reach today; what it holds is not erased."""
    link = {
        "learner": zoe.folder,
        "journal": zoe.journal,
        "file": zoe.journal / "poste1-essai1.jsonl",
        "profile": zoe.folder / "profile.json",
    }[which]
    away = tmp_path / "partage" / link.name
    link.rename(tmp_path / "avant")
    link.symlink_to(away)
    code, out, err = ran(capsys, data, "--learner", zoe.folder.name, "data", "delete", "--yes")
    assert (code, out) == (ProgressError.exit_code, "")
    assert str(away) in err
    assert "un lien y menait" in err
    assert not os.path.lexists(zoe.folder)


# Words


@pytest.mark.parametrize("name", ["ENAMETOOLONG", "EBADF", "EISDIR", "ENXIO", "ENODEV", "EMFILE", "EINVAL"])
def test_causes_are_words(name: str) -> None:
    """A number helps nobody."""
    import errno

    from trainer.progress.files import cause

    assert "erreur du système" not in cause(OSError(getattr(errno, name), "no"))
