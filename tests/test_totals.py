"""Totals of one thing are the same wherever they are told: figures, data, verification, repair, home."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.helpers.content import write_content
from tests.helpers.libraries import shipped
from tests.helpers.reviews import START, review, undo
from tests.helpers.screens import app_of, on_screen, seen
from tests.helpers.stories import stories
from tests.helpers.world import Clock, known, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.content.library import load_library
from trainer.glossary.decks import Deck, Format
from trainer.memory.cards import cards_of
from trainer.memory.reviews import Draft, Fact, Rating
from trainer.memory.statistics import statistics
from trainer.progress.codec import encode
from trainer.progress.learners import folder_name
from trainer.safekeeping.holding import held
from trainer.screens.home import HomeScreen
from trainer.screens.progress import ProgressScreen

Capture = pytest.CaptureFixture[str]
ODD: list[Fact] = [
    review(1),
    review(1),
    review(5)._replace(id=review(1).id),  # another answer, whatever its id says
    review(2, "poste2"),
    review(2, "poste2")._replace(answer="forged"),
    undo(review(3), 9),
    review(3),
    review(4, subject="gone"),
    undo(review(77), 10),
]


def kept(data: Path, facts: list[Fact]) -> None:
    """Zoé's journal, in two files that share a line."""
    known(data, "Zoé")
    journal = data / "learners" / folder_name("Zoé") / "journal"
    journal.mkdir(exist_ok=True)
    lines = [encode(fact) + b"\n" for fact in facts]
    (journal / "a-1.jsonl").write_bytes(b"".join(lines[::2]) + b'{"v":9}\n' + b"abc\n")
    (journal / "b-1.jsonl").write_bytes(b"".join(lines[1::2] + lines[:1]))


def said(capsys: Capture, data: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
    """What a verb prints, over content that holds none of the words."""
    content = data.parent / "content"
    if not content.exists():
        write_content(content)
    assert main([*arguments, "--data", str(data), "--content", str(content)]) in codes
    return capsys.readouterr().out


def number(pattern: str, text: str) -> int:
    """The one number that a text tells there."""
    (found,) = re.findall(pattern, text)
    return int(found)


def everywhere(capsys: Capture, data: Path) -> dict[str, set[int]]:
    """What each face says of the same things."""
    figures: dict[str, Any] = json.loads(said(capsys, data, "stats", "--json"))
    (found,) = json.loads(said(capsys, data, "journal", "verify", "--json", codes=(0, 4)))
    words = said(capsys, data, "stats")
    shown = said(capsys, data, "data", "show")
    verified = said(capsys, data, "journal", "verify", codes=(0, 4))
    rebuilt = said(capsys, data, "journal", "rebuild")
    has = held(services(data).learner)
    exported = json.loads(said(capsys, data, "data", "export", "-"))["derived"]
    told = number(r"Depuis le début : (\d+) réponse", words) if figures["answers"] else 0
    tries, played = figures["game"]["tries"], [each for each in has.answers if each.format is Format.MATCH]
    at_play, unknown_at_play = len(played), sum(each.card.key in found["unknown"] for each in played)
    return {
        "answers": {
            figures["answers"],
            told,
            len(has.answers) - at_play,
            sum(each["answers"] for each in exported["cards"].values()),
            sum(each["answers"] for each in exported["days"].values()),
            sum(each["answers"] for part in ("cards", "gone") for each in figures[part].values()),
        },
        "tries": {
            tries,
            number(r"Jeu des sigles : (\d+) essai", words) if tries else 0,
            sum(each["tries"] for each in exported["games"].values()),
        },
        "at play": {at_play, number(r"dont (\d+) au jeu des sigles", shown) if at_play else 0},
        "everything": {
            found["answers"],
            number(r"Réponses : (\d+)", shown),
            len(said(capsys, data, "data", "show", "--answers").splitlines()),
            number(r"Lu : (\d+) réponse", verified),
            number(r": (\d+) réponse", rebuilt),
            len(has.answers),
        },
        "undone": {found["undone"], has.undone},
        "absent": {figures["absent"], sum(found["unknown"].values()) - unknown_at_play},
        "newer": {
            figures["newer"],
            len(found["newer"]),
            has.newer,
            number(r"(\d+) ligne d’une version", shown),
        },
        "unreadable": {
            figures["unreadable"],
            len(found["unreadable"]),
            has.unreadable,
            number(r"(\d+) ligne illisible,", shown),
        },
    }


@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(stories())
def test_every_face_tells_the_same_totals(
    tmp_path_factory: pytest.TempPathFactory, capsys: Capture, facts: list[Fact]
) -> None:
    """Repeated, forged, taken back, about words that are elsewhere: each answer counts once, everywhere."""
    data = tmp_path_factory.mktemp("poste") / "data"
    kept(data, facts)
    told = everywhere(capsys, data)
    assert {name: numbers for name, numbers in told.items() if len(numbers) != 1} == {}


def test_odd_answers_count_once_everywhere(tmp_path: Path, capsys: Capture) -> None:
    """One id for two answers, one answer twice, one forged, one taken back before it came."""
    kept(tmp_path / "data", ODD)
    assert everywhere(capsys, tmp_path / "data") == {
        "answers": {4},
        "tries": {0},
        "at play": {0},
        "everything": {4},
        "undone": {1},
        "absent": {1},
        "newer": {1},
        "unreadable": {1},
    }


def test_figures_over_another_content_say_so_honestly(tmp_path: Path, capsys: Capture) -> None:
    """Answers about the shipped words, told over a folder that has one of them: one total, and how many are elsewhere."""
    data, root = tmp_path / "data", write_content(tmp_path / "content")
    bag = services(data)
    for subject in ("dmt", "superviseur", "prospect"):
        card = next(card for card in cards_of(shipped(), Deck("d", "D", (subject,))))
        bag.recorder.record([Draft(card, Rating.GOOD, True, Format.RECALL)], 3)
    bag.close()
    told = said(capsys, data, "stats")
    assert "Depuis le début : 3 réponses, 100 % justes." in told
    assert "2 de ces réponses portent sur ce que ce contenu n’a pas (2 mots) ; elles sont gardées." in told
    assert "Vous apprenez avec un autre dossier ? Ajoutez --content DOSSIER." in told
    assert "retiré" not in told
    own = services(data, library=load_library(root).library)
    today = own.today()
    assert statistics((), own.history, today).answers_today == statistics((), own.history, today).answers == 3


async def test_home_and_progress_name_the_same_number_of_cards_to_review(tmp_path: Path) -> None:
    """Two sides of one word fall due on one day: one is asked, the other waits, and both pages say so."""
    clock = Clock(START + timedelta(days=1))
    bag = services(tmp_path, clock=clock)
    cards = cards_of(shipped(), Deck("d", "D", ("dmt", "superviseur")))
    for card in cards:
        bag.recorder.record([Draft(card, Rating.GOOD, True, Format.RECALL)], 3)
    due = bag.history.schedules[cards[0]].due
    clock.sleep_until((due - bag.today()).days)
    everything = shipped().everything
    plan = bag.plan(everything)
    assert plan.waiting
    figures = statistics(cards_of(shipped(), everything), bag.history, bag.today())
    assert (figures.due, figures.ahead[:2]) == (len(plan.due), (len(plan.due), len(plan.waiting)))
    async with TrainerApp(bag).run_test(size=(100, 40)) as pilot:
        await on_screen(pilot, HomeScreen)
        at_home = number(r"Cartes du jour : (\d+) à revoir", seen(app_of(pilot)))
        await pilot.press("p")
        await on_screen(pilot, ProgressScreen)
        assert number(r"À revoir aujourd’hui : (\d+) carte", seen(app_of(pilot))) == at_home
