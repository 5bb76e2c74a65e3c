"""What cannot be read is never told as empty, nobody's home is not a folder called «~», and Ctrl+C speaks no English."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tests.helpers.rights import SOMEBODY, without_rights_of_root

if sys.platform == "win32":
    pytest.skip("links, pseudo-terminals and signals", allow_module_level=True)

from tests.helpers import PATIENCE, ROOT, plain
from tests.helpers.desk import Desk
from tests.helpers.learners import learnt
from tests.helpers.processes import environment
from tests.helpers.world import known
from trainer.cli.main import main
from trainer.errors import ProgressError
from trainer.places import shipped_content
from trainer.progress import files

Capture = pytest.CaptureFixture[str]

VERBS = (
    ("journal", "verify"),
    ("journal", "verify", "--json"),
    ("journal", "rebuild"),
    ("backup", "copie.zip"),
    ("data",),
    ("data", "show", "--answers"),
    ("data", "export", "-"),
    ("data", "delete", "--yes"),
    ("data", "purge"),
    ("data", "retention"),
    ("data", "retention", "6"),
    ("data", "notice"),
    ("stats",),
    ("stats", "--json"),
    ("suggestions",),
    ("optimize",),
    ("optimize", "--undo"),
    ("drill", "--plain"),
    ("--learner", "Zoé", "stats"),
)
"""Every verb that looks into a data folder."""


def a_file_for_all(data: Path) -> None:
    """A file where the data folder should be."""
    data.rename(data.with_name("avant"))
    data.write_text("")


def a_file_for_learners(data: Path) -> None:
    """A file where the learners should be."""
    (data / "learners").rename(data / "avant")
    (data / "learners").write_text("")


def a_circle(data: Path) -> None:
    """A link to itself."""
    data.rename(data.with_name("avant"))
    data.symlink_to(data)


def a_lost_share(data: Path) -> None:
    """A link to what is no longer there."""
    data.rename(data.with_name("avant"))
    data.symlink_to(data.with_name("partage") / "trainer")


def a_lost_share_of_learners(data: Path) -> None:
    """The same for the learners alone."""
    (data / "learners").rename(data / "avant")
    (data / "learners").symlink_to(data.with_name("partage") / "learners")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, few_terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))


def refused(capsys: Capture, data: Path, *verb: str) -> str:
    """The one French line of a verb that found the data out of reach."""
    code = main([*verb, "--data", str(data)])
    out, err = capsys.readouterr()
    lines = [line for line in err.splitlines() if not line.startswith("Attention")]
    assert (verb, code, out) == (verb, ProgressError.exit_code, "")
    assert len(lines) == 1, err
    assert lines[0].startswith("Erreur : ")
    return lines[0]


# The data folder


@pytest.mark.parametrize(
    "spoil", [a_file_for_all, a_file_for_learners, a_circle, a_lost_share, a_lost_share_of_learners]
)
def test_every_verb_tells_a_folder_that_cannot_be_looked_into(
    tmp_path: Path, capsys: Capture, spoil: Callable[[Path], None]
) -> None:
    """Exit 4, one line that names it and what to do; nothing on stdout, and nothing new on disk."""
    data = tmp_path / "data"
    learnt(data)
    spoil(data)
    before = sorted(tmp_path.rglob("*"))
    for verb in VERBS:
        told = refused(capsys, data, *verb)
        assert "dossier des données inaccessible" in told
        assert "--data" in told
    assert [path for path in sorted(tmp_path.rglob("*")) if "cache" not in path.parts] == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, getattr(errno, "ESTALE", errno.EIO)])
def test_whatever_the_system_says(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """No right to read, a broken disk, a share that has gone."""
    learnt(tmp_path / "data")
    scan = os.scandir

    def failing(path: Path) -> object:
        if Path(path).name == "learners":
            raise OSError(number, os.strerror(number))
        return scan(path)

    monkeypatch.setattr(os, "scandir", failing)
    for verb in VERBS:
        if verb[0] != "--learner":  # whoever is named is found without looking at the others
            assert files.cause(OSError(number, "")) in refused(capsys, tmp_path / "data", *verb)


def test_a_folder_that_is_not_there_is_no_empty_one(tmp_path: Path, capsys: Capture) -> None:
    """For what looks after kept data: a share that is not there; a first session begins all the same."""
    for verb in VERBS[:9]:
        assert "dossier des données absent" in refused(capsys, tmp_path / "rien", *verb)
    assert main(["stats", "--data", str(tmp_path / "rien")]) == 0


def test_the_application_says_so_before_it_draws(tmp_path: Path) -> None:
    """In a real terminal, which is as it was."""
    data = tmp_path / "data"
    learnt(data)
    a_file_for_learners(data)
    with Desk(data) as terminal:
        assert terminal.finish() == ProgressError.exit_code
        assert terminal.is_restored
        assert "Erreur : dossier des données inaccessible" in plain(terminal.text)
        assert "1049h" not in terminal.raw


# One learner


def test_a_journal_that_cannot_be_looked_into_is_no_empty_one(tmp_path: Path, capsys: Capture) -> None:
    """A file in its place: told by every verb about this learner, and by those about everyone."""
    data = tmp_path / "data"
    zoe = learnt(data)
    (zoe.folder / "journal").rename(tmp_path / "avant")
    (zoe.folder / "journal").write_text("")
    for verb in (
        ("journal", "rebuild"),
        ("backup", "copie.zip"),
        ("data",),
        ("data", "show", "--answers"),
        ("data", "delete"),
        ("stats",),
        ("drill", "--plain"),
    ):
        assert "dossier illisible" in refused(capsys, data, *verb)
    assert main(["journal", "verify", "--data", str(data)]) == 4
    assert "dossier illisible" in capsys.readouterr().out
    assert "illisible" in refused(capsys, data, "suggestions")
    assert not Path("copie.zip").exists()


def test_a_journal_on_a_lost_share_is_no_empty_one(tmp_path: Path, capsys: Capture) -> None:
    """A link that leads nowhere, in the place of a journal or of one of its files."""
    data = tmp_path / "data"
    zoe = learnt(data)
    (zoe.folder / "journal" / "poste2-essai1.jsonl").symlink_to(tmp_path / "partage" / "a.jsonl")
    assert main(["journal", "verify", "--data", str(data)]) == 4
    assert "poste2-essai1.jsonl : fichier illisible" in capsys.readouterr().out
    assert "Rien n’est sauvegardé" in refused(capsys, data, "backup", "copie.zip")
    (zoe.folder / "journal").rename(tmp_path / "avant")
    (zoe.folder / "journal").symlink_to(tmp_path / "partage")
    assert "dossier illisible" in refused(capsys, data, "stats")
    assert "dossier illisible" in refused(capsys, data, "backup", "copie.zip")


VERBS_BY_ONE = """
import sys
from trainer.cli.main import main
for verb in (['journal', 'verify'], ['backup', sys.argv[1]], ['data'], ['stats']):
    print(main(verb), flush=True)
"""


@pytest.mark.skipif(
    os.geteuid() != 0 or sys.platform != "linux", reason="needs the right to give a folder away"
)
@pytest.mark.parametrize("closed", ["learners", "learner"])
def test_somebody_else_s_folder_is_told(closed: str, tmp_path: Path) -> None:
    """With the real rights of a real owner."""
    data = tmp_path / "data"
    zoe = learnt(data)
    folder = data / "learners" if closed == "learners" else zoe.folder
    folder.chmod(0o700)
    os.chown(folder, SOMEBODY, SOMEBODY)
    done = subprocess.run(
        [sys.executable, "-c", VERBS_BY_ONE, str(tmp_path / "copie.zip")],
        capture_output=True,
        env=environment(data),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
        preexec_fn=without_rights_of_root,
    )
    said = (done.stdout + done.stderr).decode()
    assert [line for line in done.stdout.decode().splitlines() if line.isdecimal()] == ["4"] * 4, said
    assert said.count("accès refusé") >= 4
    assert "Erreur inattendue" not in said and "Traceback" not in said


def test_folder_beside_the_program_that_cannot_be_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever starts it may have no right to its folder: the usual content is then tried, and told as any other."""

    def refuse(path: object, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as closed:
        closed.setattr(os, "stat", refuse)
        assert shipped_content().name == "content"


# Nobody's home

HOMELESS = """
import os, pwd, sys
os.environ.pop('HOME', None)
def unknown(uid):
    raise KeyError(f'getpwuid(): uid not found: {uid}')
pwd.getpwuid = unknown
sys.argv = ['trainer', *sys.argv[1:]]
from trainer.__main__ import run
run()
"""


NO_HOME = "Erreur : le dossier personnel de ce compte est inconnu"


@pytest.mark.parametrize("verb", [("stats",), ("data",), ("drill", "--plain"), ("journal", "verify")])
def test_an_account_without_a_home_is_told_what_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, verb: tuple[str, ...]
) -> None:
    """A French line and an exit code, and no folder called «~»; with --data all is well."""

    def unknown(uid: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    for name in ("HOME", "XDG_DATA_HOME", "TRAINER_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    assert main(verb) == ProgressError.exit_code
    err = capsys.readouterr().err
    assert err.startswith(NO_HOME)
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())
    known(tmp_path / "data", "Zoé")
    assert main([*verb, "--data", "data"]) == 0


def test_a_real_process_without_a_home_is_told_too(tmp_path: Path, few_terms: Path) -> None:
    """From the first line of the program on."""
    kept = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "TRAINER_CONTENT": str(few_terms),
    }

    def done(*more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", HOMELESS, "stats", *more],
            capture_output=True,
            env=kept,
            cwd=tmp_path,
            timeout=PATIENCE,
            check=False,
        )

    told = done()
    assert told.returncode == ProgressError.exit_code
    assert plain(told.stderr.decode()).startswith(NO_HOME)
    assert told.stderr.count(b"\n") == 1
    assert not list(tmp_path.iterdir())
    known(tmp_path / "data", "Zoé")
    assert done("--data", "data").returncode == 0


def test_checking_content_needs_no_home(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """It keeps nothing of anybody."""
    monkeypatch.delenv("TRAINER_DATA", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *arguments, **options: Path("~/.local/share"))
    assert main(["check"]) == 0
    assert main(["stats"]) == ProgressError.exit_code
    assert "HOME" in capsys.readouterr().err


# Ctrl+C

AT_IMPORT = """
import os, signal, sys
moment = sys.argv.pop(1)
class Hasty:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Hasty())
from trainer.__main__ import run
run()
"""


@pytest.mark.parametrize(
    ("moment", "arguments"),
    [
        ("trainer.launch", ()),
        ("trainer.services", ()),
        ("trainer.app", ()),
        ("textual.screen", ()),
        ("trainer.launch", ("stats",)),
        ("trainer.cli.learning", ("stats",)),
        ("click", ("stats",)),
        ("trainer.cli.journal", ("journal", "verify")),
        ("trainer.safekeeping.keeper", ("journal", "verify")),
        ("trainer.safekeeping.exporting", ("stats",)),
        ("trainer.plain", ("drill", "--plain")),
        ("trainer.app", ("drill",)),
    ],
    ids=str,
)
def test_ctrl_c_while_the_program_starts(tmp_path: Path, moment: str, arguments: tuple[str, ...]) -> None:
    """In the middle of any import, of the application or of a verb: exit 130, no English, a terminal as it was."""
    known(tmp_path, "Zoé")
    with Desk(tmp_path, moment, *arguments, module=("-c", AT_IMPORT)) as terminal:
        assert terminal.finish() == 130
        assert terminal.is_restored
        assert terminal.raw.rfind("\x1b[?1049l") >= terminal.raw.rfind("\x1b[?1049h")
        for word in ("Traceback", "Interrupt", "Exception", "Error"):
            assert word not in terminal.text, terminal.text


def test_ctrl_c_once_the_application_is_there(tmp_path: Path) -> None:
    """What another program sends while the keys belong to the application: it leaves as after «Quitter»."""
    known(tmp_path, "Zoé")
    with Desk(tmp_path) as terminal:
        terminal.wait_for("Bonjour Zoé.")
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.finish() == 130
        assert terminal.is_restored
        assert "Traceback" not in terminal.text


def test_who_has_ctrl_c_ignored_is_not_stopped(tmp_path: Path) -> None:
    """As `nohup` and shells do for what runs in the background."""
    script = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)" + AT_IMPORT
    done = subprocess.run(
        [sys.executable, "-c", script, "trainer.launch", "data", "notice"],
        capture_output=True,
        env=environment(tmp_path),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0
    assert "surnom" in done.stdout.decode()
