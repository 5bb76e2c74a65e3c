"""Standard streams that are closed, full or read no more, and a current folder that is gone: real processes tell it in French."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

if sys.platform == "win32":
    pytest.skip("shells and devices", allow_module_level=True)

from tests.helpers import PATIENCE, ROOT, plain
from tests.helpers.journals import facts_under
from tests.helpers.processes import environment, warm
from tests.helpers.world import known
from trainer.errors import ReaderGone, StreamError, UsageError

VERBS = (
    "drill --plain --learner Zoé",
    "terms --json",
    "data export - --learner Zoé",
    "journal rebuild",
    "--help",
)
QUIET = ("Erreur inattendue", "Traceback", "Exception ignored", "Error")


def shell(command: str, data: Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which `trainer` is the program; whatever came of it is told in French or not at all."""
    known(data, "Zoé")
    warm(data)
    program = f"{sys.executable} -P -m trainer"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("trainer", program)],
        capture_output=True,
        encoding="utf-8",
        env={**environment(data), "PYTHONPATH": str(ROOT)},
        cwd=folder,
        timeout=PATIENCE,
        check=False,
    )
    done.stdout, done.stderr = plain(done.stdout), plain(done.stderr)
    for word in QUIET:
        assert word not in done.stderr, done.stderr
    assert not list(data.glob("plantage-*"))
    return done


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("verb", VERBS)
def test_a_full_output_is_told(tmp_path: Path, verb: str) -> None:
    """In one line, with an exit code of its own."""
    done = shell(f"trainer {verb} </dev/null >/dev/full", tmp_path)
    assert done.returncode == StreamError.exit_code
    assert done.stderr.startswith("Erreur : écriture impossible sur la sortie (disque plein).")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("verb", VERBS[:2])
def test_a_closed_output_is_told(tmp_path: Path, verb: str) -> None:
    """The same."""
    done = shell(f"trainer {verb} </dev/null >&-", tmp_path)
    assert done.returncode == StreamError.exit_code
    assert done.stderr.startswith("Erreur : la sortie est fermée")


@pytest.mark.parametrize("verb", ["terms --json", "drill --plain --learner Zoé"])
def test_whoever_has_read_enough_is_told_nothing(tmp_path: Path, verb: str) -> None:
    """The exit code is that of programs which the system ends then; answers given before are kept."""
    done = shell(f"yes 1 | head -200 | trainer {verb} | head -1", tmp_path)
    assert (done.returncode, done.stderr) == (ReaderGone.exit_code, "")
    assert done.stdout


def test_a_closed_input_is_told_to_whoever_needs_it(tmp_path: Path) -> None:
    """The line mode asks in vain; another verb reads nothing."""
    done = shell("trainer drill --plain --learner Zoé <&-", tmp_path)
    assert done.returncode == StreamError.exit_code
    assert "l’entrée est fermée" in done.stderr
    assert shell("trainer terms <&-", tmp_path).returncode == 0


@pytest.mark.parametrize("errors", ["2>&-", "2>/dev/full"])
def test_errors_that_cannot_be_told_spoil_no_data(tmp_path: Path, errors: str) -> None:
    """Nothing meant for stderr goes to stdout, and answers are saved."""
    done = shell(f"printf '1\\n1\\n1\\n1\\n' | trainer drill --plain --learner Léa {errors}", tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Séance")
    assert facts_under(tmp_path)


@pytest.mark.skipif(sys.platform != "linux" or not which("script"), reason="no terminal to run it in")
@pytest.mark.parametrize("streams", ["<&-", ">/dev/null", "2>&-", "2>/dev/null"])
def test_without_a_terminal_nothing_is_drawn(tmp_path: Path, streams: str) -> None:
    """Whichever of the three it is that is none."""
    done = shell(f"script -qec 'trainer {streams}' /dev/null </dev/null", tmp_path)
    assert done.returncode == UsageError.exit_code
    assert "\x1b" not in done.stdout
    assert ("Sans terminal, pas d’écran à dessiner" in done.stdout) is not streams.startswith("2>")


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        ("terms", 0),
        ("data export --learner Zoé", 2),
        ("data export x.json --learner Zoé", 4),
        ("--content ici terms", 2),
        ("check ici.yaml", 1),
    ],
)
def test_a_current_folder_that_is_gone_is_told_where_it_matters(tmp_path: Path, verb: str, code: int) -> None:
    """Verbs that need none work; the others say what to do."""
    folder = tmp_path / "parti"
    folder.mkdir()
    done = shell(f"rmdir ../parti; trainer {verb}", tmp_path / "data", folder)
    assert done.returncode == code
    assert bool(done.stdout) is (code < 2)
    if code == UsageError.exit_code:
        assert "le dossier courant n’existe plus" in done.stderr


def test_the_line_mode_needs_no_current_folder(tmp_path: Path) -> None:
    """Answers are saved where they always are."""
    folder = tmp_path / "parti"
    folder.mkdir()
    done = shell(
        "rmdir ../parti; printf '1\\n1\\n' | trainer drill --plain --learner Léa", tmp_path / "data", folder
    )
    assert done.returncode == 0
    assert facts_under(tmp_path)
