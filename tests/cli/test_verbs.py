"""Every verb of the command line: what it prints, where, and its exit code; the last ones as real processes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest

from tests.helpers import PATIENCE, ROOT
from tests.helpers.answering import answer, go_on
from tests.helpers.content import write_content
from tests.helpers.desk import Desk
from tests.helpers.journals import facts_under
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.processes import environment, run, warm
from tests.helpers.screens import on_screen
from tests.helpers.verbs import printed
from tests.helpers.world import drilling, known, services
from trainer.cli import main as cli
from trainer.cli.main import main
from trainer.glossary.decks import Format
from trainer.launch import COMPLETION, Places, without_verb
from trainer.places import shipped_content
from trainer.screens.drill import DrillScreen

VERBS = tuple(
    "backup check data decks drill journal optimize questions restore stats suggestions terms".split()
)
ENGLISH = re.compile(
    r"\b(Usage|Error|Options? (?:is|are)|Show|Invalid|Missing|No such|Try|Commands|default|Got|not|required|COMMAND|ARGS)\b"
)


@pytest.fixture(autouse=True)
def private_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No verb may touch the data of the person who runs the tests; most have a folder that was used before."""
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    warm(tmp_path / "data")
    monkeypatch.delenv("TRAINER_CONTENT", raising=False)


Capture = pytest.CaptureFixture[str]


def refused(capsys: Capture, *arguments: str) -> str:
    """The one line on stderr of a verb that is called wrongly."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Erreur : ")
    assert err.count("\n") == 1
    assert not ENGLISH.search(err), err
    return err


# check


def test_the_shipped_content_has_no_problem(capsys: Capture) -> None:
    """`check` says nothing of the content that comes with the product."""
    assert printed(capsys, "check") == ""


FAULTS: Mapping[str, tuple[bytes, int, tuple[str, ...]]] = {
    "doublon.yaml": (b"title: Un\ntitle: Deux\nselect:\n  terms: [dmt]\n", 2, ("title",)),
    "inconnu.yaml": (b"title: Un\nselct:\n  terms: [dmt]\n", 2, ("selct", "select")),
    "lettres.yaml": (b"title: Un\nselect:\n  terms: [dmc, dtm]\n", 3, ("dtm", "dmt")),
    "tabulation.yaml": (b"title: Un\nselect:\n\tterms: [dmt]\n", 3, ("tabulation",)),
    "ancien.yaml": ("title: Un\ndescription: Été\nselect:\n  terms: [dmt]\n".encode("cp1252"), 2, ("UTF-8",)),
    "vide.yaml": (b"", 1, ("vide",)),
}


def test_each_fault_has_its_line_and_what_to_write(tmp_path: Path, capsys: Capture) -> None:
    """Six faulty decks beside the shipped ones: a French line each at the right place, exit 1, nothing on the others."""
    content = tmp_path / "contenu"
    shutil.copytree(shipped_content(), content)
    for name, (data, _, _) in FAULTS.items():
        (content / "quizzes" / name).write_bytes(data)
    assert main(["check", str(content)]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    for line in out.splitlines():
        assert re.match(r"\S+:\d+:\d+: \S", line), line
    assert {line.split("quizzes/")[1].split(":")[0] for line in out.splitlines()} == set(FAULTS)
    for name, (_, number, words) in FAULTS.items():
        line = next(line for line in out.splitlines() if f"/{name}:{number}:" in line)
        assert all(word in line for word in words), line
    assert main(["decks", "--content", str(content)]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= len(shipped().decks)


def test_a_used_folder_spares_a_verb_the_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests take for a folder used before is one, or everything here would be read anew each time."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delattr("trainer.content.library.load_library")
    assert main(["terms", "dmt"]) == 0


def test_a_path_that_does_not_exist_is_a_problem(tmp_path: Path, capsys: Capture) -> None:
    """`check` of nothing says so, instead of succeeding."""
    assert main(["check", str(tmp_path / "rien.yaml")]) == 1
    assert "absent" in capsys.readouterr().out


# terms, decks, stats


def test_terms_are_found_without_accents(capsys: Capture) -> None:
    """The same terms as text and as JSON, whether accents are written or not."""
    plain = printed(capsys, "terms", "teleconseiller")
    assert plain == printed(capsys, "terms", "Téléconseiller")
    assert plain.startswith("Téléconseiller : ")
    found = json.loads(printed(capsys, "terms", "teleconseiller", "--json"))
    assert len(found) == len(plain.splitlines())


def test_all_terms_as_json(capsys: Capture) -> None:
    """Each term by its id, with its texts and without empty fields."""
    found = json.loads(printed(capsys, "terms", "--json"))
    assert {term["id"] for term in found} == set(shipped().terms)
    dmt = next(term for term in found if term["id"] == "dmt")
    assert (dmt["acronym"], dmt["expansion"]) == ("DMT", "Durée moyenne de traitement")
    assert all(value not in ("", [], None) for term in found for value in term.values())


def test_a_search_that_finds_nothing_says_so_on_stderr(capsys: Capture) -> None:
    """Nothing on stdout, one line on stderr; as JSON, an empty list."""
    assert main(["terms", "zzzz"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Aucun terme ne contient « zzzz ».\n")
    assert printed(capsys, "terms", "zzzz", "--json") == "[]\n"


def test_decks_as_text_and_as_json(capsys: Capture) -> None:
    """Every deck with its id, its title and what it holds."""
    found = json.loads(printed(capsys, "decks", "--json"))
    assert [deck["id"] for deck in found] == list(shipped().decks)
    assert {frozenset(deck) for deck in found} == {
        frozenset({"id", "title", "description", "terms", "questions", "drills"})
    }
    lines = printed(capsys, "decks").splitlines()
    for deck, line in zip(found, lines, strict=True):
        content = f"({len(deck['terms'])} termes, {len(deck['questions'])} questions)"
        assert line == f"{deck['id']} : {deck['title']} {content}"


async def test_stats_tell_what_was_answered(tmp_path: Path, capsys: Capture) -> None:
    """Figures of nobody are noughts; after two answers they are counted, card by card, for that learner alone."""
    nobody = json.loads(printed(capsys, "stats", "--json"))
    assert (nobody["answers"], nobody["cards"], nobody["learner"]) == (0, {}, "")
    bag = services(tmp_path / "data")
    deck = small_deck(shipped(), "superviseur", "prospect", drills=[Format.CHOICE])
    async with drilling(bag, deck).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await go_on(pilot, screen)
        await answer(pilot, screen, right=False)
    figures = json.loads(printed(capsys, "stats", "--json", "--learner", "Zoé"))
    assert (figures["learner"], figures["answers"], figures["right"]) == ("Zoé", 2, 1)
    tallies = {card: (each["answers"], each["right"]) for card, each in figures["cards"].items()}
    assert sorted(tallies.values()) == [(1, 0), (1, 1)]
    assert {card.split("/")[0] for card in tallies} == {"superviseur", "prospect"}
    assert {"due", "streak", "days", "standings", "recall", "ahead", "leeches"} < set(figures)
    assert "2 réponses" in printed(capsys, "stats", "--learner", "ZOÉ")
    assert "rien n’est gardé sous le nom « Ali »" in refused(capsys, "stats", "--learner", "Ali")
    known(tmp_path / "data", "Léa")
    assert "dites de qui il s’agit" in refused(capsys, "stats")


# questions


def questions(capsys: Capture, *arguments: str) -> list[dict[str, Any]]:
    """The questions that the verb prints as JSON."""
    found = json.loads(printed(capsys, "questions", "--json", *arguments))
    assert isinstance(found, list)
    return found


COMMON = {"id", "format", "facet", "term", "deck", "prompt"}


def test_choices_as_json(capsys: Capture) -> None:
    """A choice holds its options, each with its text and its term, and the index of the answer."""
    found = questions(capsys, "--format", "choice")
    assert len(found) > 200
    for question in found:
        assert set(question) == COMMON | {"options", "answer"}
        assert all(set(option) == {"text", "term"} for option in question["options"])
        right = question["options"][question["answer"]]
        assert right["term"] == question["term"]
        assert len({option["text"] for option in question["options"]}) == len(question["options"]) >= 2
        assert question["prompt"]
    assert {question["facet"] for question in found} >= {"meaning", "naming", "question"}


def test_recalls_as_json(capsys: Capture) -> None:
    """A recall holds the accepted texts, and is about a term unless it was written by hand."""
    found = questions(capsys, "--format", "recall")
    assert len(found) > 200
    for question in found:
        assert set(question) == COMMON | {"accepted"}
        assert question["accepted"]
        assert all(isinstance(text, str) and text for text in question["accepted"])
        assert (question["term"] is None) is (question["facet"] == "question")


def test_boards_as_json(capsys: Capture) -> None:
    """A board holds pairs of an acronym and its expansion, and expansions that belong to none."""
    found = questions(capsys, "--format", "match", "--count", "3")
    assert len(found) == 3
    for question in found:
        assert set(question) == COMMON | {"pairs", "extra"}
        assert [len(pair) for pair in question["pairs"]] == [2] * 6
        assert len(question["extra"]) == 2
        assert not set(question["extra"]) & {expansion for _, expansion in question["pairs"]}


def test_the_same_seed_prints_the_same_bytes(capsys: Capture) -> None:
    """A seed fixes every character, another one changes them, and none is the seed 0."""
    first = printed(capsys, "questions", "--json", "--seed", "4", "--count", "30")
    assert first == printed(capsys, "questions", "--json", "--seed", "4", "--count", "30")
    assert first != printed(capsys, "questions", "--json", "--seed", "5", "--count", "30")
    options = [
        questions(capsys, "--deck", "sigles", "--format", "choice", "--facet", "naming", *seed)
        for seed in ((), ("--seed", "5"))
    ]
    assert [each["id"] for each in options[0]] == [each["id"] for each in options[1]]
    assert [each["options"] for each in options[0]] != [each["options"] for each in options[1]]
    assert printed(capsys, "questions", "--count", "9") == printed(
        capsys, "questions", "--seed", "0", "--count", "9"
    )


@pytest.mark.parametrize("count", [1, 7, 400])
def test_count_is_how_many(capsys: Capture, count: int) -> None:
    """As many questions as asked, more than there are subjects too."""
    assert len(questions(capsys, "--count", str(count))) == count


def test_questions_of_a_deck_and_a_facet(capsys: Capture) -> None:
    """`--deck` and `--facet` leave out what they do not name."""
    found = questions(capsys, "--deck", "sigles", "--facet", "expansion", "--format", "recall")
    assert found
    assert {question["term"] for question in found} <= set(shipped().decks["sigles"].terms)
    assert {(question["facet"], question["deck"]) for question in found} == {("expansion", "sigles")}


def test_questions_as_text_mark_the_answer(capsys: Capture) -> None:
    """For people: one ✓ a choice, before the right option."""
    found = questions(capsys, "--format", "choice", "--count", "5")
    blocks = printed(capsys, "questions", "--format", "choice", "--count", "5").strip().split("\n\n")
    assert len(blocks) == 5
    for block, question in zip(blocks, found, strict=True):
        marked = [line for line in block.splitlines() if line.startswith("  ✓ ")]
        assert marked == [f"  ✓ {question['options'][question['answer']]['text']}"]


# What is refused


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("drill", "--deck", "zut", "--plain"), "paquet inconnu : « zut ». Paquets : "),
        (("questions", "--deck", "sigle"), "sigles"),
        (("zut",), "commande inconnue : « zut ». Commandes : backup, check, data,"),
        (("--zut",), "option inconnue : --zut"),
        (("stats", "--jsn"), "vouliez-vous --json ?"),
        (("drill", "--format", "zut"), "--format : attendu flashcard, choice, recall, match."),
        (("questions", "--facet", "zut"), "--facet : attendu meaning, naming, expansion."),
        (("questions", "--count", "0"), "--count : attendu un nombre entier, de 1 à 10000."),
        (("questions", "--count", str(2**63)), "--count : attendu un nombre entier, de 1 à 10000."),
        (("questions", "--count", "x"), "--count : attendu un nombre entier"),
        (("questions", "--count"), "--count attend une valeur"),
        (("questions", "--seed", "x"), "--seed : attendu un nombre entier."),
        (("data", "retention", "5000"), "[MOIS] : attendu un nombre entier, de 0 à 1200."),
        (("--data",), "--data attend une valeur"),
        (("decks", "zut"), "de trop : « zut ». Voyez « trainer decks --help »."),
        (("backup", "a", "b", "c"), "de trop : « b », « c »."),
        (("drill", "--confusions", "--deck", "zut"), "--confusions se passe de"),
        (("journal",), "il manque une commande : rebuild, verify."),
        (("journal", "--learner", "Zoé"), "il manque une commande : rebuild, verify."),
        (("journal", "zut"), "Commandes : rebuild, verify."),
        (("backup",), "il manque FICHIER.zip."),
        (("stats", "--json=oui"), "l’option --json s’écrit sans valeur."),
        (("stats", "--help=oui"), "l’option --help s’écrit sans valeur."),
        (("questions", "--deck", "\x1b]0;vol\x07zut"), "zut"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_one_french_line(
    capsys: Capture, arguments: tuple[str, ...], expected: str
) -> None:
    """What is wrong and what would be right, on stderr, with exit code 2 and without a traceback."""
    line = refused(capsys, *arguments)
    assert expected in line
    assert "\x1b" not in line


def test_what_a_later_parser_refuses_is_told_in_french(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has met the error: a French line with a way on, and the original in brackets."""

    def invented(*arguments: object, **options: object) -> None:
        raise click.UsageError(
            "Verbs are\nno longer welcome.", click.Context(cli.trainer, info_name="trainer")
        )

    monkeypatch.setattr(verb("decks"), "callback", invented)
    assert main(["decks"]) == 2
    assert capsys.readouterr().err == (
        "Erreur : ligne de commande non comprise ; voyez « trainer --help » (Verbs are no longer welcome.)\n"
    )


@pytest.mark.parametrize("arguments", [(), ("drill",), ("--learner", "Zoé", "drill")], ids=str)
def test_the_app_without_a_terminal_names_the_line_mode(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """One line naming `--plain`, exit 2, and nothing on disk."""
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "none"))
    assert "--plain" in refused(capsys, *arguments)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), Places()),
        (("--learner", "Zoé"), Places("Zoé")),
        (("--data", "d", "--learner", "Ali", "--learner", "Zoé"), Places("Zoé", "d")),
        (("--content", "c", "--data", ""), Places(None, "", "c")),
        (("stats",), None),
        (("--learner", "Zoé", "stats"), None),
        (("--learner",), None),
        (("--learner=Zoé",), None),
        (("--help",), None),
        (("drill", "--plain"), None),
    ],
    ids=str,
)
def test_a_start_without_a_verb_needs_no_parser(
    arguments: tuple[str, ...], expected: Places | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options with their values are read as the parser would; anything else, and completion, is left to it."""
    assert without_verb(arguments) == expected
    monkeypatch.setenv(COMPLETION, "bash_source")
    assert without_verb(arguments) is None


# Options and help


@pytest.mark.parametrize("option", ["--learner", "--data", "--content"])
def test_options_may_stand_before_and_after_the_verb(tmp_path: Path, capsys: Capture, option: str) -> None:
    """Whose data and which content may be said on either side of the verb; after it wins."""
    write_content(tmp_path)
    value, other = ("Zoé", "Ali") if option == "--learner" else (str(tmp_path), str(tmp_path / "ailleurs"))
    verb = ("terms", "--json") if option == "--content" else ("stats", "--json")
    before = main([option, value, *verb]), capsys.readouterr().out
    after = main([*verb, option, value]), capsys.readouterr().out
    both = main([option, other, *verb, option, value]), capsys.readouterr().out
    assert before == after == both
    assert before[0] == 0
    if option == "--learner":
        assert json.loads(before[1])["learner"] == "Zoé"
    if option == "--content":
        assert len(json.loads(before[1])) == 4


def verb(name: str) -> click.Command:
    """The verb of that name."""
    found = cli.trainer.get_command(click.Context(cli.trainer), name)
    assert found is not None
    return found


def commands() -> list[click.Command]:
    """The group and every verb."""
    return [cli.trainer, *map(verb, VERBS)]


def test_every_verb_is_tested_here() -> None:
    """A new verb fails this test until it is added."""
    assert set(cli.trainer.list_commands(click.Context(cli.trainer))) == set(VERBS)


@pytest.mark.parametrize("arguments", [(), *((verb,) for verb in VERBS)], ids=str)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_in_french(capsys: Capture, arguments: tuple[str, ...], option: str) -> None:
    """Help of the program and of each verb: French headings, a sense for each option, no English left."""
    text = printed(capsys, *arguments, option)
    assert text.startswith("Utilisation : trainer")
    assert not ENGLISH.search(text.replace("Options:", "")), text
    command = verb(arguments[0]) if arguments else cli.trainer
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
            assert param.opts[0] in text


def test_every_verb_and_option_stands_in_the_manuals() -> None:
    """What the command line understands is written where people look: in the page of all, and each verb in a manual."""
    pages = ("commandes", "apprenants", "superviseurs")
    all_of_them, *manuals = ((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8") for page in pages)
    for command in commands():
        if command is not cli.trainer:
            assert f"`trainer {command.name}`" in all_of_them
            assert any(f"`trainer {command.name}" in manual for manual in manuals)
        for param in command.params:
            if isinstance(param, click.Option):
                assert all(option in all_of_them for option in param.opts), param.opts
                assert any(param.opts[0] in manual for manual in manuals), param.opts


# Real processes


def test_the_version_is_told_at_once(tmp_path: Path) -> None:
    """That of the installed package, before any other option is looked at, and without Textual."""
    told = f"trainer {version('trainer')}\n"
    assert re.fullmatch(r"trainer \d+\.\d+\.\d+\n", told)
    script = (
        "import sys; from trainer.cli.main import main; code = main(sys.argv[1:]);"
        " sys.exit(code or 'textual' in sys.modules or 'yaml' in sys.modules)"
    )
    for command in (("-m", "trainer"), ("-c", script)):
        done = subprocess.run(
            [sys.executable, *command, "--content", str(tmp_path / "nowhere"), "--version"],
            capture_output=True,
            env=environment(tmp_path / "none"),
            cwd=ROOT,
            timeout=PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stdout.decode(), done.stderr) == (0, told, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_real_process_speaks_utf8_and_starts_without_textual(tmp_path: Path) -> None:
    """`python -m trainer terms` writes UTF-8 whatever the locale; errors of a real process have no traceback."""
    done = run("terms", "teleconseiller", data=tmp_path, LANG="C", LC_ALL="C", PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").startswith("Téléconseiller : ")
    wrong = run("drill", "--deck", "zut", "--plain", data=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert wrong.stderr.decode().count("\n") == 1


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """`trainer questions --json | head -1` prints its line and no traceback."""
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m trainer questions --json | head -1'],
        capture_output=True,
        env=environment(tmp_path),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"[\n", b"")


def test_a_killed_session_has_kept_every_answer_whose_verdict_was_shown(tmp_path: Path) -> None:
    """kill -9 in mid-session: a new process counts each answer that the learner saw judged."""
    shown = 3
    with Desk(tmp_path, "drill", "--format", "choice", "--learner", "Zoé") as terminal:
        for number in range(shown):
            terminal.wait_for("Je ne sais pas")
            terminal.press("é" if number else "1")
            terminal.wait_for("✓ Juste", "✗ Faux")
            if number < shown - 1:
                terminal.wait_for("Continuer")
                terminal.press("\r")
        terminal.kill()
    figures = json.loads(run("stats", "--json", "--learner", "Zoé", data=tmp_path).stdout)
    assert figures["answers"] == len(figures["cards"]) == shown
    assert len(facts_under(tmp_path)) == shown
