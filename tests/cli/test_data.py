"""`trainer data` and its verbs: what they print, where, and their exit codes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from tests.helpers import ROOT
from tests.helpers.learners import learnt, names
from trainer.cli.data import data as group
from trainer.cli.main import main
from trainer.progress.codec import decode, encode
from trainer.progress.learners import Learners

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, few_terms: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of these tests, in the environment."""
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def done(capsys: Capture, *arguments: str, code: int = 0) -> str:
    """What a verb prints; on stderr if it fails, and nothing on the other stream."""
    assert main(("data", *arguments)) == code
    out, err = capsys.readouterr()
    assert (err if code == 0 else out) == ""
    return out if code == 0 else err


def test_show_tells_what_is_kept_and_writes_nothing(folder: Path, capsys: Capture) -> None:
    """Figures by default, every answer on demand, the latest first."""
    learnt(folder)
    before = names(folder / "learners")
    told = done(capsys, "show")
    assert told == done(capsys) == done(capsys, "show", "--learner", "zoé")
    assert "Réponses : 3\nLa première est du 03/03/2026, la dernière du 05/03/2026.\n" in told
    lines = done(capsys, "show", "--answers").splitlines()
    assert [line[:10] for line in lines] == ["05/03/2026", "04/03/2026", "03/03/2026"]
    assert lines[0].endswith("→ durée moyenne de traitement")
    assert names(folder / "learners") == before


def test_whose_data_is_never_guessed(folder: Path, capsys: Capture) -> None:
    """Nobody, somebody else or several: exit 2 and a line that says what to do; nothing is erased."""
    assert "dossier des données absent" in done(capsys, "show", code=4)
    folder.mkdir()
    assert "rien n’est gardé" in done(capsys, "show", code=2)
    learnt(folder)
    learnt(folder, "Ali")
    before = names(folder)
    for verb in (("show",), ("export",), ("delete", "--yes")):
        assert "--learner NOM" in done(capsys, *verb, code=2)
        assert "« Zo »" in done(capsys, *verb, "--learner", "Zo", code=2)
    assert names(folder) - before <= {"cache"}


def test_export_prints_the_path_it_took(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """Here by default, never over a file, in a folder, or on stdout as JSON."""
    learner = learnt(folder)
    paths = [Path(done(capsys, "export").strip()) for _ in range(2)]
    assert paths[0].parent == tmp_path
    assert paths[1].name == f"{paths[0].stem}-2.json"
    (tmp_path / "dossier").mkdir()
    assert Path(done(capsys, "export", "dossier").strip()).parent == Path("dossier")
    assert done(capsys, "export", "moi.json") == "moi.json\n"
    told = json.loads(done(capsys, "export", "-"))
    assert told["contents"] == json.loads(paths[0].read_bytes())["contents"]
    assert set(told["files"]) == names(learner.folder) - {"journal"}
    assert "dossier disparu" in done(capsys, "export", "rien/moi.json", code=4)


def test_delete_needs_yes_and_leaves_nothing(folder: Path, capsys: Capture) -> None:
    """Without `--yes` it tells what would go, with exit 2; with it, nothing of the learner remains."""
    zoe, ali = learnt(folder), learnt(folder, "Ali")
    kept = names(zoe.folder)
    assert main(["data", "delete", "--learner", "Zoé"]) == 2
    out, err = capsys.readouterr()
    assert "3 réponses, 3 fichiers" in out
    assert "--yes" in err
    assert names(zoe.folder) == kept
    assert "(Zoé) est effacé" in done(capsys, "delete", "--yes", "--learner", "Zoé")
    assert [each.folder for each in Learners(folder).all()] == [ali.folder]
    (ali.folder / "profile.json").write_text("{")
    assert "est effacé" in done(capsys, "delete", "--yes", "--learner", ali.folder.name)
    assert list((folder / "learners").iterdir()) == []


def test_delete_tells_what_is_left(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 4, and the path of each file that could not go."""
    zoe = learnt(folder)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".jsonl":
            raise PermissionError(13, "held")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    told = done(capsys, "delete", "--yes", code=4)
    assert f"{zoe.folder / 'journal' / 'poste1-essai1.jsonl'} : accès refusé" in told


def test_retention_is_shown_and_changed(folder: Path, capsys: Capture) -> None:
    """A year by default; the notice says what was decided; nonsense is refused in French."""
    assert "12 mois" in done(capsys, "retention")
    assert "24 mois" in done(capsys, "retention", "24")
    assert "puis 24 mois" in done(capsys, "notice")
    assert "aucune durée" in done(capsys, "retention", "0")
    for wrong in ("x", "1201"):
        assert "MOIS" in done(capsys, "retention", wrong, code=2)
    (folder / "settings.json").write_text("{")
    assert main(["data", "purge"]) == 0
    assert "trainer data retention 12" in capsys.readouterr().err


def test_purge_announces_first(folder: Path, capsys: Capture) -> None:
    """On the day itself it announces whoever left long ago; after the grace it erases them, and says so."""
    zoe = learnt(folder, began=datetime(2020, 1, 1, tzinfo=UTC))
    ali = Learners(folder).create("Ali", datetime(2020, 1, 1, tzinfo=UTC))
    (ali.folder / "journal").mkdir()
    (ali.folder / "journal" / "today.jsonl").write_text("")
    today = datetime.now(UTC).date()
    due = today + timedelta(days=30)
    assert done(capsys, "purge") == f"Zoé : à effacer à partir du {due:%d/%m/%Y}\n"
    assert f"effacées à partir du {due:%d/%m/%Y}" in done(capsys, "show", "--learner", "Zoé")
    mark = {"since": str(today - timedelta(days=30)), "seen": str(today - timedelta(days=1)), "times": 2}
    (zoe.folder / "expiry.json").write_text(json.dumps(mark))
    assert done(capsys, "purge") == f"Zoé : effacement le {today:%d/%m/%Y}\n"
    assert not zoe.folder.exists()
    assert done(capsys, "purge") == "Personne à effacer.\n"


def test_every_verb_and_option_is_explained() -> None:
    """In the help and in the page on privacy, in French."""
    page = (ROOT / "docs" / "confidentialite.md").read_text(encoding="utf-8")
    for name, command in group.commands.items():
        assert command.help
        assert f"trainer data {name}" in page
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help


def test_the_page_on_privacy_shows_a_real_line() -> None:
    """The example of the page is a line that the program would write, with every field explained."""
    page = (ROOT / "docs" / "confidentialite.md").read_text(encoding="utf-8")
    example = page.split("```json\n")[1].split("\n```")[0]
    fact = decode(example)
    assert fact is not None
    assert encode(fact).decode() == example
    explained = "".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    for field in (*json.loads(example), "game", "of"):
        assert f"`{field}`" in explained
