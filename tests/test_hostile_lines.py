"""Lines that no program wrote, among good ones: every face of the product goes on, and answers after them are kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers.journals import facts_under
from tests.helpers.libraries import shipped
from tests.helpers.reviews import review
from tests.helpers.screens import app_of, on_screen, shows
from tests.helpers.world import Clock, known, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Draft, Fact, Rating
from trainer.progress.codec import MOST_COUNTER, decode, encode
from trainer.progress.learners import folder_name
from trainer.screens.data import AnswersScreen, DataScreen
from trainer.screens.home import HomeScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.routes import ShowData, ShowProgress

Capture = pytest.CaptureFixture[str]
GOOD = [review(1), review(2, subject="nps")]
FIELDS: dict[str, Any] = json.loads(encode(review(3)))
DRAFT = Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)


def changed(**fields: object) -> str:
    """A line with other values."""
    return json.dumps({**FIELDS, **fields})


def written(field: str, text: str) -> str:
    """A line in which a field holds a text that is no Python value."""
    return changed(**{field: "@"}).replace('"@"', text)


LINES = {
    "counter that no integer may grow to": written("counter", "9" * 4300),
    "counter longer than Python reads": written("counter", "9" * 5000),
    "counter of 2^63": changed(counter=2**63),
    "the highest counter": changed(counter=MOST_COUNTER, device="zzz"),
    "took 10^400": written("took", "1" + "0" * 400),
    "took Infinity": written("took", "Infinity"),
    "took 1e999": written("took", "1e999"),
    "took NaN": written("took", "NaN"),
    "year 1": changed(at="0001-01-01T00:00:00.000Z"),
    "year 9999": changed(at="9999-12-31T23:59:59.000Z"),
    "day in 1900": changed(day="1900-01-01", counter=4, id="a"),
    "day in 9000": changed(day="9000-12-31", counter=5, id="b"),
    "pairs 10^400": changed(format="match", rating=None, game=["g", 10**400]),
    "game": changed(format="match", rating=None, game=["g", 1], counter=6, id="c"),
    "lone surrogates": changed(
        id="\ud800", device="\udfff", answer="\ud800", chosen="\udc00", card="\ud800/meaning"
    ),
    "unknown field, as deep as Python reads": changed()[:-1] + ', "x": ' + "[" * 950 + "]" * 950 + "}",
    "unknown field, deeper": changed()[:-1] + ', "x": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "unknown field NaN": written("humeur", "NaN"),
    "unknown field 1e999": written("humeur", "1e999"),
    "huge answer": changed(answer="m" * 3_000_000, counter=7, id="d"),
    "long answer": changed(answer="m" * 300_000, counter=8, id="e"),
    "later format": changed(format="order"),
    "later facet": changed(card="dmt/spelling"),
    "later version": changed(v=10**400),
    "byte order mark": "\ufeff" + changed(counter=9, id="f"),
    "undo": json.dumps(
        {
            "v": 1,
            "kind": "undo",
            "id": "u",
            "counter": 2**70,
            "device": "p",
            "of": "x",
            "at": "0001-01-01T00:00:00.000Z",
        }
    ),
}

numbers = st.sampled_from(
    [-1, 0, 2**31, 2**63, 10**300, MOST_COUNTER - 1, MOST_COUNTER, MOST_COUNTER + 1, 0.5]
)
instants = st.sampled_from(
    ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "9000-12-31T23:59:59.999Z"]
)
dates = st.dates().map(date.isoformat)
words = st.sampled_from(
    ["", "order", "match", "Choice", "é", "\ud800", "dmt/meaning", "dmt/x", "a/b/question"]
)
anything = st.one_of(
    numbers,
    instants,
    dates,
    words,
    st.none(),
    st.booleans(),
    st.floats(),
    st.lists(st.integers(), max_size=2),
)
hostile = st.dictionaries(
    st.sampled_from([*FIELDS, "game", "claimed", "of", "humeur"]), anything, min_size=1, max_size=4
)
lines_of_text = st.one_of(
    st.sampled_from(list(LINES.values())), hostile.map(lambda fields: changed(**fields))
)


blanks = st.sampled_from(["", " ", "\t", "\r", "\u00a0", "\ufeff", "\0"])
ends = st.one_of(blanks, st.sampled_from(["}", "{}", "/", "null"]))
spoilt_lines = st.builds("{}{}{}".format, blanks, lines_of_text, ends)
"""Most of them facts but for what stands before or behind them."""


@given(spoilt_lines)
@example(changed()[:-1] + ', "counter": 7}')
@example(changed(v=2) + "{}")
@example(changed(answer="\U0001f4de", took=0))
def test_the_quick_reader_only_is_quicker(line: str) -> None:
    """A line is the same fact, of a later version, or damage for the same reason, whether or not there is that reader."""

    def refuse(_: str) -> NoReturn:
        raise ValueError

    quickly = outcome(line)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(orjson, "loads", refuse)
        assert quickly == outcome(line)


def outcome(line: str) -> Fact | str | None:
    """What a line is decoded to, or why it is not."""
    try:
        return decode(line)
    except ValueError as error:
        return f"{type(error).__name__}: {error}"


@pytest.fixture(autouse=True)
def _west(few_terms: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A time zone in which the first instant of the calendar does not exist; lines matter here, not terms."""
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def kept(data: Path, lines: list[str]) -> Path:
    """Zoé's folder, with a journal of these lines between two good ones."""
    known(data, "Zoé")
    folder = data / "learners" / folder_name("Zoé")
    (folder / "journal").mkdir(exist_ok=True)
    first, last = (encode(fact) for fact in GOOD)
    content = b"\n".join([first, *(line.encode() for line in lines), last, b""])
    (folder / "journal" / "a-1.jsonl").write_bytes(content)
    return folder


def output(capsys: Capture, data: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
    """What a verb prints, without a breakdown and without a word of it."""
    code = main([*arguments, "--data", str(data)])
    out, err = capsys.readouterr()
    assert code in codes, err
    assert "Traceback" not in err
    return out


def strict(text: str) -> Any:
    """What JSON says that any reader takes for JSON."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(lines_of_text, min_size=1, max_size=4))
@example(list(LINES.values()))
def test_every_verb_goes_on_and_later_answers_are_kept(
    tmp_path_factory: pytest.TempPathFactory, capsys: Capture, lines: list[str]
) -> None:
    """Figures, answers, export, verification and repair; nothing of the journal is changed; the next answer is of today."""
    data = tmp_path_factory.mktemp("data")
    folder = kept(data, lines)
    before = (folder / "journal" / "a-1.jsonl").read_bytes()
    figures = strict(output(capsys, data, "stats", "--json"))
    assert figures["answers"] >= 1  # any of them may have taken one of the good ones back
    assert output(capsys, data, "stats")
    assert "Réponses" in output(capsys, data, "data", "show")
    assert output(capsys, data, "data", "show", "--answers")
    told = strict(output(capsys, data, "data", "export", "-"))
    assert len(told["contents"]["journal/a-1.jsonl"]) == len(lines) + 2
    (found,) = strict(output(capsys, data, "journal", "verify", "--json", codes=(0, 4)))
    assert len(found["unreadable"]) + len(found["newer"]) <= len(lines)
    output(capsys, data, "journal", "rebuild")
    assert len(list((folder / "quarantine").glob("*"))) == bool(found["unreadable"])

    clock = Clock()
    for turn in (1, 2):  # the second time with what the first one has left
        bag = services(data, clock=clock)
        ids = bag.recorder.record([DRAFT, DRAFT], 3)
        bag.recorder.withdraw(ids[1:])
        bag.recorder.save()
        bag.close()
        mine = [fact for fact in services(data, clock=clock).history.tallies.items() if fact[0] == DRAFT.card]
        assert [tally.answers for _, tally in mine] == [turn]
        clock.sleep_until(1)
    written = [fact for path in (folder / "journal").glob("poste1-*") for fact in facts_in(path)]
    assert len({fact["id"] for fact in written}) == len(written) == 6
    assert {fact["at"][:10] for fact in written} == {"2026-11-02", "2026-11-03"}
    assert (folder / "journal" / "a-1.jsonl").read_bytes() == before


def facts_in(path: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize("counter", [MOST_COUNTER - 2, MOST_COUNTER])
def test_after_the_highest_counter_answers_go_on_in_order(tmp_path: Path, counter: int) -> None:
    """A line that leaves no room above it stops nobody, and what follows keeps its order from launch to launch."""
    kept(tmp_path, [changed(counter=counter, device="a")])
    clock = Clock()
    for _ in range(3):
        bag = services(tmp_path, clock=clock)
        for rating in (Rating.AGAIN, Rating.GOOD):
            bag.recorder.record([DRAFT._replace(rating=rating, correct=rating is Rating.GOOD)], 3)
        clock.sleep_until(2)
        learnt = bag.history.schedule(DRAFT.card)
        bag.close()
        again = services(tmp_path, clock=clock).history
        assert again.schedule(DRAFT.card) == learnt
    assert learnt and not learnt.relearning and learnt.last == date(2026, 11, 6)
    assert again.tallies[DRAFT.card].answers == 6
    assert max(fact["counter"] for fact in facts_under(tmp_path)) == MOST_COUNTER


async def test_the_application_shows_what_it_can(tmp_path: Path) -> None:
    """Home, progress, data and the last answers, over all hostile lines at once."""
    kept(tmp_path, list(LINES.values()))
    app = TrainerApp(services(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, HomeScreen)
        app.post_message(ShowProgress())
        await on_screen(pilot, ProgressScreen)
        assert shows(app, "lignes illisibles", "3 lignes d’une version plus récente")
        await pilot.press("escape")
        app.post_message(ShowData())
        await on_screen(pilot, DataScreen)
        await pilot.press("r")
        await on_screen(pilot, AnswersScreen)
        assert shows(app_of(pilot), "juste")


def test_a_long_answer_is_kept_as_far_as_a_line_may_hold_it(tmp_path: Path) -> None:
    """Whatever is piped into the line mode, the answer counts."""
    bag = services(tmp_path, library=shipped())
    bag.recorder.record([DRAFT._replace(answer="\ud800" * 1_000_000)], 3)
    (fact,) = facts_under(tmp_path)
    assert fact["answer"] == "\ud800" * 10_000
    assert services(tmp_path).history.tallies[DRAFT.card].answers == 1
    assert datetime(2026, 11, 2, tzinfo=UTC) - timedelta(1) < datetime.fromisoformat(fact["at"])
