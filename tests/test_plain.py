"""The line mode: the same drills on two streams of text."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from tests.helpers.hostile import BRIEF, FORBIDDEN, MARKUP, library_of
from tests.helpers.journals import facts_under, journal
from tests.helpers.libraries import SIX, shipped, small_deck
from tests.helpers.line_mode import DIGITS, Learner, played
from tests.helpers.processes import run, warm
from tests.helpers.world import known, services
from trainer.cli.main import main
from trainer.drills.game import Game
from trainer.drills.session import Session
from trainer.drills.shapes import Pick
from trainer.glossary.decks import Deck, Format
from trainer.memory.opening import Opening
from trainer.memory.reviews import Rating
from trainer.services import Services

TERMS = ("appel-entrant", "appel-sortant", "superviseur", "prospect")
AZERTY = "&é\"'(-è_"
CAPS = "&É\"'(-È_"
"""The same under Caps Lock, as Linux sends it; Windows sends digits."""


def begun(tmp_path: Path, deck: Deck, seed: str = "7") -> tuple[Services, Session]:
    """A learner at the start of a session of a deck."""
    bag = services(tmp_path, seed=seed)
    return bag, bag.starter().session(deck)


def dealt(tmp_path: Path, *ids: str, seed: str = "7") -> tuple[Services, Game]:
    """A learner at the start of a game with some acronyms."""
    bag = services(tmp_path, seed=seed)
    return bag, bag.starter().game(deck_of(Format.MATCH, *ids))


def deck_of(form: Format, *ids: str) -> Deck:
    """A deck of one drill."""
    return small_deck(shipped(), *(ids or TERMS), drills=[form])


@pytest.mark.parametrize("row", [DIGITS, AZERTY, CAPS], ids=["digits", "azerty", "caps"])
def test_a_whole_session_of_every_drill(tmp_path: Path, row: str) -> None:
    """All right, by digits or by the unshifted keys of an AZERTY row: every answer said, counted and on disk."""
    ids = (*TERMS, "svi", "acd", "cti", "voip", "ipbx", "dmt")
    bag, session = begun(tmp_path, small_deck(shipped(), *ids))
    said = played(bag, session, Learner(session, row=row))
    assert session.is_over
    answers, replies = len(session.log), len(session.answered)
    assert f"{replies} réponses, {replies} justes (100 %)." in said
    assert "Jeu des sigles, premier coup : 6 sur 6.\nVotre record : 6 sur 6. C’est cette partie !" in said
    assert said.count("✓ Juste") == answers == len(journal(bag))
    assert {fact["format"] for fact in journal(bag)} >= {"choice", "recall", "match"}
    assert {fact["card"].split("/")[0] for fact in journal(bag)} == set(ids)


def test_a_whole_session_of_cards(tmp_path: Path) -> None:
    """Cards are turned by Enter, graded by a number, and each grade tells its delay."""
    bag, session = begun(tmp_path, deck_of(Format.FLASHCARD))
    said = played(bag, session, Learner(session))
    assert said.count("1 À revoir (dans cette séance) ; 2 Difficile (") == len(TERMS)
    assert [fact["rating"] for fact in journal(bag)] == [Rating.GOOD] * len(TERMS)


@pytest.mark.parametrize(
    ("mark", "right", "told"),
    [(100, True, "100 % : atteint"), (1, False, "1 % : pas encore atteint"), (None, True, "")],
)
def test_the_pass_mark_is_told(tmp_path: Path, mark: int | None, right: bool, told: str) -> None:
    """In the words of the screen, after the figures; not a word of it where the deck has none, or nothing was answered."""
    bag = services(tmp_path)
    deck = deck_of(Format.CHOICE, "superviseur")._replace(pass_mark=mark)
    session = bag.starter().session(deck)
    said = played(bag, session, Learner(session, right=right)).replace("\u00a0", " ")
    assert (f"Seuil de réussite, {told}." in said) is bool(told)
    assert ("Seuil" in said) is bool(told)
    assert "Seuil" not in played(bag, bag.starter().session(deck), "q\n")


def test_a_wrong_choice_is_explained_and_comes_back(tmp_path: Path) -> None:
    """The verdict, the right definition, what the wrong choice really is; and the card again before the end."""
    bag, session = begun(tmp_path, deck_of(Format.CHOICE, "superviseur"))
    question = session.question
    assert isinstance(question, Pick)
    mistaken = shipped().terms[question.options[(question.answer + 1) % len(question.options)].term]
    said = played(bag, session, Learner(session, right=False))
    assert "✗ Faux" in said
    assert f"Votre réponse, « {mistaken.term} » : {mistaken.definition}" in said
    assert said.count("Question ") == len(journal(bag)) == 3
    assert "3 réponses, 0 juste (0 %)." in said


def test_a_number_that_is_not_offered_is_asked_again(tmp_path: Path) -> None:
    """Too great, zero, words, huge or foreign numbers: the range is told, and nothing is recorded."""
    bag, session = begun(tmp_path, deck_of(Format.FLASHCARD, "superviseur"))
    odd = ("9", "0", "oui", "-1", "1.5", "²", "", "9" * 5000)
    said = played(bag, session, "\n".join(["", *odd, "3", ""]))
    assert said.count("Tapez un nombre de 1 à 4.") == len(odd)
    assert [fact["rating"] for fact in journal(bag)] == [Rating.GOOD]


@pytest.mark.parametrize(
    "lines", ["q\n2\n", "Q\n2\n", "", "1\nq\n", "1\n"], ids=["q", "Q", "end", "1 then q", "1 then end"]
)
def test_q_and_the_end_of_input_stop_and_keep_the_answers(tmp_path: Path, lines: str) -> None:
    """What was answered before q, or before the input ended, is kept and counted."""
    bag, session = begun(tmp_path, deck_of(Format.CHOICE))
    said = played(bag, session, lines)
    given = lines.count("1")
    assert "Séance arrêtée : vos réponses sont gardées." in said
    assert ("1 réponse, " if given else "Aucune réponse cette fois.") in said
    assert len(journal(bag)) == given


@pytest.mark.parametrize("text", ["?", "0", "à", "À"])
def test_not_knowing_may_be_said_in_a_choice(tmp_path: Path, text: str) -> None:
    """A question mark, a zero or its AZERTY key show the answer."""
    bag, session = begun(tmp_path, deck_of(Format.CHOICE, "superviseur"))
    assert "✗ Pas encore su" in played(bag, session, f"{text}\nq\n")
    assert [fact["rating"] for fact in journal(bag)] == [Rating.AGAIN]


def test_a_line_without_end_is_no_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whatever sends it, only its beginning is read; what was answered before is kept."""
    endless = StringIO("1\n" + "\0" * 100_000)
    monkeypatch.setattr("sys.stdin", endless)
    known(tmp_path, "Zoé")
    assert main(["drill", "--plain", "--deck", "sigles", "--format", "choice", "--data", str(tmp_path)]) == 2
    assert "plus de 10000 caractères" in capsys.readouterr().err
    assert len(endless.read()) > 80_000
    assert len(facts_under(tmp_path)) == 1


@pytest.mark.parametrize("form", [Format.CHOICE, Format.RECALL, Format.MATCH])
def test_enter_alone_answers_nothing(tmp_path: Path, form: Format) -> None:
    """It may have been meant for what came before, while a slow disk was saving."""
    bag = services(tmp_path)
    said = played(bag, bag.starter().opened(Opening(deck_of(form, *SIX))), "\n\n \nq\n")
    assert said.count("ou ? si vous ne savez pas.") == 3
    assert journal(bag) == []


def test_a_vague_answer_gives_another_try(tmp_path: Path) -> None:
    """Part of the answer records nothing; the whole one after it is «Difficile»."""
    bag, session = begun(tmp_path, deck_of(Format.RECALL, "appel-sortant"))
    said = played(bag, session, "appel\nappel sortant\n")
    assert "C’est un début : soyez plus précis." in said
    assert [(fact["answer"], fact["rating"]) for fact in journal(bag)] == [("appel sortant", Rating.HARD)]


def test_a_board_tells_wrong_pairs_and_gives_the_sense_on_demand(tmp_path: Path) -> None:
    """A wrong expansion is explained and the acronym asked again; a question mark gives its sense."""
    bag, game = dealt(tmp_path, *SIX)
    board = game.board
    assert board is not None
    first, second = board.pairs[:2]
    wrong = board.expansions.index(second) + 1
    said = played(bag, game, f"{wrong}\n?\nq\n")
    assert f"« {second.expansion} » est le sens de {second.acronym}." in said
    assert said.count(f"{first.acronym} ?") == 2
    assert f"{first.acronym} : {first.expansion}" in said
    assert len(journal(bag)) == 2


@pytest.mark.parametrize("again", ["l", "L"])
def test_a_board_reads_out_what_is_left_and_takes_no_sense_twice(tmp_path: Path, again: str) -> None:
    """«l» lists the senses that are still free under their first numbers; a sense already given away is no mistake."""
    bag, game = dealt(tmp_path, *SIX)
    board = game.board
    assert board is not None
    first = board.expansions.index(board.pairs[0]) + 1
    second = board.expansions.index(board.pairs[1]) + 1
    said = played(bag, game, f"{first}\n{first}\n{again}\n{second}\nq\n")
    assert said.count(f"  {first}. {board.pairs[0].expansion}\n") == 1
    assert said.count(f"  {second}. {board.pairs[1].expansion}\n") == 2
    assert "Ce sens a déjà son sigle." in said
    assert [fact["correct"] for fact in journal(bag)] == [True, True]


def test_a_game_tells_its_score_and_the_record(tmp_path: Path) -> None:
    """Each board and the game tell the first tries; «o» plays on, and the better game of the two is the record."""
    bag, game = dealt(tmp_path, *SIX)
    board = game.board
    assert board is not None
    right = [board.expansions.index(pair) + 1 for pair in board.pairs]
    said = played(bag, game, "\n".join(map(str, [right[1], *right, "o", "q", ""])))
    assert said.startswith("Jeu des sigles : Essai.")
    assert "6 paires sur 6, 1 erreur. Premier coup : 5 sur 6.\n" in said
    assert "Votre record : 5 sur 6. C’est cette partie !" in said
    assert "Encore une partie (les mêmes sigles, faute d’autres) ? o pour oui : " in said
    assert said.count("Sigles · 0 paire sur 6. Associez") == 2
    assert "Séance arrêtée : vos réponses sont gardées." in said
    assert " s." not in said


def test_another_game_line_by_line_asks_other_acronyms(tmp_path: Path) -> None:
    """With a glossary full of acronyms none comes back in the game that follows; the time is told if it was asked for."""
    bag = services(tmp_path)
    game = bag.starter().game(shipped().everything, timed=True)
    said = played(bag, game, "?\n" * 18 + "oui\n" + "?\n" * 18 + "non\n")
    assert said.count("Encore une partie (18 autres sigles) ?") == 2
    acronyms = [line.removesuffix(" ?") for line in said.splitlines() if line.endswith(" ?")]
    assert len(acronyms) == len(set(acronyms)) == 36
    assert journal(bag) == []
    other = services(tmp_path, seed="9")
    game = other.starter().game(deck_of(Format.MATCH, *SIX), timed=True)
    assert "Premier coup : 6 sur 6, en " in played(other, game, Learner(game))


def test_a_deck_with_too_few_acronyms_has_no_game(tmp_path: Path) -> None:
    """It is said, nothing is asked."""
    bag, game = dealt(tmp_path, "svi", "acd")
    said = played(bag, game, "o\n")
    assert "« Essai » n’a pas assez de sigles pour jouer : il en faut au moins six." in said
    assert "Encore" not in said


@pytest.mark.parametrize("timer", [True, False])
def test_the_time_of_a_piped_game_is_told_on_demand(tmp_path: Path, timer: bool) -> None:
    """`trainer drill --plain --format match --timer` plays from a pipe and ends well when the input does."""
    options = ("--timer",) if timer else ()
    lines = b"".join(b"%d\n" % number for number in (1, 2, 3, 4, 5, 6, 7, 8)) * 18
    done = run(
        *("drill", "--plain", "--format", "match", "--learner", "Zo\u00e9", *options),
        data=tmp_path,
        lines=lines,
    )
    said = done.stdout.decode()
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert said.count("6 paires sur 6") == 3
    assert ("sur 18, en " in said) is timer
    assert "Encore une partie (18 autres sigles) ?" in said


def test_the_next_session_asks_what_was_failed(tmp_path: Path) -> None:
    """Failures of one session are due in the next one of the same day."""
    bag, session = begun(tmp_path, deck_of(Format.RECALL, "superviseur"))
    played(bag, session, "?\nq\n")
    bag.store.close()
    again = services(tmp_path)
    assert [card.subject for card in again.plan(deck_of(Format.RECALL, "superviseur")).due] == ["superviseur"]


@pytest.mark.parametrize("form", list(Format))
def test_hostile_content_sends_no_control_characters(tmp_path: Path, form: Format) -> None:
    """Content is printed as it is, brackets and all, without anything that a terminal would obey."""
    library = library_of("dmt", "dmc", "asa", "dma", "svi", "acd", "cti", "voip", "ipbx", "pabx")
    bag = services(tmp_path, f"Zoé{BRIEF}", library)
    session = bag.starter().session(library.decks["piege"], (form,))
    said = played(bag, session, "\n1\n1\n1\n\n2\n2\n2\n2\n2\n2\n?\n?\n")
    assert MARKUP in said
    assert not FORBIDDEN & set(said)
    assert all(
        char.isprintable() or char == "\n" for char in said.replace("\u202f", " ").replace("\u00a0", " ")
    )


def test_an_answer_that_is_not_saved_is_told_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that fails does not stop the session: a warning on stderr for each answer, the verdict as ever."""
    bag, session = begun(tmp_path, deck_of(Format.CHOICE))
    bag.learner.folder.mkdir(parents=True)
    (bag.learner.folder / "journal").write_bytes(b"")
    said = played(bag, session, "1\n1\nq\n")
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert all(line.startswith("Attention : Enregistrement impossible dans ") for line in told)
    assert "2 réponses" in said
    (bag.learner.folder / "journal").unlink()
    bag.store.close()
    assert len(journal(bag)) == 2


def test_a_real_pipe_plays_a_session(tmp_path: Path) -> None:
    """`trainer drill --plain` reads answers from a pipe, even ill-encoded ones, and leaves them in the journal."""
    lines = b"1\n" + b"\xe9\n" + "é\n&\nq\n".encode()
    done = run(
        *("drill", "--plain", "--format", "choice", "--learner", "Zoé"),
        data=tmp_path,
        lines=lines,
        PYTHONIOENCODING="utf-8:strict",
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert "3 réponses" in done.stdout.decode()
    assert len(facts_under(tmp_path)) == 3


@pytest.mark.parametrize(
    ("names", "chosen", "said"),
    [
        ((), (), ""),
        (("Zoé",), (), "Réponses de Zoé ; pour un autre nom"),
        (("Ali", "Zoé"), (), "Réponses de personne en particulier ; pour votre nom"),
        (("Ali", "Zoé"), ("--learner", "zoé"), ""),
        (
            ("Ali", "Zoé"),
            ("--learner", "ZOE"),
            "Réponses de ZOE, un nouveau nom ici ; si ce n’est pas le vôtre",
        ),
    ],
)
def test_whose_answers_they_are_is_said_where_nobody_gave_a_name(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[str, ...],
    chosen: tuple[str, ...],
    said: str,
) -> None:
    """A colleague who comes second to a desk would else answer in somebody's journal without a word."""
    known(tmp_path, *names)
    warm(tmp_path)
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    assert main(["drill", "--plain", "--data", str(tmp_path), *chosen]) == 0
    err = capsys.readouterr().err
    assert ("Réponses de" in err) is bool(said)
    assert said in err
