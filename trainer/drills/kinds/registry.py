"""The drills there are."""

from __future__ import annotations

from trainer.drills.grading import Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.choice import MultipleChoice
from trainer.drills.kinds.flashcard import Flashcard
from trainer.drills.kinds.kind import Kinds
from trainer.drills.kinds.recall import TypedRecall
from trainer.drills.shapes import Answer, Question
from trainer.glossary.decks import Format

KINDS: Kinds = {
    Format.FLASHCARD: Flashcard(),
    Format.CHOICE: MultipleChoice(),
    Format.RECALL: TypedRecall(),
}
"""All but the game, which asks no question."""


def grade(
    question: Question, answer: Answer, standing: Standing, lexicon: Lexicon, kinds: Kinds = KINDS
) -> Verdict:
    """The verdict of the drill that asked; total over every question and every answer that it can be given."""
    return kinds[question.format].grade(question, answer, standing, lexicon)
