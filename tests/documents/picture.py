"""The picture of the README: a question of the shipped content, answered wrong, and what the learner is told then."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from xml.etree import ElementTree

from tests.helpers import ROOT
from tests.helpers.answering import answer
from tests.helpers.libraries import shipped
from tests.helpers.screens import app_of, drawn, on_screen
from tests.helpers.world import drilling, services
from trainer.glossary.decks import Deck, Format, Library
from trainer.screens.drill import DrillScreen

PICTURE = ROOT / "docs" / "question.svg"
SIZE = (80, 24)
DECK, QUESTION = "premier-jour", "premier-jour:ecart-dmc-dmt"
FONTS = '"Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace'

_UNWANTED = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)
_FAMILY = re.compile(r"font-family: Fira Code, monospace")
_NUMBERED = re.compile(r"\bterminal-\d+")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_STYLE = re.compile(r"\.([\w-]+) \{ (fill: [^}]*?);? \}")


async def picture() -> str:
    """The picture as SVG, the same each time: nothing in it comes from this machine."""
    library = _library()
    usual = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with patch.dict(os.environ, usual, clear=True), TemporaryDirectory() as data:
        app = drilling(services(Path(data), library=library), library.decks[DECK])
        async with app.run_test(size=SIZE) as pilot:
            screen = await on_screen(pilot, DrillScreen)
            await answer(pilot, screen, right=False)
            await drawn(pilot)
            return _portable(app_of(pilot).export_screenshot())


def _library() -> Library:
    """The shipped content, with a single deck whose session begins with the question that is to be shown."""
    deck = shipped().decks[DECK]
    first = sorted(deck.questions, key=lambda question: question.id != QUESTION)
    shown: Deck = deck._replace(terms=(), questions=tuple(first), drills=(Format.CHOICE,))
    return replace(shipped(), decks={DECK: shown})


def _portable(svg: str) -> str:
    """A picture that asks no network for a font but takes one that is there, and bears no number that changes."""
    svg = _FAMILY.sub(f"font-family: {FONTS}", _UNWANTED.sub("", svg))
    return _TRAILING.sub("", _NUMBERED.sub("question", svg)).rstrip() + "\n"


def runs(svg: str) -> Iterator[tuple[str, ...]]:
    """All that is drawn, in order: each area with its place and its colour, each text with its line and its style."""
    styles = dict(_STYLE.findall(svg))
    for element in ElementTree.fromstring(svg).iter():
        tag, own = element.tag.rpartition("}")[2], element.attrib
        if tag == "rect" and "fill" in own:
            yield tag, own["x"], own["y"], own["width"], own["fill"]
        elif tag == "text" and (element.text or "").strip(" \n"):
            yield (
                tag,
                own["x"],
                own["y"],
                element.text or "",
                own.get("fill", "") + styles.get(own["class"], ""),
            )
