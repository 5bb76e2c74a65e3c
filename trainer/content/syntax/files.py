"""Bytes from disk and text from bytes, whatever stands under the path."""

from __future__ import annotations

import errno
import re
from itertools import islice
from pathlib import Path
from unicodedata import combining, normalize

from trainer.content.syntax.foreign import foreign
from trainer.content.syntax.report import START, Place, Report

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)
"""What no content needs: controls, overrides of the writing direction, halves and ruins of characters."""
RUIN = "\ufffd"
"""What stands in a text in place of an unsafe character, once that one is reported."""
_MOST_UNSAFE = 20
_MOST_MARKS = 99
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"


def read_text(path: Path, limit: int, report: Report) -> str | None:
    """The text of a file of at most `limit` bytes; nothing once it is reported as unreadable."""
    data = _read_bytes(path, limit, report)
    text = None if data is None else _decode(data, report)
    return None if text is None or _is_piled_up(text, report) else _safe(text, report)


def _read_bytes(path: Path, limit: int, report: Report) -> bytes | None:
    try:
        # Opening a pipe would wait for its writer.
        if path.exists() and not path.is_file():
            report.error(START, "ce n’est pas un fichier ; mettez à sa place un fichier texte")
            return None
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        report.error(START, _refusal(error, path))
        return None
    if message := foreign(data):
        report.error(START, message)
        return None
    if len(data) > limit:
        report.error(START, f"fichier trop gros (plus de {limit // 1_000_000} Mo) ; partagez-le en plusieurs")
        return None
    return data


def _refusal(error: OSError | ValueError, path: Path) -> str:
    match error:
        case FileNotFoundError() if path.is_symlink():
            return "lien vers un fichier absent ; refaites le lien ou supprimez-le"
        case FileNotFoundError():
            return "fichier absent ; créez-le, ou corrigez le chemin"
        case PermissionError():
            return "lecture interdite ; donnez le droit de lire ce fichier"
        case OSError(errno=errno.ENAMETOOLONG):
            return "nom trop long ; corrigez le chemin"
        case _:
            return "fichier illisible ; vérifiez le disque et le chemin"


def _decode(data: bytes, report: Report) -> str | None:
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8"
    content = data.removeprefix(_UTF_8_MARK)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        report.error(place_after(before), _not_utf_8(content[error.start]))
        return None


def _not_utf_8(byte: int) -> str:
    meant = bytes([byte]).decode("cp1252", "ignore")
    guess = f" (« {meant} » en Windows-1252)" if meant.isprintable() and meant else ""
    return f"octet 0x{byte:02X}{guess} qui n’est pas de l’UTF-8 ; enregistrez en UTF-8"


def _is_piled_up(text: str, report: Report) -> bool:
    """Whether accents stand on accents without end: putting those in order takes the square of their number."""
    for start in range(0, len(text), _MOST_MARKS):  # no heap of twice as many can stand between two of these
        if combining(text[start]) and all(map(combining, text[start : start + _MOST_MARKS])):
            report.error(place_after(text[:start]), "accents empilés sans fin ; supprimez-les")
            return True
    return False


def _safe(text: str, report: Report) -> str | None:
    """The text with plain line ends and a ruin in place of each unsafe character."""
    plain = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    unsafe = list(islice(UNSAFE.finditer(plain), _MOST_UNSAFE + 1))
    if len(unsafe) > _MOST_UNSAFE:
        place = place_after(plain[: unsafe[0].start()])
        report.error(
            place, f"plus de {_MOST_UNSAFE} caractères interdits ; enregistrez en UTF-8, comme texte brut"
        )
        return None
    for found in unsafe:
        report.error(
            place_after(plain[: found.start()]), f"caractère interdit U+{ord(found[0]):04X} ; supprimez-le"
        )
    return UNSAFE.sub(RUIN, plain) if report.problems else plain


def place_after(text: str) -> Place:
    """Where the character that follows a text stands."""
    return Place(text.count("\n") + 1, len(text) - text.rfind("\n"))
