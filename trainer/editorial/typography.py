"""French typography: the signs that are wrong in a text that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trainer.editorial.remarks import Remark, quoted

_STRAIGHT = re.compile(r"[^\W\d_]+'\w*")
_OPENED = re.compile(r"«(?![\u00a0\u202f])\s*")
_CLOSING = re.compile(
    r"""[;!?»:%€] (?:
        (?<= [^\u00a0\u202f?!(\[] [;!?] ) (?= [\s?!)\]».,…] | $ )
      | (?<= [^\u00a0\u202f] » )
      | (?<= [^\u00a0\u202f] : ) (?= [\s»] | $ )
      | (?<= \d [%€] )
      | (?<= \d [ ] [%€] )
    )""",
    re.VERBOSE,
)


def about_typography(texts: Iterable[tuple[str, str]]) -> Iterator[Remark]:
    """What French typography would change in texts, given with the names of their fields."""
    for field, text in texts:
        yield from (Remark(field, message, text) for message in mistakes(text))


def mistakes(text: str) -> Iterator[str]:
    """Straight apostrophes and missing no-break spaces, the first of each sort."""
    if "'" in text and (found := _STRAIGHT.search(text)):
        curly = found[0].replace("'", "’")
        yield f"apostrophe droite dans {quoted(found[0])} ; écrivez {quoted(curly)}"
    if found := _CLOSING.search(text):
        word = "".join(text[: found.start()].split()[-1:])
        yield f"pas d’espace insécable entre {quoted(word)} et {quoted(found[0])} ; mettez-en une"
    if found := _OPENED.search(text):
        word = "".join(text[found.end() :].split()[:1])
        yield f"pas d’espace insécable entre {quoted('«')} et {quoted(word)} ; mettez-en une"
