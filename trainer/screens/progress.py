"""Progress: the learner's own figures, for their eyes."""

from __future__ import annotations

from datetime import timedelta

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from trainer.memory.cards import Card, cards_of
from trainer.memory.statistics import CardCounts, Statistics, card_counts, gone, statistics
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import ShowData
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, DATA, HELP
from trainer.widgets.literal import literal
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL
from trainer.wording.figures import damage_lines, gone_lines, summary_lines

WIDTH = 24
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class ProgressScreen(TrainerScreen):
    """Figures, what comes this week, how far each family of terms is learnt."""

    CSS_PATH = "progress.tcss"
    HEADING = "Progrès"
    OFFERS = (BACK, DATA, HELP)

    text = query_one("#text", Prose)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(id="page"):
            yield Prose(self._page(), id="text")
        yield CommandBar(self.OFFERS)

    def day_changed(self) -> None:
        """Draw the figures of this day."""
        self.text.update(self._page())

    def action_data(self) -> None:
        """Open what all this comes from."""
        self.post_message(ShowData())

    def _page(self) -> Content:
        library = self.services.library
        cards = cards_of(library, library.everything)
        lost = gone(library, self.services.history)
        figures = statistics(cards, self.services.history, self.services.today(), lost)
        lines = (
            *summary_lines(figures),
            *gone_lines(lost, figures.absent),
            *damage_lines(self.services.store.damage),
        )
        return Content.assemble(
            literal("\n".join(lines)),
            literal("\n\nÀ revoir cette semaine\n", LABEL),
            literal(self._week(figures)),
            literal("\n\nPar famille (█ bien su, ▒ en cours, · pas encore vu)\n", LABEL),
            literal(self._families(cards)),
        )

    def _week(self, figures: Statistics) -> str:
        today, most = self.services.today(), max(max(figures.ahead), 1)
        lines = []
        for offset, count in enumerate(figures.ahead):
            name = "aujourd’hui" if offset == 0 else WEEKDAYS[(today + timedelta(days=offset)).weekday()]
            lines.append(f"{name:<12} {'█' * round(WIDTH * count / most)} {count}")
        return "\n".join(lines)

    def _families(self, cards: list[Card]) -> str:
        library, families = self.services.library, dict[str, list[Card]]()
        for card in cards:
            term = library.terms.get(card.subject)
            family = library.categories[term.category].name if term else "Questions du formateur"
            families.setdefault(family, []).append(card)
        widest = max(map(len, families), default=0)
        return "\n".join(
            f"{name:<{widest}} {_bar(card_counts(members, self.services.history))}"
            for name, members in families.items()
        )


def _bar(figures: CardCounts) -> str:
    """A bar of fixed width; whatever is begun shows."""
    total = max(figures.total, 1)
    known = round(WIDTH * figures.known / total)
    begun = max(round(WIDTH * (figures.known + figures.learning) / total), known)
    if figures.learning and begun == known < WIDTH:
        begun += 1
    return "█" * known + "▒" * (begun - known) + "·" * (WIDTH - begun)
