"""The floor: the least Textual application that asks a question, tells a verdict and goes on. Saves nothing."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

OPTIONS = 4


class MinimalApp(App[None]):
    """One question, four options, a verdict."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(number), f"pick({number})", "") for number in range(1, OPTIONS + 1)),
        ("enter", "next", ""),
        ("ctrl+q", "quit", ""),
    ]
    number = 1

    def compose(self) -> ComposeResult:
        """The three texts there are."""
        yield Static(self._question(), id="question")
        yield Static(self._options(), id="options")
        yield Static("", id="verdict")

    def _question(self) -> str:
        return f"Question {self.number} : que mesure la durée moyenne de traitement ?"

    def _options(self) -> str:
        return "\n".join(
            f"{option}  réponse {option} à la question {self.number}" for option in range(1, OPTIONS + 1)
        )

    def action_pick(self, option: int) -> None:
        """Tell whether it is right."""
        right = option == self.number % OPTIONS + 1
        self.query_one("#verdict", Static).update("Verdict : juste" if right else "Verdict : faux")

    def action_next(self) -> None:
        """Ask the next question."""
        self.number += 1
        self.query_one("#question", Static).update(self._question())
        self.query_one("#options", Static).update(self._options())
        self.query_one("#verdict", Static).update("")


if __name__ == "__main__":
    MinimalApp().run()
