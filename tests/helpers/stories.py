"""Facts for the tests of progress: one after the other, or drawn by hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tests.helpers.reviews import START, review
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Fact, Game, Rating, Retraction, Review

SUBJECTS = ("dmt", "nps", "accueil:1")

moments = st.datetimes(datetime(1902, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
days = st.dates(date(1900, 1, 1), date(9000, 12, 31))
texts = st.text(st.characters(), max_size=20)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
cards = st.builds(Card, st.sampled_from(SUBJECTS), st.sampled_from(Facet))

any_review = st.builds(
    Review,
    texts,
    st.integers(0, 10**9),
    texts,
    st.builds(Card, names, st.sampled_from(Facet)),
    st.sampled_from([None, *Rating]),
    st.booleans(),
    moments,
    days,
    st.integers(0, 60_000),
    st.sampled_from(Format),
    texts,
    texts,
    st.none() | st.builds(Game, texts, st.integers(1, 60)),
)
any_undo = st.builds(Retraction, texts, st.integers(0, 10**9), texts, texts, moments)


@st.composite
def stories(draw: st.DrawFn) -> list[Fact]:
    """What two devices may have written: each fact once, counters that tie, some answers taken back."""
    facts: list[Fact] = []
    reviews: list[Review] = []
    for number in range(draw(st.integers(0, 12))):
        device, counter = draw(st.sampled_from(["a", "b"])), draw(st.integers(0, 8))
        name = f"{device}-{number}"
        if reviews and draw(st.integers(0, 4)) == 0:
            facts.append(Retraction(name, counter, device, draw(st.sampled_from(reviews)).id, START))
            continue
        rating = draw(st.sampled_from([None, *Rating]))
        day = START.date() + timedelta(days=draw(st.integers(0, 9)))
        chosen = draw(st.sampled_from(["", "nps"]))
        form = Format.MATCH if rating is None and draw(st.booleans()) else Format.CHOICE
        game = Game(draw(st.sampled_from("gh")), 2) if form is Format.MATCH and draw(st.booleans()) else None
        answer = review(
            counter,
            device,
            rating=rating,
            name=name,
            of=draw(cards),
            correct=rating is not Rating.AGAIN and not chosen,
            at=START,
            on=day,
            took=900,
            form=form,
            answer="",
            chosen=chosen,
            game=game,
        )
        reviews.append(answer)
        facts.append(answer)
    return facts
