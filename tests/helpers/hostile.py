"""Text made to do harm: a library, learners and journals full of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.helpers.libraries import shipped
from tests.helpers.reviews import review
from trainer.glossary.decks import Deck, Library, OwnQuestion
from trainer.glossary.terms import Category, Source, Term
from trainer.memory.reviews import Fact
from trainer.progress.codec import encode
from trainer.progress.learners import folder_name

MARK = "[NPS]"
"""What any markup would swallow."""
TITLE = "\x1b]0;PWNED\x07"
"""What would change the title of the window."""
TEXTS = (
    *(
        "[/]",
        "[/red]",
        "[red]",
        "[b",
        "[",
        "]",
        "[]",
        "[ /]",
        "[[NPS]]",
        "\\[NPS]",
        "[b]x[/b]",
        "[50%]",
        "[#ff0000 on red]",
    ),
    *(
        "[@click=app.quit]x[/]",
        "[@click='app.quit']x[/]",
        "[ @click=app.quit]x[/]",
        "[@click=app.screenshot('a','b')]x[/]",
    ),
    *("[link=file:///etc/passwd]x[/link]", "[link='http://pwned.example']x[/]", "[$error]x", ":warning:"),
    *(
        TITLE,
        "\x1b[2J\x1b[H",
        "\x1b[31m",
        "\x1bP0;1|17/ab\x1b\\",
        "\x1b]52;c;UFdORUQ=\x07",
        "\x1b[6n\x1b[c",
        "\x1b(0",
        "\x9b31m",
        "\x9d0;PWNED\x9c",
    ),
    *(
        "\x00",
        "a\x08\x08b",
        "a\rb",
        "\x7f\x85\x0b\x0c",
        "a\tb",
        "a\nb",
        "\u202ePWNED",
        "\u2066a\u2069",
        "\u200b\u200f\u200d\ufeff",
    ),
    *(
        "\U000e0041\U000e007f",
        "\ud800",
        "\ue000",
        "\u2028\u2029",
        "e" + "\u0301" * 500,
        "e" + "\u0301\u200d" * 500,
    ),
    *("👩🏽\u200d❤️\u200d💋\u200d👨", "日本語の単語", "prix\u00a0: 5\u202f%", "mot" * 3334, "m " * 2000),
    *(
        "$var ${HOME}",
        "{0} {name!r}",
        "%s %(x)s %n",
        "=1+1",
        "@SUM(A1)",
        "-2+3|cmd",
        "+1",
        "`id`; rm -rf ~",
        "<script>",
        "**gras** [a](b)",
    ),
)


GROUPS = tuple(" ".join(TEXTS[start : start + 13]) for start in range(0, len(TEXTS), 13))
"""The same, several in one text: what tells a screen from a markup parser needs no text of its own."""


MARKUP = f"[/] [@click=app.quit]x[/] {MARK}"
SEQUENCES = "\x1b]0;vol\x07\x1b[2J\u202e\u2066\x9b"
BRIEF = f"{MARKUP}{SEQUENCES}"
"""One line of both, for screens that are read word by word."""
FORBIDDEN = frozenset("\x1b\x07\x9b\u202e\u2066")
"""What of it no screen and no line may hold."""


def trap(text: str) -> str:
    """A hostile text behind the mark that has to stay in sight."""
    return f"{MARK} {text}"


def library(texts: Sequence[str] = GROUPS) -> Library:
    """A term, a family, a source, and a deck with two questions, of each hostile text."""
    models = [term for term in shipped().terms.values() if term.acronym and term.expansion]
    terms, decks = dict[str, Term](), dict[str, Deck]()
    categories, sources = dict[str, Category](), dict[str, Source]()
    for number, text in enumerate(texts):
        each, hostile, model = f"t{number}", trap(text), models[number % len(models)]
        categories[each], sources[each] = Category(each, hostile), Source(each, hostile)
        terms[each] = spoilt(model, f"{hostile} {number}")._replace(
            id=each,
            term=hostile,
            category=each,
            level=1,
            acronym=f"{model.acronym} {MARK}{text[:3]}",
            synonyms=(f"{hostile} {number}",),
            quiz_definition="",
            confusable=tuple(f"t{other}" for other in (number - 1, number + 1) if 0 <= other < len(texts)),
            sources=(each,),
        )
        decks[f"d{number}"] = _deck(f"d{number}", hostile, each)
    return Library(terms, decks, categories, sources)


def library_of(*ids: str) -> Library:
    """These terms of the shipped content, and a deck of them, in which every text is hostile."""
    source = shipped()
    terms = {each: spoilt(source.terms[each], BRIEF) for each in ids}
    categories = {key: Category(key, f"{BRIEF} {each.name}") for key, each in source.categories.items()}
    sources = {key: each._replace(name=f"{BRIEF} {each.name}") for key, each in source.sources.items()}
    return Library(terms, {"piege": _deck("piege", BRIEF, *ids)}, categories, sources)


def spoilt(model: Term, text: str) -> Term:
    """A term with a hostile text in every text that a person reads; nothing is taken for it."""
    return model._replace(
        term=f"{model.term} {text}",
        acronym=f"{model.acronym}{text}" if model.acronym else "",
        expansion=f"{text} {model.expansion}" if model.expansion else "",
        definition=f"{text} {model.definition}",
        quiz_definition=f"{model.quiz_definition} {text}" if model.quiz_definition else "",
        original=f"{text} {model.original}",
        english=f"{text} {model.english}",
        example=f"{text} {model.example}",
        note=f"{text} {model.note}",
        synonyms=(),
        confusable=(),
        never_with=(),
    )


def _deck(name: str, text: str, *terms: str) -> Deck:
    """A deck with a question to choose and one to write, all of it hostile."""
    wrong = f"{text} 2", f"{text} 3"
    choice = OwnQuestion(f"{name}:q", name, text, f"{text} 1", wrong, (), text, text)
    recall = OwnQuestion(f"{name}:r", name, text, f"{text} 4", (), (text,), text, text)
    return Deck(name, text, terms, (choice, recall), description=text)


def facts(texts: Sequence[str] = GROUPS) -> list[Fact]:
    """Answers that hold hostile texts, about cards and choices that exist and others that do not."""
    made: list[Fact] = []
    for number, text in enumerate(texts):
        known = review(2 * number + 1, subject=f"t{number}")
        made.append(known._replace(answer=text, chosen=f"t{number - 1}" if number else text, correct=False))
        unknown = review(2 * number + 2, subject=trap(text))
        made.append(unknown._replace(id=f"{text}{number}", device=text, answer=text, chosen=text))
    return made


def learners(data: Path, texts: Sequence[str] = GROUPS) -> list[str]:
    """A learner of each hostile name, each with a journal of hostile answers; the names."""
    names = []
    lines = b"".join(encode(fact) + b"\n" for fact in facts(texts))
    for number, text in enumerate(texts):
        name = f"{MARK}{number} {text}"
        names.append(name)
        folder = data / "learners" / folder_name(name)
        (folder / "journal").mkdir(parents=True)
        profile = {"v": 1, "name": name, "created": "2026-03-02T09:30:00.000Z"}
        (folder / "profile.json").write_text(json.dumps(profile), "utf-8")
        (folder / "journal" / "poste1-hier.jsonl").write_bytes(lines)
    return names
