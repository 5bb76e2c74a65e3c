"""The judge of typed answers, by a table written from the rules rather than from what the code says."""

from __future__ import annotations

import pytest

from trainer.drills.judging.figures import is_figure
from trainer.drills.judging.judge import Judged, Judgement, judge
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.posing.poser import Poser
from trainer.drills.shapes import Write
from trainer.glossary.decks import Format, Library
from trainer.glossary.spelling import is_acronym, letters, spoken, unaccented
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card, cards_of

RIGHT, ACCENTS, TYPO, WRONG, OTHER, SAME, VAGUE, UNCLEAR = (
    Judgement.RIGHT,
    Judgement.ACCENTS,
    Judgement.TYPO,
    Judgement.WRONG,
    Judgement.OTHER_TERM,
    Judgement.EQUIVALENT,
    Judgement.VAGUE,
    Judgement.UNCLEAR,
)

NAMES: list[tuple[str, str, Judgement, str]] = [
    # Articles, plurals, case, apostrophes, hyphens.
    ("appel-entrant", "Appel entrant", RIGHT, ""),
    ("appel-entrant", "APPEL ENTRANT", RIGHT, ""),
    ("appel-entrant", "un appel entrant", RIGHT, ""),
    ("appel-entrant", "l’appel entrant", RIGHT, ""),
    ("appel-entrant", "l'appel entrant", RIGHT, ""),
    ("appel-entrant", "les appels entrants", RIGHT, ""),
    ("appel-entrant", " appel   entrant. ", RIGHT, ""),
    ("statut-dappel", "statut d'appel", RIGHT, ""),
    ("statut-dappel", "les statuts d’appels", RIGHT, ""),
    ("statut-dappel", "statut d appel", RIGHT, ""),
    ("donneur-dordre", "donneurs d'ordre", RIGHT, ""),
    ("centre-dappels", "centre d'appel", RIGHT, ""),
    ("centre-dappels", "call center", RIGHT, ""),
    ("svi", "serveurs vocaux interactifs", RIGHT, ""),
    ("taux-de-contact", "le taux de contact", RIGHT, ""),
    ("taux-de-contact", "taux contact", RIGHT, ""),
    ("back-office", "back office", RIGHT, ""),
    ("back-office", "backoffice", RIGHT, ""),
    ("call-back", "call-back", RIGHT, ""),
    ("call-back", "callback", RIGHT, ""),
    ("call-back", "le call back", RIGHT, ""),
    ("e-learning", "elearning", RIGHT, ""),
    ("hard-bounce", "hardbounce", RIGHT, ""),
    ("traitement-post-appel", "post appel", RIGHT, ""),
    ("login-logout", "login logout", RIGHT, ""),
    ("superviseur", "chef d'équipe", RIGHT, ""),
    ("teleconseiller", "des téléconseillères", RIGHT, ""),
    ("vision-client-360", "vision client 360", RIGHT, ""),
    ("iso-9001", "iso9001", RIGHT, ""),
    # Acronyms: letters and digits exact.
    ("dmt", "DMT", RIGHT, ""),
    ("dmt", "dmt", RIGHT, ""),
    ("dmt", "D.M.T.", RIGHT, ""),
    ("dmt", "d m t", RIGHT, ""),
    ("dmt", "la DMT", RIGHT, ""),
    ("dmt", "DTM", WRONG, ""),
    ("dmt", "DMTT", WRONG, ""),
    ("dmt", "DMC", OTHER, "dmc"),
    ("dmt", "la D.M.C.", OTHER, "dmc"),
    ("dmt", "Durée moyenne de traitement", RIGHT, ""),
    ("dmt", "TMT", RIGHT, ""),
    ("kpi", "les KPI", RIGHT, ""),
    ("ia", "l’IA", RIGHT, ""),
    ("ia", "AI", WRONG, ""),
    ("arcep", "l'Arcep", RIGHT, ""),
    ("rgpd", "RGDP", WRONG, ""),
    ("rgpd", "GDPR", RIGHT, ""),
    ("qqoqcp", "QQCOQP", WRONG, ""),
    ("svi", "IVR", RIGHT, ""),
    ("voip", "voip", RIGHT, ""),
    ("btob", "B2B", RIGHT, ""),
    ("btob", "B to B", RIGHT, ""),
    ("btob", "B-to-B", RIGHT, ""),
    ("btob", "B2C", OTHER, "btoc"),
    ("crm", "GRC", RIGHT, ""),
    ("crm", "CMS", OTHER, "cms"),
    ("crm", "CMR", WRONG, ""),
    # Accents that are missing, all or some.
    ("teleconseiller", "teleconseiller", ACCENTS, ""),
    ("teleconseiller", "TÉLÉCONSEILLER", RIGHT, ""),
    ("decisionnaire", "le decisionnaire", ACCENTS, ""),
    ("taux-de-reiteration", "taux de réiteration", ACCENTS, ""),
    ("seo", "referencement naturel", ACCENTS, ""),
    ("appel-a-froid", "appel a froid", ACCENTS, ""),
    ("appel-a-froid", "appel à froid", RIGHT, ""),
    ("methode-rfm", "methode RFM", ACCENTS, ""),
    # Slips of the finger: 0, 1 or 2 by length, swapped letters count once.
    ("teleconseiller", "téléconseller", TYPO, ""),
    ("teleconseiller", "téléconsieller", TYPO, ""),
    ("teleconseiller", "téléconselier", TYPO, ""),
    ("teleconseiller", "tlconselier", WRONG, ""),
    ("superviseur", "supreviseur", TYPO, ""),
    ("prospect", "propsect", TYPO, ""),
    ("prospect", "prspct", WRONG, ""),
    ("churn", "chrun", TYPO, ""),
    ("upsell", "upsel", TYPO, ""),
    ("lead", "laed", WRONG, ""),
    ("blog", "blogg", WRONG, ""),
    ("appel-entrant", "appel entrnat", TYPO, ""),
    ("mode-preview", "mode previw", TYPO, ""),
    ("erreur-404", "ereur 404", TYPO, ""),
    ("erreur-404", "erreur 440", WRONG, ""),
    ("iso-9001", "ISO 9002", WRONG, ""),
    ("voip", "voix sus IP", WRONG, ""),
    ("methode-rfm", "méthode RMF", WRONG, ""),
    # As near to another term: type it again.
    ("externalisation", "enternalisation", UNCLEAR, ""),
    ("performance-quantitative", "performance quanitative", UNCLEAR, ""),
    # Another term: a confusion; a declared equivalent: another try.
    ("appel-entrant", "appel sortant", OTHER, "appel-sortant"),
    ("appel-entrant", "appels émis", OTHER, "appel-sortant"),
    ("appel-entrant", "appel abandonné", SAME, "appel-abandonne"),
    ("appel-non-abouti", "appel abouti", OTHER, "appel-abouti"),
    ("call-back", "rappel", SAME, "rappel"),
    ("call-back", "un rappel programmé", SAME, "rappel"),
    ("call-back", "click-to-call", OTHER, "click-to-call"),
    ("seo", "SEA", OTHER, "sea"),
    ("seo", "référencement payant", OTHER, "sea"),
    ("seo", "ranking", SAME, "ranking"),
    ("iso-9001", "ISO 18295", OTHER, "iso-18295"),
    ("erreur-404", "erreur 410", SAME, "erreur-410"),
    ("hard-bounce", "soft bounce", OTHER, "soft-bounce"),
    ("hard-bounce", "bounce", SAME, "bounce"),
    ("fiche-client", "fiche", SAME, "fiche"),
    ("externalisation", "internalisation", OTHER, "internalisation"),
    ("performance-quantitative", "performance qualitative", OTHER, "performance-qualitative"),
    ("base-de-connaissances", "base de données", OTHER, "base-de-donnees"),
    ("taux-de-contact", "KPI", SAME, "kpi"),
    ("traitement-post-appel", "la DMT", SAME, "dmt"),
    # Part of the answer.
    ("appel-entrant", "appel", VAGUE, ""),
    ("appel-entrant", "entrants", VAGUE, ""),
    ("taux-de-contact", "taux", VAGUE, ""),
    ("taux-de-decroche", "le taux", VAGUE, ""),
    ("performance-quantitative", "performance", VAGUE, ""),
    ("seo", "référencement", VAGUE, ""),
    ("dmt", "durée moyenne", VAGUE, ""),
    ("base-de-connaissances", "connaissances", VAGUE, ""),
    # Nothing of the sort.
    ("appel-entrant", "", WRONG, ""),
    ("appel-entrant", "???", WRONG, ""),
    ("appel-entrant", "le", WRONG, ""),
    ("appel-entrant", "je ne sais pas", WRONG, ""),
    ("appel-entrant", "appel entrant client", WRONG, ""),
]
"""(term, what is typed, the judgement, the other term) of questions from the sense to the name."""

EXPANSIONS: list[tuple[str, str, Judgement, str]] = [
    ("dmt", "durée moyenne de traitement", RIGHT, ""),
    ("dmt", "La durée moyenne de traitement.", RIGHT, ""),
    ("dmt", "durée moyenne des traitements", RIGHT, ""),
    ("dmt", "duree moyenne de traitement", ACCENTS, ""),
    ("dmt", "durée moyene de tratement", TYPO, ""),
    ("dmt", "durée moyenne", VAGUE, ""),
    ("dmt", "durée moyenne de communication", OTHER, "dmc"),
    ("dmt", "DMC", OTHER, "dmc"),
    ("crm", "gestion de la relation client", RIGHT, ""),
    ("crm", "gestion relation clients", RIGHT, ""),
    ("crm", "Customer Relationship Management", RIGHT, ""),
    ("crm", "customer relationship managment", TYPO, ""),
    ("etp", "équivalent temps-plein", RIGHT, ""),
    ("etp", "equivalent temps plein", ACCENTS, ""),
    ("etp", "temps plein", VAGUE, ""),
    ("nps", "net promotor score", TYPO, ""),
    ("svi", "serveur vocal", VAGUE, ""),
    ("cerc", "contact écoute réponse conclusion", RIGHT, ""),
    ("cerc", "contact, raison de l'appel, objectif, conclusion", OTHER, "croc"),
    ("soncas", "sécurité, orgueil, nouveauté", VAGUE, ""),
    ("btob", "d'entreprise à entreprise", RIGHT, ""),
    ("btob", "entreprise à consommateur", OTHER, "btoc"),
    ("fcr", "résolution au premier contact", RIGHT, ""),
    ("fcr", "résolution de premier contact", RIGHT, ""),
]
"""The same for questions from an acronym to its words."""


@pytest.fixture(scope="module")
def poser(library: Library) -> Poser:
    """What poses questions about the shipped terms."""
    return Poser(library, library.everything, "0")


def accepted(poser: Poser, term: str, facet: Facet) -> tuple[str, ...]:
    """What the question about a term takes."""
    question = poser.pose(Card(term, facet), Format.RECALL)
    assert isinstance(question, Write)
    return question.accepted


@pytest.mark.parametrize(("term", "typed", "judgement", "other"), NAMES)
def test_name_is_judged_by_the_rules(
    library: Library,
    poser: Poser,
    lexicon: Lexicon,
    term: str,
    typed: str,
    judgement: Judgement,
    other: str,
) -> None:
    """Generous with spelling, strict with sense."""
    forms = accepted(poser, term, Facet.NAMING) if library.terms[term].facets else library.terms[term].names
    judged = judge(typed, forms, term, lexicon)
    assert (judged.judgement, judged.other) == (judgement, other)


@pytest.mark.parametrize(("term", "typed", "judgement", "other"), EXPANSIONS)
def test_expansion_is_judged_by_the_rules(
    poser: Poser, lexicon: Lexicon, term: str, typed: str, judgement: Judgement, other: str
) -> None:
    """Only the words that the acronym stands for are right."""
    judged = judge(typed, accepted(poser, term, Facet.EXPANSION), term, lexicon)
    assert (judged.judgement, judged.other) == (judgement, other)


# ── Laws over the whole glossary ──


def recalls(library: Library) -> list[Write]:
    """Every typed question of the shipped content, those of the decks included."""
    poser = Poser(library, library.everything, "0")
    asked = [poser.pose(card, Format.RECALL) for card in cards_of(library, library.everything)]
    found = [question for question in asked if isinstance(question, Write)]
    assert len(found) > 300
    return found


def test_perfect_answer_is_always_right(library: Library, lexicon: Lexicon) -> None:
    """Each accepted form of each typed question is right, and is the one that is told."""
    for question in recalls(library):
        for form in question.accepted:
            judged = judge(form, question.accepted, question.card.subject, lexicon)
            assert judged.judgement is RIGHT, (question.card.key, form)
            told = letters(judged.nearest) == letters(form) or is_figure(judged.nearest)
            assert told or not is_acronym(form)


def test_capitals_articles_and_typography_never_cost_the_answer(library: Library, lexicon: Lexicon) -> None:
    """Each accepted form is right in capitals, after an article, with straight apostrophes, without hyphens."""
    for question in recalls(library):
        for form in question.accepted:
            for typed in (
                form.upper(),
                f"les {form}",
                f"l’{form}",
                form.replace("’", "'"),
                form.replace("-", " "),
            ):
                judged = judge(typed, question.accepted, question.card.subject, lexicon)
                assert judged.judgement is RIGHT, (question.card.key, typed)


def test_missing_accents_never_cost_the_answer(library: Library, lexicon: Lexicon) -> None:
    """Each accepted form typed without accents is right, and the accents are shown if there were any."""
    for question in recalls(library):
        for form in question.accepted:
            judged = judge(unaccented(form), question.accepted, question.card.subject, lexicon)
            assert judged.judgement in (RIGHT, ACCENTS), (question.card.key, form)
            if judged.judgement is RIGHT and not is_figure(form):
                assert spoken(judged.nearest).isascii() or is_figure(form), judged.nearest


def test_name_of_another_term_is_never_right(library: Library, lexicon: Lexicon) -> None:
    """The headword of a term that is near in any way is a confusion, or another try if it is declared too near."""
    everyone = list(library.terms)
    for number, question in enumerate(recalls(library)):
        subject, facet = question.card
        if facet is Facet.QUESTION:
            continue
        near = (
            library.never_with(subject) | library.confusable_with(subject) | set(everyone[number % 29 :: 29])
        )
        for other in sorted(near - {subject}):
            judged = judge(library.terms[other].term, question.accepted, subject, lexicon)
            apart = other in library.never_with(subject)
            assert judged == Judged(SAME if apart else OTHER, other=other), (subject, other)


def test_no_two_terms_share_a_name(library: Library, lexicon: Lexicon) -> None:
    """Each shipped name means one term, so that a right answer to one question is never that of another."""
    for term in library.terms.values():
        for name in term.names:
            assert lexicon.named(name) == {term.id}, name


# ── Hand-written questions ──


def test_ligatures_and_apostrophes_of_an_answer(lexicon: Lexicon) -> None:
    """«œ» may be typed in two letters, and accents then still count."""
    forms = ("Cœur de métier",)
    assert judge("coeur de métier", forms, "d:q", lexicon).judgement is RIGHT
    assert judge("COEUR DE METIER", forms, "d:q", lexicon).judgement is ACCENTS
    assert judge("choeur de métier", forms, "d:q", lexicon).judgement is TYPO


def test_term_that_answers_a_question_is_no_rival_of_itself(lexicon: Lexicon) -> None:
    """Where a term is the answer to a hand-written question, a slip in its name is a slip, not a doubt."""
    forms = ("Durée moyenne de traitement",)
    assert judge("durée moyenne de traitemnt", forms, "d:q", lexicon).judgement is TYPO
    assert judge("durée moyenne de communication", forms, "d:q", lexicon).other == "dmc"


def test_other_name_of_the_answer_gives_another_try(lexicon: Lexicon) -> None:
    """A synonym that a hand-written question does not take is near, not wrong; so is what may not stand beside it."""
    assert judge("GRC", ("CRM",), "d:q", lexicon).judgement is SAME
    assert judge("rappel", ("Call back",), "d:q", lexicon).judgement is SAME
    assert judge("CMS", ("CRM",), "d:q", lexicon).judgement is OTHER


def test_figures_are_exact(lexicon: Lexicon) -> None:
    """A number has no typos."""
    assert judge("10 ETP", ("10 ETP", "10", "dix"), "d:q", lexicon).judgement is RIGHT
    assert judge("10", ("10 ETP", "10", "dix"), "d:q", lexicon).judgement is RIGHT
    assert judge("13 ETP", ("10 ETP", "10", "dix"), "d:q", lexicon).judgement is WRONG
    assert judge("100", ("10 ETP", "10", "dix"), "d:q", lexicon).judgement is WRONG


@pytest.mark.parametrize(
    ("typed", "expected", "judgement"),
    [
        ("25", "25 %", RIGHT),
        ("25,0 %", "25 %", RIGHT),
        ("25 pour cent", "25 %", RIGHT),
        ("25 €", "25 %", Judgement.WRONG),
        ("28 %", "+28", Judgement.WRONG),
        ("-28", "+28", Judgement.WRONG),
        ("28", "+28", RIGHT),
        ("10", "−10", Judgement.WRONG),
        ("112", "11,2", Judgement.WRONG),
        ("11.2", "11,2", RIGHT),
        ("1 000 euros", "1000 €", RIGHT),
        ("4:10", "4 min 10", RIGHT),
        ("10:4", "4 min 10", Judgement.WRONG),
        ("les 12 appels", "12 appels par heure", RIGHT),
    ],
)
def test_figure_is_its_number_its_sign_and_its_unit(
    lexicon: Lexicon, typed: str, expected: str, judgement: Judgement
) -> None:
    """A unit may be left out, not changed; a sign and a decimal mark count."""
    assert judge(typed, (expected,), "deck:question", lexicon).judgement is judgement
