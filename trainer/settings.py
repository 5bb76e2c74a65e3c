"""Where things are: content to read, data to keep."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parent


class Settings(NamedTuple):
    """The two folders of a run."""

    content: Path
    data: Path


def shipped_content() -> Path:
    """The content that comes with the product: inside an installed wheel, beside the package in a clone."""
    inside = PACKAGE / "_content"
    return inside if inside.is_dir() else PACKAGE.parent / "content"


def resolve(content: str | None, data: str | None, environ: Mapping[str, str]) -> Settings:
    """Settings from the command line, else from the environment, else the defaults."""
    content = content or environ.get("TRAINER_CONTENT")
    data = data or environ.get("TRAINER_DATA")
    return Settings(Path(content) if content else shipped_content(), Path(data) if data else _usual_data())


def _usual_data() -> Path:
    """Where the system keeps the data of applications."""
    from platformdirs import user_data_path  # slow to import, and not needed when somebody says where

    return user_data_path("trainer", appauthor=False)
