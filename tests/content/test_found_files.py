"""What stands in the folders of people who know no YAML: one line for each cause, with what to do; the rest is read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.helpers.content import CRM, DECK, DMC, DMT, GLOSSARY, HEAD, SCRIPT, edited, write_content
from trainer.content import cache
from trainer.content import decks as deck_files
from trainer.content import terms as term_files
from trainer.content.check import check
from trainer.content.library import load_library
from trainer.content.syntax.fields import DECK_FILE, GLOSSARY_FILE
from trainer.content.syntax.slips import NAMES
from trainer.glossary.problems import Problem

NO_BREAK = "\u00a0"
COPY = "recopiez-en le texte dans le Bloc-notes, et enregistrez en UTF-8"


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(path: str, data: bytes) -> Path:
    """A good folder of content with one more file in it, or another one in the place of one of its own."""
    root = write_content(Path("c"))
    file = root / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return root


def lines(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """Problems as printed, with plain spaces and without the folder."""
    return [str(problem).replace(NO_BREAK, " ").removeprefix("c/") for problem in problems]


def zipped(*names: str) -> bytes:
    """A zip with files of these names, as Word and Excel make them."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<x/>" * 100)
    return data.getvalue()


def opendocument() -> bytes:
    """A zip as LibreOffice makes it: its kind stands first, and is not compressed."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return data.getvalue()


FOREIGN = {
    "word": (
        zipped("[Content_Types].xml", "word/document.xml"),
        f"c’est un document Word, pas un fichier texte ; {COPY}",
    ),
    "excel": (
        zipped("[Content_Types].xml", "xl/workbook.xml"),
        f"c’est un classeur Excel, pas un fichier texte ; {COPY}",
    ),
    "libreoffice": (opendocument(), f"c’est un document LibreOffice, pas un fichier texte ; {COPY}"),
    "zip": (
        zipped("essai.txt"),
        "c’est une archive, pas un fichier texte ; mettez à sa place un fichier texte",
    ),
    "a large word": (
        zipped("word/document.xml") + bytes(range(256)) * 8_000,
        f"c’est un document Word, pas un fichier texte ; {COPY}",
    ),
    "old word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        f"c’est un document Word ou Excel, pas un fichier texte ; {COPY}",
    ),
    "rtf": (
        b"{\\rtf1\\ansi\\deff0 title: X\\par\r\n}",
        f"c’est un document RTF (WordPad, Word), pas un fichier texte ; {COPY}",
    ),
    "pdf": (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        f"c’est un document PDF, pas un fichier texte ; {COPY}",
    ),
    "html": (
        b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html><body>title: X</body></html>",
        f"c’est une page web (HTML), pas un fichier texte ; {COPY}",
    ),
    "xml": (b'<?xml version="1.0"?>\n<quiz/>\n', f"c’est un fichier XML, pas du YAML ; {COPY}"),
    "image": (
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "c’est une image, pas un fichier texte ; mettez à sa place un fichier texte",
    ),
    "utf-16 le": (
        DECK.encode("utf-16-le"),
        "fichier en UTF-16, sans la marque qui le dirait ; enregistrez en UTF-8",
    ),
    "utf-16 be": (
        DECK.encode("utf-16-be"),
        "fichier en UTF-16, sans la marque qui le dirait ; enregistrez en UTF-8",
    ),
    "nuls": (
        bytes(2_000),
        "fichier rempli d’octets nuls, sans doute abîmé pendant un enregistrement ; reprenez-en une copie",
    ),
    "binary": (
        bytes(range(1, 9)) * 20,
        "plus de 20 caractères interdits ; enregistrez en UTF-8, comme texte brut",
    ),
    "a glossary": (
        GLOSSARY.encode(),
        "c’est un lexique, pas un paquet ; mettez ses termes dans « terms.yaml », hors du dossier des paquets",
    ),
    "something else": (
        b"name: X\ncards: []\n",
        "aucun champ connu dans ce fichier ; champs possibles : title, description, order, select, drills, "
        "new_per_day, pass_mark ou questions",
    ),
    "empty": (b"", "fichier vide ; écrivez-y au moins un champ, ou supprimez-le"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_that_is_no_deck_is_called_by_its_name(kind: str) -> None:
    """One line at its top, whatever it is called; the other deck is there."""
    data, message = FOREIGN[kind]
    loaded = load_library(put("quizzes/essai.yaml", data))
    assert lines(loaded.problems) == [f"quizzes/essai.yaml:1:1: {message}"]
    assert list(loaded.library.decks) == ["premiers-jours"]


def glued(text: str) -> str:
    """A text without the space after its colons."""
    return text.replace(": ", ":")


SLIPS = {
    "no-break indentation": (
        DECK.replace("\n  ", f"\n{NO_BREAK}{NO_BREAK}"),
        "4:1: espace insécable en début de ligne (14 lignes) ; mettez des espaces ordinaires",
    ),
    "no-break indentation of one line": (
        edited(DECK, "    prompt: Que", f"  {NO_BREAK} prompt: Que"),
        "17:1: espace insécable en début de ligne ; mettez des espaces ordinaires",
    ),
    "no-break space after a dash": (
        edited(DECK, "- id: unite", f"-{NO_BREAK}id: unite"),
        "10:1: espace insécable en début de ligne ; mettez des espaces ordinaires",
    ),
    "no-break space after a colon": (
        edited(DECK, "title: ", f"title:{NO_BREAK}"),
        "1:7: espace insécable près de « : » ; écrivez « title: Premiers jours »",
    ),
    "no-break space before a colon": (
        edited(DECK, "    answer: moyenne", f"    answer{NO_BREAK}: moyenne"),
        "18:5: attention : espace insécable près de « : » ; si c’est un champ, écrivez « answer: … »",
    ),
    "tabs": (
        DECK.replace("\n  ", "\n\t"),
        "4:1: tabulation en début de ligne (14 fois) ; mettez des espaces",
    ),
    "merge marks": (
        edited(
            DECK, "new_per_day: 5\n", "<<<<<<< HEAD\nnew_per_day: 5\n=======\nnew_per_day: 6\n>>>>>>> b\n"
        ),
        "8:1: marques de fusion de git, « <<<<<<< » ; gardez une seule des deux versions, et supprimez ces marques",
    ),
    "merge marks in a question": (
        edited(
            DECK,
            "    answer: moyenne\n",
            "<<<<<<< HEAD\n    answer: moyenne\n||||||| a\n    answer: m\n=======\n    answer: moyen\n>>>>>>> b\n",
        ),
        "18:1: marques de fusion de git, « <<<<<<< » ; gardez une seule des deux versions, et supprimez ces marques",
    ),
    "no first dash": (
        edited(DECK, "  - id: unite", "    id: unite"),
        "10:3: « - » manque devant « id » ; écrivez « - id: unite »",
    ),
    "no second dash": (
        edited(DECK, "  - id: sigle", "    id: sigle"),
        "16:3: « - » manque devant « id » ; écrivez « - id: sigle »",
    ),
    "no dash nor space for it": (
        edited(DECK, "  - id: sigle", "  id: sigle"),
        "16:3: « - » manque devant « id » ; écrivez « - id: sigle »",
    ),
    "no dash at all": (
        DECK.replace("  - id:", "    id:"),
        "10:3: « - » manque devant « id » (2 fois) ; écrivez « - id: unite »",
    ),
    "dash glued": (
        edited(DECK, "  - id: sigle", "  -id: sigle"),
        "16:4: espace manquante après « - » ; écrivez « - id: sigle »",
    ),
    "long dashes": (
        DECK.replace("  - id:", "  – id:"),
        "10:3: autre signe à la place de « - » (2 fois) ; écrivez « - id: unite »",
    ),
    "a bullet": (
        edited(DECK, "  - id: sigle", "  • id: sigle"),
        "16:3: autre signe à la place de « - » ; écrivez « - id: sigle »",
    ),
    "colon glued": (
        edited(DECK, "title: ", "title:"),
        "1:7: espace manquante après « : » ; écrivez « title: Premiers jours »",
    ),
    "colon glued in an item": (
        edited(DECK, "- id: unite", "- id:unite"),
        "10:8: espace manquante après « : » ; écrivez « - id: unite »",
    ),
    "all colons glued": (
        glued(DECK),
        "1:7: espace manquante après « : » (18 fois) ; écrivez « title: Premiers jours »",
    ),
    "no colon": (
        edited(DECK, "title: ", "title "),
        "1:6: « : » manque après le nom du champ ; écrivez « title: Premiers jours »",
    ),
    "wide colon": (
        edited(DECK, "title: ", "title："),
        "1:6: autre signe à la place de « : » ; écrivez « title: Premiers jours »",
    ),
    "curly quotes and a colon": (
        edited(DECK, "title: Premiers jours", "title: “Premiers jours : suite”"),
        '1:8: guillemets “ ” à la place de " ; écrivez « title: "Premiers jours : suite" »',
    ),
    "a fence": (
        f"```yaml\n{DECK}```\n",
        "1:1: « ``` » recopié avec le texte (2 fois) ; supprimez cette ligne",
    ),
    "no brackets around terms": (
        edited(DECK, "terms: [crm]", "terms: crm, dmt"),
        "4:10: plusieurs éléments en un seul texte ; écrivez « [crm, dmt] »",
    ),
    "no brackets around exercises": (
        edited(DECK, "drills: [flashcard, choice]", "drills: flashcard, choice"),
        "7:9: plusieurs éléments en un seul texte ; écrivez « [flashcard, choice] »",
    ),
    "semicolons": (
        edited(DECK, "terms: [crm]", "terms: [crm; dmt]"),
        "4:11: plusieurs éléments en un seul texte ; écrivez « [crm, dmt] »",
    ),
    "null among terms": (
        edited(DECK, "terms: [crm]", "terms: [crm, null]"),
        "4:16: élément vide, car « null » veut dire « rien » en YAML ; écrivez-le, ou retirez-le",
    ),
    "an empty item among terms": (
        edited(DECK, "terms: [crm]", "terms:\n    - crm\n    -"),
        "6:6: élément vide ; écrivez-le, ou retirez-le",
    ),
    "null among questions": (
        edited(DECK, "questions:\n", "questions:\n  - null\n"),
        "10:5: élément vide, car « null » veut dire « rien » en YAML ; écrivez ses champs, ou retirez ce « - »",
    ),
}
"""Decks, each with one slip, and what is said of it; all are read as they were meant."""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- id: unite", "- id: unite\u200b", "identifiant « unite[U+200B] » non valide ; écrivez « unite »"),
        (
            "- id: unite",
            "- id: unite\u00a0",
            "identifiant « unite[espace insécable] » non valide ; écrivez « unite »",
        ),
        (
            "answer: moyenne",
            "answer\u200b: moyenne",
            "champ inconnu « answer[U+200B] » ; vouliez-vous « answer » ?",
        ),
    ],
)
def test_what_shows_nothing_is_shown(old: str, new: str, told: str) -> None:
    """Or a supervisor would be told to replace a name by the very same."""
    loaded = load_library(put("quizzes/essai.yaml", edited(DECK, old, new).encode()))
    assert any(line.endswith(told) for line in lines(loaded.problems)), lines(loaded.problems)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_once_and_read_as_it_was_meant(slip: str) -> None:
    """No term and no question is lost, and nothing is said of what follows from it."""
    text, expected = SLIPS[slip]
    loaded = load_library(put("quizzes/essai.yaml", text.encode()))
    assert lines(loaded.problems) == [f"quizzes/essai.yaml:{expected}"]
    deck = loaded.library.decks["essai"]
    assert {*deck.terms} == {"crm", "dmt", "dmc"}
    assert [question.id for question in deck.questions] == ["essai:unite", "essai:sigle"]
    assert deck.questions[1].answer == "moyenne"
    assert deck.title.startswith("Premiers jours")


NOTHING = "veut dire « rien » en YAML ; écrivez « id: … »"
LOSSES = {
    "null as an id": ("id: unite", "id: null", f"10:5: champ « id » vide, car « null » {NOTHING}"),
    "Null as an id": ("id: unite", "id: Null", f"10:5: champ « id » vide, car « Null » {NOTHING}"),
    "a tilde as an id": ("id: unite", "id: ~", f"10:5: champ « id » vide, car « ~ » {NOTHING}"),
    "an empty id": ("id: unite", "id:", "10:5: champ « id » vide ; écrivez « id: … »"),
    "capitals": ("title:", "Title:", "1:1: champ inconnu « Title » ; vouliez-vous « title » ?"),
    "an empty entry": (
        "  - id: unite",
        "  - {}\n  - id: unite",
        "10:5: champs « id », « prompt » et « answer » manquants ; "
        "ajoutez « id: … », « prompt: … », « answer: … »",
    ),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_what_cannot_be_read_as_meant_is_told_once_too(loss: str) -> None:
    """An entry or a file is lost; still there is no second line for the same cause."""
    old, new, expected = LOSSES[loss]
    loaded = load_library(put("quizzes/essai.yaml", edited(DECK, old, new).encode()))
    assert lines(loaded.problems) == [f"quizzes/essai.yaml:{expected}"]


DOUBTS = {
    "no brackets around options": (
        "wrong: [En euros, En appels]",
        "wrong: En euros, En appels",
        "13:12: attention : un seul texte avec une virgule ; pour plusieurs, écrivez « [En euros, En appels] », "
        "sinon mettez-le entre guillemets",
    ),
    "curly quotes": (
        "[En euros, En appels]",
        "[“En euros”, “En appels”]",
        "13:13: attention : guillemets “ ” gardés dans le texte ; retirez-les, ou mettez des guillemets droits",
    ),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_may_have_been_meant_is_only_doubted(doubt: str) -> None:
    """A text may have commas and curly quotes; in straight quotes, nobody asks."""
    old, new, expected = DOUBTS[doubt]
    deck = edited(DECK, old, new)
    assert lines(load_library(put("quizzes/essai.yaml", deck.encode())).problems) == [
        f"quizzes/essai.yaml:{expected}"
    ]
    quoted = edited(
        DECK, old, 'wrong: ["“En euros, ou en appels”"]' if "wrong" in old else '["En “euros”, soit"]'
    )
    assert load_library(put("quizzes/essai.yaml", quoted.encode())).problems == ()


def test_slips_that_look_alike_are_told_apart_by_trying() -> None:
    """A text that only looks like a slip stays as it is, when an error elsewhere makes the file be looked through."""
    note = "    explanation: >-\n      la règle\n      note:ceci, – id: cela\n"
    deck = edited(DECK, "    explanation: C’est une durée.\n", note)
    deck = edited(deck, "title: Premiers jours", "title: 'Premiers jours")
    loaded = load_library(put("quizzes/essai.yaml", deck.encode()))
    assert lines(loaded.problems) == ["quizzes/essai.yaml:1:8: guillemet jamais fermé ; fermez-le"]


def test_several_slips_are_told_one_line_each() -> None:
    """Each sort once, with how often; one that hides behind another is found as well."""
    deck = edited(DECK, "  - id: unite", "  -id: unite")
    deck = edited(deck, "    answer: En secondes", "    answer En secondes")
    deck = edited(deck, "    answer: moyenne", "    answer:moyenne")
    deck = edited(deck, "title: ", "title:")
    loaded = load_library(put("quizzes/essai.yaml", deck.encode()))
    assert [re.sub(" ;.*", "", line) for line in lines(loaded.problems)] == [
        "quizzes/essai.yaml:1:7: espace manquante après « : » (2 fois)",
        "quizzes/essai.yaml:10:4: espace manquante après « - »",
        "quizzes/essai.yaml:12:11: « : » manque après le nom du champ",
    ]
    assert len(loaded.library.decks["essai"].questions) == 2


def test_an_id_written_twice_in_one_entry_is_not_taken_for_two_entries() -> None:
    """Nothing else is there twice, so no dash is missing."""
    deck = edited(DECK, "  - id: unite\n", "  - id: unite\n    id: autre\n")
    found = lines(load_library(put("quizzes/essai.yaml", deck.encode())).problems)
    assert found == ["quizzes/essai.yaml:11:5: « id » écrit deux fois, lignes 10 et 11 ; gardez-en un"]


@pytest.mark.parametrize(
    ("glossary", "expected"),
    [
        (
            HEAD + DMT + DMC + edited(CRM, "id: crm", "id: null") + SCRIPT,
            "35:5: champ « id » vide, car « null »",
        ),
        (HEAD + DMT + DMC + edited(CRM, "- id: crm", "- null"), "35:5: élément vide, car « null »"),
        (
            HEAD + DMT + DMC + edited(CRM, "id: crm", "id: CRM"),
            "35:9: identifiant « CRM » non valide ; écrivez « crm »",
        ),
        (edited(GLOSSARY, "    name: Indicateurs\n", ""), "2:5: champ « name » manquant"),
        (edited(GLOSSARY, "id: indicateurs", "id: ~"), "2:5: champ « id » vide, car « ~ »"),
        (edited(GLOSSARY, "    name: Usage courant du métier\n", ""), "7:5: champ « name » manquant"),
        (
            edited(GLOSSARY, "  - id: crm", "    id: crm"),
            "35:3: « - » manque devant « id » ; écrivez « - id: crm »",
        ),
        (DECK, "1:1: c’est un paquet, pas un lexique ; mettez-le dans le dossier « quizzes »"),
    ],
)
def test_a_slip_in_the_glossary_is_not_told_again_where_its_name_is_used(
    glossary: str, expected: str
) -> None:
    """Neither by the terms of a family, nor by the decks that choose the term."""
    if "- null" in glossary:
        glossary = re.sub(r"  - null\n(?:    .*\n)+", "  - null\n", glossary)
    [line] = lines(load_library(put("terms.yaml", glossary.encode())).problems)
    assert line.startswith(f"terms.yaml:{expected}"), line


# Names


UNREAD = "fichier pas lu ; si c’est du contenu, renommez-le « essai.yaml », sinon rangez-le ailleurs"
NAMED = {
    "quizzes/essai.yaml.txt": "« .txt » de trop : ce fichier n’est pas lu ; renommez-le « essai.yaml »",
    "quizzes/essai.YML.TXT": "« .TXT » de trop : ce fichier n’est pas lu ; renommez-le « essai.YML »",
    "quizzes/essai.yaml.docx": "« .docx » de trop : ce fichier n’est pas lu ; renommez-le « essai.yaml »",
    "quizzes/essai.yaml.yaml": "nom de fichier « essai.yaml.yaml » non valide ; renommez-le « essai.yaml »",
    "quizzes/essai (1).yaml": "nom de fichier « essai (1).yaml » non valide ; renommez-le « essai-1.yaml »",
    "quizzes/essai.lnk": "raccourci, pas lu ; mettez ici le fichier lui-même",
    "quizzes/essai.txt": f"attention : {UNREAD}",
    "quizzes/essai": f"attention : {UNREAD}",
    "quizzes/essai.json": f"attention : {UNREAD}",
    "quizzes/essai.xlsx": "attention : fichier pas lu ; recopiez son texte dans un fichier en « .yaml », ou rangez-le ailleurs",
    "quizzes/~$essai.yaml": (
        "attention : « essai.yaml » est ouvert dans Word ou Excel ; fermez-le, et modifiez-le avec le Bloc-notes"
    ),
    "quizzes/premiers-jours.yml": "un autre fichier porte déjà le nom « premiers-jours » ; renommez celui-ci",
    "quizzes/Premiers-Jours.yaml": "un autre fichier porte déjà le nom « premiers-jours » ; renommez celui-ci",
    "terms.yml": "fichier pas lu : les termes sont dans « terms.yaml » ; gardez un seul fichier, sous ce nom",
    "Terms.YAML": "fichier pas lu : les termes sont dans « terms.yaml » ; gardez un seul fichier, sous ce nom",
    "terms (1).yaml": "fichier pas lu : les termes sont dans « terms.yaml » ; gardez un seul fichier, sous ce nom",
    "terms - Copie.yaml": "fichier pas lu : les termes sont dans « terms.yaml » ; gardez un seul fichier, sous ce nom",
    "terms.yaml.txt": "« .txt » de trop : ce fichier n’est pas lu ; « terms.yaml » existe déjà : gardez l’un des deux, "
    "rangez l’autre ailleurs",
    "terms.xlsx": "attention : fichier pas lu ; recopiez son texte dans un fichier en « .yaml », ou rangez-le ailleurs",
    "~$terms.yaml": (
        "attention : « terms.yaml » est ouvert dans Word ou Excel ; fermez-le, et modifiez-le avec le Bloc-notes"
    ),
    "essai.yaml": "fichier pas lu ici ; un paquet va dans le dossier « quizzes », des termes dans « terms.yaml »",
}
"""Files that are not read, or not as their authors think; and what is said of each."""


@pytest.mark.parametrize("name", NAMED)
def test_a_file_that_is_not_read_is_told(name: str) -> None:
    """By `check`, and where the application reads; with a cache as well, from the moment at which it appears."""
    root = write_content(Path("c"))
    Path("cache").mkdir()
    assert cache.load_library(root, Path("cache"), write).problems == ()
    (root / name).write_bytes(DECK.encode())
    if (root / "terms.yaml").read_bytes() == DECK.encode():
        pytest.skip("this disk does not tell capitals apart")
    expected = [f"{name}:1:1: {NAMED[name]}"]
    assert lines(check([root], root)) == expected
    assert lines(cache.load_library(root, Path("cache"), write).problems) == expected
    (root / name).unlink()
    assert cache.load_library(root, Path("cache"), write).problems == ()


def write(path: Path, data: bytes) -> None:
    """Write a cache."""
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("quizzes/semaine-1", "sous-dossier pas lu ; mettez ses paquets dans « quizzes »"),
        ("quizz", "dossier pas lu ; mettez ses paquets dans « quizzes »"),
        ("quizzes (1)", "dossier pas lu ; mettez ses paquets dans « quizzes »"),
        ("Paquets", "dossier pas lu ; mettez ses paquets dans « quizzes »"),
    ],
)
def test_a_folder_that_is_not_read_is_told(folder: str, expected: str) -> None:
    """Once, however much is in it."""
    root = write_content(Path("c"))
    (root / folder).mkdir()
    for name in ("a.yaml", "b.yaml"):
        (root / folder / name).write_text(DECK, encoding="utf-8")
    assert lines(load_library(root).problems) == [f"{folder}:1:1: {expected}"]


@pytest.mark.parametrize("name", ["essai.yml", "essai.YAML", "ESSAI.YAML", "Essai.Yml"])
def test_capitals_and_short_endings_are_read(name: str) -> None:
    """Windows shows no endings, and takes capitals for small letters."""
    loaded = load_library(put(f"quizzes/{name}", DECK.encode()))
    assert loaded.problems == ()
    assert loaded.library.decks["essai"].questions[0].id == "essai:unite"
    assert check([Path("c/quizzes") / name], Path("c")) == ()


@pytest.mark.parametrize("name", ["terms.yml", "TERMS.YAML", "Terms.yaml"])
def test_the_terms_are_found_under_any_of_their_names(name: str) -> None:
    """As long as there is one; and so are decks in a folder that is written in capitals."""
    root = write_content(Path("c"))
    (root / "terms.yaml").rename(root / name)
    (root / "quizzes").rename(root / "Quizzes")
    loaded = load_library(root)
    assert loaded.problems == ()
    assert (len(loaded.library.terms), list(loaded.library.decks)) == (4, ["premiers-jours"])
    assert check([root], Path("elsewhere")) == check([root / name], Path("elsewhere")) == ()


@pytest.mark.parametrize(
    "name",
    [
        *("essai.yaml~", ".essai.yaml.swp", "essai.yaml.bak", "essai.yaml.orig", "#essai.yaml#", "essai.tmp"),
        *(
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "._essai.yaml",
            ".~lock.essai.yaml#",
            "LISEZMOI.txt",
            "README.md",
        ),
    ],
)
def test_what_tools_and_systems_leave_behind_is_not_worth_a_word(name: str) -> None:
    """Neither among the decks nor beside the terms."""
    root = put(f"quizzes/{name}", b"\0\x01")
    (root / name).write_bytes(b"\0\x01")
    for folder in (".git", "__MACOSX"):
        (root / "quizzes" / folder).mkdir()
    assert load_library(root).problems == ()


def test_a_folder_without_a_deck_is_told_and_an_absent_one_is_not() -> None:
    """Somebody who made it waits for something; who did not may want the terms alone."""
    root = write_content(Path("c"), decks={})
    assert load_library(root).problems == ()
    (root / "quizzes").mkdir()
    assert lines(load_library(root).problems) == [
        "quizzes:1:1: attention : aucun paquet dans ce dossier ; mettez-y un fichier en « .yaml »"
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("essai.yaml.txt", "« .txt » de trop : ce fichier n’est pas lu ; renommez-le « essai.yaml »"),
        ("essai.docx", "fichier pas lu ; donnez-lui un nom en « .yaml »"),
        ("essai.yaml.bak", "« .bak » de trop : ce fichier n’est pas lu ; renommez-le « essai.yaml »"),
        (
            "~$essai.yaml",
            "attention : « essai.yaml » est ouvert dans Word ou Excel ; fermez-le, et modifiez-le avec le Bloc-notes",
        ),
    ],
)
def test_a_file_that_is_named_to_check_is_told_if_it_will_not_be_read(name: str, expected: str) -> None:
    """In one line: what is in it does not matter yet."""
    root = write_content(Path("c"))
    Path(name).write_bytes(b"\0")
    assert lines(check([Path(name)], root)) == [f"{name}:1:1: {expected}"]


def test_a_folder_of_drafts_may_hold_other_folders() -> None:
    """Its author named it to `check`; only where decks are looked for would those inside be missed."""
    root = write_content(Path("c"))
    drafts = Path("drafts")
    (drafts / "later").mkdir(parents=True)
    assert lines(check([drafts], root)) == [
        "drafts:1:1: ni terms.yaml ni fichier .yaml dans ce dossier ; vérifiez le chemin"
    ]
    (drafts / "essai.yaml").write_text(DECK, encoding="utf-8")
    assert check([drafts], root) == ()


def test_merge_marks_without_an_end_cost_no_line() -> None:
    """The marks go; what is left is read, and what is there twice is told."""
    deck = edited(DECK, "new_per_day: 5\n", "<<<<<<< HEAD\nnew_per_day: 5\n=======\n")
    loaded = load_library(put("quizzes/essai.yaml", deck.encode()))
    assert [re.sub(",.*", "", line) for line in lines(loaded.problems)] == [
        "quizzes/essai.yaml:8:1: marques de fusion de git"
    ]
    assert loaded.library.decks["essai"].new_per_day == 5


def test_every_field_is_known_to_those_who_look_for_slips() -> None:
    """A field with a new name would be missing there without anybody noticing."""
    shapes = [
        GLOSSARY_FILE,
        DECK_FILE,
        term_files._NAMED,
        term_files._TERM,
        deck_files._SELECT,
        deck_files._QUESTION,
    ]
    assert {name for shape in shapes for name in shape.names} == NAMES


def test_the_name_that_is_proposed_is_free(tmp_path: Path) -> None:
    """Whoever follows the advice overwrites no other deck."""
    content = write_content(tmp_path)
    deck = "title: Essai\nselect:\n  terms: [dmt]\n"
    for name in ("jour-03.yaml", "Jour-03-2.yml", "Jour 03.YAML"):
        (content / "quizzes" / name).write_text(deck, encoding="utf-8")
    told = [problem.message for problem in load_library(content).problems]
    assert "nom de fichier « Jour 03.YAML » non valide ; renommez-le « jour-03-3.yaml »" in told


def test_a_taken_name_is_proposed_to_no_other_file(tmp_path: Path) -> None:
    """The copy that an editor made of a deck beside it."""
    content = write_content(tmp_path)
    deck = "title: Essai\nselect:\n  terms: [dmt]\n"
    for name in ("jour-03.yaml", "jour-03.yaml.txt", "jour-03.txt"):
        (content / "quizzes" / name).write_text(deck, encoding="utf-8")
    told = [problem.message for problem in load_library(content).problems]
    taken = "« jour-03.yaml » existe déjà : gardez l’un des deux, rangez l’autre ailleurs"
    assert f"« .txt » de trop : ce fichier n’est pas lu ; {taken}" in told
    assert f"fichier pas lu ; {taken}" in told
