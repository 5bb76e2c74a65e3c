"""The glossary: a search that does not mind accents, and the page of a term."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot

from tests.helpers.answering import answer, choice, leave
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.screens import app_of, click, flowing, on_screen, seen, shows, until
from tests.helpers.world import drilling, services
from trainer.app import TrainerApp
from trainer.glossary.decks import Format
from trainer.glossary.searching import search
from trainer.glossary.spelling import unaccented
from trainer.screens.drill import DrillScreen
from trainer.screens.glossary import GlossaryScreen, TermScreen
from trainer.screens.home import HomeScreen

TALL = (100, 40)


async def searching(pilot: Pilot[None], text: str) -> GlossaryScreen:
    """The glossary, once it shows what a text finds."""
    await on_screen(pilot, HomeScreen)
    await pilot.press("l")
    screen = await on_screen(pilot, GlossaryScreen)
    screen.field.value = text
    await until(pilot, lambda: screen.field.value == text)
    return screen


async def test_the_whole_glossary_is_listed_at_first(tmp_path: Path) -> None:
    """Before anything is typed, the number of terms is told, and terms are listed."""
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        screen = await searching(pilot, "")
        assert shows(app_of(pilot), f"{len(shipped().terms)} termes")
        assert screen.menu.option_count >= 200


async def test_accents_and_capitals_do_not_matter(tmp_path: Path) -> None:
    """A search without accents finds what has some, a search with them what has none, each term once."""
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        app = app_of(pilot)
        screen = await searching(pilot, "teleconseiller")
        await until(pilot, lambda: shows(app, "Téléconseiller"))
        plain = flowing(seen(app)).split("terme", 1)[1]
        for text in ("TÉLÉCONSEILLER", "télèconseiller"):
            screen.field.value = text
            await pilot.pause()
            assert flowing(seen(app)).split("terme", 1)[1] == plain


async def test_nothing_found_is_said(tmp_path: Path) -> None:
    """A text that is nowhere says so, Enter on it does nothing, and Backspace widens the search again."""
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        app = app_of(pilot)
        await searching(pilot, "dm")
        await pilot.press(*"tzz")
        await until(pilot, lambda: shows(app, "Aucun terme ne contient ces mots."))
        await pilot.press("enter")
        await on_screen(pilot, GlossaryScreen)
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: shows(app, "DMT (Durée moyenne de traitement)"))


async def test_a_terms_page_says_all_that_is_known_and_escape_returns_to_the_search(tmp_path: Path) -> None:
    """Enter opens the first term found; its page holds every field; Escape leads back to the same search, then home."""
    term = shipped().terms["dmt"]
    confused = [shipped().terms[other].title for other in shipped().confusable_with("dmt")]
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        app = app_of(pilot)
        glossary = await searching(pilot, "dmt")
        await pilot.press("enter")
        await on_screen(pilot, TermScreen)
        assert shows(app, term.title, term.definition, f"Exemple : {term.example}", f"Note : {term.note}")
        assert shows(app, *confused, *term.synonyms, shipped().categories[term.category].name)
        assert shows(app, *(shipped().sources[source].name for source in term.sources))
        assert shows(app, "Vous n’avez pas encore répondu sur ce terme.")
        await pilot.press("escape")
        assert await on_screen(pilot, GlossaryScreen) is glossary
        assert glossary.field.value == "dmt"
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)


async def test_the_list_obeys_arrows_and_the_mouse(tmp_path: Path) -> None:
    """Down goes from the field to the list and Enter opens what is highlighted; a click opens a line."""
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        glossary = await searching(pilot, "appel")
        await pilot.press("down", "down", "enter")
        second = (await on_screen(pilot, TermScreen)).term
        assert seen(app_of(pilot)).split("\n")[1].strip() == second.title
        await pilot.press("escape")
        assert await on_screen(pilot, GlossaryScreen) is glossary
        await click(pilot, "Appel sortant")
        assert (await on_screen(pilot, TermScreen)).term.id == "appel-sortant"


async def test_a_terms_page_counts_the_learners_own_answers(tmp_path: Path) -> None:
    """After an answer on a term, its page says how many were given and how many were right."""
    bag = services(tmp_path)
    deck = small_deck(shipped(), "appel-sortant", drills=[Format.CHOICE])
    async with drilling(bag, deck).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        assert choice(screen).card.subject == "appel-sortant"
        await answer(pilot, screen)
        await leave(pilot)
        await pilot.press("escape")
        await searching(pilot, "sortant")
        await pilot.press("enter")
        await on_screen(pilot, TermScreen)
        assert shows(app_of(pilot), "Vous : 1 réponse, 1 juste.")


def test_a_name_typed_in_full_is_found_first() -> None:
    """Whatever other names it is a part of, and wherever else its words stand."""
    library = shipped()
    for term in library.terms.values():
        for name in filter(None, (*term.names, term.english)):
            first = search(library, name)[0]
            assert unaccented(name) in map(unaccented, (*first.names, first.english)), name


async def test_enter_opens_what_is_typed_however_fast(tmp_path: Path) -> None:
    """All keys before the first is answered: the page is that of the name typed."""
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        screen = await searching(pilot, "")
        for key in (*"pabx", "enter"):
            screen.app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        page = await on_screen(pilot, TermScreen)
        assert page.term.id == "pabx"


async def test_what_was_chosen_is_opened_even_if_the_list_has_changed_since(tmp_path: Path) -> None:
    """The place in the list is not what was chosen, but what stood there."""
    async with TrainerApp(services(tmp_path)).run_test(size=TALL) as pilot:
        screen = await searching(pilot, "dmt")
        await until(pilot, lambda: screen.menu.option_count < 50)
        screen.menu.action_select()
        screen.narrow("pabx")
        page = await on_screen(pilot, TermScreen)
        assert page.term.id == "dmt"
