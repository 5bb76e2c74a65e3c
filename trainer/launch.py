"""The one place that touches the clock, entropy and the environment: what a run is made of, and how it ends.

Only `play` imports the application, and only when it plays.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from trainer import crash
from trainer.content.cache import Later, at_once, load_library
from trainer.content.usable import obstacle
from trainer.errors import ContentError, ProgressError, UsageError
from trainer.glossary.cleaning import clean, presented
from trainer.glossary.decks import EVERYTHING, Deck, Library
from trainer.memory.calendar import study_day
from trainer.memory.opening import AT_HOME, Opening
from trainer.memory.schedule import Scheduler
from trainer.places import Folders, resolve, shared_settings
from trainer.progress import parameters
from trainer.progress.files import make_private, write_whole
from trainer.progress.learners import Learner, Learners, out_of_reach
from trainer.progress.world import World
from trainer.wording.figures import left_out_line
from trainer.wording.saving import unsaved_line

if TYPE_CHECKING:
    from textual.app import App

    from trainer.app import TrainerApp
    from trainer.content.loaded import Loaded
    from trainer.progress.optimiser import Optimiser
    from trainer.safekeeping.keeper import Keeper
    from trainer.services import Services

NOT_DRAWING = "Sans terminal, pas d’écran à dessiner : utilisez « trainer drill --plain »."
STOPS = ("SIGTERM", "SIGHUP", "SIGINT")
"""What a system sends to a program that has to leave: at the end of a session, when a window is closed, or for Ctrl+C
as long as the terminal does not hand it over as a key."""
PATIENCE = 0.5
"""Seconds after which somebody who leaves is told that the disk is slow."""
STILL_SAVING = "Enregistrement des dernières réponses… (Ctrl+C pour partir sans attendre)"
_WITHOUT = "Ce qui est gardé des apprenants reste accessible, sans les textes du contenu."
COMPLETION = "_TRAINER_COMPLETE"
"""The variable by which a shell asks click how a command may go on."""


class Places(NamedTuple):
    """What the options of the group and of the verb say, the verb's last."""

    learner: str | None = None
    data: str | None = None
    content: str | None = None

    @property
    def folders(self) -> Folders:
        """The folders of this run."""
        return resolve(self.content, self.data, os.environ)


def without_verb(argv: Sequence[str]) -> Places | None:
    """What a command line of nothing but options says; None if it takes the parser of the verbs to tell."""
    options = dict(zip(argv[::2], argv[1::2], strict=False))
    known = options.keys() <= {f"--{name}" for name in Places._fields}
    if len(argv) % 2 or not known or COMPLETION in os.environ:
        return None
    return Places(**{name.removeprefix("--"): value for name, value in options.items()})


def guarded(action: Callable[[], object], argv: Sequence[str]) -> int:
    """Do something that a command line asks for; its exit code. Every failure is told in French on stderr."""
    return crash.guarded(action, partial(_log, argv))


def _log(argv: Sequence[str], error: BaseException) -> Path | None:
    """The log of an unexpected failure, in the data folder."""
    return crash.keep(error, Places(data=_data_asked_for(argv)).folders.data, datetime.now(UTC))


def _data_asked_for(argv: Sequence[str]) -> str | None:
    """What follows the last `--data`; a command line that failed cannot be asked once more what it means."""
    said = [word.removeprefix("--data=") for word in argv if word.startswith("--data=")]
    said += [value for option, value in pairwise(argv) if option == "--data"]
    return said[-1] if said else None


def play(
    places: Places,
    deck: str | None = None,
    opening: Opening = AT_HOME,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Open the application, at home or in a session: of the deck of that id, or as `opening` says.

    `ready` is told when all is read, and the terminal about to be taken.
    """
    if not _may_draw():
        raise UsageError(NOT_DRAWING)
    gc.disable()  # until the first screen is drawn
    _import_asyncio()
    later: list[Once] = []
    services = open_services(places, keep=lambda action: later.append(Once(action)))
    chosen = deck_called(services.library, deck) if deck else None
    from trainer.app import TrainerApp  # Textual: a quarter of a second that no other verb waits for

    ask_who = places.learner is None and services.learners.only() is None
    app = TrainerApp(services, ask_who, opening._replace(deck=chosen), later)
    ready()
    _run(app, later)


def _may_draw() -> bool:
    """Whether there is a terminal to read from, and to draw on: Textual takes the stream of diagnostics for that."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def _import_asyncio() -> None:
    """Import it as where Python has no OpenSSL, which it would load for connections that nobody makes: 2 % of a start.

    Whoever imports `ssl` later gets it; asyncio itself does without until the program ends.
    """
    is_spared = "ssl" not in sys.modules
    if is_spared:
        sys.modules["ssl"] = None  # type: ignore[assignment]  # importing it fails
    try:
        import asyncio  # noqa: F401
    finally:
        if is_spared:
            del sys.modules["ssl"]


def _run(app: TrainerApp, later: Iterable[Callable[[], None]]) -> None:
    """Run the application until somebody leaves it, then save what is left; raises what closed it, if anything did."""
    import asyncio

    try:
        stopped = asyncio.run(_until_told_to_stop(app))
    finally:
        close(app.services, later)
    if app.failure:
        raise app.failure
    if stopped:
        raise SystemExit(stopped)


async def _until_told_to_stop(app: App[None]) -> int:
    """Run the application; whoever closes the window or the session gets the terminal back as after «Quitter».

    The exit code that such an end has; 0 if there was none.
    """
    import asyncio

    codes: list[int] = []

    def stop(number: int) -> None:
        codes.append(128 + number)
        app.exit()

    loop = asyncio.get_running_loop()
    for name in STOPS:
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError):  # Windows ends a program without asking
                loop.add_signal_handler(number, stop, number)
    await app.run_async()
    return codes[0] if codes else 0


class Once:
    """Something that is done when it is first asked for; whoever asks again meanwhile waits until it is done."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action: Callable[[], None] | None = action
        self._lock = Lock()

    def __call__(self) -> None:
        with self._lock:
            action, self._action = self._action, None
            if action is not None:
                action()


def close(services: Services, later: Iterable[Callable[[], None]] = ()) -> None:
    """Save what no disk took so far, and do what was to be done `later`; ProgressError if no disk takes it now.

    Waits for a slow disk, and says so.
    """
    lost: list[int] = []

    def act() -> None:
        lost.append(services.close())
        for action in later:
            action()

    closing = Thread(target=act, daemon=True)
    closing.start()
    closing.join(PATIENCE)
    if closing.is_alive():
        with suppress(OSError):  # the terminal may have gone
            print(presented(STILL_SAVING), file=sys.stderr, flush=True)
    while closing.is_alive():  # with a limit, or Ctrl+C would have to wait too on Windows
        closing.join(PATIENCE)
    if any(lost):
        raise ProgressError(unsaved_line(sum(lost), services.store.is_erased))


def open_services(
    places: Places, learner: Learner | None = None, keep: Later | None = None, needs_content: bool = True
) -> Services:
    """Everything a session needs, for this learner, else the one asked for, else the only one there is, else nobody.

    Nothing is left on disk, unless `keep` spares the next start, when it finds the time, what this one had to read.
    Whoever only looks after what is kept `needs_content` for the titles alone, and does without. ProgressError if the data
    folder cannot be looked into.
    """
    from trainer.services import Services  # the store of a learner, whom verbs about content have not

    folders = places.folders
    loaded = _load(folders, keep, needs_content)
    learners = learners_of(places)
    if learner is None:
        learner = _meant(learners, places.learner)
    learner.check()
    try:
        services = Services.of(loaded.library, loaded.problems, learners, learner, _world())
    except OSError as error:
        raise out_of_reach(folders.data, error) from error
    _warn(services.warning)
    return services


def _meant(learners: Learners, name: str | None) -> Learner:
    """The learner of that name; without any, the only one there is, else nobody."""
    if name is not None:
        return learners.called(name)
    return learners.only() or learners.called("")


def learners_of(places: Places) -> Learners:
    """Everyone of the data folder, whether it is there or not."""
    return Learners(places.folders.data, shared_settings(os.environ, is_windows=os.name == "nt"))


def open_learners(places: Places) -> tuple[Learners, date]:
    """Everyone of the data folder, and the day it is; ProgressError if there is no such folder to look into."""
    learners = learners_of(places)
    learners.check()
    return learners, today()


def open_optimiser(places: Places, needs_content: bool = True) -> Optimiser:
    """What changes the parameters that everyone in the data folder shares; without content, it can only go back."""
    from trainer.progress.optimiser import Optimiser  # with the fitting, for one verb

    data = places.folders.data
    past = _load(places.folders, needs_content=needs_content).library.past.until(today())
    learners = learners_of(places)
    learners.check()
    kept = parameters.load(data)
    _warn(kept.warning)
    return Optimiser(learners, kept, datetime.now(UTC), past)


def open_keeper(places: Places) -> Keeper:
    """What looks after the journals of a data folder: of the learner asked for, else of all."""
    from trainer.safekeeping.keeper import Keeper  # with archives, for three verbs

    data, library = places.folders.data, _load(places.folders, needs_content=False).library
    scheduler, now = Scheduler(parameters.load(data).parameters), datetime.now(UTC)
    past, launch = library.past.until(today()), _world().launch
    return Keeper(learners_of(places), library, scheduler, past, now, launch, places.learner)


def _warn(warning: str) -> None:
    if warning:
        print(presented(f"Attention : {warning}"), file=sys.stderr)


def _world() -> World:
    """The real clocks, entropy and time zone."""
    return World(
        now=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
        seed=lambda: os.urandom(8).hex(),
        zone=_zone(),
        device=f"{crc32(_machine().encode()):08x}",
        launch=f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.urandom(4).hex()}",
    )


def today() -> date:
    """The study day."""
    return study_day(datetime.now(UTC), _zone())


def _machine() -> str:
    """This machine's name, or nothing; the launch alone tells files of two machines of one name apart."""
    return os.environ.get("COMPUTERNAME") or (os.uname().nodename if hasattr(os, "uname") else "")


def _zone() -> tzinfo:
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    return zone


def _load(folders: Folders, keep: Later | None = None, needs_content: bool = True) -> Loaded:
    """The content, from its cache beside the data where it still fits; what is wrong with it is told on stderr.

    A cache is only left there if somebody will `keep` it. ContentError if the content is unusable, unless it can be done without.
    """

    write = _write if keep else None
    loaded = load_library(folders.content, folders.data / "cache", write, keep or at_once)
    why = obstacle(folders.content, loaded)
    if why and needs_content:
        raise ContentError(why)
    _warn(f"{why} {_WITHOUT}" if why else _left_out(folders.content, loaded))
    return loaded


def _write(path: Path, content: bytes) -> None:

    make_private(path.parent)
    write_whole(path, content)


def _left_out(content: Path, loaded: Loaded) -> str:
    """That a part of the content cannot be used, in a line that says how to see which; nothing if all of it can."""
    if not loaded.errors:
        return ""
    return left_out_line(len(loaded.errors), content)


def open_library(places: Places, needs_content: bool = True) -> Library:
    """The library of a run, for a verb that leaves nothing on disk, not even a cache."""
    return _load(places.folders, needs_content=needs_content).library


def deck_called(library: Library, name: str | None) -> Deck:
    """The deck of that id; UsageError naming the nearest ones if there is none."""
    deck = library.deck(name or EVERYTHING)
    if deck is not None:
        return deck
    known = ", ".join([*library.decks, EVERYTHING])
    raise UsageError(f"paquet inconnu : « {clean(name or '')} ». Paquets : {known}.")
