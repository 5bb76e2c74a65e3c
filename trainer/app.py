"""The application: theme, palette, and the routes between screens."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import wraps
from inspect import isawaitable
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on
from textual.app import App
from textual.worker import WorkerFailed

from trainer.errors import ProgressError
from trainer.glossary.cleaning import clean, presented
from trainer.memory.opening import AT_HOME, Opening
from trainer.screens import routes
from trainer.screens.base import TrainerScreen
from trainer.screens.home import HomeScreen
from trainer.services import Services
from trainer.terminal.choosing import careful
from trainer.terminal.sieve import LONGEST_PASTE
from trainer.widgets.commands import QUIT
from trainer.widgets.theme import TRAINER

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver

    from trainer.drills.starting import Sitting
    from trainer.screens.saving import Saver
    from trainer.screens.sitting import SittingScreen

SWEEP_AFTER = 5.0
"""Seconds from the first screen to the look at who left long ago."""
LOOK = 30.0
"""Seconds between two looks at whether another study day has begun."""

R = TypeVar("R", bound=routes.Route)
Follow = Callable[["TrainerApp", R], Awaitable[None] | None]


def on_route(kind: type[R]) -> Callable[[Follow[R]], Follow[R]]:
    """The method that follows a wish to go elsewhere; not if its screen was left meanwhile, for impatient keys wish twice."""

    def decorate(follow: Follow[R]) -> Follow[R]:
        @on(kind)
        @wraps(follow)
        async def unless_left(app: TrainerApp, event: R) -> None:
            if event.origin is None or event.origin.is_active:
                going = follow(app, event)
                if isawaitable(going):
                    await going

        return unless_left

    return decorate


def _aside(action: Callable[[], object]) -> None:
    """Do what nobody waits for: a disk that hangs must not hold up the end of the program, a failure disturbs nobody."""

    def act() -> None:
        with suppress(Exception):
            action()

    Thread(target=act, daemon=True).start()


class TrainerApp(App[None]):
    """Goes where the screens ask to go; knows nothing of what they do."""

    CSS_PATH: ClassVar[list[str]] = ["app.tcss", "screens/home.tcss"]  # type: ignore[assignment]
    TITLE = "trainer"
    ENABLE_COMMAND_PALETTE = False
    """Textual's own palette fails under impatient keys, and overtakes those that came before."""

    def __init__(
        self,
        services: Services,
        ask_who: bool = False,
        opening: Opening = AT_HOME,
        later: Iterable[Callable[[], None]] = (),
    ) -> None:
        """`later` is what may wait until the first screen stands."""
        super().__init__()
        self.register_theme(TRAINER)
        # Nothing is drawn yet that would have to be told: set as usual, every style sheet would be read once more.
        self.set_reactive(App.theme, TRAINER.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.services = services
        self._today = services.today()
        self._home = HomeScreen(services)
        self._ask_who = ask_who
        self._opening = opening
        self._later = later

    def get_driver_class(self) -> type[Driver]:
        """What draws and reads, with care for what a terminal may send."""
        return careful(super().get_driver_class())

    def get_default_screen(self) -> HomeScreen:
        """Home, below all others."""
        return self._home

    def push_screen(self, screen: Any, *arguments: Any, **more: Any) -> Any:
        """Open a screen over the one in front."""
        self._read_style(screen)
        return super().push_screen(screen, *arguments, **more)

    def switch_screen(self, screen: Any) -> Any:
        """Open a screen in the place of the one in front."""
        self._read_style(screen)
        return super().switch_screen(screen)

    def _read_style(self, screen: TrainerScreen) -> None:
        """Read the style sheet of a screen: Textual would read all of them anew for it, while somebody waits."""
        missing = [path for path in screen.css_path if not self.stylesheet.has_source(str(path))]
        if missing:
            self.stylesheet.read_all(missing)
            self.stylesheet.parse()  # or the first part drawn would still be looked up among the rules before

    @property
    def failure(self) -> Exception | None:
        """The error, if any, that nothing in the application expected, and that closed it."""
        failed: Exception | None = getattr(self, "_exception", None)
        if failed is None and self.return_code:  # another release of Textual may keep it elsewhere
            return RuntimeError("Textual ended by itself")
        if isinstance(failed, WorkerFailed) and isinstance(failed.error, Exception):
            return failed.error  # the wrapper knows nothing of where it was raised
        return failed

    def panic(self, *renderables: RenderableType) -> None:
        """Close without a word; whoever runs the application tells the failure, in French."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """The same; Textual would print the local variables of every function, names and answers among them."""
        self._close_messages_no_wait()

    def _task_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A task failed that nobody waits for."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    async def on_event(self, event: events.Event) -> None:
        """Take what is pasted for text too: a field would send its control sequences back to the terminal."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text[:LONGEST_PASTE])
        if not (isinstance(event, events.MouseDown) and self._is_gone(event)):
            await super().on_event(event)

    def _is_gone(self, click: events.MouseDown) -> bool:
        """Whether what was clicked has just been taken off the screen, as a message that has been shown long enough."""
        if not self.screen_stack:
            return True
        widget, _ = self.screen.get_widget_and_offset_at(*click.screen_offset)
        return widget is not None and widget.parent is None and widget is not self.screen

    def on_mount(self) -> None:
        """Open what lies over home at the start."""
        asyncio.get_running_loop().set_exception_handler(self._task_failed)
        self.app_resume_signal.subscribe(self, self._draw_again)
        self.screen.call_after_refresh(self._warm_up)
        self.set_interval(LOOK, self.look_at_the_day)
        if self._ask_who:
            self._show_learners()
        else:
            self._greet()

    def _draw_again(self, _: App[object]) -> None:
        """Draw everything: somebody else had the terminal meanwhile."""
        self.screen.refresh(layout=True)

    def _warm_up(self) -> None:
        """Once the first screen is drawn: read what the next ones need, and collect garbage as usual again."""
        import trainer.drills.starting
        import trainer.screens.drill
        import trainer.screens.game
        import trainer.screens.summary  # noqa: F401

        gc.freeze()
        gc.enable()
        self._keep()
        for action in self._later:
            _aside(action)
        self.set_timer(SWEEP_AFTER, self._sweep)

    def _keep(self) -> None:
        """Spare the next start, even after a crash, what this one had to read."""
        store = self.services.store
        if not store.is_kept:
            _aside(store.keep)

    def _sweep(self) -> None:
        """Forget those who left long ago, once nothing waits for the disk."""
        _aside(self.services.sweep)

    def look_at_the_day(self) -> None:
        """Draw anew what depends on the study day once another one has begun: windows stay open overnight."""
        today = self.services.today()
        if self.screen is self._home and not self.services.is_up_to_date:
            self._turn_to(self.services.for_learner(self.services.learner))
        if today != self._today:
            self._today = today
            for screen in self.screen_stack:
                if isinstance(screen, TrainerScreen) and screen.is_mounted:
                    screen.day_changed()

    def _greet(self) -> None:
        """Tell whoever learns what is kept of them, once; then begin."""
        if self.services.learner.informed:
            self._begin()
            return
        from trainer.screens.notice import FirstNoticeScreen

        self.push_screen(FirstNoticeScreen(self.services))

    @on_route(routes.Understood)
    async def _understood(self, event: routes.Understood) -> None:
        if not self.services.learner.informed:
            self._turn_to(self.services.informed())
            await self._go_home()
            self._begin()

    def _begin(self) -> None:
        """Open the session that the command line asked for, once."""
        opening, self._opening = self._opening, AT_HOME
        if opening.confusions:
            self._home.call_after_refresh(self._home.action_tell_apart)
        elif opening.deck is not None:
            self.post_message(routes.Drill(self.services.starter().opened(opening)))

    @on_route(routes.Drill)
    def _drill(self, event: routes.Drill) -> None:
        self._leave_session()
        self.push_screen(self._screen_of(event.sitting))

    @on(routes.GoOn)
    async def _going_on(self, event: routes.GoOn) -> None:
        """Go on with a session, from its cards to its game or back."""
        if await self._uncovered(event.origin):
            self.switch_screen(self._screen_of(event.sitting, event.saver))

    @on(routes.Finished)
    async def _finished(self, event: routes.Finished) -> None:
        """Show what became of a session or a game."""
        from trainer.screens.summary import SummaryScreen

        if await self._uncovered(event.origin):
            self.switch_screen(SummaryScreen(self.services, event.sitting))

    def _screen_of(self, sitting: Sitting, saver: Saver | None = None) -> SittingScreen:
        """The screen on which that is asked, or played, which comes next."""
        from trainer.drills.game import Game
        from trainer.screens.drill import DrillScreen
        from trainer.screens.game import GameScreen

        if isinstance(sitting, Game):
            return GameScreen(self.services, sitting)
        if sitting.is_playing:
            return GameScreen(self.services, sitting.game, sitting, saver)
        return DrillScreen(self.services, sitting, saver)

    async def _uncovered(self, screen: TrainerScreen | None) -> bool:
        """Whether a screen is still there; its help, which may have been opened while it waited for the disk, is closed."""
        if screen not in self.screen_stack:
            return False
        while self.screen is not screen:
            await self.pop_screen()
        return True

    @on_route(routes.GoHome)
    def _gone_home(self, event: routes.GoHome) -> None:
        self._leave_session()

    def _leave_session(self) -> None:
        """Drop the summary one comes from, and what lies over home but a deck."""
        from trainer.screens.summary import SummaryScreen

        while isinstance(self.screen, SummaryScreen):
            self.pop_screen()

    @on_route(routes.ShowDeck)
    def _deck_opened(self, event: routes.ShowDeck) -> None:
        from trainer.screens.deck import DeckScreen

        self.push_screen(DeckScreen(self.services, event.deck))

    @on_route(routes.ShowGlossary)
    def _glossary(self, event: routes.ShowGlossary) -> None:
        from trainer.screens.glossary import GlossaryScreen

        self.push_screen(GlossaryScreen(self.services))

    @on_route(routes.ShowTerm)
    def _term(self, event: routes.ShowTerm) -> None:
        from trainer.screens.glossary import TermScreen

        self.push_screen(TermScreen(self.services, event.term))

    @on_route(routes.ShowProgress)
    def _progress(self, event: routes.ShowProgress) -> None:
        from trainer.screens.progress import ProgressScreen

        self.push_screen(ProgressScreen(self.services))

    @on_route(routes.ShowData)
    def _data(self, event: routes.ShowData) -> None:
        from trainer.screens.data import DataScreen

        self.push_screen(DataScreen(self.services))

    @on_route(routes.ShowProblems)
    def _problems(self, event: routes.ShowProblems) -> None:
        from trainer.screens.problems import ProblemsScreen

        self.push_screen(ProblemsScreen(self.services))

    @on_route(routes.Erase)
    async def _erase(self, event: routes.Erase) -> None:
        """Erase all of the learner, say what became of it, and ask who learns now."""
        from trainer.wording.privacy import erased

        title = self.services.learner.title
        left = self.services.erase()
        self._turn_to(self.services.for_learner(self.services.learners.called("")))
        await self._go_home()
        self._show_learners("\n".join(erased(title, left)))

    @on_route(routes.ShowLearners)
    def _ask_who_learns(self, event: routes.ShowLearners) -> None:
        self._show_learners()

    def _show_learners(self, news: str = "") -> None:
        """Ask who learns, or ask again; `news` stands below the question."""
        from trainer.screens.learners import LearnersScreen

        screen = LearnersScreen(self.services, news)
        if isinstance(self.screen, LearnersScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    @on_route(routes.Learns)
    async def _learns(self, event: routes.Learns) -> None:
        """Close the books of one learner and open those of another, unless they are the same."""
        if not self.services.is_of(event.learner):
            try:
                services = self.services.for_learner(event.learner)
            except ProgressError as error:  # what is kept of them is out of reach
                self._show_learners(f"⚠ {error}")
                return
            self._turn_to(services)
            self._keep()
        await self._go_home()
        self._greet()

    def _turn_to(self, services: Services) -> None:
        self.services = services
        self._home.welcome(services)

    async def _go_home(self) -> None:
        while self.screen is not self._home:
            await self.pop_screen()

    def action_show_keys(self) -> None:
        """Show the keys of the screen in front."""
        from trainer.screens.keys import KeysScreen

        screen = self.screen
        if isinstance(screen, TrainerScreen) and not isinstance(screen, KeysScreen):
            self.push_screen(KeysScreen(self.services, screen.HEADING, screen.OFFERS))

    def action_help_quit(self) -> None:
        """Ctrl+C: say in French which keys end the application; by habit it is pressed without meaning to leave."""
        self.notify(presented(f"Pour quitter : {QUIT.printed}."), markup=False)

    def action_command_palette(self) -> None:
        """Find a command of the screen in front by its name."""
        from trainer.screens.palette import PaletteScreen

        screen = self.screen
        if isinstance(screen, TrainerScreen) and not isinstance(screen, PaletteScreen):
            self.push_screen(PaletteScreen(self.services, screen))
