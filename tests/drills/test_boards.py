"""Boards of the matching game: whole, varied, and never with a pair that could be defended twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, islice, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.libraries import shipped
from trainer.drills.posing.boards import EXTRA, PAIRS, boards, tellable
from trainer.drills.shapes import Matching
from trainer.glossary.decks import Deck, Library
from trainer.glossary.spelling import fold, letters
from trainer.glossary.terms import Facet, Kind, Term

SEEDS = tuple(map(str, range(40)))
SIX = ("dmt", "svi", "cnil", "rgpd", "seo", "bpo")


@cache
def every_board() -> Sequence[Matching]:
    """Every board of the whole glossary, for many seeds, dealt once for all tests."""
    return [board for seed in SEEDS for board in boards(shipped(), shipped().everything, seed)]


def acronym(name: str, expansion: str, original: str = "", synonyms: tuple[str, ...] = ()) -> Term:
    """A term known by its acronym."""
    return Term(
        name.lower(),
        name,
        "c",
        Kind.NOTION,
        1,
        "Une définition.",
        acronym=name,
        expansion=expansion,
        original=original,
        synonyms=synonyms,
        facets=(Facet.MEANING, Facet.EXPANSION),
    )


def with_terms(*terms: Term) -> Library:
    """The shipped glossary and these terms, which replace those of the same id."""
    return replace(shipped(), terms={**shipped().terms, **{term.id: term for term in terms}})


def test_boards_have_six_pairs_and_two_extra() -> None:
    """Six acronyms on the left; their expansions and two that belong to none on the right, shuffled apart."""
    assert (PAIRS, EXTRA) == (6, 2)
    drawn = every_board()
    assert len(drawn) >= 10 * len(SEEDS)
    for board in drawn:
        assert (len(board.pairs), len(board.extra), len(board.expansions)) == (PAIRS, EXTRA, PAIRS + EXTRA)
        assert set(board.expansions) == {*board.pairs, *board.extra}
    places = [[board.expansions.index(pair) for pair in board.pairs] for board in drawn]
    assert sum(place == sorted(place) for place in places) < len(drawn) / 100
    assert {place[left] for place in places for left in range(PAIRS)} == set(range(PAIRS + EXTRA))


def test_no_pair_of_the_shipped_glossary_is_ambiguous() -> None:
    """No name is shared, nothing declared apart meets, no expansion spells an acronym across the board."""
    library = shipped()
    for board in every_board():
        for one, other in combinations(board.expansions, 2):
            first, second = library.terms[one.card.subject], library.terms[other.card.subject]
            assert letters(one.acronym) != letters(other.acronym)
            assert set(map(fold, first.names)).isdisjoint(map(fold, second.names))
            assert second.id not in library.never_with(first.id)
        for left, right in permutations(board.expansions, 2):
            for expansion in library.terms[right.card.subject].expansions:
                spelt = "".join(word[0] for word in fold(expansion).split())
                assert spelt != letters(left.acronym), (left, right)


def test_acronyms_of_several_senses_are_on_no_board() -> None:
    """GE, CA, TC, QS and DMA have two senses in the trade: which one is meant cannot be told from six letters."""
    for board in every_board():
        assert not {"GE", "CA", "TC", "QS", "DMA", "SMART"} & {pair.acronym for pair in board.expansions}
        shown = {fold(pair.expansion) for pair in board.expansions}
        assert not shown & set(map(fold, ("guide d’entretien", "contact argumenté", "chiffre d’affaires")))
        assert fold("score de recommandation") not in shown


@pytest.mark.parametrize(
    ("term", "rival"),
    [
        pytest.param(acronym("AHT", "Durée moyenne de traitement", "Average Handle Time"), "dmt", id="AHT"),
        pytest.param(acronym("TMT", "Temps moyen de traitement"), "dmt", id="TMT"),
        pytest.param(acronym("IVR", "Réponse vocale interactive"), "svi", id="IVR"),
        pytest.param(acronym("DAA", "Distribution automatique d’appels"), "acd", id="DAA"),
        pytest.param(acronym("GRC", "Relation client"), "crm", id="GRC"),
        pytest.param(acronym("LTV", "Valeur à vie du client"), "clv", id="LTV"),
        pytest.param(acronym("REC", "Score de recommandation"), "nps", id="NPS"),
        pytest.param(acronym("SVP", "Savoir-faire voix interne", synonyms=("S.V.I.",)), "svi", id="synonym"),
        pytest.param(acronym("XYZ", "Coût moyen de dossier", "Centre of Research"), "cor", id="original"),
    ],
)
def test_two_names_of_one_thing_share_no_board(term: Term, rival: str) -> None:
    """What a supervisor adds is kept apart from what it is another name of, on whichever side either stands."""
    library = with_terms(term, acronym("COR", "Conduite d’ordre routier"))
    deck = Deck("d", "D", (term.id, rival, *SIX, "abm", "cms"))
    for seed in SEEDS:
        for board in boards(library, deck, seed):
            assert not {term.id, rival} <= {pair.card.subject for pair in board.expansions}
    assert not tellable(library, term, library.terms[rival])
    assert not tellable(library, library.terms[rival], term)


def test_expansions_that_only_look_alike_may_share_a_board() -> None:
    """«Gestion de la relation client» and «centre de relation client» are told apart by their letters: that is the game."""
    terms = shipped().terms
    for one, other in (
        ("crm", "centre-de-relation-client"),
        ("dmc", "dmt"),
        ("btob", "btoc"),
        ("nps", "csat"),
    ):
        assert tellable(shipped(), terms[one], terms[other])


syllables = st.sampled_from(
    ["durée", "moyenne", "de", "la", "traitement", "client", "score", "vocal", "appel"]
)
anything = st.builds(
    acronym,
    st.text("ABCDMSTV", min_size=2, max_size=3),
    st.lists(syllables, min_size=1, max_size=4).map(" ".join),
    st.lists(syllables, max_size=3).map(" ".join),
)


@given(st.lists(anything, max_size=30, unique_by=lambda term: term.id), st.integers(0, 9))
def test_boards_of_any_glossary_are_fair(terms: list[Term], seed: int) -> None:
    """Whatever the terms: full boards, each acronym asked once, no two terms that cannot be told apart."""
    library = Library({term.id: term for term in terms})
    drawn = list(boards(library, library.everything, str(seed)))
    asked = [pair.card for board in drawn for pair in board.pairs]
    assert len(set(asked)) == len(asked) == PAIRS * len(drawn)
    for board in drawn:
        assert len({fold(pair.expansion) for pair in board.expansions}) == PAIRS + EXTRA
        for one, other in combinations(board.expansions, 2):
            assert tellable(library, library.terms[one.card.subject], library.terms[other.card.subject])


def test_known_terms_come_first_and_each_acronym_once() -> None:
    """Over the boards of a seed no acronym stands twice on the left; the terms asked for fill the first."""
    library = shipped()
    drawn = list(boards(library, library.everything, "0", SIX))
    asked = [pair.card for board in drawn for pair in board.pairs]
    assert len(set(asked)) == len(asked)
    assert {card.subject for card in asked[:PAIRS]} == set(SIX)


def test_terms_played_before_come_last_the_oldest_first() -> None:
    """What was just played returns only when nothing else is left, and then in the order in which it was played."""
    library = shipped()
    deck = Deck("d", "D", (*SIX, "abm", "cms", "http", "url", "sms", "vad"))
    (first, second) = boards(library, deck, "1", (), SIX)
    assert {pair.card.subject for pair in second.pairs} == set(SIX)
    again = next(
        boards(library, deck, "2", (), [pair.card.subject for pair in (*first.pairs, *second.pairs)])
    )
    assert {pair.card for pair in again.pairs} == {pair.card for pair in first.pairs}


def test_too_few_acronyms_make_no_board() -> None:
    """Five acronyms are no game; six are, if the library has two more to show."""
    library = shipped()
    assert list(boards(library, Deck("d", "D", SIX[:5]), "0")) == []
    (board,) = boards(library, Deck("d", "D", SIX), "0")
    assert {pair.card.subject for pair in board.pairs} == set(SIX)
    assert len(board.extra) == EXTRA
    seven = replace(library, terms={each: library.terms[each] for each in (*SIX, "abm")}, decks={})
    assert list(islice(boards(seven, seven.everything, "0"), 1)) == []
