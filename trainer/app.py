"""The application: theme, palette, and the routes between screens."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import App
from textual.command import CommandPalette
from textual.worker import WorkerFailed

from trainer.commands import QUIT
from trainer.glossary.cleaning import clean
from trainer.palette import ScreenCommands
from trainer.screens import routes
from trainer.screens.base import TrainerScreen
from trainer.screens.home import HomeScreen
from trainer.services import AT_HOME, Opening, Services
from trainer.widgets.theme import TRAINER

if TYPE_CHECKING:
    from rich.console import RenderableType

SWEEP_AFTER = 5.0
"""Seconds from the first screen to the look at who left long ago."""
LOOK = 30.0
"""Seconds between two looks at whether another study day has begun."""
LONGEST_PASTE = 1000
"""Characters taken of what is pasted; no answer is longer."""


class TrainerApp(App[None]):
    """Goes where the screens ask to go; knows nothing of what they do."""

    CSS_PATH: ClassVar[list[str]] = ["app.tcss", "screens/home.tcss"]  # type: ignore[assignment]
    TITLE = "trainer"
    COMMANDS: ClassVar[set[type[ScreenCommands]]] = {ScreenCommands}  # type: ignore[assignment]

    def __init__(
        self,
        services: Services,
        ask_who: bool = False,
        opening: Opening = AT_HOME,
    ) -> None:
        super().__init__()
        self.register_theme(TRAINER)
        self.theme = TRAINER.name
        self.services = services
        self._today = services.today()
        self._home = HomeScreen(services)
        self._ask_who = ask_who
        self._opening = opening

    def get_default_screen(self) -> HomeScreen:
        """Home, below all others."""
        return self._home

    @property
    def failure(self) -> Exception | None:
        """The error, if any, that nothing in the application expected, and that closed it."""
        failed = self._exception
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
        await super().on_event(event)

    def on_mount(self) -> None:
        """Open what lies over home at the start."""
        asyncio.get_running_loop().set_exception_handler(self._task_failed)
        self.screen.call_after_refresh(self._settle)
        self.set_interval(LOOK, self.look_at_the_day)
        if self._ask_who:
            self._show_learners()
        else:
            self._greet()

    def _settle(self) -> None:
        """Once the first screen is drawn: read what the next ones need, and collect garbage as usual again."""
        import trainer.drills.starting
        import trainer.screens.drill
        import trainer.screens.summary  # noqa: F401

        gc.freeze()
        gc.enable()
        self._keep()
        self.set_timer(SWEEP_AFTER, self._sweep)

    def _keep(self) -> None:
        """Spare the next start, even after a crash, what this one had to read."""
        store = self.services.store
        if not store.is_kept:
            self.run_worker(store.keep, thread=True, exit_on_error=False)

    def _sweep(self) -> None:
        """Forget those who left long ago, once nothing waits for the disk."""
        self.run_worker(self.services.sweep, thread=True, exit_on_error=False)

    def look_at_the_day(self) -> None:
        """Draw anew what depends on the study day once another one has begun: windows stay open overnight."""
        today = self.services.today()
        if self.screen is self._home and not self.services.is_up_to_date:
            self._turn_to(self.services.for_learner(self.services.learner.name))
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

    @on(routes.Understood)
    async def _understood(self) -> None:
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
            session = self.services.session(opening.deck, opening.formats)
            session.timed = opening.timed
            self.post_message(routes.Drill(session))

    @on(routes.Drill)
    def _drill(self, event: routes.Drill) -> None:
        from trainer.screens.drill import DrillScreen

        self._leave_session()
        self.push_screen(DrillScreen(self.services, event.session))

    @on(routes.Finished)
    def _finished(self, event: routes.Finished) -> None:
        from trainer.screens.summary import SummaryScreen

        self.switch_screen(SummaryScreen(self.services, event.session))

    @on(routes.GoHome)
    def _gone_home(self) -> None:
        self._leave_session()

    def _leave_session(self) -> None:
        """Drop the summary one comes from, and what lies over home but a deck."""
        from trainer.screens.summary import SummaryScreen

        while isinstance(self.screen, SummaryScreen):
            self.pop_screen()

    @on(routes.ShowDeck)
    def _deck_opened(self, event: routes.ShowDeck) -> None:
        from trainer.screens.deck import DeckScreen

        self.push_screen(DeckScreen(self.services, event.deck))

    @on(routes.ShowGlossary)
    def _glossary(self) -> None:
        from trainer.screens.glossary import GlossaryScreen

        self.push_screen(GlossaryScreen(self.services))

    @on(routes.ShowTerm)
    def _term(self, event: routes.ShowTerm) -> None:
        from trainer.screens.glossary import TermScreen

        self.push_screen(TermScreen(self.services, event.term))

    @on(routes.ShowProgress)
    def _progress(self) -> None:
        from trainer.screens.progress import ProgressScreen

        self.push_screen(ProgressScreen(self.services))

    @on(routes.ShowData)
    def _data(self) -> None:
        from trainer.screens.data import DataScreen

        self.push_screen(DataScreen(self.services))

    @on(routes.Erase)
    async def _erase(self) -> None:
        """Erase all of the learner, say what became of it, and ask who learns now."""
        from trainer.personal import erased
        from trainer.screens.learners import LearnersScreen

        title = self.services.learner.title
        left = self.services.erase()
        self._turn_to(self.services.for_learner(""))
        await self._go_home()
        self.push_screen(LearnersScreen(self.services, "\n".join(erased(title, left))))

    @on(routes.ShowLearners)
    def _show_learners(self) -> None:
        from trainer.screens.learners import LearnersScreen

        self.push_screen(LearnersScreen(self.services))

    @on(routes.Learns)
    async def _learns(self, event: routes.Learns) -> None:
        """Close the books of one learner and open those of another, unless they are the same."""
        if not self.services.is_of(event.name):
            self._turn_to(self.services.for_learner(event.name))
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
        self.notify(f"Pour quitter\u00a0: {QUIT.printed}.", markup=False)

    def action_command_palette(self) -> None:
        """Open the palette, in French."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="Chercher une commande…", id="--command-palette"))
