"""What points at an option for somebody who knows nothing of the trade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.editorial.clues import CLUES, Bank, Seen, share

BY_NAME = {clue.name: clue for clue in CLUES}
DMT = "Durée moyenne de traitement"


def best(name: str, seen: Seen) -> set[str]:
    """The options that a clue points at."""
    scores = BY_NAME[name].scores(seen)
    return {option for option, score in zip(seen.options, scores, strict=True) if score == max(scores)}


@pytest.mark.parametrize(
    ("name", "stem", "options", "expected"),
    [
        ("length", "?", ("un", "deux", "quatre"), {"quatre"}),
        ("words", "?", ("un mot", "extraordinaire"), {"un mot"}),
        ("median length", "?", ("a", "bbb", "ccccc"), {"bbb"}),
        ("shared words", "?", ("appel perdu", "appel reçu", "fiche"), {"appel perdu", "appel reçu"}),
        ("shared n-grams", "?", ("appelant", "appelé", "fiche"), {"appelant", "appelé"}),
        ("capitals", "?", ("DMT", "Durée"), {"DMT"}),
        ("digits", "?", ("ISO 9001", "norme"), {"ISO 9001"}),
        ("parentheses", "?", ("taux (net)", "taux"), {"taux (net)"}),
        ("hyphens", "?", ("back-office", "accueil"), {"back-office"}),
        ("commas", "?", ("un, deux", "un"), {"un, deux"}),
        ("absolutes", "?", ("toujours prêt", "prêt"), {"toujours prêt"}),
        ("hedges", "?", ("parfois prêt", "prêt"), {"parfois prêt"}),
        ("blanks", "?", ("il a […]", "il a tout"), {"il a […]"}),
        ("alphabetical", "?", ("Écoute", "Appel"), {"Appel"}),
        ("position", "?", ("b", "a"), {"b"}),
        ("middle position", "?", ("b", "a", "c"), {"a"}),
        ("stem: words", "Un appel reçu", ("Appel entrant", "Fiche"), {"Appel entrant"}),
        ("stem: roots", "Celui qui appelle", ("Appel entrant", "Fiche"), {"Appel entrant"}),
        ("stem: n-grams", "Celui qui télécharge", ("Télétravail", "Fiche"), {"Télétravail"}),
        ("stem: beginnings", "Une facture", ("Facturation", "Fiche"), {"Facturation"}),
        ("stem: common substring", "Un rappel", ("appeler", "pelle"), {"appeler"}),
        ("stem: acronym", "DMT", (DMT, "Coût par lead"), {DMT}),
        ("stem: acronym", DMT, ("DMT", "CPL"), {"DMT"}),
        ("stem: gender", "La formation reçue".removeprefix("La "), ("Gestion", "Traitement"), {"Gestion"}),
        ("stem: number", "Clients perdus", ("Personnes parties", "Personne partie"), {"Personnes parties"}),
        (
            "stem: genus",
            "Taux d’abandon",
            ("Part des appels perdus", "Personne qui attend"),
            {"Part des appels perdus"},
        ),
        (
            "stem: genus",
            "Téléprospecteur",
            ("Rapport entre deux", "Personne qui appelle"),
            {"Personne qui appelle"},
        ),
    ],
)
def test_each_clue_points_where_it_says(
    name: str, stem: str, options: tuple[str, ...], expected: set[str]
) -> None:
    """Every clue on a pair of options that it tells apart."""
    assert best(name, Seen(stem, options)) == expected


def test_clues_of_the_session_see_what_came_before() -> None:
    """An option that was an answer, or stood in a stem, and words and options that are common elsewhere."""
    seen = Seen("?", ("Un appel", "Une fiche"), Bank({"appel": 3, "fiche": 9}, {"Un appel": 2}))
    assert best("rarity", seen) == {"Un appel"}
    assert best("bank frequency", seen) == {"Un appel"}
    later = seen._replace(answers=("Une fiche",), stems=("Que dit une fiche ?",))
    assert best("session: answers", later) == {"Une fiche"}
    assert best("session: stems", later) == {"Une fiche"}


@given(st.text(max_size=40), st.lists(st.text(max_size=40), min_size=2, max_size=4, unique=True), st.data())
def test_a_guesser_finds_each_option_as_often_as_it_is_the_best(
    stem: str, options: list[str], data: st.DataObject
) -> None:
    """Whatever the texts, every clue gives one figure an option, and what it finds adds up to one."""
    clue = data.draw(st.sampled_from(CLUES))
    scores = clue.scores(Seen(stem or "?", tuple(options)))
    assert len(scores) == len(options)
    assert sum(share(scores, index) for index in range(len(options))) == pytest.approx(1)
