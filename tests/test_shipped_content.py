"""The content that comes with the product: whole, sourced, and written as French is printed."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from tests.helpers import DATA
from trainer.content.check import read
from trainer.content.library import load_library
from trainer.editorial.proofreader import Entry, texts
from trainer.editorial.proofreading import proofread
from trainer.editorial.terms import MOST_WORDS, word_count
from trainer.glossary.decks import OwnQuestion
from trainer.places import shipped_content

INVENTORY = DATA / "inventory.tsv"
"""What the five source glossaries hold: the id of each notion, and the glossaries that have it (000 to 004)."""
MERGED: dict[str, str] = {}
"""Notions that another term of ours covers."""
ACRONYMS = {
    "appels": "NRP",
    "acteurs": "CNIL",
    "outils-telephonie": "SVI",
    "outils-si": "CRM",
    "organisation": "SAV",
    "indicateurs": "DMT",
    "qualite": "SLA",
    "prospection-vente": "SONCAS",
    "relation-client": "FAQ",
    "reglementation": "RGPD",
    "marketing-digital": "SEO",
    "web": "URL",
}
"""An acronym of each category, which nobody in the trade would look for in another."""
LIBRARY = load_library(shipped_content()).library
DAYS = [deck for deck in LIBRARY.decks.values() if re.fullmatch(r"jour-\d\d", deck.id)]
THEMES = [deck for deck in LIBRARY.decks.values() if deck not in DAYS]


@cache
def inventory() -> dict[str, list[str]]:
    """The glossaries that have each notion, by its id."""
    with INVENTORY.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["slug"]: row["seeds"].split(";") for row in rows}


def entries() -> Iterator[tuple[str, str]]:
    """Every text that people read, with the name of its entry."""
    decks = LIBRARY.decks.values()
    everything: tuple[Entry, ...] = (
        *LIBRARY.terms.values(),
        *LIBRARY.questions.values(),
        *decks,
        *LIBRARY.categories.values(),
    )
    for entry in everything:
        yield from ((entry.id, text) for _, text in texts(entry) if text)


def choices() -> list[OwnQuestion]:
    """The hand-written questions that show options."""
    return [question for question in LIBRARY.questions.values() if question.is_choice]


def test_the_check_is_silent() -> None:
    """Neither an error nor a remark."""
    assert list(map(str, proofread(read([], shipped_content())))) == []


# What is there


def test_every_notion_of_the_source_glossaries_is_a_term() -> None:
    """By its own name, or under the term that covers it."""
    assert len(inventory()) == 168
    assert {MERGED.get(notion, notion) for notion in inventory()} <= LIBRARY.terms.keys()


@pytest.mark.parametrize("notion", inventory())
def test_a_notion_names_the_glossaries_that_it_comes_from(notion: str) -> None:
    """000 is `glossaire-1`, 004 is `glossaire-5`."""
    term = LIBRARY.terms[MERGED.get(notion, notion)]
    credited = inventory()[notion]
    assert {f"glossaire-{int(glossary) + 1}" for glossary in credited} <= {*term.sources}


def test_there_is_enough_to_learn() -> None:
    """Terms, questions, and decks for ten days and at least eight themes."""
    assert len(LIBRARY.terms) >= 220
    assert len(LIBRARY.questions) >= 120
    assert [deck.id for deck in DAYS] == [f"jour-{day:02}" for day in range(1, 11)]
    assert len(THEMES) >= 8


def test_each_term_has_a_source_and_each_source_a_use() -> None:
    """Nothing is taught without saying where it comes from."""
    assert [term.id for term in LIBRARY.terms.values() if not term.sources] == []
    used = {source for term in LIBRARY.terms.values() for source in term.sources}
    used |= {question.source for question in LIBRARY.questions.values()}
    assert LIBRARY.sources.keys() <= used


def test_the_ten_days_teach_each_term_once() -> None:
    """Every term that is ever asked, and no other."""
    taught = Counter(term for deck in DAYS for term in deck.terms)
    assert taught == Counter(term.id for term in LIBRARY.terms.values() if term.facets)


@pytest.mark.parametrize("category", LIBRARY.categories)
def test_each_category_has_its_acronyms(category: str) -> None:
    """The best known one of each is where the trade would look for it."""
    acronyms = {term.acronym for term in LIBRARY.terms.values() if term.category == category}
    assert ACRONYMS[category] in acronyms


def test_each_acronym_says_what_its_letters_mean() -> None:
    """In French, whatever language the letters come from."""
    assert [term.id for term in LIBRARY.terms.values() if term.acronym and not term.expansion] == []


# How it is written


def test_definitions_are_short() -> None:
    """None is longer than a beginner reads in one go."""
    long = [term.id for term in LIBRARY.terms.values() if word_count(term.definition) > MOST_WORDS]
    assert long == []


MISTAKES = {
    "straight quotes": r"['\"`´]",
    "no no-break space before a sign": r"[^\u00a0\u202f?!(](?:[;!?](?!\w)|»)|[^\u00a0\u202f]:(?!\S)|\d ?[%€]",
    "no no-break space after «": r"«(?![\u00a0\u202f])",
    "a quotation left open": r"^[^«]*»|«[^»]*$",
    "dots instead of an ellipsis": r"\.\.",
    "two spaces": r"[ \u00a0\u202f]{2}",
    "a space before a comma or a point": r"[ \u00a0\u202f][,.](?!\d)",
    "no space after a sign": r"[,;][^\W\d_]",
    "a ligature undone": r"\b(?:c|s|ch|n)oeur|\b(?:oeuvre|oeil|voeu|noeud|boeuf|manoeuvre)",
    "a capital without its accent": r"\b(?:A (?:la|l’|un|une|chaque|quel)|E(?:tat|tre|cout|cri[rtv]|v[ai]l|tap|quip|mis|nonc)\w*)",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_french_typography(mistake: str) -> None:
    """In every text that people read."""
    pattern = re.compile(MISTAKES[mistake])
    found = [
        (name, text[max(0, hit.start() - 20) : hit.end() + 20])
        for name, text in entries()
        for hit in pattern.finditer(text)
    ]
    assert found == []


def test_the_right_option_is_not_the_longest_more_often_than_chance() -> None:
    """Over all decks: at most two times in five."""
    longest = [question for question in choices() if len(question.answer) > max(map(len, question.wrong))]
    assert len(longest) <= 0.4 * len(choices())


def test_each_question_explains_itself_and_names_its_source() -> None:
    """And each term that it is about exists."""
    for question in LIBRARY.questions.values():
        assert question.explanation, question.id
        assert question.source in LIBRARY.sources, question.id
        assert question.terms, question.id


# What several entries say of one thing


def said_of(words: str) -> dict[str, str]:
    """All that is said in texts that match a pattern, with plain spaces, by the name of their entry."""
    found: dict[str, list[str]] = {}
    for name, text in entries():
        plain = text.replace("\u00a0", " ")
        if re.search(words, plain):
            found.setdefault(name, []).append(plain)
    return {name: " ".join(said) for name, said in found.items()}


def test_the_nps_is_a_score_and_never_taught_as_a_rate() -> None:
    """It is the difference of two rates; the name that is often heard is taken, and the note says that it is not one."""
    nps = LIBRARY.terms["nps"]
    names = (nps.expansion, nps.definition, nps.quiz_definition, nps.example)
    assert not any("taux" in name.lower() for name in names), names
    assert said_of(r"(?i)taux (?:net )?de recommandation|NPS[^.]{0,20}\btaux\b") == {"nps": nps.synonyms[-1]}
    assert "c’est un score, et non un taux" in nps.note.replace("\u00a0", " ")


def test_what_cannot_be_sold_by_phone_is_said_alike_wherever_it_is_said() -> None:
    """Homes only within a contract, training paid by the CPF only within a training: for both the same words."""
    homes = "la rénovation énergétique ou l’adaptation du logement à l’âge ou au handicap"
    training = "pour une formation payée par le compte personnel de formation (CPF)"
    exception = "sauf action de formation en cours à laquelle l’offre se rattache directement"
    told = said_of("CPF")
    assert told.keys() == {"phoning", "consentement-prealable"}
    for name, text in told.items():
        assert homes in text and training in text and exception in text, text
        assert "un contrat en cours" in text or "sauf contrat en cours dont l’appel concerne l’objet" in text
        assert {"s23", "s28", "s29"} <= {*LIBRARY.terms[name].sources}


def test_a_robot_says_that_it_is_one_since_a_day_that_is_certain() -> None:
    """All that name the European regulation on AI say so, with the same day, and where it was read."""
    told = said_of("règlement européen sur l’IA")
    assert told.keys() == {"callbot", "chatbot", "agent-conversationnel", "ia"}
    for name, text in told.items():
        assert "sauf évidence (obligation applicable depuis le 2 août 2026)" in text
        assert {"s51", "s71"} <= {*LIBRARY.terms[name].sources}


def test_only_the_law_lets_sensitive_data_be_noted() -> None:
    """No text lets a centre decide it."""
    told = said_of("données? sensibles?")
    assert {"donnee-personnelle", "fiche", "caracteristiques-psychographiques"} == told.keys()
    for name, text in told.items():
        assert re.search(r"si la loi le permet|seule la loi permet", text), text
        assert "s72" in LIBRARY.terms[name].sources


def test_hours_are_asked_only_of_somebody_who_consented_to_nothing() -> None:
    """An express consent lifts the days and hours of D. 223-9, and the explanation says so."""
    asked = [question for question in LIBRARY.questions.values() if "223-9" in question.prompt]
    assert [question.id for question in asked] == ["reglementation-2026:horaires-du-decret"]
    for question in asked:
        assert "aucun accord" in question.prompt and "contrat en cours" in question.prompt
        assert "accord exprès" in question.explanation
