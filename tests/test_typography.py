"""French spaces are set once, at each door: what is written with plain ones is never read with them."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.answering import answer
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.screens import app_of, on_screen
from tests.helpers.world import drilling, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.glossary.cleaning import argument, presented, typeset
from trainer.glossary.decks import Format
from trainer.plain import PlainDrill
from trainer.screens.drill import DrillScreen

PLAIN = re.compile(r"\S [:;!?»%](?!\S)|« ")
"""A plain space where French has a no-break one; a sign that begins a word, as in «:q», is no punctuation."""


def drawn(app: TrainerApp) -> str:
    """The characters on the screen as they are."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "Attention : 20 % « ou » rien ; quoi ? Oui !",
            "Attention\u00a0: 20\u00a0% «\u00a0ou\u00a0» rien\u00a0; quoi\u00a0? Oui\u00a0!",
        ),
        ("déjà\u00a0: là", "déjà\u00a0: là"),
        ('Attention : trainer restore "a ; b.zip" !', 'Attention\u00a0: trainer restore "a ; b.zip"\u00a0!'),
        ("12:30, http://exemple.fr", "12:30, http://exemple.fr"),
    ],
)
def test_what_is_typed_and_what_is_read(typed: str, read: str) -> None:
    """Before high signs and inside guillemets; what has its spaces, or needs none, stays."""
    assert presented(typed) == read


@given(st.text(st.sampled_from("a :;!?»«%\u00a0\n1")))
def test_twice_is_once(text: str) -> None:
    """A text that comes through two doors is the same; nothing but spaces changes."""
    once = typeset(text)
    assert typeset(once) == once
    assert once.replace("\u00a0", " ") == text.replace("\u00a0", " ")


@pytest.mark.parametrize("form", list(Format))
async def test_screens_have_them(tmp_path: Path, form: Format) -> None:
    """Home, a question, a verdict."""
    bag = services(tmp_path)
    deck = small_deck(shipped(), "svi", "acd", "cti", "voip", "ipbx", "dmt")
    async with TrainerApp(bag).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not PLAIN.search(drawn(app_of(pilot)))
    async with drilling(bag, deck, form).run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert not PLAIN.search(drawn(app_of(pilot)))
        await pilot.press("escape")
        assert not PLAIN.search(drawn(app_of(pilot)))
        await pilot.press("f1")
        assert not PLAIN.search(drawn(app_of(pilot)))
        await pilot.press("escape")
        if form is Format.FLASHCARD:
            await pilot.press("enter")
            assert not PLAIN.search(drawn(app_of(pilot)))
            await pilot.press("1")
        elif form is not Format.MATCH:
            await answer(pilot, await on_screen(pilot, DrillScreen), right=False)
        assert not PLAIN.search(drawn(app_of(pilot)))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("copie.zip", "copie.zip"),
        ("mes données.zip", '"mes données.zip"'),
        ("l’été ; 2.zip", '"l’été ; 2.zip"'),
    ],
)
def test_what_is_to_be_typed_stays_as_it_is(name: str, typed: str) -> None:
    """A command that is told can be copied: names are between quotes, and keep their plain spaces."""
    assert presented(f"Tapez : trainer restore {argument(name)}") == f"Tapez\u00a0: trainer restore {typed}"


def test_lines_have_them(tmp_path: Path) -> None:
    """A whole sitting in the line mode."""
    bag, out = services(tmp_path), StringIO()
    PlainDrill(
        bag, bag.starter().session(small_deck(shipped(), "dmt", "dmc")), StringIO("?\n?\n?\nq\n"), out
    ).run()
    assert "\u00a0:" in out.getvalue()
    assert not PLAIN.search(out.getvalue().replace(" : \n", "\n"))


@pytest.mark.parametrize(
    "verb",
    [
        ["terms", "dmt"],
        ["stats"],
        ["decks"],
        ["--help"],
        ["data", "retention", "--help"],
        ["zut"],
        ["check", "nulle-part"],
    ],
)
def test_verbs_have_them(tmp_path: Path, capfd: pytest.CaptureFixture[str], verb: list[str]) -> None:
    """On both streams, in help and in errors."""
    main([*verb, "--data", str(tmp_path)] if verb in (["stats"],) else verb)
    said = "".join(capfd.readouterr())
    assert said
    assert not PLAIN.search(said)
