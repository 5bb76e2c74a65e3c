"""Sets of options in which every member is equally likely to be the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

import pytest

from tests.helpers.libraries import shipped
from trainer.drills.kinds.choice import OPTIONS
from trainer.drills.posing.option_blocks import MOST, ROUNDS, OptionBlocks
from trainer.glossary.decks import Library
from trainer.glossary.terms import Category, Facet, Kind, Term

SEEDS = ("0", "1", "2")
Block = tuple[str, ...]


def blocks_of(library: Library, facet: Facet, seed: str) -> dict[tuple[str, int], Block]:
    """(term, round) -> its block."""
    blocks = OptionBlocks(library, facet, OPTIONS[facet], seed)
    drawn = {(term, turn): blocks.block(term, turn) for term in library.terms for turn in range(ROUNDS)}
    return {key: block for key, block in drawn.items() if block}


@cache
def shipped_blocks(facet: Facet, seed: str) -> Mapping[tuple[str, int], Block]:
    """The same of the shipped glossary, drawn once for all tests."""
    return blocks_of(shipped(), facet, seed)


def small_library(*terms: Term) -> Library:
    """A library of just these terms."""
    return Library({term.id: term for term in terms}, {}, {"appels": Category("appels", "Appels")})


def a_term(
    name: str,
    kind: Kind = Kind.CALL,
    confusable: Iterable[str] = (),
    never_with: Iterable[str] = (),
    facets: tuple[Facet, ...] = (Facet.MEANING, Facet.NAMING),
) -> Term:
    """A term of one category."""
    return Term(
        name,
        name,
        "appels",
        kind,
        1,
        "…",
        confusable=tuple(confusable),
        never_with=tuple(never_with),
        facets=facets,
    )


@pytest.mark.parametrize("facet", list(OPTIONS))
@pytest.mark.parametrize("seed", SEEDS)
def test_blocks_are_sound(library: Library, facet: Facet, seed: str) -> None:
    """Each block holds its term and as many different ones as asked, all askable, none to keep apart."""
    for (term, _), block in shipped_blocks(facet, seed).items():
        members = [library.terms[member] for member in block]
        assert term in block
        assert len(set(block)) == len(block) == OPTIONS[facet]
        assert all(facet in member.facets for member in members)
        assert not any(other in library.never_with(one) for one, other in combinations(block, 2))


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_wrong_options_are_of_the_category(library: Library, facet: Facet) -> None:
    """At least 95 % of the wrong options are of the category of the right one."""
    wrong = [
        library.terms[other].category == library.terms[term].category
        for seed in SEEDS
        for (term, _), block in shipped_blocks(facet, seed).items()
        for other in block
        if other != term
    ]
    assert sum(wrong) >= 0.95 * len(wrong)


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_members_of_a_block_share_it(facet: Facet) -> None:
    """Whichever member is asked, the options are the same."""
    drawn = shipped_blocks(facet, "0")
    assert all(drawn[member, turn] == block for (_, turn), block in drawn.items() for member in block)


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_terms_are_options_equally_often(library: Library, facet: Facet) -> None:
    """A term is left over by a round or two at most, so that being seldom an option shows nothing either."""
    asked = [term for term in library.terms if facet in library.facets[term]]
    drawn = Counter(term for term, _ in shipped_blocks(facet, "0"))
    rare = [term for term in asked if drawn[term] < ROUNDS - 2]
    assert len(rare) <= 0.02 * len(asked), rare


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_every_term_has_options_and_several_sets_of_them(library: Library, facet: Facet) -> None:
    """Every term that may be asked has a block, and over a dozen seeds at least five different ones."""
    sets: dict[str, set[frozenset[str]]] = {}
    for seed in range(12):
        for (term, _), block in shipped_blocks(facet, str(seed)).items():
            sets.setdefault(term, set()).add(frozenset(block))
    asked = {term for term in library.terms if facet in library.facets[term]}
    assert sets.keys() == asked
    assert {term: len(found) for term, found in sets.items() if len(found) < 5} == {}


@pytest.mark.parametrize("facet", list(OPTIONS))
def test_confusable_terms_of_a_category_meet(library: Library, facet: Facet) -> None:
    """Nearly every declared pair is in one block or another over a dozen seeds."""
    met: set[frozenset[str]] = set()
    for seed in range(12):
        for block in shipped_blocks(facet, str(seed)).values():
            met.update(map(frozenset, combinations(block, 2)))
    pairs = {
        frozenset((term, other))
        for term in library.terms
        for other in library.confusable_with(term)
        if library.terms[term].category == library.terms[other].category
        and facet in library.facets[term]
        and facet in library.facets[other]
    }
    assert len(pairs) > 150
    assert len(pairs - met) <= 3


def test_another_round_gives_other_options(library: Library) -> None:
    """Over the rounds a term meets several sets of options; then they come again."""
    blocks = OptionBlocks(library, Facet.MEANING, 3, "0")
    assert len({blocks.block("dmt", turn) for turn in range(ROUNDS)}) >= 3
    assert blocks.block("dmt", ROUNDS + 1) == blocks.block("dmt", 1)


def test_confusable_terms_meet_often() -> None:
    """DMT and DMC, which everybody mixes up, are in one question most of the time, though any third term may join."""
    drawn = [shipped_blocks(Facet.MEANING, str(seed)) for seed in range(6)]
    dmt = [block for blocks in drawn for (term, _), block in blocks.items() if term == "dmt"]
    assert sum("dmc" in block for block in dmt) > 0.4 * len(dmt)
    assert len({member for block in dmt for member in block}) >= 5


def test_same_seed_gives_the_same_blocks(library: Library) -> None:
    """Blocks depend on the seed alone, not on which is drawn first."""
    forwards = OptionBlocks(library, Facet.NAMING, 4, "7")
    backwards = OptionBlocks(library, Facet.NAMING, 4, "7")
    first = {term: forwards.block(term, 2) for term in library.terms}
    assert first == {term: backwards.block(term, 2) for term in reversed(list(library.terms))}
    other = OptionBlocks(library, Facet.NAMING, 4, "8")
    assert first != {term: other.block(term, 2) for term in library.terms}


def test_terms_that_are_never_asked_are_no_options(library: Library) -> None:
    """A term whose facets are empty has no block and is in none."""
    silent = {term.id for term in library.terms.values() if not term.facets}
    assert len(silent) > 5
    for facet in OPTIONS:
        drawn = blocks_of(library, facet, "0")
        assert not silent & {term for term, _ in drawn}
        assert not silent & {member for block in drawn.values() for member in block}


def test_too_few_sure_wrong_options_make_no_block() -> None:
    """Two terms that may not meet leave a third without enough options, and so do terms that are not asked."""
    apart = small_library(a_term("a"), a_term("b", never_with=["c"]), a_term("c"))
    silent = small_library(a_term("a"), a_term("b"), a_term("c", facets=()))
    for library in (apart, silent):
        blocks = OptionBlocks(library, Facet.MEANING, 3, "0")
        assert [blocks.block(term, 0) for term in library.terms] == [None, None, None]
    assert OptionBlocks(apart, Facet.MEANING, 3, "0").block("unknown", 0) is None


def test_never_with_holds_whoever_declared_it() -> None:
    """A pair declared by either of its terms is kept apart, in every round."""
    names = "abcdefg"
    library = small_library(
        *(a_term(name, never_with=["b"] if name == "a" else [], confusable=["a"]) for name in names[1:]),
        a_term("a", never_with=["b"]),
    )
    blocks = OptionBlocks(library, Facet.MEANING, 3, "0")
    drawn = [block for name in names for turn in range(ROUNDS) if (block := blocks.block(name, turn))]
    assert drawn and not any({"a", "b"} <= set(block) for block in drawn)


def test_options_are_of_one_kind_where_they_can_be() -> None:
    """Of a category with two kinds of things, most blocks hold one kind; by chance two in eleven would."""
    library = small_library(
        *(a_term(f"call{number}") for number in range(6)),
        *(a_term(f"rate{number}", Kind.RATIO) for number in range(6)),
    )
    blocks = OptionBlocks(library, Facet.MEANING, 3, "0")
    drawn = [blocks.block(term, turn) or () for term in library.terms for turn in range(ROUNDS)]
    pure = sum(len({library.terms[member].kind for member in block}) == 1 for block in drawn)
    assert pure > 0.7 * len(drawn)


def test_small_category_is_joined_to_the_one_it_is_confused_with() -> None:
    """Too few terms for questions of their own meet those of the category that holds most of their rivals."""
    lonely = a_term("lonely", confusable=["web0"])._replace(category="divers")
    web = [a_term(f"web{number}")._replace(category="web") for number in range(9)]
    library = small_library(lonely, *web, *(a_term(f"call{number}") for number in range(9)))
    blocks = OptionBlocks(library, Facet.MEANING, 3, "0")
    drawn = [block for turn in range(ROUNDS) if (block := blocks.block("lonely", turn))]
    assert drawn and all(member.startswith(("web", "lonely")) for block in drawn for member in block)


def test_term_that_may_meet_none_of_its_own_goes_elsewhere() -> None:
    """A generic term whose category is made of its species is asked among the terms of another one."""
    rates = [a_term(f"rate{number}", never_with=["kpi"]) for number in range(12)]
    library = small_library(
        a_term("kpi")._replace(category="divers"),
        *(rate._replace(category="divers") for rate in rates),
        *(a_term(f"call{number}") for number in range(9)),
    )
    block = OptionBlocks(library, Facet.MEANING, 3, "0").block("kpi", 0)
    assert block is not None
    assert {member[:4] for member in block} == {"kpi", "call"}


def test_large_category_is_cut_into_cells() -> None:
    """Partitions stay small whatever the size of the glossary, and nobody is lost."""
    library = small_library(*(a_term(f"t{number:03}") for number in range(4 * MOST)))
    drawn = blocks_of(library, Facet.MEANING, "0")
    assert {term for term, _ in drawn} == set(library.terms)
    partners = {member for (term, _), block in drawn.items() if term == "t000" for member in block}
    assert len(partners) <= MOST
