"""The four drills on the real screen, with keys, arrows and the mouse; and what each answer leaves on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers.answering import (
    answer,
    asked,
    board,
    card,
    choice,
    go_on,
    leave,
    recall,
    told,
    wrong_index,
)
from tests.helpers.journals import break_disk, journal, repair_disk
from tests.helpers.libraries import BOARD, shipped, small_deck, without_decks
from tests.helpers.screens import AZERTY, app_of, click, drawn, on_screen, place_of, seen, shows, until
from tests.helpers.world import Clock, drilling, services
from trainer.app import TrainerApp
from trainer.drills.shapes import Pick
from trainer.glossary.decks import Deck, Format
from trainer.memory.reviews import Rating
from trainer.screens.drill import DrillScreen
from trainer.screens.game import GameScreen
from trainer.screens.home import HomeScreen
from trainer.screens.sitting import Stage
from trainer.screens.summary import SummaryScreen
from trainer.services import Services

TALL = (100, 36)
TERMS = ("appel-entrant", "appel-sortant", "superviseur", "prospect")
CHOICE = small_deck(shipped(), *TERMS, drills=[Format.CHOICE])
CARDS = small_deck(shipped(), *TERMS, drills=[Format.FLASHCARD])
WRITTEN = small_deck(shipped(), *TERMS, drills=[Format.RECALL])


def last(bag: Services) -> dict[str, object]:
    """The last line of the journal."""
    return journal(bag)[-1]


# Multiple choice


async def choose(pilot: Pilot[None], question: Pick, how: str, index: int) -> None:
    """Choose an option in one of the four ways."""
    match how:
        case "digit":
            await pilot.press(str(index + 1))
        case "azerty":
            await pilot.press(AZERTY[index])
        case "arrows":
            await pilot.press(*["down"] * (index + 1), "enter")
        case _:
            await click(pilot, f"{index + 1} {question.options[index].text[:20]}")


def explained(app: TrainerApp, question: Pick, index: int) -> None:
    """The verdict, the question still there, the right option marked, what the one chosen really is."""
    right = index == question.answer
    term = shipped().terms[question.card.subject]
    assert shows(app, question.stem, f"✓ {question.answer + 1}", "✓ Juste" if right else "✗ Faux")
    assert shows(app, f"Exemple : {term.example}")
    if not right:
        mistaken = shipped().terms[question.options[index].term]
        assert shows(app, f"✗ {index + 1}", f"Votre réponse, « {mistaken.term} » : {mistaken.definition}")


@pytest.mark.parametrize("how", ["digit", "azerty", "arrows", "mouse"])
async def test_a_choice_is_answered_and_explained(tmp_path: Path, how: str) -> None:
    """Every way of answering, right then wrong: both options are marked, both explained, each answer saved at once."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        for right in (True, False):
            question = choice(screen)
            index = question.answer if right else wrong_index(question)
            await choose(pilot, question, how, index)
            await told(pilot, screen)
            explained(app_of(pilot), question, index)
            fact = journal(bag)[-1]
            assert (fact["card"], fact["correct"]) == (question.card.key, right)
            assert fact["answer"] == question.options[index].text
            assert fact["chosen"] == ("" if right else question.options[index].term)
            assert fact["rating"] == (None if right else Rating.AGAIN)
            await go_on(pilot, screen)
        assert len(journal(bag)) == 2


async def test_a_supervisors_question_tells_the_right_answer_and_why(tmp_path: Path) -> None:
    """After a wrong answer to a hand-written question: the right one, and the explanation."""
    source = next(deck for deck in shipped().decks.values() if any(each.is_choice for each in deck.questions))
    deck = Deck("essai", "Essai", (), source.questions, (Format.CHOICE,))
    async with drilling(services(tmp_path), deck).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = choice(screen)
        await answer(pilot, screen, right=False)
        own = shipped().questions[question.card.subject]
        assert shows(app_of(pilot), own.prompt, f"Bonne réponse : {own.answer}", own.explanation)


@pytest.mark.parametrize("key", ["0", "à"])
async def test_not_knowing_shows_the_answer_without_a_choice(tmp_path: Path, key: str) -> None:
    """0, and à on an AZERTY keyboard, count as not known and mark no option as chosen."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = choice(screen)
        await pilot.press(key)
        await told(pilot, screen)
        assert shows(app_of(pilot), "✗ Pas encore su", f"✓ {question.answer + 1}")
        assert (last(bag)["rating"], last(bag)["chosen"]) == (Rating.AGAIN, "")


async def test_keys_beyond_the_options_and_keys_after_the_verdict_do_nothing(tmp_path: Path) -> None:
    """Only an option that is on the screen can be chosen, and only once."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await pilot.press("8", "enter", "x")
        assert screen.stage is Stage.ASKED
        await pilot.press(*"112")
        await told(pilot, screen)
        await pilot.press("2")
        await click(pilot, "  2 " if "  2 " in seen(app_of(pilot)) else "✓ 2 ")
        assert len(journal(bag)) == 1


# Flashcards


async def test_flashcards_are_turned_then_graded(tmp_path: Path) -> None:
    """The back and four grades, each with when the card would come back; the grade chosen is the rating saved."""
    ways = {
        2: ("space", "é"),
        3: ("r", "down", "down", "down", "enter"),
        4: ("enter", "'"),
        1: ("enter", "1"),
    }
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CARDS).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        for rating, (turn, *grade) in ways.items():
            front = card(screen)
            assert not shows(app, front.back[:30])
            await pilot.press("1")
            assert screen.stage is Stage.ASKED
            await pilot.press(turn)
            await drawn(pilot)
            assert shows(app, front.stem, front.back, "1 À revoir : dans cette séance")
            assert shows(app, "2 Difficile : ", "3 Su : dans 2 jours", "4 Facile : dans 8 jours")
            await pilot.press(*grade)
            await told(pilot, screen)
            assert shows(app, "✗ À revoir" if rating == 1 else "✓ Juste")
            assert (last(bag)["card"], last(bag)["rating"]) == (front.card.key, rating)
            await go_on(pilot, screen)
        assert len(journal(bag)) == len(ways)


async def test_a_flashcard_obeys_the_mouse(tmp_path: Path) -> None:
    """A click on the bar turns the card, a click on a grade gives it."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CARDS).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await click(pilot, "Retourner")
        await click(pilot, "3 Su")
        await told(pilot, screen)
        assert last(bag)["rating"] == Rating.GOOD


# Typed recall


async def typing(pilot: Pilot[None], term: str, clock: Clock | None = None) -> DrillScreen:
    """The drill screen, once it asks for the name of this term."""
    screen = await on_screen(pilot, DrillScreen)
    assert recall(screen).card.key == f"{term}/naming"
    return screen


def written(term: str) -> Deck:
    """A deck that asks to write the name of one term."""
    return small_deck(shipped(), term, drills=[Format.RECALL])


@pytest.mark.parametrize(
    ("text", "verdict", "rating"),
    [
        ("superviseur", "✓ Juste", 3),
        ("supervisseur", "✓ Juste, à une faute de frappe près", 3),
        ("prospect", "✗ Faux : c’est un autre terme", 1),
        ("é1u?", "✗ Faux", 1),
    ],
)
async def test_a_typed_answer_is_judged(tmp_path: Path, text: str, verdict: str, rating: int) -> None:
    """Right, right but for a slip, another term, nonsense made of keys that elsewhere are commands."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, written("superviseur")).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await typing(pilot, "superviseur")
        await pilot.press(*text, "enter")
        await told(pilot, screen)
        assert shows(app, recall(screen).stem, verdict)
        term, other = shipped().terms["superviseur"], shipped().terms["prospect"]
        assert shows(app, term.definition, f"Exemple : {term.example}")
        assert shows(app, f"Bonne réponse : {term.term}") is (verdict != "✓ Juste")
        assert shows(app, f"Votre réponse, « Prospect » : {other.definition}") is (text == "prospect")
        assert (last(bag)["answer"], last(bag)["rating"]) == (text, rating)
        assert last(bag)["chosen"] == ("prospect" if text == "prospect" else "")


async def test_a_vague_answer_may_be_made_precise_and_counts_as_hard(tmp_path: Path) -> None:
    """Part of the answer records nothing and gives one more try; that try counts as «Difficile»."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, written("appel-sortant")).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await typing(pilot, "appel-sortant")
        await pilot.press(*"appel", "enter")
        await until(pilot, lambda: shows(app, "C’est un début : soyez plus précis."))
        assert (screen.stage, journal(bag)) == (Stage.ASKED, [])
        await pilot.press(*" sortant", "enter")
        await told(pilot, screen)
        assert shows(app, "✓ Juste")
        assert [fact["rating"] for fact in journal(bag)] == [Rating.HARD]


async def test_an_equivalent_term_may_be_tried_again_without_penalty(tmp_path: Path) -> None:
    """A term declared too close to be wrong records nothing; the answer after it counts in full."""
    library = shipped()
    asked_for, other = next(
        (term, library.terms[near])
        for term in library.terms.values()
        for near in sorted(library.never_with(term.id))
        if not set(map(str.casefold, library.terms[near].names)) & set(map(str.casefold, term.names))
        and drilling_asks(term.id)
    )
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, written(asked_for.id)).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        screen.page.typed.value = other.term
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "Pas celui-ci, mais vous n’êtes pas loin : réessayez."))
        assert (screen.stage, journal(bag)) == (Stage.ASKED, [])
        await answer(pilot, screen)
        assert [fact["rating"] for fact in journal(bag)] == [Rating.GOOD]


def drilling_asks(term: str) -> bool:
    """Whether a session of this term alone begins by asking for its name."""
    from trainer.drills.posing.poser import Poser
    from trainer.glossary.terms import Facet
    from trainer.memory.cards import Card

    poser = Poser(shipped(), written(term), "7")
    facets = shipped().terms[term].facets
    return facets[:1] == (Facet.MEANING,) and poser.pose(Card(term, Facet.NAMING), Format.RECALL) is not None


async def test_an_empty_answer_twice_is_not_knowing(tmp_path: Path) -> None:
    """Enter alone warns first, and counts as not known the second time."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, written("superviseur")).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await typing(pilot, "superviseur")
        await pilot.press("enter")
        await until(pilot, lambda: shows(app, "Rien n’est écrit."))
        assert journal(bag) == []
        await pilot.press("enter")
        await told(pilot, screen)
        assert shows(app, "✗ Pas encore su", "Bonne réponse : Superviseur")
        assert last(bag)["rating"] == Rating.AGAIN


# Matching


async def test_pairs_are_made_in_every_way(tmp_path: Path) -> None:
    """Digits, AZERTY keys, arrows, the mouse: a right pair leaves the board and is saved as play, which rates nothing."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        for left, how in enumerate(("digits", "azerty", "mouse", "arrows")):
            right = game.expansions.index(game.pairs[left])
            free = [
                index
                for index in range(right)
                if f"✓ {index + 1} {game.expansions[index].expansion[:9]}" not in seen(app)
            ]
            match how:
                case "digits":
                    await pilot.press(str(left + 1), str(right + 1))
                case "azerty":
                    await pilot.press(AZERTY[left], AZERTY[right])
                case "arrows":
                    await pilot.press("enter", *["down"] * (len(free) + 1), "enter")
                case _:
                    await click(pilot, f"{left + 1} {game.pairs[left].acronym}")
                    await click(pilot, f"{right + 1} {game.expansions[right].expansion[:20]}")
            await solved(pilot, screen, left)
            assert shows(app, "✓ Juste", f"✓ {left + 1} {game.pairs[left].acronym}", f"✓ {right + 1} ")
            fact = last(bag)
            assert (fact["card"], fact["rating"], fact["correct"]) == (game.pairs[left].card.key, None, True)
        await pilot.press("5", str(game.expansions.index(game.pairs[0]) + 1))
        await pilot.pause()
        assert len(journal(bag)) == len(screen.game.log) == 4


async def solved(pilot: Pilot[None], screen: GameScreen, left: int) -> None:
    """Wait until an acronym has left the board."""
    await until(pilot, lambda: left in screen.game.solved and screen.stage is not Stage.ANSWERED)


async def test_a_wrong_pair_tells_what_was_chosen_and_is_kept_as_a_confusion(tmp_path: Path) -> None:
    """A wrong pair says whose sense was taken, stays to be solved, and both cards are noted."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        other = game.expansions.index(game.pairs[2])
        await pilot.press("1", str(other + 1))
        await until(pilot, lambda: shows(app, "✗ Faux"))
        assert shows(app, f"« {game.pairs[2].expansion} » est le sens de {game.pairs[2].acronym}.")
        facts = journal(bag)
        assert {fact["card"] for fact in facts} == {game.pairs[0].card.key, game.pairs[2].card.key}
        assert {fact["chosen"] for fact in facts} == {"", game.pairs[2].card.subject} - {""} | {
            game.pairs[0].card.subject
        }
        assert all(fact["rating"] is None and not fact["correct"] for fact in facts)
        assert screen.game.solved == frozenset()


async def test_a_board_ends_when_every_acronym_has_its_sense(tmp_path: Path) -> None:
    """Six right pairs end the board, and the session after its last one."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, GameScreen)
        game = board(screen)
        for left, pair in enumerate(game.pairs):
            await pilot.press(str(left + 1), str(game.expansions.index(pair) + 1))
            await solved(pilot, screen, left)
        await told(pilot, screen)
        assert len(journal(bag)) == len(game.pairs)
        await pilot.press("enter")
        await on_screen(pilot, SummaryScreen)
        assert shows(app_of(pilot), "Partie terminée.", "Premier coup : 6 sur 6.")


async def test_not_knowing_reveals_the_board_and_records_nothing(tmp_path: Path) -> None:
    """«Je ne sais pas» shows every pair; a game given up says nothing of the memory."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, GameScreen)
        game = board(screen)
        await pilot.press("0")
        await told(pilot, screen)
        numbers = [game.expansions.index(pair) + 1 for pair in game.pairs]
        assert all(f"✓ {number} " in seen(app_of(pilot)) for number in numbers)
        assert journal(bag) == []


# A session


async def test_a_session_runs_to_its_end_and_every_answer_is_on_disk_before_the_next(tmp_path: Path) -> None:
    """A mixed session of the day: one fact more on disk at each verdict, the summary at the end, home after it."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, small_deck(shipped(), *TERMS[:3])).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        formats = set()
        answers = 0
        while pilot.app.screen is screen:
            question = asked(screen)
            formats.add(question.format)
            await answer(pilot, screen)
            answers += 1
            assert len(journal(bag)) == answers
            await go_on(pilot, screen)
        await on_screen(pilot, SummaryScreen)
        assert formats >= {Format.CHOICE, Format.RECALL}
        assert shows(app_of(pilot), "Séance terminée.", f"{answers} réponses, {answers} justes (100 %).")
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
    assert {fact["card"].split("/")[0] for fact in journal(bag)} == set(TERMS[:3])


async def test_a_failed_card_comes_back_in_the_session(tmp_path: Path) -> None:
    """A card answered wrong is asked again before the end, and then for good."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(
        bag, small_deck(shipped(), *TERMS[:2], drills=[Format.FLASHCARD])
    ).run_test() as pilot:
        screen = await on_screen(pilot, DrillScreen)
        failed = card(screen).card
        await answer(pilot, screen, right=False)
        met = []
        while pilot.app.screen is screen:
            await go_on(pilot, screen)
            if pilot.app.screen is screen:
                met.append(card(screen).card)
                await answer(pilot, screen)
        assert met.count(failed) == 1
        assert len(met) == 2
        assert [fact["rating"] for fact in journal(bag) if fact["card"] == failed.key] == [1, 3]


async def test_undo_takes_the_answer_back_and_asks_again(tmp_path: Path) -> None:
    """The retraction is on disk, the very question is asked anew, and the new answer is the one that counts."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        question = choice(screen)
        await answer(pilot, screen, right=False)
        await pilot.press("u")
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        assert asked(screen) is question
        assert (last(bag)["kind"], last(bag)["of"]) == ("undo", journal(bag)[0]["id"])
        assert bag.history.tallies == {}
        await pilot.press("u", "ctrl+z")
        assert len(journal(bag)) == 2
        await answer(pilot, screen, right=False)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: screen.stage is Stage.ASKED)
        await answer(pilot, screen)
        assert [(tally.answers, tally.right) for tally in bag.history.tallies.values()] == [(1, 1)]
        assert len(screen.session.answered) == 1
    again = services(tmp_path)
    assert [(tally.answers, tally.right) for tally in again.history.tallies.values()] == [(1, 1)]


async def test_escape_ends_in_the_summary_whose_mistakes_can_be_asked_again(tmp_path: Path) -> None:
    """The summary names each mistake with what was right and what was answered; «Reprendre les erreurs» asks them."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        question = choice(screen)
        await answer(pilot, screen, right=False)
        await go_on(pilot, screen)
        await answer(pilot, screen)
        await go_on(pilot, screen)
        summary = await leave(pilot)
        wrong = question.options[wrong_index(question)].text
        assert shows(app, "Séance arrêtée.", "2 réponses, 1 juste (50 %).", "Reprendre les erreurs")
        assert shows(
            app, f"✗ {question.stem}", f"✓ {question.options[question.answer].text}", f"Vous : {wrong}"
        )
        await pilot.press("r")
        again = await on_screen(pilot, DrillScreen)
        assert again is not screen
        assert again.session.remaining == 0
        while app.screen is again:
            assert choice(again).card == question.card
            await answer(pilot, again)
            await go_on(pilot, again)
        assert await on_screen(pilot, SummaryScreen) is not summary
        assert shows(app, "justes (100 %).")
        assert "Reprendre les erreurs" not in seen(app)
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(
    ("mark", "said"), [(50, "50\u00a0% : atteint."), (51, "51\u00a0% : pas encore atteint.")]
)
async def test_summary_compares_with_the_pass_mark(tmp_path: Path, mark: int, said: str) -> None:
    """One right answer of two reaches 50 %, not 51 %."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE._replace(pass_mark=mark)).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await answer(pilot, screen, right=False)
        await go_on(pilot, screen)
        await answer(pilot, screen)
        await leave(pilot)
        assert shows(app, f"Seuil de réussite, {said}")


# A disk that fails


async def test_a_failing_disk_shows_a_banner_and_answers_are_saved_once_it_is_repaired(
    tmp_path: Path,
) -> None:
    """The session goes on over a banner in French; the next answer after the repair brings the earlier ones."""
    bag = services(tmp_path, library=without_decks())
    break_disk(bag)
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        for _ in range(2):
            await answer(pilot, screen)
            await until(pilot, lambda: shows(app, "⚠ Enregistrement impossible"))
            assert shows(app, "✓ Juste", "Entrée Continuer")
            await go_on(pilot, screen)
        assert shows(app, "⚠ Enregistrement impossible")
        assert len(bag.store.unsaved) == 2
        repair_disk(bag)
        await answer(pilot, screen)
        await until(pilot, lambda: not shows(app, "Enregistrement impossible"))
        assert len(journal(bag)) == 3
        assert not bag.store.unsaved


async def test_what_no_disk_took_is_saved_at_the_end_of_the_session(tmp_path: Path) -> None:
    """An answer that could not be saved is not given up when the program closes after the repair."""
    bag = services(tmp_path, library=without_decks())
    break_disk(bag)
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        await answer(pilot, await on_screen(pilot, DrillScreen))
    repair_disk(bag)
    bag.store.close()
    assert len(journal(bag)) == 1


async def test_undo_of_an_answer_that_no_disk_took_counts_it_once(tmp_path: Path) -> None:
    """Taking back an unsaved answer leaves no trace of it, in memory or, after the repair, on disk."""
    bag = services(tmp_path, library=without_decks())
    break_disk(bag)
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        screen = await on_screen(pilot, DrillScreen)
        await answer(pilot, screen, right=False)
        await pilot.press("u")
        await pilot.pause()
        if screen.stage is Stage.ASKED:
            await answer(pilot, screen)
        repair_disk(bag)
        await go_on(pilot, screen)
        await answer(pilot, screen)
        assert sum(tally.answers for tally in bag.history.tallies.values()) == len(screen.session.answered)
    assert sum(tally.answers for tally in services(tmp_path).history.tallies.values()) == 2


async def test_undo_works_over_a_disk_that_fails(tmp_path: Path) -> None:
    """A saved answer that is taken back while the disk fails is asked again, and counts once after the repair."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        question = asked(screen)
        await answer(pilot, screen, right=False)
        bag.store.close()
        break_disk(bag)
        await pilot.press("u")
        await until(pilot, lambda: shows(app, "Enregistrement impossible"))
        assert (screen.stage, asked(screen)) == (Stage.ASKED, question)
        repair_disk(bag)
        await answer(pilot, screen)
        assert [(each.answers, each.right) for each in bag.history.tallies.values()] == [(1, 1)]
    assert [(each.answers, each.right) for each in services(tmp_path).history.tallies.values()] == [(1, 1)]


async def test_both_cards_of_a_wrong_pair_survive_a_failing_disk(tmp_path: Path) -> None:
    """A wrong pair makes two notes; a disk that fails at the first loses neither."""
    bag = services(tmp_path, library=without_decks())
    break_disk(bag)
    async with drilling(bag, BOARD).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, GameScreen)
        game = board(screen)
        await pilot.press("1", str(game.expansions.index(game.pairs[2]) + 1))
        await until(pilot, lambda: shows(app, "✗ Faux", "Enregistrement impossible"))
        assert len(bag.store.unsaved) == 2
    repair_disk(bag)
    bag.store.close()
    assert len(journal(bag)) == 2


async def test_a_disk_that_fails_in_mid_session_damages_nothing_older(tmp_path: Path) -> None:
    """Answers saved before the failure are still there after it, with those that followed."""
    bag = services(tmp_path, library=without_decks())
    async with drilling(bag, CHOICE).run_test(size=TALL) as pilot:
        app, screen = app_of(pilot), await on_screen(pilot, DrillScreen)
        await answer(pilot, screen)
        await go_on(pilot, screen)
        assert place_of(app, "question 2")
        before = journal(bag)
        bag.store.close()
        break_disk(bag)
        await answer(pilot, screen)
        await until(pilot, lambda: shows(app, "Enregistrement impossible"))
        repair_disk(bag)
        await go_on(pilot, screen)
        await answer(pilot, screen)
        assert journal(bag)[: len(before)] == before
        assert len(journal(bag)) == 3
