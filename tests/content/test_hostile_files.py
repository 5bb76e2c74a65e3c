"""Files made to cost time and memory, or damaged in any way: refused at once, in French, at a place; never an exception."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import PATIENCE, ROOT
from tests.helpers.content import DECK, GLOSSARY, write_content
from trainer.content import cache
from trainer.content import library as reader
from trainer.content.library import load_library
from trainer.content.loaded import Loaded
from trainer.content.syntax.parsing import MOST_EVENTS
from trainer.content.syntax.report import MOST_PROBLEMS, Place, Report
from trainer.glossary.cleaning import clean
from trainer.glossary.problems import Problem, Severity

MB = 1_000_000
LIST = "title: X\nselect: {terms: ["
BOMBS = {
    "billion laughs": "a0: &a0 [ha]\n"
    + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30)),
    "brackets": "[" * (2 * MB - 1),
    "aliases": "title: [" + "*a," * (MB // 2) + "]",
    "unknown terms": LIST + ",".join(map(str, range(MB // 4))) + "]}",
    "one field": "title: X\n" + "z: 1\n" * (MB // 3),
    "empty questions": "title: X\nquestions:\n" + "- {}\n" * (MB // 3),
    "an endless id": "title: X\nquestions:\n- id: " + "É-" * (MB // 2),
    "no-break colons": "a\u00a0: x\n" * (MB // 5),
    "accents on accents": "title: a" + "\u0301\u0323" * (MB * 4 // 10),
}
"""Decks of two megabytes at most; each would cost minutes, gigabytes or the interpreter itself if it were believed."""
ATTEMPT = """
import json, resource, sys
from pathlib import Path
from trainer.content.library import load_library
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
loaded = load_library(Path(sys.argv[1]))
print(json.dumps([[problem.path, problem.line, problem.column, problem.message] for problem in loaded.problems]))
"""


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited by POSIX")
def test_bombs_are_refused_within_half_a_gigabyte(tmp_path: Path) -> None:
    """All at once, in one process: each is named with its place, and the good deck beside them is read."""
    names = {f"b{number}": bomb for number, bomb in enumerate(BOMBS.values())}
    root = write_content(tmp_path / "content", GLOSSARY, {"bon": DECK, **names})
    done = subprocess.run(
        [sys.executable, "-c", ATTEMPT, str(root)],
        cwd=ROOT,
        capture_output=True,
        timeout=3 * PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    found = [Problem(*row) for row in json.loads(done.stdout)]
    blamed = {Path(problem.path).stem for problem in found}
    assert blamed == names.keys()
    assert len(found) <= len(BOMBS) * (MOST_PROBLEMS + 1)
    well_put(found)


def well_put(problems: list[Problem] | tuple[Problem, ...]) -> None:
    """Each problem has a file, a place in it, and a French sentence of a length that somebody reads."""
    for problem in problems:
        assert problem.path and problem.line >= 1 and problem.column >= 1
        assert " " in problem.message and len(problem.message) < 300
        assert problem.message.replace("\u00a0", " ").isprintable()


def test_of_a_file_with_thousands_of_problems_the_first_are_told(tmp_path: Path) -> None:
    """The last says that there are more; a good entry behind them is read all the same."""
    terms = "".join(f"  - id: t{number}\n    nom: ce champ n’existe pas\n" for number in range(2000))
    root = write_content(
        tmp_path / "content", GLOSSARY + terms + GLOSSARY.split("terms:\n")[1].replace("id: ", "id: z"), {}
    )
    loaded = load_library(root)
    assert len(loaded.problems) == MOST_PROBLEMS + 1
    assert "plus de 500 problèmes" in loaded.problems[0].message
    assert "zdmt" in loaded.library.terms


def test_an_error_among_more_warnings_than_are_told_is_still_an_error() -> None:
    """What decides the exit code of `trainer check` is never dropped."""
    report = Report("x.yaml")
    for line in range(1, MOST_PROBLEMS + 10):
        report.warn(Place(line, 1), "doute")
    assert {problem.severity for problem in report.problems} == {Severity.WARNING}
    report.error(Place(9999, 1), "faute")
    report.error(Place(10000, 1), "faute")
    assert len(report.problems) == MOST_PROBLEMS + 1
    assert (report.problems[-1].severity, report.problems[-1].line) == (Severity.ERROR, 1)


def test_a_large_deck_that_somebody_may_have_written_is_read(tmp_path: Path) -> None:
    """Two thousand questions are far from the limits."""
    questions = "".join(
        f"  - id: q{n}\n    prompt: Question {n} ?\n    answer: Oui {n}\n    wrong: [Non, Peut-être]\n    explanation: Parce que.\n"
        for n in range(2000)
    )
    root = write_content(tmp_path / "content", decks={"x": f"title: X\nquestions:\n{questions}"})
    loaded = load_library(root)
    assert loaded.problems == ()
    assert len(loaded.library.decks["x"].questions) == 2000
    assert MOST_EVENTS > 2000 * 14


def test_accents_of_any_language_are_read(tmp_path: Path) -> None:
    """Only heaps of marks are refused: neither letters with two accents nor a line of dashes."""
    viet = "n\u0303\u0323" * 200
    deck = f"# {'─' * 200}\ntitle: Tiếng Việt, e\u0301le\u0300ve, עִבְרִית, {viet}\nselect: {{terms: [dmt]}}\n"
    loaded = load_library(write_content(tmp_path / "content", decks={"x": deck}))
    assert loaded.problems == ()
    assert "élève" in loaded.library.decks["x"].title


# Damage of any kind


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A valid file after a few accidents: bytes flipped, put in, taken out, moved."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.integers(0, 40)), len(data))
        match draw(st.sampled_from(["flip", "insert", "delete", "move", "cut"])):
            case "flip" if start < len(data):
                data[start] ^= draw(st.integers(1, 255))
            case "insert":
                data[start:start] = draw(st.binary(max_size=20) | st.sampled_from(SNIPPETS))
            case "delete":
                del data[start:end]
            case "move":
                chunk = bytes(data[start:end])
                del data[start:end]
                place = draw(st.integers(0, len(data)))
                data[place:place] = chunk
            case "cut":
                del data[start:]
    return bytes(data)


SNIPPETS = (
    *(
        b"\x00",
        b"\x1b[2J",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\t",
        b"\r",
        b"\r\n",
        b"\n",
        b"- ",
        b": ",
        b"? ",
        b"&a ",
        b"*a",
        b"!x ",
    ),
    *(
        b"<<: *a\n",
        b"---\n",
        b"...\n",
        b"%YAML 1.2\n",
        b"[",
        b"]",
        b"{",
        b"}",
        b"'",
        b'"',
        b'"\\',
        b"|\n",
        b">-\n",
        b" #",
        b"~",
        b"null",
    ),
    *(
        "\u202e\u00a0:\u2028\ud7ff\U000e0041e\u0301".encode(),
        b"\xc3\xa9\xe9",
        b"\xed\xa0\x80",
        b"NO",
        b"12:30",
        b"010",
        b"1e3",
        b".inf",
    ),
)


@settings(max_examples=60)
@given(glossary=damaged(GLOSSARY.encode()), deck=damaged(DECK.encode()))
def test_damaged_files_give_problems_at_their_places(glossary: bytes, deck: bytes) -> None:
    """A library, and problems that say where; whatever has no error in it is there."""
    root = write_content(Path("content"), decks={"bon": DECK})
    (root / "terms.yaml").write_bytes(glossary)
    (root / "quizzes" / "mal.yaml").write_bytes(deck)
    loaded = load_library(root)
    well_put(loaded.problems)
    for problem in loaded.problems:
        file = Path(problem.path).read_bytes()
        encoding = "utf-16" if file.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        lines = file.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        assert problem.line <= lines + 1, problem
    faulty = {Path(problem.path).name for problem in loaded.problems if problem.severity is Severity.ERROR}
    assert loaded.library.decks["bon"].questions
    assert faulty or "mal" in loaded.library.decks


def _cached(root: Path) -> tuple[Path, bytes, Loaded]:
    """The cache of a directory: where it is, its bytes, what it holds."""
    Path("cache").mkdir(exist_ok=True)
    read = cache.load_library(root, Path("cache"), lambda path, data: _write(path, data))
    (path,) = Path("cache").iterdir()
    return path, path.read_bytes(), read


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@settings(max_examples=40)
@given(data=st.data())
def test_a_cache_of_any_bytes_changes_nothing(data: st.DataObject) -> None:
    """Damaged or made up, even under a checksum that fits: the library is that of the files, or there is none to say."""
    path, whole, read = _cached(write_content(Path("content")))
    bad = data.draw(st.binary(max_size=200) | damaged(whole))
    path.write_bytes(bad)
    if bad != whole:
        assert cache.load_library(Path("content"), Path("cache"), _write) == read
    _, _, rest = whole.partition(b"\n")
    made_up = data.draw(damaged(rest) | st.binary(max_size=200) | json_of(rest))
    path.write_bytes(b"%08x\n%b" % (crc32(made_up), made_up))
    used(cache.load_library(Path("content"), Path("cache"), _write))
    path.unlink()


def used(loaded: Loaded) -> None:
    """Look at all that a session may look at."""
    library = loaded.library
    assert all(clean(term.definition) and term.names for term in library.terms.values())
    assert all(library.categories[term.category].name for term in library.terms.values())
    assert list(library.terms_of(library.everything))
    assert all(clean(question.prompt) for question in library.questions.values())
    assert library.past.until(date(2026, 11, 2)) is None or library.past.subject("dmt", date(2026, 11, 2))
    assert all(map(str, loaded.problems))


@st.composite
def json_of(draw: st.DrawFn, rest: bytes) -> bytes:
    """A cache of the right key in which a part is of another type."""
    cached, *rows = map(json.loads, rest.split(b"\n"))
    other: st.SearchStrategy[object] = st.sampled_from(
        [None, [], {}, 1, "x", [1], [[]], {"a": 1}, [[[[]]]], [{"a": "b"}], {"a": "2026-11-02"}, ["dmt"]]
    )
    if draw(st.booleans()):
        row = rows[draw(st.integers(0, len(rows) - 1))]
        row[draw(st.integers(0, len(row) - 1))] = draw(other)
    else:
        parts = ["facets", "decks", "categories", "sources", "problems", "renamed", "changed"]
        cached[draw(st.sampled_from(parts))] = draw(other)
    return "\n".join(map(json.dumps, (cached, *rows))).encode()


def test_a_large_file_that_is_no_deck_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film left among the decks costs a start nothing; neither does a deck far beyond its limit."""
    root = write_content(tmp_path / "content")
    for name in ("film.mp4", "long.yaml"):
        with (root / "quizzes" / name).open("wb") as file:
            file.truncate(300 * MB)
    read: list[int] = []

    def counted(data: bytes) -> int:
        read.append(len(data))
        return crc32(data)

    monkeypatch.setattr(cache, "crc32", counted)
    cache.load_library(root, tmp_path / "cache", lambda path, data: None)
    assert max(read) <= cache._MOST_READ


def test_a_file_that_changes_while_it_is_read_is_read_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache belongs to the bytes that were there before; what is there now does not fit it."""
    root = write_content(tmp_path / "content")
    whole = reader.load_library

    def interrupted(where: Path) -> Loaded:
        loaded = whole(where)
        (root / "terms.yaml").write_text(GLOSSARY.replace("term: Script", "term: Trame"), "utf-8")
        return loaded

    monkeypatch.setattr(reader, "load_library", interrupted)
    folder = tmp_path / "cache"
    folder.mkdir()
    cache.load_library(root, folder, _write)
    monkeypatch.setattr(reader, "load_library", whole)
    assert cache.load_library(root, folder, _write).library.terms["script"].term == "Trame"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device files here")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_link_to_a_device_is_refused(tmp_path: Path, device: str) -> None:
    """Reading neither waits nor goes on for ever."""
    root = write_content(tmp_path / "content", decks={"bon": DECK})
    (root / "quizzes" / "mal.yaml").symlink_to(device)
    loaded = load_library(root)
    assert {Path(problem.path).name for problem in loaded.problems} == {"mal.yaml"}
    well_put(loaded.problems)
