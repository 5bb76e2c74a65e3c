"""The verbs of somebody who learns: `trainer drill`, `trainer stats`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from trainer.cli.french import FrenchCommand
from trainer.cli.options import places_options
from trainer.cli.output import print_json, say, warn
from trainer.cli.people import whose
from trainer.content.cache import at_once
from trainer.errors import UsageError
from trainer.glossary.decks import EVERYTHING, Format
from trainer.launch import Places, close, deck_called, open_services, play
from trainer.memory.cards import cards_of
from trainer.memory.opening import Opening
from trainer.memory.statistics import gone, statistics
from trainer.safekeeping.exporting import card_figures
from trainer.services import Services
from trainer.wording.figures import damage_lines, gone_lines, summary_lines
from trainer.wording.privacy import BRIEFLY

if TYPE_CHECKING:
    from trainer.memory.statistics import GameFigures


@click.command(cls=FrenchCommand)
@places_options
@click.option("--deck", metavar="PAQUET", help="Le paquet à travailler ; sinon, la séance du jour.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="Un seul exercice : flashcard, choice, recall ou match.",
)
@click.option("--confusions", is_flag=True, help="Les termes que l’on confond, deux par deux.")
@click.option("--timer", is_flag=True, help="Montrer le temps passé au jeu des sigles.")
@click.option("--plain", is_flag=True, help="Ligne par ligne : lecteur d’écran, tube, terminal simple.")
@click.pass_obj
def drill(
    places: Places, deck: str | None, form: str | None, confusions: bool, timer: bool, plain: bool
) -> None:
    """Ouvre une séance ; avec --plain, ligne par ligne."""
    formats = (Format(form),) if form else ()
    if confusions and (deck or form):
        raise UsageError("--confusions se passe de --deck et de --format.")
    if not plain:
        play(places, None if confusions else deck or EVERYTHING, Opening(None, formats, confusions, timer))
        return
    from trainer.plain import PlainDrill  # the drills, which no other way of this verb needs yet

    services = open_services(places, keep=at_once)
    _say_whose(services, places.learner is not None)
    try:
        chosen = None if confusions else deck_called(services.library, deck)
        sitting = services.starter().opened(Opening(chosen, formats, confusions, timer))
        services = _told(services)
        PlainDrill(services, sitting, sys.stdin, sys.stdout).run()
    finally:
        close(services)


def _say_whose(services: Services, named: bool) -> None:
    """Under whose name answers are kept, on stderr, where it might be somebody else's: nobody gave one, or a new one."""
    if named:
        if services.learner.created or not services.learner.name:
            return
        whose = f"de {services.learner.title}, un nouveau nom ici ; si ce n’est pas le vôtre, tapez q, puis"
    elif services.learner.name:
        whose = f"de {services.learner.title} ; pour un autre nom"
    elif any(known.name for known in services.learners.all()):
        whose = "de personne en particulier ; pour votre nom"
    else:
        return
    warn(f"Réponses {whose} : trainer drill --plain --learner NOM")


def _told(services: Services) -> Services:
    """The services of a learner who has been told, on stderr and once, what is kept of them."""
    if services.learner.informed:
        return services
    warn(BRIEFLY)
    return services.informed()


@click.command(cls=FrenchCommand)
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def stats(places: Places, as_json: bool) -> None:
    """Montre où en est l’apprenant."""
    services = open_services(places)
    if services.learner.created is None and services.learners.all():
        services = services.for_learner(whose(services.learners, places))
    cards = cards_of(services.library, services.library.everything)
    history, lost = services.history, gone(services.library, services.history)
    figures = statistics(cards, history, services.today(), lost)
    if as_json:
        known = {card.key: card_figures(history, card) for card in history.tallies}
        kept = {card.key for card in history.tallies if card.subject not in lost.subjects}
        figures_json = figures._asdict() | {
            "standings": figures.card_counts._asdict(),
            "game": _game_json(figures.game),
        }
        parts = {
            "cards": {key: each for key, each in known.items() if key in kept},
            "gone": {key: each for key, each in known.items() if key not in kept},
        }
        damage = services.store.damage
        spoilt = {"unreadable": len(damage.unreadable), "newer": damage.newer}
        print_json({"learner": services.learner.name, **figures_json, **spoilt, **parts})
        return
    absent = gone_lines(lost, figures.absent)
    if figures.absent:
        absent.append("Vous apprenez avec un autre dossier ? Ajoutez --content DOSSIER.")
    say((*summary_lines(figures), *absent, *damage_lines(services.store.damage)))


def _game_json(game: GameFigures) -> dict[str, Any]:
    records = {pairs: record._asdict() for pairs, record in game.records.items()}
    return game._asdict() | {"records": records}
