"""A snapshot of another program, or with wrong insides under a right checksum, is made anew and stops nobody."""

from __future__ import annotations

import json
from array import array
from binascii import b2a_base64
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.reviews import START, review, undo
from tests.helpers.stores import assert_same, opened
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.queue import plan
from trainer.memory.reviews import Fact, Game, Rating
from trainer.memory.statistics import statistics


def forge(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a snapshot holds, under a checksum that fits."""
    path = folder / "snapshot.json"
    columns = json.loads(path.read_bytes().partition(b"\n")[2])
    change(columns)
    text = json.dumps(columns).encode()
    path.write_bytes(b"%08x\n%b" % (crc32(text), text))


def told(folder: Path) -> list[Fact]:
    """Some answers of every kind, kept with a snapshot."""
    facts: list[Fact] = [
        review(1),
        review(2, rating=Rating.AGAIN)._replace(chosen="nps", correct=False),
        review(3, rating=None)._replace(format=Format.MATCH, game=Game("g", 2)),
        review(4, subject="nps"),
        undo(review(4), 5),
    ]
    store = opened(folder, "1")
    for fact in facts:
        store.note(fact)
    store.save()
    store.close()
    return facts


FOREIGN: dict[str, Callable[[dict[str, Any]], object]] = {
    "a program with another field": lambda columns: columns["history"]["schedules"].update(mood=""),
    "a program without a field": lambda columns: columns["history"]["schedules"].pop("lapses"),
    "fields in another shape": lambda columns: columns["format"].__setitem__(2, 1),
    "a stability of nought": lambda columns: columns["history"]["schedules"].update(
        stability=b2a_base64(array("d", [0.0] * len(columns["history"]["subjects"]))).decode()
    ),
    "a counter that is none": lambda columns: columns["history"].update(counter="9"),
    "a counter beyond all": lambda columns: columns["history"].update(counter=10**4000),
    "subjects that are no text": lambda columns: columns["history"].update(subjects=[1] * 9),
    "a day beyond the calendar": lambda columns: columns["history"].update(
        playing=[["g", 10**400, 1, ["dmt"], []]]
    ),
}


@pytest.mark.parametrize("change", FOREIGN.values(), ids=FOREIGN)
def test_a_snapshot_of_another_program_is_made_anew(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """Whatever stands in it under a right checksum: the state is that of the journal, twice."""
    facts = told(tmp_path)
    forge(tmp_path, change)
    for launch in ("2", "3"):
        store = opened(tmp_path, launch)
        assert_same(store, facts)
        store.close()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_snapshot_stops_a_start(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any part replaced by anything, the checksum fits: a session can be planned, answered and told."""
    folder = tmp_path_factory.mktemp("lea")
    told(folder)

    def spoil(columns: dict[str, Any]) -> None:
        where = data.draw(st.sampled_from([columns, columns["history"]]))
        key = data.draw(st.sampled_from(sorted(where.keys() - {"format", "scheduler", "past"})))
        there = where[key]
        if isinstance(there, list | dict) and there and data.draw(st.booleans()):
            where, key = (
                there,
                data.draw(st.sampled_from(sorted(there) if isinstance(there, dict) else range(len(there)))),
            )
        where[key] = data.draw(
            st.none()
            | st.integers()
            | st.floats()
            | st.text(max_size=3)
            | st.lists(st.integers() | st.text(max_size=3), max_size=3)
            | st.binary(max_size=40).map(lambda raw: b2a_base64(raw, newline=False).decode())
            | st.sampled_from([{}, {"a": [1, 2, 3]}, [["g", 10**400, 1, [], []]]])
        )

    forge(folder, spoil)
    store = opened(folder, "2")
    today = START.date()
    cards = [Card("dmt", Facet.MEANING), Card("nps", Facet.MEANING)]
    plan(cards, store.history, today)
    statistics(cards, store.history, today)
    store.record(review(store.next_counter % 1000))
    store.close()
    assert store.unsaved == ()
