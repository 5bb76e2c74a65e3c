"""Two terms side by side: whether they may be set against each other, and what tells them apart."""

from __future__ import annotations

from trainer.glossary.spelling import fold
from trainer.glossary.terms import Term


def opposable(term: Term, other: Term) -> bool:
    """Whether a question may offer both terms: neither declares that it is too close to the other."""
    near = other.id in term.never_with or term.id in other.never_with
    return not near and fold(term.term) != fold(other.term)


def telling_apart(term: Term, other: Term) -> str:
    """The note of one of two terms that speaks of the other; empty if neither does."""
    for one, another in ((term, other), (other, term)):
        note = f" {fold(one.note)} "
        if any(f" {fold(name)} " in note for name in another.names):
            return one.note
    return ""
