"""Definitions that do not give their term away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.drills.posing.masking import BLANK, LEAST_WORDS, MOST_BLANKED, described, hidden_roots, mask
from trainer.drills.posing.poser import Poser
from trainer.drills.shapes import Pick, Reveal, Write
from trainer.glossary.decks import Format, Library
from trainer.glossary.spelling import STOP_WORDS, singular
from trainer.glossary.terms import Facet, Kind, Term
from trainer.memory.cards import Card

SEEDS = ("0", "1")
_BETRAYING = re.compile(r"(?i)(?:\b(?:le|la|les|un|une|des|du|au|aux|ce|cet|cette|ces) |\b[ld]’)\[…\]")


@cache
def plain_words(text: str) -> tuple[str, ...]:
    """Words without accents, found in another way than the code under test finds them."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(re.findall(r"[a-z0-9]+", plain))


def betrays(word: str, own: str) -> bool:
    """Whether a visible word shows one of the name: itself, lengthened, or one that begins with the same seven letters."""
    if singular(word) == singular(own):
        return len(own) > 1
    return (len(own) >= 5 and word.startswith(singular(own))) or word[:7] == own[:7] != own[:6]


@cache
def own_words(term: Term) -> frozenset[str]:
    """The words of all names of a term that carry sense."""
    return frozenset(word for name in term.names for word in plain_words(name) if word not in STOP_WORDS)


@cache
def shown(term: Term, text: str) -> set[tuple[str, str]]:
    """(visible word, word of the name that it shows)."""
    visible = [word for word in plain_words(text) if word not in STOP_WORDS]
    return {(word, own) for word in visible for own in own_words(term) if betrays(word, own)}


def a_term(name: str, definition: str, quiz: str = "", *synonyms: str) -> Term:
    """A term with little else."""
    return Term(name, name, "appels", Kind.CALL, 1, definition, synonyms=synonyms, quiz_definition=quiz)


def recalls(library: Library) -> Iterator[tuple[Term, Reveal | Write]]:
    """Every question of the shipped terms from the sense to the name, asked without options."""
    poser = Poser(library, library.everything, "0")
    for term in library.terms.values():
        for form in (Format.RECALL, Format.FLASHCARD) if Facet.NAMING in term.facets else ():
            question = poser.pose(Card(term.id, Facet.NAMING), form)
            if isinstance(question, Write | Reveal):
                yield term, question


def choices(library: Library, facet: Facet) -> list[tuple[Term, Pick]]:
    """A choice for every shipped term that has one, for several seeds."""
    posers = [Poser(library, library.everything, seed) for seed in SEEDS]
    asked = [
        (term, poser.pose(Card(term.id, facet), Format.CHOICE))
        for poser in posers
        for term in library.terms.values()
        if facet in term.facets
    ]
    return [(term, question) for term, question in asked if isinstance(question, Pick)]


Asked = list[tuple[Term, Pick]]


@pytest.fixture(scope="module")
def senses(library: Library) -> Asked:
    """Choices from the term to its sense."""
    return choices(library, Facet.MEANING)


@pytest.fixture(scope="module")
def names(library: Library) -> Asked:
    """Choices from the sense to the term."""
    return choices(library, Facet.NAMING)


# ── On the shipped glossary ──


def test_no_word_of_the_answer_stands_in_its_stem(library: Library) -> None:
    """Asked without options, a description holds no word of the term, its acronym, expansion or synonyms."""
    asked = list(recalls(library))
    assert len(asked) > 400
    for term, question in asked:
        assert not shown(term, question.stem), term.id


def headword(term: Term) -> frozenset[str]:
    """The words under which a term stands in a question."""
    return frozenset(word for word in plain_words(term.term) if word not in STOP_WORDS)


def visible(words: frozenset[str], text: str) -> set[str]:
    """Those of these words that a text shows, whole or as another word of their family."""
    seen = [word for word in plain_words(text) if word not in STOP_WORDS]
    return {own for own in words if any(betrays(word, own) for word in seen)}


def shared(library: Library, question: Pick) -> set[str]:
    """The first letters of words that the names of all options have in common."""
    each = [{own[:4] for own in own_words(library.terms[option.term])} for option in question.options]
    return set.intersection(*each)


def test_stem_of_a_choice_shows_only_what_all_options_share(library: Library, names: Asked) -> None:
    """A description holds no word of its own term's names nor of an option's, unless every option's term has it."""
    for term, question in names:
        words = own_words(term).union(*(headword(library.terms[option.term]) for option in question.options))
        found = visible(words, question.stem)
        assert {own for own in found if own[:4] not in shared(library, question)} == set(), term.id


def test_options_are_masked_whichever_is_right(library: Library, senses: Asked) -> None:
    """No definition holds a word of its own term, or of a term that could be the stem: a blank tells nothing."""
    for _, question in senses:
        terms = [library.terms[option.term] for option in question.options]
        stems = frozenset().union(*map(headword, terms))
        for term, option in zip(terms, question.options, strict=True):
            found = visible(own_words(term) | stems, option.text)
            assert {own for own in found if own[:4] not in shared(library, question)} == set(), term.id


def test_few_words_are_hidden(senses: Asked, names: Asked) -> None:
    """Blocks are drawn so that most texts can be read as they were written."""
    stems = [question.stem for _, question in names]
    options = [option.text for _, question in senses for option in question.options]
    for texts in (stems, options):
        assert sum(BLANK in text for text in texts) < 0.15 * len(texts)


def test_little_enough_is_blanked(library: Library, senses: Asked, names: Asked) -> None:
    """At least five content words remain, and at most a quarter of them is hidden."""
    texts = [question.stem for _, question in recalls(library)]
    texts += [question.stem for _, question in names]
    texts += [option.text for _, question in senses for option in question.options]
    for text in texts:
        kept = [word for word in plain_words(text) if word not in STOP_WORDS]
        blanks = text.count(BLANK)
        assert not blanks or (len(kept) >= LEAST_WORDS and blanks <= MOST_BLANKED * (len(kept) + blanks)), (
            text
        )


def test_no_article_betrays_the_gender_of_a_blank(senses: Asked, names: Asked) -> None:
    """The article before a blank is swallowed, and all blanks look the same."""
    texts = [question.stem for _, question in names]
    texts += [option.text for _, question in senses for option in question.options]
    assert any(BLANK in text for text in texts)
    for text in texts:
        assert not _BETRAYING.search(text), text
        assert f"{BLANK} {BLANK}" not in text, text
        assert text.count("[") == text.count("]") == text.count(BLANK), text


# ── The rules one by one ──


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le conseiller note les appels dans un tableau partagé par toute son équipe.",
            "Le conseiller note […] dans un tableau partagé par toute son équipe.",
        ),
        (
            "Moment où l’appelant attend, la ligne ouverte, avant une réponse humaine.",
            "Moment où […] attend, la ligne ouverte, avant une réponse humaine.",
        ),
        (
            "APPEL. Une demande faite par téléphone auprès du service concerné hier.",
            "[…]. Une demande faite par téléphone auprès du service concerné hier.",
        ),
        (
            "Demande faite par téléphone auprès du service concerné hier.",
            "Demande faite par téléphone auprès du service concerné hier.",
        ),
    ],
)
def test_roots_are_blanked_with_their_article(text: str, expected: str) -> None:
    """Plurals, capitals and words of the same family go, each with the article before it."""
    assert mask(text, frozenset({"appel"})) == expected


def test_neighbouring_blanks_become_one() -> None:
    """Two hidden words in a row leave one blank: how many there were would help to guess."""
    text = "Une personne compare l’appel entrant (appel) avec une lettre reçue chez elle hier matin par un jeune facteur."
    masked = mask(text, frozenset({"appel", "entrant"}))
    assert (
        masked == "Une personne compare […] avec une lettre reçue chez elle hier matin par un jeune facteur."
    )


def test_too_little_left_is_no_description() -> None:
    """Fewer than five content words, or more than a quarter hidden: nothing rather than a riddle."""
    assert mask("Un appel reçu hier par une équipe.", frozenset({"appel"})) is None
    assert mask("Appel, puis appel, puis encore appel, reçu hier matin tard.", frozenset({"appel"})) is None


def test_written_quiz_definition_comes_first() -> None:
    """The text written for questions is used; the ordinary one only if even that cannot be masked."""
    plain = "Quelqu’un téléphone de loin et attend longtemps une réponse du service."
    written = a_term("Appel", plain, "Demande lointaine à laquelle le centre finit toujours par répondre.")
    assert described(written, hidden_roots(written)) == written.quiz_definition
    assert described(written._replace(quiz_definition="Un appel."), hidden_roots(written)) == plain
    assert described(a_term("Appel", "Un appel."), frozenset({"appel"})) is None


def test_root_that_all_terms_share_stays() -> None:
    """«appel» tells nothing between two sorts of calls, and everything alone."""
    incoming, outgoing = a_term("Appel entrant", "…"), a_term("Appel sortant", "…", "", "coup de fil émis")
    assert hidden_roots(incoming) == {"appel", "entrant"}
    assert hidden_roots(incoming, [outgoing]) == {"entrant", "sortant"}
    assert "appel" in hidden_roots(incoming, [outgoing, a_term("Fiche", "…")])


def test_only_the_name_that_stands_there_hides_words_of_others() -> None:
    """The synonyms of another option are not read, so their words give nothing away."""
    call, page = a_term("Appel", "…", "", "coup de fil"), a_term("Fiche client", "…", "", "dossier")
    assert hidden_roots(call, [page]) == {"appel", "coup", "fil", "fiche", "client"}


def test_all_names_are_hidden() -> None:
    """Acronym, expansion, original words and synonyms give a term away as much as its headword."""
    term = a_term("CRM", "…", "", "GRC")._replace(
        acronym="CRM",
        expansion="Gestion de la relation client",
        original="Customer Relationship Management",
    )
    expected = {"crm", "gestion", "relation", "client", "customer", "relationship", "management", "grc"}
    assert hidden_roots(term) == expected


@given(st.text("abé’ le pl.()[…]-", max_size=80), st.sets(st.sampled_from(["a", "ab", "le", "pl", "ble"])))
def test_masking_never_shows_a_hidden_word(text: str, hidden: set[str]) -> None:
    """Whatever the text, what remains holds none of the hidden words."""
    masked = mask(text.replace("[…]", ""), frozenset(hidden - STOP_WORDS))
    left = set(map(singular, plain_words(masked or "")))
    assert not left & (hidden - STOP_WORDS)
