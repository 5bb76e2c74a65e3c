"""JSON files that others may have changed: believed only as far as any reader would take them for JSON."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from stat import S_ISREG
from typing import Any, NoReturn

DEEPEST = 50
"""Brackets inside brackets; no file of ours has five, and writing a thousand again would exhaust the stack."""
LARGEST = 1_000_000
"""Bytes of a file of ours that is read whole: a profile, settings, parameters."""
_BYTE_ORDER_MARK = "\ufeff"


def read(path: Path) -> Any:
    """What the document at a path says; OSError if it cannot be read, ValueError if it is none."""
    status = path.stat()
    if not S_ISREG(status.st_mode):  # a pipe would wait for its writer
        raise ValueError("not a file")
    if status.st_size > LARGEST:
        raise ValueError("too large")
    return parse(path.read_bytes())


def parse(data: str | bytes) -> Any:
    """What a document says, with or without a byte order mark; ValueError if it is none.

    NaN, infinite numbers, integers of thousands of digits and endless nesting are no JSON.
    """
    text = data if isinstance(data, str) else data.decode(json.detect_encoding(data), "surrogatepass")
    try:
        value = _DECODER.decode(text.removeprefix(_BYTE_ORDER_MARK))
    except RecursionError as error:
        raise ValueError("too deep") from error
    may_be_deep = text.count("[") + text.count("{") > DEEPEST
    if may_be_deep and _is_deeper(value, DEEPEST):
        raise ValueError("too deep")
    return value


def written(value: Any, indent: int | None = None) -> bytes:
    """A document in UTF-8, its characters as they are wherever a file can hold them."""
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent).encode()
    except UnicodeEncodeError:  # half a character, from a broken terminal: only an escape can hold it
        return json.dumps(value, indent=indent).encode()


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"too large a number: {text[:20]}")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"not JSON: {constant}")


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse)


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether lists and objects stand in one another more than so many levels deep."""
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list):
        inside = value
    else:
        return False
    return levels == 0 or any(_is_deeper(each, levels - 1) for each in inside)
