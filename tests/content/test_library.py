"""From a directory of content to a library, and to problems that an author can put right."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.content import CRM, DECK, DMC, DMT, GLOSSARY, HEAD, SCRIPT, edited, write_content
from trainer.content.check import check
from trainer.content.library import load_library
from trainer.content.syntax.names import nearest, slug
from trainer.glossary.decks import Format, OwnQuestion
from trainer.glossary.problems import Problem, Severity
from trainer.glossary.terms import Category, Facet, Kind, Source, Term

QUIZ = "quizzes/premiers-jours.yaml"


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def problems_of(glossary: str = GLOSSARY, **decks: str) -> list[Problem]:
    """The problems of a content directory."""
    return list(load_library(write_content(Path("content"), glossary, decks)).problems)


def lines(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """Problems as printed, with plain spaces."""
    return [str(problem).replace("\u00a0", " ") for problem in problems]


def test_a_valid_directory_gives_its_terms_and_no_problem() -> None:
    """Every field arrives as text on one line, whatever its style in YAML."""
    loaded = load_library(write_content(Path("content")))
    assert lines(loaded.problems) == []
    assert list(loaded.library.terms) == ["dmt", "dmc", "crm", "script"]
    assert loaded.library.terms["dmt"] == Term(
        id="dmt",
        term="DMT",
        category="indicateurs",
        kind=Kind.DURATION,
        level=1,
        definition="Temps moyen que prend un appel, de la réponse à la fin du travail qui le suit.",
        acronym="DMT",
        expansion="Durée moyenne de traitement",
        english="average handle time (AHT)",
        synonyms=("temps moyen de traitement", "TMT"),
        example="600 secondes pour deux appels font une moyenne de 300 secondes.",
        note="À ne pas confondre avec la DMC\u00a0: le travail après l’appel compte ici.",
        confusable=("dmc",),
        sources=("usage",),
        facets=(Facet.MEANING, Facet.NAMING, Facet.EXPANSION),
    )
    assert loaded.library.terms["script"].facets == (Facet.MEANING, Facet.NAMING)
    assert loaded.library.categories["outils-si"] == Category("outils-si", "Outils informatiques")
    assert loaded.library.sources == {"usage": Source("usage", "Usage courant du métier")}


def test_a_deck_holds_its_settings_and_questions() -> None:
    """A deck takes its id from its file, and each question its id from both."""
    deck = load_library(write_content(Path("content"))).library.decks["premiers-jours"]
    assert (deck.title, deck.description) == ("Premiers jours", "Les mots de la première semaine")
    assert deck.drills == (Format.FLASHCARD, Format.CHOICE)
    assert deck.new_per_day == 5
    assert deck.questions[0] == OwnQuestion(
        id="premiers-jours:unite",
        deck="premiers-jours",
        prompt="Dans quelle unité se donne la DMT ?",
        answer="En secondes",
        wrong=("En euros", "En appels"),
        explanation="C’est une durée.",
        terms=("dmt",),
    )
    assert not deck.questions[1].is_choice
    assert deck.questions[1].accept == ("moyen",)


@pytest.mark.parametrize(
    ("select", "terms"),
    [
        ("{terms: [script, dmc]}", ["script", "dmc"]),
        ("{terms: script}", ["script"]),
        ("{terms: [crm], categories: [indicateurs]}", ["crm", "dmt", "dmc"]),
        ("{terms: [dmc], categories: [indicateurs]}", ["dmc", "dmt"]),
        ("{categories: [outils-si], levels: [2]}", ["script"]),
        ("{levels: [1, 2]}", ["dmt", "dmc", "crm", "script"]),
        ("{acronyms: non}", ["script"]),
        ("{acronyms: true, categories: [outils-si]}", ["crm"]),
    ],
)
def test_a_selection_is_the_terms_listed_then_those_that_meet_every_criterion(
    select: str, terms: list[str]
) -> None:
    """The order is that of the list, then that of the glossary, without repeats."""
    root = write_content(Path("content"), decks={"x": f"title: X\nselect: {select}\n"})
    assert list(load_library(root).library.decks["x"].terms) == terms


@pytest.mark.parametrize("word", ["NO", "ON", "12:30", "010", "Yes", "1e3"])
def test_words_that_yaml_takes_for_something_else_stay_text(word: str) -> None:
    """An acronym such as NO never becomes a boolean."""
    glossary = edited(GLOSSARY, "term: Script", f"term: {word}")
    loaded = load_library(write_content(Path("content"), glossary))
    assert loaded.library.terms["script"].term == word


def test_texts_stand_on_one_line() -> None:
    """Line ends and runs of blanks become one space; no-break spaces stay."""
    glossary = edited(GLOSSARY, "term: Script\n", "term: |\n      Script\u00a0:\n      d’accueil   long\n\n")
    loaded = load_library(write_content(Path("content"), glossary))
    assert loaded.library.terms["script"].term == "Script\u00a0: d’accueil long"


def test_a_term_is_never_its_own_neighbour() -> None:
    """Its own id is dropped from its lists."""
    glossary = edited(GLOSSARY, "confusable: [dmc]", "confusable: [dmt, dmc]\n    never_with: [dmt, crm]")
    loaded = load_library(write_content(Path("content"), glossary))
    assert len(loaded.problems) == 2
    assert loaded.library.terms["dmt"].confusable == ("dmc",)
    assert loaded.library.terms["dmt"].never_with == ("crm",)


def test_facets_are_those_written_and_an_empty_list_means_none() -> None:
    """A term without facets is shown but never asked."""
    glossary = edited(GLOSSARY, "term: Script\n", "term: Script\n    facets: []\n")
    glossary = edited(glossary, "term: CRM\n", "term: CRM\n    facets: [expansion]\n")
    library = load_library(write_content(Path("content"), glossary)).library
    assert library.terms["script"].facets == ()
    assert library.terms["crm"].facets == (Facet.EXPANSION,)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("confusable: [dmc]", "confusable: [dmcc]", "24:18: terme inconnu « dmcc » ; vouliez-vous « dmc » ?"),
        ("confusable: [dmc]", "confusable: [dtm]", "24:18: terme inconnu « dtm » ; vouliez-vous « dmt » ?"),
        ("confusable: [dmc]", "confusable: [dmc, dmt]", "24:23: « dmt » se nomme lui-même"),
        (
            "confusable: [dmc]",
            "confusables: [dmc]",
            "24:5: champ inconnu « confusables » ; vouliez-vous « confusable » ?",
        ),
        ("confusable: [dmc]", "xyzw: [dmc]", "24:5: champ inconnu « xyzw » ; champs possibles : id, term,"),
        ("confusable: [dmc]", "confusable: {dmc: x}", "24:17: « : » fait de ce texte un champ"),
        ("confusable: [dmc]", "confusable: [dmc, '']", "24:23: élément vide"),
        (
            "confusable: [dmc]",
            "facets: [meaning, x]",
            "24:23: valeur inconnue « x » ; écrivez meaning, naming ou",
        ),
        ("- id: dmt", "- id: DMT", "10:9: identifiant « DMT » non valide ; écrivez « dmt »"),
        ("- id: dmt", "- id: «»", "10:9: identifiant « «» » non valide ; écrivez des lettres de a à z"),
        ("- id: dmt\n    term", "- term", "10:5: champ « id » manquant ; ajoutez « id: … »"),
        (
            "kind: document",
            "kind: logicel",
            "49:11: valeur inconnue « logicel » ; vouliez-vous « logiciel » ?",
        ),
        ("level: 2", "level: 4", "50:12: « 4 » n’est pas permis ; écrivez un nombre entier de 1 à 3"),
        ("level: 2", "level: deux", "50:12: « deux » n’est pas permis"),
        ("level: 2", "level: " + "9" * 5000, "50:12: « 99999"),
        ("level: 2", "level: [2]", "50:12: liste à la place d’un texte"),
        ("term: Script", "term: ~", "46:5: champ « term » vide, car « ~ » veut dire « rien »"),
        ("term: Script", "term: Script\n    facets: [expansion]", "47:14: rien à développer"),
        (
            "term: Script",
            "term: Script\n    confusable: [crm]\n    never_with: [crm]",
            "47:18: « crm » à la fois",
        ),
        ("name: Usage courant du métier", "", "7:5: champ « name » manquant"),
        ("id: usage", "id: usages", "25:15: source inconnue « usage » ; vouliez-vous « usages » ?"),
        ("id: outils-si", "id: indicateurs", "4:9: identifiant « indicateurs » déjà pris ligne 2"),
        ("id: script", "id: crm", "45:9: identifiant « crm » déjà pris ligne 35"),
        ("  - id: script", "  - script\n  - id: script", "45:5: champs attendus ici"),
        ("categories:", "categorie:", "1:1: champ inconnu « categorie » ; vouliez-vous « categories » ?"),
        (
            "synonyms: [guide d’entretien]",
            "synonyms:\n      - Guide : essai",
            "48:9: « : » fait de ce texte un champ",
        ),
    ],
)
def test_a_slip_in_the_glossary_is_placed_and_the_message_says_what_to_write(
    old: str, new: str, expected: str
) -> None:
    """Line, column, what is wrong, and the nearest valid name."""
    found = lines(problems_of(edited(GLOSSARY, old, new)))
    assert any(line.startswith(f"content/terms.yaml:{expected}") for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("terms: [crm]", "terms: [cmr, crm]", "4:11: terme inconnu « cmr » ; vouliez-vous « crm » ?"),
        (
            "[indicateurs]",
            "[indicateur]",
            "5:16: catégorie inconnue « indicateur » ; vouliez-vous « indicateurs » ?",
        ),
        ("levels: [1]", "levels: [1, 9]", "6:15: « 9 » n’est pas permis ; écrivez un nombre entier de 1 à 3"),
        ("levels: [1]", "acronyms: peut-être", "6:13: « peut-être » n’est ni oui ni non"),
        ("levels: [1]", "niveaux: [1]", "6:3: champ inconnu « niveaux » ; champs possibles : terms,"),
        (
            "[flashcard, choice]",
            "[flashcards]",
            "7:10: valeur inconnue « flashcards » ; vouliez-vous « flashcard »",
        ),
        (
            "new_per_day: 5",
            "new_per_day: 0",
            "8:14: « 0 » n’est pas permis ; écrivez un nombre entier de 1 à 100",
        ),
        ("title: Premiers jours\n", "", "1:1: champ « title » manquant"),
        ("drills:", "drlils:", "7:1: champ inconnu « drlils » ; vouliez-vous « drills » ?"),
        ("[En euros, En appels]", "[En euros, en secondes.]", "13:23: « en secondes. » est déjà la réponse"),
        (
            "[En euros, En appels]",
            "[En euros, En euros]",
            "13:23: « En euros » est déjà la réponse ou une autre",
        ),
        (
            "[En euros, En appels]",
            "[En euros]\n    accept: [s]",
            "14:5: « accept » ne sert qu’aux réponses tapées",
        ),
        ("id: sigle", "id: unite", "16:9: identifiant « unite » déjà pris ligne 10"),
        ("terms: [dmt]", "terms: [dtm]", "15:13: terme inconnu « dtm » ; vouliez-vous « dmt » ?"),
        ("    explanation: C’est une durée.\n", "", "10:5: attention : question sans explication"),
        ("    answer: En secondes\n", "", "10:5: champ « answer » manquant"),
        ("prompt: Que", "prompt: Oui : que", "17:17: « : » au milieu d’un texte"),
    ],
)
def test_a_slip_in_a_deck_is_placed_and_the_message_says_what_to_write(
    old: str, new: str, expected: str
) -> None:
    """Line, column, what is wrong, and the nearest valid name."""
    found = lines(problems_of(**{"premiers-jours": edited(DECK, old, new)}))
    assert [line.startswith(f"content/{QUIZ}:{expected}") for line in found] == [True], found


@pytest.mark.parametrize(
    ("stem", "text", "expected"),
    [
        (
            "Mes Appels",
            DECK,
            "1:1: nom de fichier « Mes Appels.yaml » non valide ; renommez-le « mes-appels.yaml »",
        ),
        ("é", DECK, "1:1: nom de fichier « é.yaml » non valide ; renommez-le « e.yaml »"),
        ("tout", DECK, "1:1: nom de fichier « tout.yaml » réservé ; renommez-le « mes-termes.yaml »"),
        ("x", "title: X\n", "1:1: ni terme ni question"),
        ("x", "title: X\nselect: {levels: [3]}\n", "2:1: ni terme ni question"),
        ("x", "title: X\nselect: [crm]\nquestions: non\n", "3:12: champs attendus ici"),
        ("x", "- a\n", "1:1: le fichier doit commencer par un champ : title,"),
        ("x", "crm\n", "1:1: le fichier doit commencer par un champ : title,"),
        ("x", "", "1:1: fichier vide"),
    ],
)
def test_a_deck_that_cannot_run_is_left_out_with_the_reason(stem: str, text: str, expected: str) -> None:
    """The other decks stay."""
    loaded = load_library(write_content(Path("content"), decks={"bon": DECK, stem: text}))
    assert list(loaded.library.decks) == ["bon"]
    found = lines(loaded.problems)
    assert any(line.startswith(f"content/quizzes/{stem}.yaml:{expected}") for line in found), found


def test_a_deck_with_an_unknown_term_runs_with_the_rest() -> None:
    """One wrong id costs one term."""
    deck = "title: X\nselect:\n  terms: [dtm, crm]\n"
    loaded = load_library(write_content(Path("content"), decks={"x": deck}))
    assert loaded.library.decks["x"].terms == ("crm",)
    assert lines(loaded.problems) == [
        "content/quizzes/x.yaml:3:11: terme inconnu « dtm » ; vouliez-vous « dmt » ?"
    ]


def test_two_files_of_one_name_give_one_deck() -> None:
    """`x.yaml` and `x.yml` cannot both be the deck `x`."""
    root = write_content(Path("content"), decks={"x": DECK})
    (root / "quizzes" / "x.yml").write_text(edited(DECK, "Premiers jours", "Autre"), encoding="utf-8")
    loaded = load_library(root)
    assert loaded.library.decks["x"].title == "Premiers jours"
    assert lines(loaded.problems) == [
        "content/quizzes/x.yml:1:1: un autre fichier porte déjà le nom « x » ; renommez celui-ci"
    ]


def test_a_bad_optional_field_costs_that_field_and_a_bad_required_one_the_entry() -> None:
    """What is right stays."""
    glossary = edited(GLOSSARY, "confusable: [dmc]", "confusable: [x, dmc]")
    glossary = edited(glossary, "level: 2", "level: 7")
    library = load_library(write_content(Path("content"), glossary)).library
    assert list(library.terms) == ["dmt", "dmc", "crm"]
    assert library.terms["dmt"].confusable == ("dmc",)


def test_references_to_a_term_left_out_are_dropped_without_a_second_problem() -> None:
    """One mistake is reported once."""
    glossary = HEAD + DMT + edited(DMC, "level: 1", "level: 9") + CRM + "    never_with: [dmc]\n" + SCRIPT
    loaded = load_library(
        write_content(Path("content"), glossary, {"x": "title: X\nselect: {terms: [dmc, dmt]}\n"})
    )
    assert len(loaded.problems) == 1
    assert loaded.library.terms["dmt"].confusable == ()
    assert loaded.library.terms["crm"].never_with == ()
    assert loaded.library.decks["x"].terms == ("dmt",)


def test_a_syntax_error_in_one_term_leaves_the_others_and_the_decks() -> None:
    """An unclosed quote costs its own entry, and what names it is not blamed."""
    glossary = HEAD + DMT + edited(DMC, "term: DMC", 'term: "DMC') + CRM + SCRIPT
    loaded = load_library(write_content(Path("content"), glossary))
    assert list(loaded.library.terms) == ["dmt", "crm", "script"]
    assert list(loaded.library.decks) == ["premiers-jours"]
    assert len(loaded.problems) == 1


def test_confusable_and_never_with_clash_whichever_term_says_so() -> None:
    """A pair kept apart by one term cannot be confusable for the other; staying apart wins."""
    glossary = HEAD + DMT + DMC + "    never_with: [dmt]\n"
    loaded = load_library(write_content(Path("content"), glossary, {}))
    assert [line[:40] for line in lines(loaded.problems)] == [
        "content/terms.yaml:24:18: « dmc » à la fois"[:40]
    ]
    assert loaded.library.terms["dmt"].confusable == ()
    assert loaded.library.never_with("dmt") == {"dmc"}


def test_problems_come_by_path_line_and_column() -> None:
    """All problems of all files are collected."""
    found = problems_of(edited(GLOSSARY, "level: 2", "level: 7"), b="title: X\nx: y\n", a="")
    assert [(problem.path, problem.line) for problem in found] == [
        ("content/quizzes/a.yaml", 1),
        ("content/quizzes/b.yaml", 1),
        ("content/quizzes/b.yaml", 2),
        ("content/terms.yaml", 50),
    ]


def test_hostile_text_is_quoted_harmlessly() -> None:
    """Nothing in a message can move the cursor, and nothing in it is long."""
    deck = f"title: X\n? [a]\n: b\n'{'x' * 500}\u200f\U000e0041': y\nselect: {{terms: [dmt]}}\n"
    found = problems_of(x=deck)
    assert [problem.line for problem in found] == [2, 4]
    for problem in found:
        assert problem.message.replace("\u00a0", " ").isprintable()
        assert "x" * 60 not in problem.message


def test_paths_are_shown_from_the_current_directory(tmp_path: Path) -> None:
    """A path below it is shortened; another stays as it was given."""
    root = write_content(tmp_path / "content", "")
    assert load_library(root).problems[0].path == "content/terms.yaml"
    os.chdir("content/quizzes")
    assert load_library(root).problems[0].path == str(tmp_path / "content/terms.yaml")
    assert load_library(Path("..")).problems[0].path == "../terms.yaml"


class TestWhateverStandsOnTheDisk:
    """Files of every kind give a problem, never an exception and never a wait."""

    def test_an_absent_directory(self) -> None:
        """The file looked for is named."""
        loaded = load_library(Path("absent"))
        assert lines(loaded.problems) == [
            "absent/terms.yaml:1:1: fichier absent ; créez-le, ou corrigez le chemin"
        ]
        assert not loaded.library.terms
        assert load_library(Path("a\0b")).problems

    def test_a_directory_in_place_of_a_file(self) -> None:
        """Neither a glossary nor a deck can be a directory."""
        (Path("content") / "terms.yaml").mkdir(parents=True)
        (Path("content") / "quizzes" / "x.yaml").mkdir(parents=True)
        found = lines(load_library(Path("content")).problems)
        assert found == [
            "content/quizzes/x.yaml:1:1: ce n’est pas un fichier ; mettez à sa place un fichier texte",
            "content/terms.yaml:1:1: ce n’est pas un fichier ; mettez à sa place un fichier texte",
        ]

    def test_a_file_in_place_of_the_directory_of_decks(self) -> None:
        """The glossary is read all the same."""
        root = Path("content")
        root.mkdir()
        (root / "terms.yaml").write_text(GLOSSARY, encoding="utf-8")
        (root / "quizzes").write_text("")
        loaded = load_library(root)
        assert len(loaded.library.terms) == 4
        assert [line.split(" ;")[0] for line in lines(loaded.problems)] == [
            "content/quizzes:1:1: dossier illisible"
        ]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_pipe_without_a_writer(self) -> None:
        """Reading does not wait."""
        root = write_content(Path("content"))
        os.mkfifo(root / "quizzes" / "pipe.yaml")
        [problem] = load_library(root).problems
        assert "pas un fichier" in problem.message

    @pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
    def test_a_link_to_nothing_and_a_link_to_itself(self) -> None:
        """Links are followed, and lead to a problem."""
        root = write_content(Path("content"))
        (root / "quizzes" / "a.yaml").symlink_to("absent.yaml")
        (root / "quizzes" / "b.yaml").symlink_to("b.yaml")
        first, second = load_library(root).problems
        assert "lien vers un fichier absent" in first.message
        assert "illisible" in second.message

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="every file is open to root")
    def test_a_file_that_may_not_be_read(self) -> None:
        """The message says which right is missing."""
        root = write_content(Path("content"))
        (root / "terms.yaml").chmod(0)
        assert "droit de lire" in load_library(root).problems[0].message

    def test_a_deck_of_more_than_two_megabytes(self) -> None:
        """Its size alone is a problem."""
        [problem] = problems_of(x="title: X\n#" + "x" * 2_000_000)
        assert "trop gros" in problem.message

    def test_hidden_and_foreign_files(self) -> None:
        """What an editor leaves behind counts as nothing."""
        root = write_content(Path("content"))
        for name in (".x.yaml", "x.yaml~", "x.yaml.bak"):
            (root / "quizzes" / name).write_text("\0")
        assert load_library(root).problems == ()

    def test_a_glossary_in_windows_1252(self) -> None:
        """One problem says how to save the file, and the decks are not blamed."""
        root = write_content(Path("content"))
        (root / "terms.yaml").write_bytes(GLOSSARY.encode("cp1252"))
        [line] = lines(load_library(root).problems)
        assert line == (
            "content/terms.yaml:8:29: octet 0xE9 (« é » en Windows-1252) qui n’est pas de l’UTF-8 ; "
            "enregistrez en UTF-8"
        )


@settings(max_examples=200)
@given(glossary=st.binary(max_size=300), deck=st.binary(max_size=300))
def test_no_bytes_raise(glossary: bytes, deck: bytes) -> None:
    """Whatever the files hold, loading gives a library and problems."""
    root = write_content(Path("content"))
    (root / "terms.yaml").write_bytes(glossary)
    (root / QUIZ).write_bytes(deck)
    load_library(root)


_PIECES = st.sampled_from(
    [
        *"abé:-#&*!|>'\"%@`[]{},?~\\\n\t\r\u00a0 ",
        *(
            "  ",
            "\n",
            "\n  - ",
            "\n- ",
            ": ",
            "- ",
            "<<: ",
            "---\n",
            "...\n",
            "&a ",
            "*a",
            "!!str ",
            "\\u0000",
        ),
        *("terms:", "id: dmt", "title: X", "select:", "questions:", "level: 1", "null"),
        *(
            "title:X",
            "title X",
            "– id: a",
            "\n    id: b",
            "“a : b”",
            "```",
            "\n<<<<<<< a\n",
            "\n=======\n",
            ">>>>>>> b\n",
        ),
    ]
)


@settings(max_examples=150)
@given(glossary=st.lists(_PIECES, max_size=60).map("".join), deck=st.lists(_PIECES, max_size=60).map("".join))
def test_no_yaml_raises(glossary: str, deck: str) -> None:
    """Texts that look like YAML give problems with places inside the file."""
    for before in ("", GLOSSARY):
        loaded = load_library(
            write_content(Path("content"), before + glossary, {"x": deck, "y": DECK + deck})
        )
        for problem in loaded.problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message


@settings(max_examples=100)
@given(data=st.data())
def test_a_library_is_valid_by_construction(data: st.DataObject) -> None:
    """Whatever lines are lost or moved, every id that an entry names exists."""
    written = GLOSSARY.splitlines(keepends=True)
    kept = (
        data.draw(st.lists(st.sampled_from(written), max_size=60))
        if data.draw(st.booleans())
        else [line for line in written if data.draw(st.integers(0, 9))]
    )
    library = load_library(write_content(Path("content"), "".join(kept))).library
    for term in library.terms.values():
        assert term.category in library.categories
        assert set(term.sources) <= set(library.sources)
        assert {*term.confusable, *term.never_with} <= set(library.terms) - {term.id}
    for deck in library.decks.values():
        assert deck.terms or deck.questions
        assert set(deck.terms) <= set(library.terms)


class TestCheck:
    """What an author names is checked, against the terms of the default root."""

    def test_nothing_named_means_the_default_root(self) -> None:
        """The shipped content is checked."""
        root = write_content(Path("content"), decks={"x": ""})
        assert check([], root) == load_library(root).problems != ()

    def test_another_root_is_read_by_itself(self) -> None:
        """A directory with a glossary is a root."""
        root = write_content(Path("content"), decks={"x": ""})
        other = write_content(Path("other"), HEAD + CRM)
        assert {problem.path for problem in check([other], root)} == {"other/quizzes/premiers-jours.yaml"}

    def test_a_glossary_alone(self) -> None:
        """Decks beside it are not read."""
        root = write_content(Path("content"), decks={"x": ""})
        assert check([root / "terms.yaml"], root) == ()

    def test_a_deck_or_a_directory_of_decks(self) -> None:
        """Its references are those of the default root; other files are not blamed."""
        root = write_content(Path("content"), edited(GLOSSARY, "level: 2", "level: 7"))
        drafts = Path("drafts")
        drafts.mkdir()
        (drafts / "x.yaml").write_text("title: X\nselect:\n  terms: [dmt, dtm]\n")
        expected = ["drafts/x.yaml:3:16: terme inconnu « dtm » ; vouliez-vous « dmt » ?"]
        assert lines(check([drafts / "x.yaml"], root)) == expected
        assert lines(check([drafts, drafts / "x.yaml"], root)) == expected

    def test_a_deck_beside_an_unreadable_glossary(self) -> None:
        """The author learns why the references were not checked."""
        root = write_content(Path("content"), "")
        assert lines(check([root / QUIZ], root))[0].startswith("content/terms.yaml:1:1: fichier vide")

    def test_what_is_absent_or_never_read(self) -> None:
        """A wrong path, an empty directory and a foreign file are problems."""
        root = write_content(Path("content"))
        Path("empty").mkdir()
        Path("notes.txt").write_text(DECK, encoding="utf-8")
        found = [
            line.split(" ;")[0]
            for line in lines(check([Path(n) for n in ("x.yaml", "empty", "notes.txt", "a\0b")], root))
        ]
        assert found == [
            "a\ufffdb:1:1: fichier illisible",
            "a\ufffdb:1:1: nom de fichier « a[U+0000]b » non valide",
            "empty:1:1: ni terms.yaml ni fichier .yaml dans ce dossier",
            "notes.txt:1:1: fichier pas lu",
            "x.yaml:1:1: fichier absent",
        ]


@pytest.mark.parametrize(
    ("name", "names", "meant"),
    [
        ("dtm", ["dmc", "dmt", "dma"], "dmt"),
        ("DMT", ["dmc", "dmt"], "dmt"),
        ("Appel entrant", ["appel-sortant", "appel-entrant"], "appel-entrant"),
        ("quiz-definition", ["definition", "quiz_definition"], "quiz_definition"),
        ("xyz", ["dmt", "crm"], ""),
        ("", ["dmt"], ""),
        ("dmt", [], ""),
        ("x" * 10_000, ["dmt"], ""),
    ],
)
def test_the_nearest_name_is_the_one_probably_meant(name: str, names: list[str], meant: str) -> None:
    """Two letters swapped are one slip; nothing near means no guess."""
    assert nearest(name, names) == meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Mes Appels", "mes-appels"), ("L’été à 2", "l-ete-a-2"), ("«»", ""), ("a_b", "a-b")],
)
def test_a_slug_is_made_of_the_words_of_a_text(text: str, expected: str) -> None:
    """Accents, capitals and signs go."""
    assert slug(text) == expected


def test_warnings_cost_nothing() -> None:
    """A doubtful text is kept."""
    glossary = edited(GLOSSARY, "term: Script", "term: Script #1")
    loaded = load_library(write_content(Path("content"), glossary))
    assert [problem.severity for problem in loaded.problems] == [Severity.WARNING]
    assert loaded.library.terms["script"].term == "Script"
