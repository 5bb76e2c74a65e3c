"""The matching game on the screen: hands that change their mind, scores, the time, and one game after the other."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from tests.helpers import PATIENCE
from tests.helpers.answering import answer, board, expansion_of, go_on, leave, pair, told
from tests.helpers.journals import break_disk, journal, repair_disk
from tests.helpers.libraries import BOARD, SIX, shipped, small_deck, without_decks
from tests.helpers.screens import app_of, click, drawn, on_screen, place_of, seen, shows, until
from tests.helpers.world import Clock, drilling, services
from trainer.app import TrainerApp
from trainer.drills.posing.boards import boards
from trainer.drills.shapes import Matching
from trainer.glossary.decks import Format
from trainer.memory.games import Record
from trainer.screens.game import GameScreen
from trainer.screens.home import HomeScreen
from trainer.screens.routes import Drill
from trainer.screens.sitting import Stage
from trainer.screens.summary import SummaryScreen
from trainer.wording.numbers import duration

TALL = (100, 40)
MATCH = [Format.MATCH]
WORDY = small_deck(shipped(), "arcep", "dgccrf", "cnil", "soncas", "dmt", "btobtoc", drills=MATCH)


async def finish(pilot: Pilot[None], screen: GameScreen, wrong: int = 0) -> None:
    """Play every board that is left, the first `wrong` acronyms of each wrong at first, up to the summary."""
    while pilot.app.screen is screen:
        for left in range(6):
            if left not in screen.game.solved:
                if left < wrong:
                    await pair(pilot, screen, left, (left + 1) % 6)
                await pair(pilot, screen, left)
        await told(pilot, screen)
        await pilot.press("enter")
        await until(pilot, lambda: screen.stage is not Stage.TOLD or pilot.app.screen is not screen)
    await on_screen(pilot, SummaryScreen)


async def give_up(pilot: Pilot[None], screen: GameScreen) -> None:
    """Know nothing of any board that is left, up to the summary."""
    while pilot.app.screen is screen:
        await answer(pilot, screen, right=False)
        await go_on(pilot, screen)
    await on_screen(pilot, SummaryScreen)


async def test_an_acronym_can_be_let_go(tmp_path: Path) -> None:
    """Escape lets go of the acronym held and ends nothing; the left arrow too; more of them leave the game."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        for key in ("escape", "left"):
            await pilot.press("3")
            assert shows(app, f"▸ 3 {game.pairs[2].acronym}")
            await pilot.press(key)
            assert "▸" not in seen(app)
            assert app.screen is screen
        await pilot.press("enter")
        assert shows(app, f"▸ 3 {game.pairs[2].acronym}")
        await pilot.press("escape")
        await leave(pilot)
        assert shows(app, "Partie arrêtée.", "Aucune paire cette fois.")
    assert journal(bag) == []


async def test_another_acronym_may_be_chosen_before_the_expansion(tmp_path: Path) -> None:
    """By mouse, or by Tab and arrows, the last acronym chosen counts; nothing is noted of the first."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        await click(pilot, f"1 {game.pairs[0].acronym}")
        await click(pilot, f"2 {game.pairs[1].acronym}")
        assert shows(app, f"▸ 2 {game.pairs[1].acronym}") and seen(app).count("▸") == 1
        right = expansion_of(screen, 1)
        await click(pilot, f"{right + 1} {game.expansions[right].expansion[:12]}")
        await until(pilot, lambda: 1 in screen.game.solved and screen.stage is Stage.ASKED)
        assert shows(app, f"▸ 3 {game.pairs[2].acronym}") is False
        await pilot.press("right", "shift+tab", "down", "enter")
        assert shows(app, f"▸ 4 {game.pairs[3].acronym}")
        right = expansion_of(screen, 3)
        await pilot.press(str(right + 1))
        await until(pilot, lambda: 3 in screen.game.solved)
    assert [(fact["card"].split("/")[0], fact["correct"]) for fact in journal(bag)] == [
        (game.pairs[1].card.subject, True),
        (game.pairs[3].card.subject, True),
    ]


async def test_an_expansion_without_an_acronym_is_no_answer(tmp_path: Path) -> None:
    """A click on the right first says what is missing; Enter twice in a row does not pair anything either."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await click(pilot, f"2 {board(screen).expansions[1].expansion[:12]}")
        await until(pilot, lambda: shows(app, "Choisissez d’abord un sigle"))
        await pilot.press("enter", "enter", "enter")
        assert shows(app, f"▸ 1 {board(screen).pairs[0].acronym}")
        assert screen.game.log == ()
    assert journal(bag) == []


async def test_a_wrong_pair_is_marked_until_the_next_one(tmp_path: Path) -> None:
    """✗ on both sides, the acronym ready to be tried again; the next pair takes the marks away. The status counts."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        assert shows(app, "Sigles · 0 paire sur 6")
        await pair(pilot, screen, 3, 1)
        wrong = expansion_of(screen, 1) + 1
        assert shows(app, f"✗ 4 {game.pairs[3].acronym}", f"✗ {wrong} {game.pairs[1].expansion}")
        assert shows(app, "Sigles · 0 paire sur 6, 1 erreur")
        await pilot.press("enter", str(expansion_of(screen, 3) + 1))
        await until(pilot, lambda: 3 in screen.game.solved and screen.stage is Stage.ASKED)
        assert "✗" not in seen(app)
        assert shows(
            app, f"✓ 4 {game.pairs[3].acronym}", f"{game.pairs[3].expansion} ({game.pairs[3].acronym})"
        )
        assert shows(app, "Sigles · 1 paire sur 6, 1 erreur")


async def test_first_tries_make_the_result_and_the_record(tmp_path: Path) -> None:
    """A board tells its first tries; a game those of all its boards, what was confused, and the best so far."""
    twelve = small_deck(shipped(), *SIX, "seo", "cnil", "rgpd", "url", "cms", "vad", drills=MATCH)
    bag = services(tmp_path, library=without_decks(), seed="un")
    async with drilling(bag, twelve).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        assert shows(app, "Plateau 1 sur 2 · 0 paire sur 6")
        for left in range(6):
            if left < 2:
                await pair(pilot, screen, left, left + 1)
            await pair(pilot, screen, left)
        await told(pilot, screen)
        assert shows(app, "✓ Juste", "Premier coup : 4 sur 6.")
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "Plateau 2 sur 2 · 0 paire sur 6"))
        await finish(pilot, screen)
        assert shows(app, "Partie terminée.", "Premier coup : 10 sur 12.", "Votre record : 10 sur 12.")
        assert shows(app, "C’est cette partie !")
        first, second = game.pairs[:2]
        assert shows(
            app,
            f"✗ {first.acronym} ✓ {first.expansion} Vous : {second.expansion}, le sens de {second.acronym}",
        )
    bag.store.close()
    bag = services(tmp_path, library=without_decks(), seed="deux")
    async with drilling(bag, twelve).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await finish(pilot, screen, wrong=2)
        assert shows(app, "Premier coup : 8 sur 12.", "Votre record : 10 sur 12.")
        assert not shows(app, "C’est cette partie !")
        assert " min " not in seen(app) and " s." not in seen(app)


async def test_the_time_shows_only_when_asked_for(tmp_path: Path) -> None:
    """C shows it and hides it again; it counts from the start, goes on by itself and is part of the result."""
    clock = Clock()
    bag = services(tmp_path, library=without_decks(), clock=clock)
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await pair(pilot, screen, 0)
        assert seen(app).splitlines()[0].strip() == "Sigles · 1 paire sur 6"
        await pilot.press("c")
        assert seen(app).splitlines()[0].strip().endswith(" s")
        before = seen(app).splitlines()[0]
        await pilot.press("2")
        await until(pilot, lambda: seen(app).splitlines()[0] != before)
        assert shows(app, f"▸ 2 {board(screen).pairs[1].acronym}")
        await pilot.press("c")
        assert seen(app).splitlines()[0].strip() == "Sigles · 1 paire sur 6"
        await pilot.press("escape", "c")
        await finish(pilot, screen)
        took = sum(fact["took"] for fact in journal(bag))
        assert bag.history.games.records == {6: Record(6, took)}
        assert shows(app, f"Premier coup : 6 sur 6, en {took // 1000} s.")
        assert shows(app, f"Votre record : 6 sur 6, en {took // 1000} s.")
    assert all(fact["rating"] is None for fact in journal(bag))


async def test_giving_up_does_not_turn_the_time_back(tmp_path: Path) -> None:
    """What was thought before it was spent too."""
    clock = Clock()
    bag = services(tmp_path, library=without_decks(), clock=clock)
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await pair(pilot, screen, 0)
        await pilot.press("c")
        before = screen.game.score().took
        clock.ticks += 40
        await pilot.press("0")
        await told(pilot, screen)
        assert screen.game.score().took > before + 40_000
        assert shows(app, duration(screen.game.score().took))


async def test_another_game_asks_other_acronyms(tmp_path: Path) -> None:
    """E starts another game at once, with none of the acronyms just played, and goes on until there are no others."""
    bag = services(tmp_path, library=without_decks())
    ids = [*SIX, "seo", "cnil", "rgpd", "url", "cms", "vad", "faq", "http"]
    deck = small_deck(
        shipped(), *ids, *("sms", "etp", "man", "sda", "ani", "cac", "cpl", "bpo"), drills=MATCH
    )
    async with drilling(bag, deck).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        played = set(screen.game.subjects)
        assert len(played) == 18
        await give_up(pilot, screen)
        assert shows(app, "Encore une partie", "4 autres sigles, 14 déjà joués")
        await pilot.press("e")
        screen = await on_screen(pilot, GameScreen)
        assert set(deck.terms) - played <= set(screen.game.subjects)
        assert {each.card.subject for each in board(screen).pairs} >= set(deck.terms) - played
        await leave(pilot)
        assert shows(app, "Encore une partie", "les mêmes sigles, faute d’autres")


async def test_a_large_glossary_has_other_acronyms(tmp_path: Path) -> None:
    """After eighteen acronyms eighteen others come, chosen from the menu as well as by E; the time stays on."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, None, Format.MATCH).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        played = set(screen.game.subjects)
        await pilot.press("c")
        await leave(pilot)
        assert shows(app, "18 autres sigles")
        await click(pilot, "Encore une partie")
        screen = await on_screen(pilot, GameScreen)
        assert played.isdisjoint(screen.game.subjects)
        assert screen.game.timed


async def test_a_deck_with_too_few_acronyms_says_so(tmp_path: Path) -> None:
    """No empty game without a word, and no offer of another one."""
    bag = services(tmp_path, library=without_decks())
    few = small_deck(shipped(), "svi", "acd", drills=MATCH)
    async with drilling(bag, few).run_test(size=TALL) as pilot:
        await on_screen(pilot, SummaryScreen)
        app = app_of(pilot)
        assert shows(app, "« Essai » n’a pas assez de sigles pour jouer : il en faut au moins six.")
        assert not shows(app, "Encore")
        await pilot.press("e")
        assert isinstance(app.screen, SummaryScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)], ids=str)
async def test_long_expansions_keep_clear_of_their_number(tmp_path: Path, size: tuple[int, int]) -> None:
    """No line of an expansion begins under its number, at any width and after a change of it; the verdict is in sight."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, WORDY).run_test(size=(120, 30)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        lines = seen(app).splitlines()
        column, first = place_of(app, f"1 {board(screen).expansions[0].expansion[:9]}")
        rows = [line[column:].rstrip() for line in lines[first:-1]]
        assert all(row.startswith("  ") or row[0].isdigit() for row in rows if row), rows
        assert all(each.expansion.split()[-1] in seen(app) for each in board(screen).expansions)
        await pair(pilot, screen, 0, 1)
        wrong = expansion_of(screen, 1) + 1
        await until(pilot, lambda: shows(app, f"✗ 1 {board(screen).pairs[0].acronym}", f"✗ {wrong} "))
        assert shows(app, "✗ Faux", "est le sens")


def wordy_and_short(number: int) -> list[Matching]:
    """The wordiest and the shortest of many boards of the whole glossary, in turn: as different as two in a row can be."""
    dealt = (boards(shipped(), without_decks().everything, seed) for seed in map(str, range(48)))
    by_length = sorted(islice(chain.from_iterable(dealt), 48), key=_letters)
    return [each for pair in zip(reversed(by_length), by_length, strict=True) for each in pair][:number]


def _letters(each: Matching) -> int:
    return sum(len(expansion.expansion) for expansion in each.expansions)


def unseen(app: TrainerApp, screen: GameScreen) -> list[str]:
    """The acronyms of the board, each behind its number, that are not among the characters on the screen."""
    lines = seen(app).splitlines()
    rows = [f" {number} {pair.acronym} " for number, pair in enumerate(board(screen).pairs, 1)]
    return [row for row in rows if not any(row in line[:24] for line in lines)]


@pytest.mark.parametrize(("size", "number"), [((80, 24), 16), ((60, 20), 10)], ids=str)
async def test_every_acronym_is_in_sight_on_boards_in_a_row(
    tmp_path: Path, size: tuple[int, int], number: int
) -> None:
    """Before a board is played and after, all six acronyms can be read, however the board before it looked."""
    bag = services(tmp_path, library=without_decks())
    game = replace(bag.starter().game(without_decks().everything), boards=wordy_and_short(number))
    game.advance()
    async with TrainerApp(bag).run_test(size=size) as pilot:
        app = app_of(pilot)
        await on_screen(pilot, HomeScreen)
        app.post_message(Drill(game))
        screen = await on_screen(pilot, GameScreen)
        missing: dict[str, list[str]] = {}
        for turn in range(1, number + 1):
            status = f"Plateau {turn} sur {number}"
            await until(pilot, partial(shows, app, status))
            await drawn(pilot)
            missing[f"{status}, asked"] = unseen(app, screen)
            await pilot.press("0")
            await told(pilot, screen)
            await drawn(pilot)
            missing[f"{status}, told"] = unseen(app, screen)
            await pilot.press("enter")
        await on_screen(pilot, SummaryScreen)
        assert not any(missing.values()), {key: rows for key, rows in missing.items() if rows}


async def test_whatever_of_a_board_is_too_low_is_reached_by_its_keys(tmp_path: Path) -> None:
    """On a small terminal each acronym and each line of each expansion comes in sight when it is moved to."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, WORDY).run_test(size=(60, 12)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        for number, each in enumerate(game.pairs, 1):
            await until(pilot, partial(shows, app, f" {number} {each.acronym} "))
            await pilot.press("down")
        await pilot.press("enter")
        for number, each in enumerate(game.expansions, 1):
            await pilot.press("down")
            await until(pilot, partial(shows, app, f" {number} {each.expansion[:9]}"))
            await drawn(pilot)
            assert each.expansion.split()[-1] in seen(app)


async def test_what_is_highlighted_is_in_sight(tmp_path: Path) -> None:
    """On a terminal too low for the board, moving down shows what lies below."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, WORDY).run_test(size=(60, 12)) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        last = board(screen).expansions[-1].expansion
        assert f"8 {last[:9]}" not in seen(app)
        await pilot.press("enter", "end")
        await until(pilot, lambda: f"8 {last[:9]}" in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: f"1 {board(screen).pairs[0].acronym}" in seen(app))


async def test_pairs_made_while_the_disk_is_slow_are_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pair that comes before the last one is on disk waits for it: each has an id of its own."""
    awake = Event()
    monkeypatch.setattr("trainer.progress.journal.sync_file", lambda _: awake.wait(PATIENCE))
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, GameScreen)
        for left in range(3):
            await pair(pilot, screen, left)
        awake.set()
        await finish(pilot, screen)
    bag.store.close()
    assert len({fact["id"] for fact in journal(bag)}) == len(journal(bag)) == 6
    assert services(tmp_path).history.games.records[6].first == 6


async def test_pairs_made_while_the_disk_is_gone_are_all_kept(tmp_path: Path) -> None:
    """What could not be saved at first is counted, and on disk in the end."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        break_disk(bag)
        for left in range(3):
            await pair(pilot, screen, left, left + 1)
        assert shows(app, "Enregistrement impossible")
        repair_disk(bag)
        await finish(pilot, screen)
        assert shows(app, "Votre record : 3 sur 6.")
    bag.store.close()
    assert len({fact["id"] for fact in journal(bag)}) == len(journal(bag)) == 12
    assert services(tmp_path).history.games.records[6].first == 3
