"""Terms and questions that are edited, removed, renamed or given another sense under the eyes of those who learn them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.answering import told
from tests.helpers.content import CRM, DECK, DMC, DMT, HEAD, SCRIPT, edited, write_content
from tests.helpers.reviews import START, Diary, card, day
from tests.helpers.screens import app_of, on_screen, shows
from tests.helpers.stories import SUBJECTS, stories
from tests.helpers.world import Clock, drilling, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.content.cache import load_library as load_cached
from trainer.content.library import load_library
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.past import Past
from trainer.memory.cards import Card
from trainer.memory.history import replay
from trainer.memory.optimising import trails
from trainer.memory.reviews import Draft, Fact, Rating, Review
from trainer.memory.schedule import Scheduler
from trainer.progress.codec import encode
from trainer.progress.store import Store
from trainer.screens.drill import DrillScreen
from trainer.screens.glossary import TermScreen
from trainer.screens.progress import ProgressScreen
from trainer.screens.routes import ShowTerm

Capture = pytest.CaptureFixture[str]
GOOD, AGAIN = Rating.GOOD, Rating.AGAIN
WORDS = DECK.split("questions:")[0]
SCHEDULER = Scheduler()


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TRAINER_CONTENT", str(tmp_path / "content"))


def content(*terms: str, **decks: str) -> Library:
    """The library of a directory that is written anew."""
    root = Path("content")
    rmtree(root / "quizzes", ignore_errors=True)
    loaded = load_library(write_content(root, HEAD + "".join(terms), decks))
    assert loaded.problems == (), loaded.problems
    return loaded.library


def problems(*terms: str, **decks: str) -> list[str]:
    """The problems of such a directory as printed, with plain spaces."""
    loaded = load_library(write_content(Path("content"), HEAD + "".join(terms), decks))
    return [str(problem).replace("\u00a0", " ") for problem in loaded.problems]


def write(path: Path, data: bytes) -> None:
    """Write a cache."""
    path.write_bytes(data)


def answered(library: Library, *subjects: str, clock: Clock | None = None) -> None:
    """Zoé answers rightly once on the sense of each, through the store."""
    bag = services(Path("data"), library=library, clock=clock)
    for subject in subjects:
        facet = library.facets[subject][0] if subject in library.terms else "question"
        of = Card.parse(f"{subject}/{facet}")
        bag.recorder.record([Draft(of, GOOD, True, Format.RECALL, "x", "")], 2)
    bag.store.close()


def stats(capsys: Capture) -> dict[str, Any]:
    """What `stats --json` prints for Zoé."""
    assert main(["--learner", "Zoé", "stats", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert isinstance(data, dict)
    return data


def printed(capsys: Capture, *arguments: str) -> str:
    """What a verb that succeeds prints."""
    assert main(["--learner", "Zoé", *arguments]) == 0
    return capsys.readouterr().out


# Edited, removed


def test_an_edited_definition_keeps_its_history(capsys: Capture) -> None:
    """Answers belong to the id: every other field may change."""
    answered(content(DMT, DMC), "dmt")
    before = stats(capsys)
    content(edited(DMT, "Temps moyen que prend un appel", "Durée d’un appel entier"), DMC)
    assert stats(capsys) == before
    assert list(before["cards"]) == ["dmt/meaning"]


def test_what_is_removed_is_kept_and_listed_apart_until_it_is_back(capsys: Capture) -> None:
    """A term and a question go, and come back: `stats` loses no answer, and says how many are about them."""
    library = content(DMT, DMC, CRM, **{"premiers-jours": DECK})
    answered(library, "dmt", "crm", "premiers-jours:sigle")
    before = stats(capsys)
    assert (before["answers"], list(before["gone"])) == (3, [])

    content(DMC, CRM)
    without = stats(capsys)
    assert set(without["cards"]) == {"crm/meaning"}
    assert without["gone"] == {key: each for key, each in before["cards"].items() if key != "crm/meaning"}
    assert (without["answers"], without["right"], without["absent"]) == (3, 3, 2)
    assert (without["days"], without["streak"]) == (before["days"], before["streak"])
    assert sum(without["standings"].values()) == 6
    said = printed(capsys, "stats")
    assert "Depuis le début : 3 réponses" in said
    assert (
        "2 de ces réponses portent sur ce que ce contenu n’a pas (1 mot, 1 question) ; elles sont gardées."
        in said
    )
    assert "--content DOSSIER" in said

    content(DMT, DMC, CRM, **{"premiers-jours": DECK})
    assert stats(capsys) == before
    assert "ce contenu" not in printed(capsys, "stats")


async def test_the_progress_screen_says_what_is_gone(tmp_path: Path) -> None:
    """Three terms fewer: told in one line, with what becomes of their history."""
    answered(content(DMT, DMC, CRM, SCRIPT), "dmt", "dmc", "crm", "script")
    (journal,) = Path("data").rglob("*.jsonl")
    journal.with_name("abime.jsonl").write_bytes(b"abc\n")
    bag = services(Path("data"), library=content(SCRIPT))
    async with TrainerApp(bag).run_test() as pilot:
        await pilot.press("p")
        await on_screen(pilot, ProgressScreen)
        assert shows(
            app_of(pilot),
            "3 de ces réponses portent sur ce que ce contenu n’a pas (3 mots) ; elles sont gardées.",
        )
        assert shows(app_of(pilot), "Depuis le début : 4 réponses")
        assert shows(app_of(pilot), "Journal : 1 ligne illisible, rien n’en est effacé.")


# Renamed


AHT = edited(DMT, "id: dmt\n", "id: aht\n    formerly: [dmt, tmt]\n")
SIGN = edited(DECK, "id: sigle\n", "id: lettre\n    formerly: [sigle, accueil:sigle]\n")


def test_a_renamed_term_keeps_its_history(capsys: Capture) -> None:
    """Under its new id, with the same schedule; without the declaration it is another term."""
    answered(content(DMT, DMC), "dmt")
    before = stats(capsys)
    content(AHT, edited(DMC, "dmc\n", "dmc\n"))
    after = stats(capsys)
    assert after["cards"] == {"aht/meaning": before["cards"]["dmt/meaning"]}
    assert after["gone"] == {}
    content(edited(AHT, "    formerly: [dmt, tmt]\n", ""), DMC)
    assert list(stats(capsys)["gone"]) == ["dmt/meaning"]


def test_a_renamed_question_and_deck_keep_their_history(capsys: Capture) -> None:
    """A question may change its name, its deck, or both."""
    library = content(DMT, DMC, CRM, **{"premiers-jours": DECK, "accueil": edited(DECK, "unite", "autre")})
    answered(library, "premiers-jours:sigle", "accueil:sigle")
    content(DMT, DMC, CRM, **{"premiers-jours": SIGN})
    after = stats(capsys)
    assert after["cards"]["premiers-jours:lettre/question"]["answers"] == 2
    assert after["gone"] == {}


def test_old_and_new_names_make_one_history(capsys: Capture) -> None:
    """A desk that still has the old content writes the old id: both add up, in the order of the answers."""
    old, new = content(DMT, DMC), content(AHT, DMC)
    clock = Clock()
    for library, subject in ((old, "dmt"), (new, "aht"), (old, "dmt")):
        answered(library, subject, clock=clock)
        clock.sleep_until(3)
    assert stats(capsys)["cards"]["aht/meaning"]["answers"] == 3
    assert stats(capsys)["cards"]["aht/meaning"]["reviews"] == 3


@pytest.mark.parametrize(
    ("terms", "line", "words"),
    [
        (
            (DMT, edited(DMC, "id: dmc\n", "id: dmc\n    formerly: dmt\n")),
            27,
            "encore un identifiant en service",
        ),
        (
            (edited(DMC, "id: dmc\n", "id: dmc\n    formerly: [dmc]\n"),),
            11,
            "encore un identifiant en service",
        ),
        (
            (
                edited(DMC, "id: dmc\n", "id: dmc\n    formerly: [vieux]\n"),
                edited(CRM, "id: crm\n", "id: crm\n    formerly: [vieux]\n"),
            ),
            21,
            "déjà l’ancien identifiant de « dmc »",
        ),
        ((edited(DMC, "id: dmc\n", "id: dmc\n    formerly: [Vieux Nom]\n"),), 11, "écrivez « vieux-nom »"),
        ((edited(DMC, "id: dmc\n", "id: dmc\n    formely: [vieux]\n"),), 11, "vouliez-vous « formerly » ?"),
    ],
    ids=["still there", "itself", "claimed twice", "no id", "misspelt"],
)
def test_a_false_claim_is_a_problem_with_its_place(terms: Sequence[str], line: int, words: str) -> None:
    """A former id that is in use, claimed twice or no id: said where it stands; the term itself stays."""
    (problem,) = [
        each for each in problems(*terms) if "formerly" in each or "ancien" in each or "vieux" in each
    ]
    assert re.match(rf"content/terms.yaml:{line}:\d+: ", problem), problem
    assert words in problem
    assert load_library(Path("content")).library.terms.keys() >= {"dmc"}


def test_a_deck_that_names_a_former_id_is_told_the_new_one() -> None:
    """Rather than the term whose id looks most like it."""
    (problem,) = problems(AHT, DMC, CRM, jour="title: Jour\nselect:\n  terms: [dmt, crm]\n")
    assert problem == "content/quizzes/jour.yaml:3:11: « dmt » a changé de nom ; écrivez « aht »"


def test_questions_claim_former_ids_across_decks() -> None:
    """Two decks cannot claim one question, nor one that is still asked in another deck."""
    twice = edited(DECK, "id: sigle\n", "id: lettre\n    formerly: [vieux:sigle, premiers-jours:unite]\n")
    found = problems(DMT, DMC, CRM, a=twice, b=twice, **{"premiers-jours": DECK})
    assert [each.split(": ", 1)[1] for each in found if "formerly" in each or "ancien" in each] == [
        "« premiers-jours:unite » est encore un identifiant en service ; retirez-le de « formerly »",
        "« vieux:sigle » est déjà l’ancien identifiant de « a:lettre » ; gardez-le à un seul endroit",
        "« premiers-jours:unite » est encore un identifiant en service ; retirez-le de « formerly »",
    ]
    assert all(re.match(r"content/quizzes/[ab]\.yaml:\d+:\d+: ", each) for each in found), found


# Another sense


CHANGED = edited(DMT, "id: dmt\n", "id: dmt\n    changed: 2026-11-05\n")


def test_a_term_that_means_something_else_is_learnt_anew(capsys: Capture) -> None:
    """Answers before the day are kept apart and count for nothing; the term is new, then learnt as any other."""
    clock = Clock()
    answered(content(DMT, DMC), "dmt", "dmc", clock=clock)
    before = stats(capsys)
    library = content(CHANGED, DMC)
    clock.sleep_until(3)
    bag = services(Path("data"), library=library, clock=clock)
    assert bag.history.is_new(card("dmt"))
    assert not bag.history.is_new(card("dmc"))
    assert card("dmt") in bag.plan(Deck("d", "D", ("dmt",))).new
    after = stats(capsys)
    assert after["gone"] == {"dmt@2026-11-05/meaning": before["cards"]["dmt/meaning"]}
    assert list(after["cards"]) == ["dmc/meaning"]
    assert "1 terme à réapprendre, le sens a changé" in printed(capsys, "stats")
    answered(library, "dmt", clock=clock)
    assert stats(capsys)["cards"]["dmt/meaning"]["reviews"] == 1


def test_a_change_to_come_changes_nothing_before_its_day() -> None:
    """Until then the term is scheduled as ever; from that morning on it is new."""
    clock = Clock()
    answered(content(DMT, DMC), "dmt", clock=clock)
    library = content(CHANGED, DMC)
    for days, new in ((2, False), (1, True)):
        clock.sleep_until(days)
        assert services(Path("data"), library=library, clock=clock).history.is_new(card("dmt")) is new


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("22/11/2026", "écrivez 2026-11-22"),
        ("2026-02-30", "écrivez 2026-02-28"),
        ("2026-13-01", "écrivez 2026-12-01"),
        ("2026-1-2", "l’année, le mois et le jour"),
        ("hier", "l’année, le mois et le jour"),
        ("0000-00-00", "écrivez 0001-01-01"),
    ],
)
def test_a_day_that_is_none_is_a_problem(written: str, words: str) -> None:
    """It is said in French, with the nearest day where there is one."""
    (problem,) = problems(edited(DMC, "id: dmc\n", f"id: dmc\n    changed: {written}\n"))
    assert problem.startswith("content/terms.yaml:11:14: « ") and words in problem


def test_check_warns_of_a_change_to_come(capsys: Capture) -> None:
    """A date in the future is probably a slip, and no reason to fail."""
    content(edited(DMC, "id: dmc\n", "id: dmc\n    changed: 8999-01-01\n"))
    assert main(["check"]) == 0
    warnings = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    (line,) = [line for line in warnings if "« changed »" in line]
    assert re.match(r"content/terms.yaml:11:14: attention : « changed » est dans l’avenir", line), line


async def test_whoever_knew_the_old_sense_is_told(tmp_path: Path) -> None:
    """After an answer and on the page of the term; somebody new to it is told nothing."""
    line = "Le sens de ce terme a changé le 05/11/2026 : vos réponses d’avant ne comptent plus."
    clock = Clock()
    answered(content(DMT, DMC, CRM), "dmt", clock=clock)
    clock.sleep_until(3)
    library = content(CHANGED, DMC, CRM)
    for name, is_told in (("Zoé", True), ("Ali", False)):
        bag = services(Path("data"), name, library, clock)
        app = drilling(bag, Deck("d", "D", ("dmt",), drills=(Format.FLASHCARD,), new_per_day=1))
        async with app.run_test(size=(100, 40)) as pilot:
            screen = await on_screen(pilot, DrillScreen)
            await pilot.press("enter")
            await pilot.press("3")
            await told(pilot, screen)
            assert shows(app, line) is is_told
            app.post_message(ShowTerm(library.terms["dmt"]))
            await on_screen(pilot, TermScreen)
            assert shows(app, "Vous : 1 réponse, 1 juste.")
            assert shows(app, line) is is_told


# Laws


pasts = st.builds(
    Past,
    st.dictionaries(st.sampled_from(SUBJECTS[1:]), st.just("dmt"), max_size=2),
    st.dictionaries(
        st.sampled_from(SUBJECTS),
        st.integers(-1, 10).map(lambda days: START.date() + timedelta(days=days)),
        max_size=2,
    ),
)


@given(stories(), pasts, st.randoms())
def test_the_order_of_the_facts_does_not_matter_to_a_past(facts: list[Fact], past: Past, random: Any) -> None:
    """Shuffled and repeated facts give the same history, whatever was renamed or changed."""
    shuffled = [*facts, *facts[: len(facts) // 2]]
    random.shuffle(shuffled)
    assert replay(shuffled, SCHEDULER, past) == replay(facts, SCHEDULER, past)


@given(stories(), pasts)
def test_a_past_is_as_if_the_answers_had_been_about_todays_subjects(facts: list[Fact], past: Past) -> None:
    """The history of a renamed term is that of facts written under its name of today."""
    rewritten = [
        fact._replace(
            card=fact.card._replace(subject=past.subject(fact.card.subject, fact.day)),
            chosen=past.subject(fact.chosen, fact.day) if fact.chosen else "",
        )
        if isinstance(fact, Review)
        else fact
        for fact in facts
    ]
    rewritten = [
        fact._replace(chosen="") if isinstance(fact, Review) and fact.chosen == fact.card.subject else fact
        for fact in rewritten
    ]
    expected = replay(rewritten, SCHEDULER)
    assert replace(replay(facts, SCHEDULER, past), past=None) == expected
    assert trails(facts, past) == trails(rewritten)


def test_a_snapshot_of_another_past_does_not_count(tmp_path: Path) -> None:
    """What was renamed, or no longer is, takes effect at the next start, and the snapshot is of use again after it."""
    diary = Diary()
    diary.review(card("dmt"), GOOD, 0)
    folder = tmp_path / "zoe"
    (folder / "journal").mkdir(parents=True)
    (folder / "journal" / "poste-1.jsonl").write_bytes(b"".join(encode(fact) + b"\n" for fact in diary.facts))
    for turn, past in enumerate(
        (None, Past({"dmt": "aht"}), Past({}, {"dmt": day(1)}), Past({}, {"dmt": day(2)}), None)
    ):
        for again in (False, True):
            store = Store.open(folder, "poste", f"essai{turn}{again}", SCHEDULER, past)
            assert store.history == replay(diary.facts, SCHEDULER, past)
            assert store.is_kept is again
            store.close()


def test_the_cache_of_the_content_keeps_the_past() -> None:
    """Former ids and days of change come back from the cache as they were read."""
    library = content(
        AHT,
        edited(DMC, "id: dmc\n", "id: dmc\n    changed: 2026-11-05\n"),
        CRM,
        **{"premiers-jours": SIGN.replace("[dmt]", "[aht]")},
    )
    expected = Past(
        {
            "dmt": "aht",
            "tmt": "aht",
            "premiers-jours:sigle": "premiers-jours:lettre",
            "accueil:sigle": "premiers-jours:lettre",
        },
        {"dmc": date(2026, 11, 5)},
    )
    assert library.past == expected
    Path("cache").mkdir()
    for _ in range(2):
        loaded = load_cached(Path("content"), Path("cache"), write)
        assert loaded.library.past == expected
