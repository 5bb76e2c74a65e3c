"""What two ways of writing one thing have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.glossary.decks import Library
from trainer.glossary.spelling import (
    akin,
    content_words,
    fold,
    is_acronym,
    letters,
    singular,
    spoken,
    unaccented,
    words,
)

FRENCH = st.text("abcdeéèàçœôïuxsl'’- .&2", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Appel entrant", "appel entrant"),
        ("l’appel entrant", "les appels entrants"),
        ("Statut d’appel", "statut d'appel"),
        ("Statut d’appel", "statuts d appels"),
        ("Back-office", "back office"),
        ("Durée moyenne de communication", "DUREE MOYENNE DE COMMUNICATION"),
        ("canal", "les canaux"),
        ("réseau", "réseaux"),
        ("jeu", "jeux"),
        ("cœur de cible", "coeur de cible"),
        ("ex æquo", "ex aequo"),
        ("Télé\u0301phone", "téléphone".replace("télé", "télé\u0301")),
        ("de\u0301cideur", "décideur"),
        ("ﬁche client", "fiche client"),
        ("centre\u00a0d’appels", "centre d‘appel"),
        ("Connexion / déconnexion", "connexion déconnexion"),
        ("  taux   de contact ", "taux contact"),
        ("ISO\u00a018295", "iso 18295"),
    ],
)
def test_ways_of_writing_one_thing_fold_alike(one: str, other: str) -> None:
    """Case, accents, ligatures, apostrophes, hyphens, blanks, articles and plurals make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("appel entrant", "appel sortant"),
        ("appel abouti", "appel non abouti"),
        ("fiche client", "client fiche"),
        ("taux de contact", "taux de contrat"),
        ("erreur 404", "erreur 410"),
        ("SEO", "SEA"),
        ("N1", "N2"),
    ],
)
def test_different_things_fold_apart(one: str, other: str) -> None:
    """Words, their order and digits make a difference."""
    assert fold(one) != fold(other)


def test_text_of_small_words_keeps_them() -> None:
    """Where only articles stand, they are what is compared."""
    assert fold("La") == "la"
    assert fold("") == fold("\u00a0") == ""


@given(FRENCH)
def test_folding_ignores_case_and_accents(text: str) -> None:
    """Shouting, or typing without accents, folds like the text itself."""
    assert fold(text) == fold(text.upper()) == fold(unaccented(text))


@given(FRENCH, FRENCH)
def test_folding_goes_word_by_word(one: str, other: str) -> None:
    """What stands beside a text that carries sense does not change how it folds."""
    parts = [part for part in (fold(f"bande {one}"), fold(f"bande {other}")) if part]
    assert fold(f"bande {one} bande {other}") == " ".join(parts)


def test_every_shipped_name_survives_how_people_type(library: Library) -> None:
    """For each name: capitals, no accents, straight apostrophes, no hyphens, an article before it."""
    for term in library.terms.values():
        for name in term.names:
            for typed in (
                name.upper(),
                unaccented(name),
                name.replace("’", "'"),
                name.replace("-", " "),
                f"la {name}",
                f"  {name}. ",
            ):
                assert fold(typed) == fold(name), (name, typed)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("appels", "appel"),
        ("canaux", "canal"),
        ("reseaux", "reseau"),
        ("jeux", "jeu"),
        ("sms", "sms"),
        ("cas", "cas"),
        ("b2bs", "b2bs"),
        ("client", "client"),
    ],
)
def test_plural_mark_is_taken_away(plural: str, one: str) -> None:
    """French plurals lose their mark; words of three letters and words with digits stay as they are."""
    assert singular(plural) == one


@pytest.mark.parametrize("text", ["D.M.T.", "dmt", "D M T", "d-m-t", "DMT"])
def test_letters_of_an_acronym(text: str) -> None:
    """Points, blanks, hyphens and case are no part of an acronym."""
    assert letters(text) == "dmt"


@pytest.mark.parametrize(
    "text", ["DMT", "BtoB", "B2B", "SaaS", "VoIP", "CCaaS", "SP2C", "N1", "BtoBtoC", "404"]
)
def test_acronym_is_known_by_its_capitals(text: str) -> None:
    """At least two capitals or digits in one short word."""
    assert is_acronym(text)


@pytest.mark.parametrize(
    "text",
    ["Lead", "Back-office", "B to B", "Téléconseiller", "AdWords Express", "Bloctel", "", "Homeshoring"],
)
def test_word_is_no_acronym(text: str) -> None:
    """Words, even capitalised, and names of several words are compared as words."""
    assert not is_acronym(text)


def test_content_words_carry_sense() -> None:
    """Small words go, the others lose accents and plural."""
    assert content_words("La durée des appels, sans l’attente") == ["duree", "appel", "attente"]


def test_spoken_keeps_accents() -> None:
    """What shows a missing accent keeps them, and nothing else of the typography."""
    assert spoken("Qualité – d’ÉCOUTE") == "qualité d écoute"
    assert spoken("e\u0301cart") == "écart"


@pytest.mark.parametrize(
    ("one", "other"),
    [("appelant", "appel"), ("conseiller", "conseil"), ("prospecter", "prospect"), ("vente", "vente")],
)
def test_words_of_one_root_are_akin(one: str, other: str) -> None:
    """A shared beginning of four letters that is most of the shorter word betrays its family."""
    assert akin(one, other)
    assert akin(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("appel", "apport"), ("contact", "contrat"), ("vente", "vent"[:3]), ("taux", "tarif")]
)
def test_words_that_only_begin_alike_are_not_akin(one: str, other: str) -> None:
    """A few letters in common are chance."""
    assert not akin(one, other)


def test_words_hold_no_punctuation() -> None:
    """Every letter and digit is in a word, nothing else is."""
    assert words("Q&A, R&D : « 4 h 30 »") == ["q&a", "r&d", "4", "h", "30"]


def test_text_of_signs_is_its_signs() -> None:
    """Nothing else tells two of them apart; dashes, dots and quotes are those of any keyboard."""
    assert fold("#") == "#" != fold("*")
    assert fold("–") == fold(" - ") == fold("−")
    assert fold("…") == fold("...")
    assert words("☎️") == words("☎")
    assert words("# appel !") == ["appel"]


def test_signs_at_the_end_of_a_word_are_part_of_it() -> None:
    """C, C++ and C# are three names; a plus between two words parts them."""
    assert [fold(name) for name in ("C", "C++", "C#", "c #")] == ["c", "c++", "c#", "c#"]
    assert words("Canal+, bac+2, A + B") == ["canal+", "bac", "2", "a", "b"]
