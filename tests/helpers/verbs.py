"""Verbs of the command line, called as functions."""

from __future__ import annotations

import pytest

from trainer.cli.main import main

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *arguments: str) -> str:
    """What a verb that succeeds prints, and nothing on stderr."""
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out
