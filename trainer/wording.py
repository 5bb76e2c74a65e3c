"""Sentences that both the screens and the line mode say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from trainer.glossary.decks import EVERYTHING, Format
from trainer.memory.statistics import GameFigures, Gone, Statistics

if TYPE_CHECKING:
    from trainer.drills.questions import Matching
    from trainer.drills.scoring import Score
    from trainer.drills.session import Session
    from trainer.glossary.decks import Deck, Library
    from trainer.memory.claims import Claim
    from trainer.memory.games import Record
    from trainer.progress.store import Damage

NOTHING_TO_TELL_APART = (
    "Rien à distinguer pour l’instant : cet exercice reprend les termes que vous avez confondus, ou ceux qui se "
    "ressemblent parmi vos termes déjà vus."
)

ERASED = (
    "⚠ Le dossier de vos réponses a été effacé ou déplacé pendant que cette fenêtre était ouverte\u00a0: vos réponses ne "
    "sont plus enregistrées. Pour recommencer, touche C, puis votre nom."
)

DRILLS = {
    Format.FLASHCARD: "cartes à retourner",
    Format.CHOICE: "questions à choix",
    Format.RECALL: "réponses à écrire",
    Format.MATCH: "jeu des sigles",
}


def only(form: Format) -> str:
    """The entry that works through a deck by one drill: «Cartes à retourner seulement»."""
    return "Jouer avec les sigles" if form is Format.MATCH else f"{DRILLS[form].capitalize()} seulement"


def nothing_lines(session: Session) -> list[str]:
    """Why a session has nothing to ask, and that there is something else if there is."""
    from trainer.drills.starting import Nothing, nothing

    title = f"«\u00a0{session.deck.title}\u00a0»"
    drills = _listed([DRILLS[form] for form in session.formats if form is not Format.MATCH])
    match nothing(session):
        case Nothing.NO_RIVALS:
            return [NOTHING_TO_TELL_APART]
        case Nothing.NO_CONTENT:
            return [
                "Il n’y a rien à apprendre ici\u00a0: le contenu est vide. Pour savoir pourquoi\u00a0: trainer check"
            ]
        case Nothing.NO_BOARD:
            return [no_board_line(session)]
        case Nothing.NO_CARD:
            return [f"{title} n’a rien à demander en {drills}."]
        case Nothing.LATER:
            return [
                f"{title} n’a plus rien à demander aujourd’hui en {drills}.",
                "Vous avez déjà travaillé ces mots sous une autre forme\u00a0: la suite vient demain.",
            ]


Narrowing = tuple[str | None, str | None]
"""The drill and the facet that questions are asked of, if only one."""


def no_question_lines(deck: Deck, asked: Narrowing, others: Sequence[Narrowing]) -> list[str]:
    """That what was asked of a deck gives no question, and what gives some."""
    told = f" avec {_options(asked)}" if any(asked) else ""
    lines = [f"Aucune question dans «\u00a0{deck.title}\u00a0»{told}."]
    if others:
        lines.append(f"Il y en a avec\u00a0: {_listed([_options(other) for other in others])}.")
    return lines


def _options(asked: Narrowing) -> str:
    """How the command line says it: «--format choice --facet naming»."""
    options = zip(("--format", "--facet"), asked, strict=True)
    return " ".join(f"{option} {value}" for option, value in options if value)


def way_line(deck: Deck | None, formats: Sequence[Format]) -> str:
    """What a session would be: «La séance du jour», or how a deck is asked; that first, a narrow screen cuts titles."""
    how = _listed([DRILLS[form] for form in formats]) or "tous les exercices"
    if deck is not None and deck.id != EVERYTHING:
        return f"{how.capitalize()}\u00a0: «\u00a0{deck.title}\u00a0»"
    return f"{how.capitalize()}\u00a0: tous les paquets" if formats else "La séance du jour"


def _listed(names: Sequence[str]) -> str:
    """«a», «a ou b», «a, b ou c»."""
    return " ou ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def outcome_lines(session: Session, records: Mapping[int, Record]) -> list[str]:
    """What a session came to, a line each; the game counts for itself."""
    game = game_lines(session, records)
    if session.is_game:
        return game or ["Aucune paire cette fois."]
    return [*_score_lines(session), *game]


def _score_lines(session: Session) -> list[str]:
    """How many answers were right, the game apart, and whether that reaches the pass mark of the deck."""
    answers = len(session.replies)
    if not answers:
        return ["Aucune réponse cette fois."]
    right = sum(item.verdict.correct for item in session.replies)
    share = percent(right, answers)
    told = f"{counted(answers, 'réponse')}, {counted(right, 'juste')} ({share})."
    return [told, *_mark_lines(session.deck, right, answers)]


def _mark_lines(deck: Deck, right: int, answers: int) -> list[str]:
    mark = deck.pass_mark
    if mark is None:
        return []
    reached = "atteint" if 100 * right >= mark * answers else "pas encore atteint"
    return [f"Seuil de réussite, {mark}\u00a0%\u00a0: {reached}."]


REPEATED = "C’est la seule question qui reste\u00a0: la revoici tout de suite."


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun, in the plural from two on: «1 carte», «2 cartes», «1 000 cartes»."""
    return f"{number:,} {noun if number < 2 else plural or noun + 's'}".replace(",", "\u202f")


def waiting_line(number: int, is_erased: bool = False) -> str:
    """That answers are not on disk yet, or never will be."""
    if is_erased:
        return unsaved_line(number, is_erased)
    return (
        f"{counted(number, 'réponse')} pas encore {_saved(number)}\u00a0: laissez cette fenêtre ouverte, "
        "l’enregistrement reprendra de lui-même."
    )


def unsaved_line(number: int, is_erased: bool = False) -> str:
    """That answers were given up for lost, and why."""
    why = (
        "le dossier de vos réponses a été effacé ou déplacé pendant que cette fenêtre était ouverte"
        if is_erased
        else "le disque ne les a pas acceptées"
    )
    return f"{counted(number, 'réponse')} non {_saved(number)}\u00a0: {why}."


def _saved(number: int) -> str:
    return "enregistrée" if number < 2 else "enregistrées"


def percent(part: float, whole: float = 1) -> str:
    """A share as a whole percentage; a dash of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def summary_lines(figures: Statistics) -> list[str]:
    """Where a learner stands, a line each."""
    game = played_lines(figures.game)
    if not figures.answers:
        new = counted(figures.standings.total, "carte")
        return [f"Aucune réponse pour l’instant ; {new} à découvrir.", *game]
    standings = figures.standings
    lines = [
        f"Aujourd’hui : {counted(figures.answers_today, 'réponse')}, {counted(figures.right_today, 'juste')}.",
        f"Depuis le début : {counted(figures.answers, 'réponse')}, {percent(figures.right, figures.answers)} justes.",
        f"Cartes : {standings.new} jamais vues, {standings.learning} en cours, {standings.known} bien sues.",
        f"À revoir aujourd’hui : {counted(figures.due, 'carte')}.",
        f"Série : {counted(figures.streak, 'jour')} d’étude.",
    ]
    if figures.recall is not None:
        lines.append(f"Demain, vous saurez encore environ {percent(figures.recall)} des cartes commencées.")
    return [*lines, *game]


def played_lines(game: GameFigures) -> list[str]:
    """What was tried in matching games and the best of the longest ones, in a line of its own; none without a try."""
    if not game.tries:
        return []
    line = f"Jeu des sigles\u00a0: {counted(game.tries, 'essai')}, {counted(game.right, 'juste')}."
    if game.records:
        pairs = max(game.records)
        line += f" Votre record\u00a0: {game.records[pairs].first} sur {pairs}."
    return [line]


def gone_lines(gone: Gone, absent: int) -> list[str]:
    """How many of the answers are about what this content does not hold, and what changed its sense; a line each."""
    lines = []
    if absent:
        terms = counted(len(gone.terms), "mot") if gone.terms else ""
        questions = counted(len(gone.questions), "question") if gone.questions else ""
        what = ", ".join(filter(None, (terms, questions)))
        bears, kept = ("porte", "elle est gardée") if absent == 1 else ("portent", "elles sont gardées")
        lines.append(
            f"{absent} de ces réponses {bears} sur ce que ce contenu n’a pas ({what})\u00a0; {kept}."
        )
    if gone.senses:
        told = counted(len(gone.senses), "terme", "termes")
        lines.append(
            f"{told} à réapprendre, le sens a changé\u00a0: vos réponses d’avant sont gardées à part."
        )
    return lines


def left_out_line(errors: int, content: object) -> str:
    """That a part of a folder of content cannot be used, and how to see which."""
    return (
        f"{counted(errors, 'erreur')} dans le contenu\u00a0: ce qui ne peut être lu est laissé de côté, le reste "
        f"fonctionne. Pour savoir où\u00a0: trainer check {content}"
    )


def damage_lines(damage: Damage) -> list[str]:
    """What of a journal could not be read, a line each; nothing if it is sound."""
    lines = []
    if damage.unreadable:
        told = counted(len(damage.unreadable), "ligne illisible", "lignes illisibles")
        lines.append(f"Journal : {told}, rien n’en est effacé. Pour savoir où : trainer journal verify")
    if damage.newer:
        told = counted(damage.newer, "ligne")
        lines.append(f"Journal : {told} d’une version plus récente de trainer, sans effet sur ce poste.")
    return lines


def duration(took: int) -> str:
    """A time given in milliseconds, in whole seconds: «45 s», «2 min 05 s»."""
    minutes, seconds = divmod(took // 1000, 60)
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def score_line(score: Score) -> str:
    """What was found, and what was wrong: «3 paires sur 6, 1 erreur»."""
    found = f"{counted(score.found, 'paire')} sur {score.pairs}"
    return f"{found}, {counted(score.mistakes, 'erreur')}" if score.mistakes else found


def place_line(session: Session) -> str:
    """Where a session stands: «question 3 · encore 8 à faire, puis le jeu»; the number falls when a card is done with."""
    number, left = session.number, session.left
    then = "le jeu" if session.boards_to_come else ""
    if not left:
        return f"question {number} · " + (f"plus que {then}" if then else "tout est fait")
    return f"question {number} · encore {left} à faire" + (f", puis {then}" if then else "")


def board_line(session: Session, board: Matching) -> str:
    """Where a game stands: «Plateau 1 sur 3 · 3 paires sur 6, 1 erreur»."""
    line = score_line(session.score(board))
    boards = list(session.boards)
    number = boards.index(board) + 1
    return f"Plateau {number} sur {len(boards)} · {line}" if len(boards) > 1 else f"Sigles · {line}"


def result_line(score: Score, timed: bool) -> str:
    """What a board or a game came to: «Premier coup : 5 sur 6, en 48 s.»."""
    time = f", en {duration(score.took)}" if timed and score.found == score.pairs else ""
    return f"Premier coup : {score.first} sur {score.pairs}{time}."


def game_lines(session: Session, records: Mapping[int, Record]) -> list[str]:
    """What a game came to, and the best one of that length, a line each; nothing if no pair was tried."""
    score, timed = session.score(), session.timed
    if not score.found and not score.mistakes:
        return []
    result = result_line(score, timed)
    lines = [result if session.is_game else f"Jeu des sigles, {result[0].lower()}{result[1:]}"]
    best = records.get(score.pairs)
    if best is not None:
        time = f", en {duration(best.took)}" if timed else ""
        own = " C’est cette partie !" if score.record == best else ""
        lines.append(f"Votre record : {best.first} sur {score.pairs}{time}.{own}")
    return lines


def again_line(session: Session) -> str:
    """What the acronyms of a game are to somebody who has just played others: new ones, or honestly the same."""
    subjects = session.matched
    new = len(set(subjects) - set(session.played))
    if new == len(subjects):
        return f"{new} autres sigles"
    if new:
        return f"{counted(new, 'autre sigle', 'autres sigles')}, {len(subjects) - new} déjà joués"
    return "les mêmes sigles, faute d’autres"


def claim_line(claim: Claim, library: Library) -> str:
    """An answer that was counted right against the judge: «DMT : « temps de gestion » (3 fois, 2 apprenants)»."""
    subject = claim.card.subject
    term, question = library.terms.get(subject), library.questions.get(subject)
    about = term.title if term else question.prompt if question else subject
    often = f"{claim.times} fois, {counted(claim.learners, 'apprenant')}"
    return f"{about} : « {claim.answer} » ({often})"


def no_board_line(session: Session) -> str:
    """Why there is nothing to play."""
    return f"« {session.deck.title} » n’a pas assez de sigles pour jouer : il en faut au moins six."
