"""Names of files that every system takes for the same one file, inside the folder where it is meant to be."""

from __future__ import annotations

import re
from hashlib import sha256

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}
"""What Windows takes for a device, whatever follows the first dot."""
_LONGEST = 60


def is_safe(name: str) -> bool:
    """Whether a name is plain ascii, and means on Windows what it means elsewhere."""
    return (
        bool(_SAFE.fullmatch(name)) and not name.endswith(".") and name.split(".")[0].lower() not in _DEVICES
    )


def safe(name: str) -> str:
    """The name itself if it is safe, else one that is, with the same ending; different for different names."""
    return name if is_safe(name) else marked(name, name.encode(errors="surrogatepass"))


def marked(name: str, content: bytes) -> str:
    """A safe name with the same ending that stands for a content."""
    stem, _, ending = name.rpartition(".")
    kept = _UNSAFE.sub("", ending)[:10] if stem else ""
    plain = _UNSAFE.sub("_", stem or ending).strip("_-")[:_LONGEST]
    digest = sha256(content).hexdigest()[:12]
    return f"{plain or 'fichier'}-{digest}{'.' if kept else ''}{kept}"
