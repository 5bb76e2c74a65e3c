"""What becomes of answers that are not on disk yet, or never will be."""

from __future__ import annotations

from trainer.wording.numbers import counted

ERASED = (
    "⚠ Le dossier de vos réponses a été effacé ou déplacé pendant que cette fenêtre était ouverte : vos réponses ne "
    "sont plus enregistrées. Pour recommencer, touche C, puis votre nom."
)


def waiting_line(number: int, is_erased: bool = False) -> str:
    """That answers are not on disk yet, or never will be."""
    if is_erased:
        return unsaved_line(number, is_erased)
    return (
        f"{counted(number, 'réponse')} pas encore {_saved(number)} : laissez cette fenêtre ouverte, "
        "l’enregistrement reprendra de lui-même."
    )


def unsaved_line(number: int, is_erased: bool = False) -> str:
    """That answers were given up for lost, and why."""
    why = (
        "le dossier de vos réponses a été effacé ou déplacé pendant que cette fenêtre était ouverte"
        if is_erased
        else f"le disque ne {'l’a pas acceptée' if number < 2 else 'les a pas acceptées'}"
    )
    return f"{counted(number, 'réponse')} non {_saved(number)} : {why}."


def _saved(number: int) -> str:
    return "enregistrée" if number < 2 else "enregistrées"
