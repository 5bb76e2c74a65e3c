"""Numbers and lists as people say them."""

from __future__ import annotations

from collections.abc import Sequence

DAY = "%d/%m/%Y"
"""How a day is written."""
_UNITS = ("octet", "ko", "Mo", "Go")


def listed(names: Sequence[str]) -> str:
    """«a», «a ou b», «a, b ou c»."""
    return " ou ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun, in the plural from two on: «1 carte», «2 cartes», «1 000 cartes»."""
    return f"{number:,} {noun if number < 2 else plural or noun + 's'}".replace(",", "\u202f")


def percent(part: float, whole: float = 1) -> str:
    """A share as a whole percentage; a dash of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def duration(took: int) -> str:
    """A time given in milliseconds, in whole seconds: «45 s», «2 min 05 s»."""
    minutes, seconds = divmod(took // 1000, 60)
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def size(octets: int) -> str:
    """A size on disk: «12 ko»."""
    value, unit = float(octets), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return counted(octets, "octet") if not unit else f"{value:.0f}\u00a0{_UNITS[unit]}"
