"""The verbs, and the one place that touches the clock, entropy and the environment.

Data goes to stdout, diagnostics to stderr. Only the verb that plays imports the application, and only when it plays.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar
from zlib import crc32

import click

from trainer.errors import TrainerError, UsageError
from trainer.french import FrenchGroup, explain
from trainer.glossary.cleaning import clean
from trainer.glossary.decks import EVERYTHING, Deck, Format, Library
from trainer.glossary.problems import Severity
from trainer.glossary.terms import TERM_FACETS, Facet, Term
from trainer.settings import Settings, resolve

if TYPE_CHECKING:
    from trainer.content.loaded import Loaded
    from trainer.memory.cards import Card
    from trainer.memory.history import History
    from trainer.services import Services, World

F = TypeVar("F", bound=Callable[..., Any])
NOT_DRAWING = "Sans terminal, pas d’écran à dessiner : utilisez « trainer drill --plain »."


class _Places(NamedTuple):
    """What the options of the group and of the verb say, the verb's last."""

    learner: str | None = None
    data: str | None = None
    content: str | None = None

    @property
    def settings(self) -> Settings:
        """The folders of this run."""
        return resolve(self.content, self.data, os.environ)


def _places(verb: F) -> F:
    """Give a verb the options that say whose data and which content, before or after its name."""
    for option, name, help_text in (
        ("--content", "DOSSIER", "Le contenu à lire (ou la variable TRAINER_CONTENT)."),
        ("--data", "DOSSIER", "Où garder les progrès (ou la variable TRAINER_DATA)."),
        ("--learner", "NOM", "Qui apprend."),
    ):
        verb = click.option(
            option, metavar=name, help=help_text, expose_value=False, callback=_remember, is_eager=True
        )(verb)
    return verb


def _remember(context: click.Context, param: click.Parameter, value: str | None) -> None:
    places = context.obj or _Places()
    if value is not None and param.name is not None:
        places = places._replace(**{param.name: value})
    context.obj = places


@click.group(
    cls=FrenchGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@_places
@click.pass_context
def trainer(context: click.Context) -> None:
    """Apprendre les mots du métier de téléconseiller.

    Sans commande, ouvre l’application.
    """
    if context.invoked_subcommand is None:
        _play(context.obj, None, ())


@trainer.command()
@_places
@click.option("--deck", metavar="PAQUET", help="Le paquet à travailler ; sinon, la séance du jour.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="Un seul exercice : flashcard, choice, recall ou match.",
)
@click.option("--plain", is_flag=True, help="Ligne par ligne : lecteur d’écran, tube, terminal simple.")
@click.pass_obj
def drill(places: _Places, deck: str | None, form: str | None, plain: bool) -> None:
    """Ouvre une séance ; avec --plain, ligne par ligne."""
    formats = (Format(form),) if form else ()
    if not plain:
        _play(places, deck or EVERYTHING, formats)
        return
    from trainer.plain import PlainDrill

    services = _services(places)
    try:
        chosen = _deck(services.library, deck)
        PlainDrill(services, services.session(chosen, formats), sys.stdin, sys.stdout).run()
    finally:
        services.store.close()


@trainer.command()
@_places
@click.argument("paths", nargs=-1, metavar="[CHEMIN]…", type=click.Path(path_type=Path))
@click.pass_obj
def check(places: _Places, paths: tuple[Path, ...]) -> None:
    """Vérifie le lexique et les paquets ; une ligne par problème.

    Une ligne « attention » est un conseil de relecture : sans autre problème, le code de sortie reste 0.
    """
    from trainer.proofreading import proofread

    problems = proofread(paths, places.settings.content)
    for problem in problems:
        click.echo(clean(str(problem)))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SystemExit(1)


@trainer.command()
@_places
@click.argument("search", required=False, metavar="[RECHERCHE]")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def terms(places: _Places, search: str | None, as_json: bool) -> None:
    """Montre les termes, ou ceux qui contiennent RECHERCHE (sans se soucier des accents)."""
    from trainer.glossary.searching import search as find

    found = find(_library(places), search or "")
    if as_json:
        _print_json([_term_json(term) for term in found])
        return
    for term in found:
        click.echo(clean(f"{term.title} : {term.definition}"))
    if not found:
        click.echo(f"Aucun terme ne contient « {clean(search or '')} ».", err=True)


@trainer.command()
@_places
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def decks(places: _Places, as_json: bool) -> None:
    """Montre les paquets."""
    library = _library(places)
    if as_json:
        _print_json([_deck_json(deck) for deck in library.decks.values()])
        return
    for deck in library.decks.values():
        content = f"{len(deck.terms)} termes, {len(deck.questions)} questions"
        click.echo(clean(f"{deck.id} : {deck.title} ({content})"))


@trainer.command()
@_places
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def stats(places: _Places, as_json: bool) -> None:
    """Montre où en est l’apprenant."""
    from trainer.memory.cards import cards_of
    from trainer.memory.statistics import statistics

    services = _services(places)
    cards = cards_of(services.library, services.library.everything)
    figures = statistics(cards, services.history, services.today())
    if as_json:
        cards_json = {card.key: _card_json(services.history, card) for card in services.history.tallies}
        figures_json = figures._asdict() | {"standings": figures.standings._asdict()}
        _print_json({"learner": services.learner.name, **figures_json, "cards": cards_json})
        return
    from trainer.wording import summary_lines

    for line in summary_lines(figures):
        click.echo(clean(line))


@trainer.command()
@_places
@click.option("--deck", metavar="PAQUET", help="Un paquet ; sinon, tout le lexique.")
@click.option(
    "--format", "form", type=click.Choice([form.value for form in Format]), help="Un seul exercice."
)
@click.option("--facet", type=click.Choice([facet.value for facet in TERM_FACETS]), help="Un seul sens.")
@click.option("--count", type=click.IntRange(1), metavar="N", help="Combien de questions.")
@click.option("--seed", type=int, default=0, metavar="N", help="Même graine, mêmes questions.")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def questions(
    places: _Places,
    deck: str | None,
    form: str | None,
    facet: str | None,
    count: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Montre les questions qui seraient posées."""
    from trainer.drills import catalogue

    library = _library(places)
    drawn = catalogue.catalogue(
        library,
        _deck(library, deck),
        seed,
        Format(form) if form else None,
        Facet(facet) if facet else None,
        count,
    )
    if as_json:
        _print_json([catalogue.as_json(question) for question in drawn])
        return
    for question in drawn:
        _print_question(catalogue.as_json(question))


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


def _play(places: _Places, deck: str | None, formats: Sequence[Format]) -> None:
    """Open the application, at home or in a session."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError(NOT_DRAWING)
    gc.disable()  # until the first screen is drawn
    services = _services(places)
    chosen = _deck(services.library, deck) if deck else None
    from trainer.app import TrainerApp

    ask_who = places.learner is None and len(services.learners.all()) != 1
    app = TrainerApp(services, ask_who, chosen, tuple(formats))
    app.run()
    app.services.store.close()
    if app.return_code:
        raise SystemExit(app.return_code)


def _services(places: _Places) -> Services:
    """Everything a session needs, for the learner asked for, else for the only one there is, else for nobody."""
    from trainer.progress.learners import Learners
    from trainer.services import Services

    settings = places.settings
    loaded = _load(settings)
    learners = Learners(settings.data)
    known = learners.all()
    name = places.learner if places.learner is not None else known[0].name if len(known) == 1 else ""
    return Services.open(loaded.library, loaded.problems, learners, name, _world())


def _world() -> World:
    """The real clocks, entropy and time zone."""
    from trainer.services import World

    return World(
        now=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
        seed=lambda: os.urandom(8).hex(),
        zone=_zone(),
        device=f"{crc32(_machine().encode()):08x}",
        launch=f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.urandom(4).hex()}",
    )


def _machine() -> str:
    """This machine's name, or nothing; the launch alone tells files of two machines of one name apart."""
    return os.environ.get("COMPUTERNAME") or (os.uname().nodename if hasattr(os, "uname") else "")


def _zone() -> tzinfo:
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    return zone


def _load(settings: Settings) -> Loaded:
    """The library, from its cache beside the data where it still fits."""
    from trainer.content.cache import load_library
    from trainer.progress.files import make_private, write_whole

    def write(path: Path, content: bytes) -> None:
        make_private(path.parent)
        write_whole(path, content)

    return load_library(settings.content, settings.data / "cache", write)


def _library(places: _Places) -> Library:
    return _load(places.settings).library


def _deck(library: Library, name: str | None) -> Deck:
    """The deck of that id; UsageError naming the nearest ones if there is none."""
    deck = library.deck(name or EVERYTHING)
    if deck is not None:
        return deck
    known = ", ".join([*library.decks, EVERYTHING])
    raise UsageError(f"paquet inconnu : « {clean(name or '')} ». Paquets : {known}.")


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


def _card_json(history: History, card: Card) -> dict[str, Any]:
    tally, schedule = history.tallies[card], history.schedule(card)
    known: dict[str, Any] = {"answers": tally.answers, "right": tally.right}
    if schedule is not None:
        known |= {"due": schedule.due.isoformat(), "last": schedule.last.isoformat()}
        known |= {"stability": round(schedule.stability, 4), "difficulty": round(schedule.difficulty, 4)}
        known |= {"reviews": schedule.reviews, "lapses": schedule.lapses}
    return known


def _print_json(data: Iterable[Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb; its exit code. Every expected failure is one French line on stderr."""
    _speak_utf8()
    try:
        trainer.main(
            args=list(argv) if argv is not None else None, prog_name="trainer", standalone_mode=False
        )
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        click.echo(clean(f"Erreur : {explain(error)}"), err=True)
        return error.exit_code
    except TrainerError as error:
        click.echo(clean(f"Erreur : {error}"), err=True)
        return error.exit_code
    except BrokenPipeError:
        return _pipe_closed()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0


def _speak_utf8() -> None:
    """Write UTF-8, and read whatever comes without ever failing on a byte."""
    for stream, options in (
        (sys.stdin, {}),
        (sys.stdout, {"encoding": "utf-8"}),
        (sys.stderr, {"encoding": "utf-8"}),
    ):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace", **options)


def _pipe_closed() -> int:
    """The reader of our output has gone: say nothing more, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def run() -> NoReturn:
    """The entry point of the command."""
    sys.exit(main())
