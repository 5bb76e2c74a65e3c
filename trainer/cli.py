"""The verbs. Data goes to stdout, diagnostics to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trainer.cli_data import data, whose
from trainer.cli_journal import backup, journal, restore
from trainer.errors import ContentError, UsageError
from trainer.french import FrenchGroup, explain
from trainer.glossary.cleaning import clean, escaped
from trainer.glossary.decks import EVERYTHING, Deck, Format
from trainer.glossary.problems import Severity
from trainer.glossary.terms import TERM_FACETS, Facet, Term
from trainer.launch import (
    INTERRUPTED,
    Places,
    close,
    deck_called,
    guarded,
    open_learners,
    open_library,
    open_optimiser,
    open_services,
    play,
    today,
)
from trainer.options import ANY_PATH, places_options

MOST = 10_000
"""Questions that are drawn at once at most."""

if TYPE_CHECKING:
    from trainer.drills.session import Session
    from trainer.glossary.decks import Library
    from trainer.memory.claims import Claim
    from trainer.memory.statistics import GameFigures
    from trainer.services import Services


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and stop, before anything else is looked at."""
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version  # slow to import

        try:
            click.echo(f"trainer {version('trainer')}")
        except PackageNotFoundError:
            click.echo("trainer, sans numéro de version : il n’est pas installé par pip")
        context.exit()


@click.group(
    cls=FrenchGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@places_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Montre la version.",
)
@click.pass_context
def trainer(context: click.Context) -> None:
    """Apprendre les mots du métier de téléconseiller.

    Sans commande, ouvre l’application.
    """
    if context.invoked_subcommand is None:
        play(context.obj)


@trainer.command()
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
        from trainer.services import Opening

        play(places, None if confusions else deck or EVERYTHING, Opening(None, formats, confusions, timer))
        return
    from trainer.plain import PlainDrill

    services = open_services(places, keep=True)
    _say_whose(services, places.learner is not None)
    try:
        session = _confusions(services) if confusions else _session(services, deck, formats)
        session.timed = timer
        services = _told(services)
        PlainDrill(services, session, sys.stdin, sys.stdout).run()
    finally:
        close(services)


def _say_whose(services: Services, named: bool) -> None:
    """Under whose name answers are kept, on stderr, where it might be somebody else's: nobody gave one, or a new one."""
    if named:
        if services.learner.created or not services.learner.name:
            return
        whose = (
            f"de {services.learner.title}, un nouveau nom ici\u00a0; si ce n’est pas le vôtre, tapez q, puis"
        )
    elif services.learner.name:
        whose = f"de {services.learner.title}\u00a0; pour un autre nom"
    elif any(known.name for known in services.learners.all()):
        whose = "de personne en particulier\u00a0; pour votre nom"
    else:
        return
    click.echo(clean(f"Réponses {whose}\u00a0: trainer drill --plain --learner NOM"), err=True)


def _told(services: Services) -> Services:
    """The services of a learner who has been told, on stderr and once, what is kept of them."""
    if services.learner.informed:
        return services
    from trainer.personal import BRIEFLY

    click.echo(BRIEFLY, err=True)
    return services.informed()


def _session(services: Services, deck: str | None, formats: Sequence[Format]) -> Session:
    return services.session(deck_called(services.library, deck), formats)


def _confusions(services: Services) -> Session:
    """A session of what the learner confuses; it has no question if there is nothing to tell apart."""
    return services.telling_apart(services.rivals().pairs)


@trainer.command()
@places_options
@click.argument("paths", nargs=-1, metavar="[CHEMIN]…", type=ANY_PATH)
@click.pass_obj
def check(places: Places, paths: tuple[Path, ...]) -> None:
    """Vérifie le lexique et les paquets ; une ligne par problème.

    Une ligne « attention » est un conseil de relecture : sans autre problème, le code de sortie reste 0.
    """
    from trainer.content.usable import closed
    from trainer.proofreading import proofread

    root = places.settings.content
    named = {path: closed(path) for path in paths or (root,)}
    reachable = [path for path, why in named.items() if not why]
    problems = proofread(reachable, root, today()) if reachable else ()
    for problem in problems:
        click.echo(clean(str(problem)))
    out_of_reach = " ".join(why for why in named.values() if why)
    if out_of_reach:
        raise ContentError(out_of_reach)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SystemExit(1)


@trainer.command()
@places_options
@click.argument("search", required=False, metavar="[RECHERCHE]")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def terms(places: Places, search: str | None, as_json: bool) -> None:
    """Montre les termes, ou ceux qui contiennent RECHERCHE (sans se soucier des accents)."""
    from trainer.glossary.searching import search as find

    found = find(open_library(places), search or "")
    if as_json:
        _print_json([_term_json(term) for term in found])
        return
    for term in found:
        click.echo(clean(f"{term.title} : {term.definition}"))
    if not found:
        click.echo(f"Aucun terme ne contient « {clean(search or '')} ».", err=True)


@trainer.command()
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def decks(places: Places, as_json: bool) -> None:
    """Montre les paquets."""
    from trainer.wording import counted

    library = open_library(places)
    if as_json:
        _print_json([_deck_json(deck) for deck in library.decks.values()])
        return
    for deck in library.decks.values():
        content = f"{counted(len(deck.terms), 'terme')}, {counted(len(deck.questions), 'question')}"
        click.echo(clean(f"{deck.id} : {deck.title} ({content})"))


@trainer.command()
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def stats(places: Places, as_json: bool) -> None:
    """Montre où en est l’apprenant."""
    from trainer.memory.cards import cards_of
    from trainer.memory.statistics import gone, statistics
    from trainer.progress.exporting import card_figures

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
            "standings": figures.standings._asdict(),
            "game": _game_json(figures.game),
        }
        parts = {
            "cards": {key: each for key, each in known.items() if key in kept},
            "gone": {key: each for key, each in known.items() if key not in kept},
        }
        damage = services.store.damage
        spoilt = {"unreadable": len(damage.unreadable), "newer": damage.newer}
        _print_json({"learner": services.learner.name, **figures_json, **spoilt, **parts})
        return
    from trainer.wording import damage_lines, gone_lines, summary_lines

    absent = gone_lines(lost, figures.absent)
    if figures.absent:
        absent.append("Vous apprenez avec un autre dossier\u00a0? Ajoutez --content DOSSIER.")
    for line in (*summary_lines(figures), *absent, *damage_lines(services.store.damage)):
        click.echo(clean(line))


@trainer.command()
@places_options
@click.option("--dry-run", is_flag=True, help="Dit ce qui changerait, et ne change rien.")
@click.option("--undo", is_flag=True, help="Revient aux délais d’avant.")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def optimize(places: Places, dry_run: bool, undo: bool, as_json: bool) -> None:
    """Ajuste les délais entre les révisions à ce que tous les apprenants ont retenu.

    Les nouveaux délais ne sont gardés que s’ils prévoient mieux les dernières réponses.
    """
    optimiser = open_optimiser(places, needs_content=not undo)
    told = optimiser.undo(dry_run) if undo else optimiser.optimize(dry_run)
    if as_json:
        _print_json(told.data)
        return
    for line in told.lines:
        click.echo(clean(line))


@trainer.command()
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def suggestions(places: Places, as_json: bool) -> None:
    """Montre les réponses que des apprenants ont fait compter justes (« J’avais bon »).

    Ce sont peut-être des synonymes à ajouter au lexique ; aucun nom n’est donné.
    """
    from trainer.memory.claims import claims
    from trainer.progress.reading import read

    everyone = open_learners(places)[0].all()
    found = claims(read(each.journal).facts for each in everyone)
    if as_json:
        _print_json([claim._asdict() | {"card": claim.card.key} for claim in found])
    elif found:
        _tell_claims(found, places)
    for learner in everyone:  # the answers of the others are of use without these
        learner.check()
    if not found:
        click.echo("Aucune réponse n’a été comptée juste contre l’avis du programme.", err=True)


def _tell_claims(found: Sequence[Claim], places: Places) -> None:
    """A line each."""
    from trainer.wording import claim_line

    library = open_library(places, needs_content=False)
    for claim in found:
        click.echo(clean(claim_line(claim, library)))


@trainer.command()
@places_options
@click.option("--deck", metavar="PAQUET", help="Un paquet ; sinon, tout le lexique.")
@click.option(
    "--format", "form", type=click.Choice([form.value for form in Format]), help="Un seul exercice."
)
@click.option("--facet", type=click.Choice([facet.value for facet in TERM_FACETS]), help="Un seul sens.")
@click.option(
    "--count", type=click.IntRange(1, MOST), metavar="N", help=f"Combien de questions, {MOST} au plus."
)
@click.option("--seed", type=int, default=0, metavar="N", help="Même graine, mêmes questions.")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def questions(
    places: Places,
    deck: str | None,
    form: str | None,
    facet: str | None,
    count: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Montre les questions qui seraient posées."""
    from trainer.drills import catalogue

    library = open_library(places)
    chosen, side = deck_called(library, deck), Facet(facet) if facet else None
    drawn = list(catalogue.catalogue(library, chosen, seed, Format(form) if form else None, side, count))
    if as_json:
        _print_json([catalogue.as_json(question) for question in drawn])
    else:
        for question in drawn:
            _print_question(catalogue.as_json(question))
    if not drawn:
        _warn_of_none(library, chosen, form, facet)


def _warn_of_none(library: Library, deck: Deck, form: str | None, facet: str | None) -> None:
    """Say that there is no question, and which drills have some."""
    from trainer.drills.catalogue import catalogue
    from trainer.wording import no_question_lines

    def some(each: Format, side: Facet | None) -> bool:
        return next(iter(catalogue(library, deck, 0, each, side, count=1)), None) is not None

    sides = [Facet(facet), None] if facet else [None]
    found = [[(each, side) for each in Format if some(each, side)] for side in sides]
    for line in no_question_lines(deck, (form, facet), next(filter(None, found), [])):
        click.echo(clean(line), err=True)


def _print_question(question: dict[str, Any]) -> None:
    click.echo(clean(question["prompt"]))
    for index, option in enumerate(question.get("options", ())):
        click.echo(clean(f"  {'✓' if index == question['answer'] else ' '} {option['text']}"))
    for acronym, expansion in question.get("pairs", ()):
        click.echo(clean(f"  {acronym} : {expansion}"))
    answers = (
        question.get("accepted") or [question["back"]] if "back" in question else question.get("accepted")
    )
    if answers:
        click.echo(clean(f"  ✓ {' ; '.join(answers)}"))
    click.echo("")


def _term_json(term: Term) -> dict[str, Any]:
    return {key: value for key, value in asdict(term).items() if value not in ("", ())}


def _deck_json(deck: Deck) -> dict[str, Any]:
    return {
        "id": deck.id,
        "title": deck.title,
        "description": deck.description,
        "terms": list(deck.terms),
        "questions": [question.id for question in deck.questions],
        "drills": [form.value for form in deck.drills],
    }


trainer.add_command(data)


def _game_json(game: GameFigures) -> dict[str, Any]:
    records = {pairs: record._asdict() for pairs, record in game.records.items()}
    return game._asdict() | {"records": records}


def _print_json(data: Iterable[Any]) -> None:
    click.echo(escaped(json.dumps(data, ensure_ascii=False, indent=2)))


for verb in (journal, backup, restore):
    trainer.add_command(verb)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb; its exit code. Every expected failure is one French line on stderr."""
    args = list(sys.argv[1:] if argv is None else argv)
    return guarded(partial(_run, args), args)


def _run(args: list[str]) -> None:
    try:
        trainer.main(args=args, prog_name="trainer", standalone_mode=False)
    except click.exceptions.Exit as stop:
        raise SystemExit(stop.exit_code) from None
    except click.Abort:
        raise SystemExit(INTERRUPTED) from None
    except click.ClickException as error:
        click.echo(clean(f"Erreur : {explain(error)}"), err=True)
        raise SystemExit(error.exit_code) from None
