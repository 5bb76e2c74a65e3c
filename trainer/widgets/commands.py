"""What a person can do: declared once, from which keys, command bar, palette and help derive."""

from __future__ import annotations

from typing import NamedTuple

DIGITS = (
    ("1", "ampersand"),
    ("2", "é", "latin_small_letter_e_with_acute"),
    ("3", "quotation_mark"),
    ("4", "apostrophe"),
    ("5", "left_parenthesis"),
    ("6", "minus"),
    ("7", "è", "latin_small_letter_e_with_grave"),
    ("8", "underscore"),
)
"""The keys 1 to 8, and what an AZERTY keyboard sends for them without Shift."""
ZERO = ("0", "à", "latin_small_letter_a_with_grave")


class Command(NamedTuple):
    """A thing to do: its action, its label of a word or two, its keys, how they are printed, what it does.

    `bar` tells whether it is offered in the command bar, `palette` in the palette.
    """

    action: str
    label: str
    keys: tuple[str, ...]
    printed: str
    help: str
    bar: bool = True
    palette: bool = True

    @property
    def pressed(self) -> tuple[str, ...]:
        """Its keys, letters in both cases: on a French keyboard Caps Lock gives digits, so it may well be on."""
        return tuple(case for key in self.keys for case in _cases(key))


def _cases(key: str) -> tuple[str, ...]:
    is_letter = len(key) == 1 and key.isalpha()
    return (key.lower(), key.upper()) if is_letter else (key,)


BACK = Command("back", "Retour", ("escape",), "Échap", "Revenir à l’écran précédent.")
LIST = Command("list", "Liste", ("down",), "↓", "Passer du champ à la liste.", palette=False)
TELL_APART = Command(
    "tell_apart", "Les distinguer", ("d",), "D", "S’exercer à distinguer les termes que l’on confond."
)
DATA = Command("data", "Mes données", ("m",), "M", "Voir, exporter ou effacer ce qui est gardé de vous.")
HELP = Command("help", "Aide", ("f1", "question_mark"), "F1", "Montrer les touches de cet écran.")
QUIT = Command(
    "leave",
    "Quitter",
    ("ctrl+q",),
    "Ctrl+Q",
    "Fermer le programme ; vos réponses sont déjà gardées.",
    bar=False,
)
PALETTE = Command(
    "command_palette",
    "Commandes",
    ("ctrl+p",),
    "Ctrl+P",
    "Chercher une commande par son nom.",
    bar=False,
    palette=False,
)
EVERYWHERE = (HELP, PALETTE, QUIT)
