"""The product as a process of its own, as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir
from functools import cache
from pathlib import Path

from tests.helpers import PATIENCE, ROOT
from tests.helpers.world import known
from trainer.content import cache as content_cache
from trainer.places import shipped_content


def warm(data: Path) -> None:
    """Let a data folder have been used before: what a start keeps of the shipped content is there."""
    name, content = _kept_content()
    (data / "cache").mkdir(parents=True, exist_ok=True)
    (data / "cache" / name).write_bytes(content)


@cache
def _kept_content() -> tuple[str, bytes]:
    """The file that a start writes for the next one, made once: to read YAML anew takes most of the time of a verb.

    It fits what is started from the root of the repository.
    """
    kept: list[tuple[str, bytes]] = []
    with chdir(ROOT):
        content_cache.load_library(
            shipped_content(), Path(), lambda path, content: kept.append((path.name, content))
        )
    return kept[0]


def environment(data: Path, **more: str) -> Mapping[str, str]:
    """The environment of a child: nothing of the caller's but what a program needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"TRAINER_DATA": str(data), "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}


def run(*arguments: str, data: Path, lines: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    """The product as a process of its own, without a terminal; see `used`. What it printed has plain spaces."""
    used(arguments, data)
    done = subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        input=lines,
        capture_output=True,
        env=environment(data, **more),
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    done.stdout, done.stderr = (text.replace("\u00a0".encode(), b" ") for text in (done.stdout, done.stderr))
    return done


def used(arguments: Sequence[str], data: Path) -> None:
    """Let whoever drills have read the notice, and a data folder that is there have been used before."""
    if data.is_dir():
        warm(data)
    if "drill" in arguments and "--learner" in arguments:
        known(data, arguments[arguments.index("--learner") + 1])
