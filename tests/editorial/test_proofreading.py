"""What a proofreader says of valid content: each rule on a text that breaks it, at its place, and on one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.content import CRM, DECK, GLOSSARY, SCRIPT, edited, write_content
from trainer.cli.main import main
from trainer.content.check import check, read
from trainer.editorial.decks import luck
from trainer.editorial.proofreading import proofread
from trainer.editorial.questions import about_question
from trainer.editorial.terms import about_term
from trainer.editorial.typography import mistakes
from trainer.glossary.decks import Library, OwnQuestion
from trainer.glossary.problems import Problem, Severity
from trainer.glossary.terms import Facet, Kind, Term

SPOKEN = "Temps que prend la conversation, du décroché au raccroché"
QUIZ = "quizzes/premiers-jours.yaml"


def proper(text: str) -> str:
    """A fixture as a careful author would leave it."""
    text = text.replace(" ?", "\u00a0?")
    text = text.replace("Temps moyen passé à parler avec l’appelant", SPOKEN)
    text = text.replace(
        SPOKEN + ".\n    sources: [usage]\n",
        SPOKEN
        + ".\n    sources: [usage]\n    example: 90 secondes de conversation.\n    confusable: [dmt]\n",
    )
    text = text.replace(CRM, CRM + "    example: La fiche de madame Roux y est à jour.\n")
    return text.replace(SCRIPT, SCRIPT + "    example: Celui de l’accueil tient en dix lignes.\n")


PROPER = proper(GLOSSARY)
PROPER_DECK = proper(DECK)


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def remarks(glossary: str = PROPER, deck: str = PROPER_DECK) -> list[str]:
    """The warnings about a directory of content, as printed from its name on, with plain spaces."""
    root = write_content(Path("content"), glossary, {"premiers-jours": deck})
    found = proofread(read([root], root))
    assert all(problem.severity is Severity.WARNING for problem in found), found
    return [str(problem).replace("\u00a0", " ").removeprefix("content/") for problem in found]


def test_careful_content_gets_no_remark() -> None:
    """Silence is the rule."""
    assert remarks() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            "definition: Script ou guide d’entretien, donc un script à lire.",
            [
                "54:17: attention : dit le terme ; une fois ses mots masqués, il n’en reste pas assez ; ajoutez"
            ],
            id="definition gives its term away",
        ),
        pytest.param(
            "definition: Texte qui prépare mot à mot",
            "definition: Script écrit qui prépare avec soin",
            [],
            id="definition whose mask leaves enough",
        ),
        pytest.param(
            "definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            "definition: Guide de l’entretien.\n"
            "    quiz_definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            [],
            id="definition for questions without the term",
        ),
        pytest.param(
            "definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            "definition: Texte qui prépare mot à mot ce qui sera dit.\n    quiz_definition: Guide de l’entretien.",
            [
                "55:22: attention : dit le terme ; une fois ses mots masqués, il n’en reste pas assez ; reformulez"
            ],
            id="definition for questions gives its term away",
        ),
        pytest.param(
            "definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            "definition: Guide de l’entretien.\n    facets: []",
            [],
            id="term never asked",
        ),
        pytest.param(
            "definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            f"definition: {'mot ' * 61}…",
            ["54:17: attention : 61 mots ; n’en gardez pas plus de 60"],
            id="long definition",
        ),
        pytest.param(
            "definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.",
            f"definition: {'mot ' * 60}…",
            [],
            id="definition of sixty words",
        ),
        pytest.param(
            "    example: Celui de l’accueil tient en dix lignes.\n",
            "",
            ["48:5: attention : terme sans exemple ; ajoutez « example: … »"],
            id="no example",
        ),
        pytest.param(
            "    confusable: [dmt]\n",
            "",
            ["24:18: attention : « dmc » ne nomme pas « dmt » en retour ; ajoutez-le à sa liste"],
            id="one-sided confusable",
        ),
        pytest.param(
            "synonyms: [guide d’entretien]",
            "synonyms: [guide d’entretien, Gestion de la relationclients]",
            [
                "40:16: attention : « Gestion de la relation client » nomme aussi « script » ; ne le gardez",
                "50:35: attention : « Gestion de la relationclients » nomme aussi « crm » ; ne le gardez",
            ],
            id="shared name, but for a plural and a space",
        ),
        pytest.param(
            "synonyms: [guide d’entretien]",
            "synonyms: [d.m.c]",
            [],
            id="letters that are no acronym",
        ),
        pytest.param(
            "synonyms: [guide d’entretien]",
            "synonyms: [D.M.C.]",
            [
                "27:11: attention : « DMC » nomme aussi « script »",
                "50:16: attention : « D.M.C. » nomme aussi « dmc »",
            ],
            id="shared acronym, but for its points",
        ),
        pytest.param(
            "term: Script",
            "term: Script d'accueil",
            ["49:11: attention : apostrophe droite dans « d'accueil » ; écrivez « d’accueil »"],
            id="straight apostrophe in a name",
        ),
        pytest.param(
            "name: Outils informatiques",
            "name: Outils !",
            ["5:11: attention : pas d’espace insécable entre « Outils » et « ! » ; mettez-en une"],
            id="space in a category",
        ),
        pytest.param(
            "example: Celui de l’accueil tient en dix lignes.",
            "example: >-\n      Dire\n      « bonjour\u00a0».",
            ["56:14: attention : pas d’espace insécable entre « « » et « bonjour » ; mettez-en une"],
            id="space after a quotation mark in a folded text",
        ),
    ],
)
def test_rules_for_terms(old: str, new: str, expected: list[str]) -> None:
    """Each remark stands at the text that it is about, and says what to write instead."""
    found = remarks(edited(PROPER, old, new))
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(f"terms.yaml:{start}"), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "answer: En secondes",
            "answer: En secondes entières, sans virgule",
            ["12:13: attention : réponse bien plus longue que les autres options (34 caractères contre 9)"],
            id="longest option",
        ),
        pytest.param(
            "[En euros, En appels]",
            "[En euros, Toutes ces réponses]",
            ["13:23: attention : « Toutes"],
            id="all",
        ),
        pytest.param(
            "[En euros, En appels]",
            "[En euros, 'Aucune des réponses.']",
            ["13:23: attention : « Aucune"],
            id="none",
        ),
        pytest.param(
            "[En euros, En appels]",
            "[En euros, Toujours en appels]",
            ["13:23: attention : « toujours » n’est que dans une option fausse ; nuancez-la"],
            id="absolute in a wrong option",
        ),
        pytest.param(
            "answer: En secondes",
            "answer: Seulement en s",
            ["12:13: attention : « seulement » n’est que dans la réponse"],
            id="absolute in the right option",
        ),
        pytest.param(
            "answer: En secondes",
            "answer: Une unité de temps",
            ["12:13: attention : seule la réponse reprend « unité » de l’énoncé ; changez l’un des deux"],
            id="word of the prompt",
        ),
        pytest.param(
            "answer: moyenne",
            "answer: Toutes les réponses, toujours",
            [],
            id="nothing to guess from in a typed answer",
        ),
        pytest.param(
            "title: Premiers jours", "title: L'accueil", ["1:8: attention : apostrophe droite"], id="title"
        ),
        pytest.param(
            "[En euros, En appels]",
            "[En euros, 'À 5 %']",
            ["13:23: attention : pas d’espace insécable"],
            id="wrong option",
        ),
        pytest.param(
            "explanation: C’est une durée.",
            "explanation: C’est une durée?",
            ["14:18: attention : pas d’espace insécable entre « durée » et « ? » ; mettez-en une"],
            id="explanation",
        ),
    ],
)
def test_rules_for_questions(old: str, new: str, expected: list[str]) -> None:
    """Each remark stands at the option that it is about."""
    found = remarks(deck=edited(PROPER_DECK, old, new))
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(f"{QUIZ}:{start}"), found


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        ("Égal", "Égaux entre eux"),
        ("Égaux", "Égal à lui"),
        ("Clés", "La clé"),
        ("Taux", "Des taux"),
        ("Œil", "Un œil"),
    ],
)
def test_a_plural_gives_a_term_away_too(name: str, definition: str) -> None:
    """A look at the first letters finds what masking would hide."""
    term = Term("x", name, "x", Kind.NOTION, 1, definition, example="Oui.", facets=(Facet.NAMING,))
    assert [remark.field for remark in about_term(term, Library({"x": term}), {})] == ["definition"]


def question(prompt: str, answer: str, *wrong: str) -> OwnQuestion:
    """A question with options."""
    return OwnQuestion("jour:cas", "jour", prompt, answer, wrong)


@pytest.mark.parametrize(
    "asked",
    [
        question("Que faire\u00a0?", "Je note tout ça", "Je raccroche", "J’attends"),
        question(
            "Que faire\u00a0?", "Noter toutes les réponses du client", "Relire aucune réponse du client"
        ),
        question("Que faire\u00a0?", "Appeler", "Joindre l’entreprise jamais contactée", "Se taire"),
        question("Que faire\u00a0?", "Ne jamais couper la parole", "Toujours laisser sonner"),
        question("Quel mot est mauvais, prospect ou donneur\u00a0?", "Prospect", "Donneur"),
        question("Quelle est votre réponse\u00a0?", "Selon votre avis", "Rien à dire"),
        question("Sur 200 fiches, combien\u00a0?", "200", "100"),
    ],
)
def test_what_gives_nothing_away(asked: OwnQuestion) -> None:
    """Options that only look like the ones that the rules are about."""
    assert list(about_question(asked)) == []


@pytest.mark.parametrize(
    "answer",
    [
        "Il ne doit jamais raccrocher",
        "Jamais le soir",
        "N’appeler jamais",
        "Obligatoirement",
        "Systématiquement lundi",
    ],
)
def test_absolutes(answer: str) -> None:
    """Words that allow no exception."""
    assert [
        remark.field for remark in about_question(question("Quoi\u00a0?", answer, "Oui, le matin seul"))
    ] == ["answer"]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour\u00a0! Ça va\u00a0? «\u00a0Oui\u00a0»\u00a0: 10\u202f%, 5\u00a0€\u00a0; à 10:30.",
        "https://exemple.fr/?q=1",
        "Quoi\u00a0?! (Vraiment\u00a0?)",
        "En euros (€) ou en %",
        "Le code (?)",
        "°C, 5'30",
        "",
    ],
)
def test_right_typography(text: str) -> None:
    """No-break spaces where French wants them, and addresses and hours left alone."""
    assert list(mistakes(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        *("l'appel", "aujourd'hui", "Ça va ?", "Ça va?", "Oui !", "Oui ; non", "Ceci : cela", "Ceci: cela"),
        *("5 %", "5%", "5 €", "5€", "«\u00a0Oui »", "«\u00a0Oui»", "« Oui\u00a0»", "«Oui\u00a0»", "Il dit :"),
    ],
)
def test_wrong_typography(text: str) -> None:
    """One remark for each."""
    assert len(list(mistakes(text))) == 1


def test_what_is_left_out_gets_no_remark() -> None:
    """An entry with an error is named once, and the terms of another file not at all."""
    root = write_content(Path("content"), edited(PROPER, "term: Script", "term: l'un\n    level: 9"), {})
    assert [problem.severity for problem in proofread(read([root], root))].count(Severity.ERROR) >= 1
    draft = Path("draft.yaml")
    draft.write_text("title: L'essai\nselect: {terms: [dmt]}\n", encoding="utf-8")
    write_content(root, GLOSSARY, {})
    assert [problem.path for problem in proofread(read([draft], root))] == ["draft.yaml"]


def test_an_acronym_is_no_word() -> None:
    """«Taux», folded, is not TAL."""
    glossary = edited(PROPER, "synonyms: [temps moyen de traitement, TMT]", "synonyms: [TAL]")
    assert remarks(edited(glossary, "synonyms: [guide d’entretien]", "synonyms: [taux]")) == []


def test_of_two_entries_with_one_id_the_first_is_meant() -> None:
    """It is the one that is kept."""
    glossary = edited(PROPER, "    example: La fiche de madame Roux y est à jour.\n", "")
    root = write_content(Path("content"), edited(glossary, "id: script", "id: crm"), {})
    found = proofread(read([root], root))
    assert [(problem.line, problem.severity) for problem in found] == [
        (37, Severity.WARNING),
        (47, Severity.ERROR),
    ]


def test_a_glossary_and_a_deck_alone() -> None:
    """Each file that is named is proofread, and nothing else."""
    root = write_content(Path("content"), GLOSSARY, {"premiers-jours": DECK})
    assert {problem.path for problem in proofread(read([root / "terms.yaml"], root))} == {
        "content/terms.yaml"
    }
    assert {problem.path for problem in proofread(read([root / QUIZ], root))} == {f"content/{QUIZ}"}


def test_names_that_only_signs_tell_apart_are_not_shared() -> None:
    """«#» is not «*», nor C++ C#, nor «.» «..»; the same sign twice is told."""
    glossary = edited(PROPER, "TMT]", "TMT, '#', C++, '…']")
    apart = edited(glossary, "synonyms: [guide d’entretien]", "synonyms: ['*', C#, C, '-', ☎]")
    options = edited(PROPER_DECK, "wrong: [En euros, En appels]", "wrong: ['.', '..']")
    assert remarks(apart, options) == []
    shared = edited(glossary, "synonyms: [guide d’entretien]", "synonyms: ['#']")
    assert [remark.split("attention : ")[1][:15] for remark in remarks(shared)] == ["« # » nomme aus"] * 2


def test_reading_alone_makes_no_remark() -> None:
    """The application does not pay for the proofreader."""
    root = write_content(Path("content"), GLOSSARY, {"premiers-jours": DECK})
    assert check([root], root) == ()
    assert proofread(read([root], root)) != ()


def test_remarks_come_among_the_problems_in_order() -> None:
    """By path, line and column, whatever their severity."""
    glossary = edited(edited(GLOSSARY, "level: 2", "level: 7"), "term: CRM", "term: L'outil")
    root = write_content(Path("content"), glossary, {})
    found: tuple[Problem, ...] = proofread(read([root], root))
    assert list(found) == sorted(found)
    assert {problem.severity for problem in found} == {Severity.ERROR, Severity.WARNING}


def test_only_an_error_makes_the_check_fail(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Warnings are printed, with exit code 0; beside an error, with exit code 1."""
    monkeypatch.setenv("TRAINER_DATA", "data")
    root = write_content(Path("content"), edited(PROPER, "term: Script", "term: L'aide"), {})
    assert main(["check", str(root)]) == 0
    assert ": attention : apostrophe droite" in capsys.readouterr().out
    write_content(root, edited(PROPER, "level: 2", "level: 7"), {})
    assert main(["check", str(root)]) == 1


@pytest.mark.parametrize(
    ("chances", "needed", "expected"),
    [([1 / 3] * 5, 3, 0.2099), ([0.5, 0.5], 2, 0.25), ([0.0, 1.0], 1, 1.0), ([], 0, 1.0)],
)
def test_luck_is_the_chance_of_enough_guesses(chances: list[float], needed: int, expected: float) -> None:
    """Five questions of three options at 60 % are passed by one guesser in five."""
    assert luck(chances, needed) == pytest.approx(expected, abs=1e-4)


def test_pass_mark_that_luck_reaches_is_said_where_it_stands() -> None:
    """A deck with few questions cannot have a low pass mark; a high one needs no remark where nobody guesses."""
    lucky = PROPER_DECK.replace("title:", "pass_mark: 10\ntitle:", 1)
    found = [line for line in remarks(deck=lucky) if "hasard" in line]
    assert len(found) == 1 and found[0].startswith(f"{QUIZ}:1:12: attention : seuil de 10 %")


def numbered(option: str, wrong: str, count: int) -> str:
    """A deck of as many questions, each with one right and two wrong options."""
    parts = "".join(
        f"  - id: q{number}\n    prompt: Que répondre à la demande numéro {number}\u00a0?\n"
        f"    answer: {option.format(number)}\n    wrong: [{wrong.format(number)}, {wrong.format(-number)}]\n"
        f"    explanation: C’est la règle de la maison.\n"
        for number in range(1, count + 1)
    )
    return f"title: Consignes\nquestions:\n{parts}"


@pytest.mark.parametrize(
    ("answer", "wrong", "clue"),
    [
        ("Le dossier {} est rouvert ce soir", "Le dossier {} est clos", "la plus longue"),
        ("Le dossier {} est clos", "Le dossier {} est rouvert ce soir", "la plus courte"),
    ],
)
def test_one_clue_that_finds_every_answer_is_told(answer: str, wrong: str, clue: str) -> None:
    """Over a whole deck, what one question may do without harm becomes a way to answer without knowing."""
    told = [remark for remark in remarks(deck=numbered(answer, wrong, 9)) if "qui ne sait rien" in remark]
    assert len(told) == 1
    assert told[0].startswith(f"{QUIZ}:2:") and "dans 9 questions à choix sur 9" in told[0]
    assert f"la bonne réponse est {clue} ;" in told[0]
    few = remarks(deck=numbered(answer, wrong, 4))
    assert not any("qui ne sait rien" in remark for remark in few)
