"""Text to read breaks where French allows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.widgets.prose import broken


def test_punctuation_stays_with_its_word() -> None:
    """A no-break space never becomes a line break, wherever the line ends."""
    text = "Que dire\u00a0: «\u00a0oui\u00a0» à 80\u00a0% du temps\u00a0?"
    for width in range(8, 40):
        for line in broken(text, width).split("\n"):
            assert not line.startswith((":", "»", "%", "?", "\u00a0"))


@given(st.text(alphabet="ab é\u00a0\n", max_size=80), st.integers(1, 30))
def test_only_spaces_become_breaks(text: str, width: int) -> None:
    """Same length, same characters, and no line too long but one that is a single word."""
    after = broken(text, width)
    assert len(after) == len(text)
    changed = [(old, new) for old, new in zip(text, after, strict=True) if old != new]
    assert set(changed) <= {(" ", "\n")}
    assert all(cell_len(line) <= width or " " not in line.strip(" ") for line in after.split("\n"))
