"""All that is told to a learner about what is kept of them, on the screens and by `trainer data`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import TYPE_CHECKING

from trainer.glossary.decks import Format
from trainer.memory.expiry import NOTICE, Fate
from trainer.wording.numbers import DAY, counted, size

if TYPE_CHECKING:
    from trainer.glossary.decks import Library
    from trainer.memory.reviews import Review
    from trainer.safekeeping.erasure import Left
    from trainer.safekeeping.holding import Account, Held
    from trainer.safekeeping.retention import Outcome

ERASE = "effacer"
"""The word that confirms an erasure."""
BRIEFLY = (
    "Vos réponses (juste ou faux, date, temps mis) sont gardées sur cet ordinateur pour choisir vos révisions. "
    "Un surnom suffit. La notice entière : « trainer data notice » ; voir, exporter, effacer : « trainer data »."
)
ELSEWHERE = "Ce qui a été exporté ou copié ailleurs (sauvegardes) n’est pas effacé."


def notice(data: object, months: int) -> list[tuple[str, str]]:
    """What a learner of that data folder, kept for so many months, has to know before the first answer: headings, each with its text."""
    return [
        (
            "Ce qui est gardé",
            "chaque réponse (la question, ce que vous avez répondu, juste ou faux, la date et l’heure, le temps mis à "
            "répondre) et un code qui désigne cet ordinateur. Ni courriel, ni temps de présence.",
        ),
        ("Votre nom", "un surnom suffit ; vous pouvez aussi continuer sans nom."),
        (
            "Pourquoi",
            "pour choisir ce que vous avez à revoir, et quand ; les réponses de tous servent aussi, sans nom, à régler "
            "les délais entre les révisions, et celles que vous dites justes contre l’avis du programme, à compléter le lexique.",
        ),
        ("Combien de temps", lasting(months)),
        ("Où", f"dans le dossier {data}. Le programme n’envoie rien ailleurs."),
        (
            "Qui peut voir",
            "toute personne qui a accès à ce dossier (formateur, informaticien), ou qui choisit votre nom sur ce poste. "
            "Il n’y a ni mot de passe ni classement.",
        ),
        (
            "Vos droits",
            "voir, exporter ou effacer vos réponses : touche M à l’accueil, « Mes données ».",
        ),
    ]


def notice_lines(data: object, months: int) -> list[str]:
    """The same, a line each."""
    return [f"{heading} : {text}" for heading, text in notice(data, months)]


def lasting(months: int) -> str:
    """For how long answers are kept, behind «gardées»."""
    if not months:
        return "tant que vous ne les effacez pas : aucune durée n’est fixée ici."
    return (
        f"tant que vous vous entraînez, puis {months} mois après la dernière réponse ; l’effacement est annoncé "
        f"{NOTICE.days} jours avant."
    )


def summary(account: Account) -> list[str]:
    """What is kept of a learner, a line each."""
    learner, has, kept, leaving = account
    if not has.files:
        return [f"Rien n’est gardé de vous ({learner.title})."]
    lines = [f"Nom : {learner.title}", f"Réponses : {_answers(has)}"]
    if has.answers:
        days = [answer.day for answer in has.answers]
        lines.append(f"La première est du {min(days):{DAY}}, la dernière du {max(days):{DAY}}.")
    lines += [
        f"Sur le disque : {counted(len(has.files), 'fichier')}, {size(has.size)}, dans {learner.folder}",
        f"Gardées {lasting(kept.months)}",
    ]
    if leaving:
        lines.append(f"Elles seront effacées à partir du {leaving:{DAY}}, sauf si vous répondez d’ici là.")
    return lines + [kept.warning] * bool(kept.warning)


def _answers(has: Held) -> str:
    told = [str(len(has.answers))]
    at_play = sum(answer.format is Format.MATCH for answer in has.answers)
    if at_play:
        told.append(f"dont {at_play} au jeu des sigles")
    if has.undone:
        told.append(f"{has.undone} de plus {'a été reprise' if has.undone == 1 else 'ont été reprises'}")
    if has.unreadable:
        told.append(counted(has.unreadable, "ligne illisible", "lignes illisibles"))
    if has.newer:
        told.append(f"{counted(has.newer, 'ligne')} d’une version plus récente de trainer")
    return ", ".join(told)


def answer_lines(given: Iterable[Review], library: Library, zone: tzinfo) -> list[str]:
    """Each answer in a line: when, on what, right or wrong, how long it took, and what was answered."""
    return [_line(answer, library, zone) for answer in given]


def _line(answer: Review, library: Library, zone: tzinfo) -> str:
    when = f"{answer.at.astimezone(zone):{DAY} %H:%M}"
    mark = "✓ juste" if answer.correct else "✗ faux"
    took = f"{answer.took / 1000:.1f}".replace(".", ",")
    said = f" → {answer.answer}" if answer.answer else ""
    return f"{when} · {mark} · {took}\u00a0s · {_subject(answer.card.subject, library)}{said}"


def _subject(subject: str, library: Library) -> str:
    """What an answer was about: the term, or the question; its id once it has gone from the content."""
    if subject in library.terms:
        return library.terms[subject].title
    question = library.questions.get(subject)
    return question.prompt if question else subject


def swept(outcomes: Iterable[Outcome]) -> list[str]:
    """Who was announced or erased for having left long ago, a line each, and what could not be erased."""
    lines = []
    for outcome in outcomes:
        what = "à effacer à partir du" if outcome.fate is Fate.ANNOUNCED else "effacement le"
        lines.append(f"{outcome.learner.title} : {what} {outcome.erased:{DAY}}")
        lines += [f"  reste {each.path} : {each.why}" for each in outcome.left]
    return lines


def erased(title: str, left: Iterable[Left]) -> list[str]:
    """What became of an erasure, a line each: the second one on, what is still there."""
    remains = [f"{each.path} : {each.why}" for each in left]
    if remains:
        return [
            f"Tout n’a pas pu être effacé ({title}). Il reste, à effacer à la main ou plus tard :",
            *remains,
        ]
    return [f"Tout ce qui était gardé de vous ({title}) est effacé. {ELSEWHERE}"]
