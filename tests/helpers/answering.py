"""Answering questions on the screen, right or wrong, from one to the next and out."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.helpers.screens import app_of, on_screen, shows, until
from trainer.drills.shapes import Matching, Order, Pick, Question, Reveal, Tick, Write
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.sitting import SittingScreen, Stage
from trainer.screens.summary import SummaryScreen


def asked(screen: DrillScreen) -> Question:
    """The question that is being asked."""
    assert screen.session.question is not None
    return screen.session.question


def choice(screen: DrillScreen) -> Pick:
    """The multiple choice that is being asked."""
    question = asked(screen)
    assert isinstance(question, Pick)
    return question


def recall(screen: DrillScreen) -> Write:
    """The typed recall that is being asked."""
    question = asked(screen)
    assert isinstance(question, Write)
    return question


def card(screen: DrillScreen) -> Reveal:
    """The flashcard that is being shown."""
    question = asked(screen)
    assert isinstance(question, Reveal)
    return question


def board(screen: GameScreen) -> Matching:
    """The board that is being played."""
    assert screen.game.board is not None
    return screen.game.board


def wrong_index(question: Pick) -> int:
    """The index of an option that is not the answer."""
    return (question.answer + 1) % len(question.options)


async def told(pilot: Pilot[None], screen: SittingScreen) -> None:
    """Wait for the verdict."""
    await until(pilot, lambda: screen.stage is Stage.TOLD)


async def answer(pilot: Pilot[None], screen: SittingScreen, right: bool = True) -> None:
    """Answer the question, whatever it is, or give the board up; up to the verdict."""
    if isinstance(screen, DrillScreen):
        await reply(pilot, screen, right)
    else:
        await screen.action_dont_know()
    await told(pilot, screen)


async def reply(pilot: Pilot[None], screen: DrillScreen, right: bool) -> None:
    """Answer the question, whatever it is."""
    match asked(screen):
        case Pick() as question:
            await pilot.press(str((question.answer if right else wrong_index(question)) + 1))
        case Tick() as question:
            ticked = sorted(question.answers if right else {*range(len(question.options))} - question.answers)
            await pilot.press(*(str(index + 1) for index in ticked), "enter")
        case Order() as question:
            placed = question.answer if right else question.answer[::-1]
            await pilot.press(*(str(index + 1) for index in placed), "enter")
        case Reveal():
            await pilot.press("enter", "3" if right else "1")
        case Write() as question:
            screen.page.typed.value = question.accepted[0] if right else "tout autre chose"
            await pilot.press("enter")


async def go_on(pilot: Pilot[None], screen: SittingScreen) -> None:
    """From a verdict to what is asked next, here or on another screen, or to the summary."""
    leaving = (Stage.TOLD, Stage.SAVING)
    await pilot.press("enter")
    await until(pilot, lambda: screen.stage not in leaving or pilot.app.screen is not screen)


async def leave(pilot: Pilot[None]) -> SummaryScreen:
    """Stop the session in front, though it asks whether that is meant, and come to its summary."""
    await pilot.press("escape")
    if shows(app_of(pilot), "Échap encore une fois"):
        await pilot.press("escape")
    return await on_screen(pilot, SummaryScreen)


def expansion_of(screen: GameScreen, left: int) -> int:
    """Where the expansion of an acronym stands on the right."""
    game = board(screen)
    return game.expansions.index(game.pairs[left])


async def pair(pilot: Pilot[None], screen: GameScreen, left: int, right_of: int | None = None) -> None:
    """Put an acronym with its expansion, or with that of another one, and wait until it is judged."""
    before = len(screen.game.log)
    right = expansion_of(screen, left if right_of is None else right_of)
    await pilot.press(str(left + 1), str(right + 1))
    await until(pilot, lambda: len(screen.game.log) > before and screen.stage is not Stage.ANSWERED)
