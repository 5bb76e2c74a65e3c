"""`python -m tests.versions [newest lowest]`: the checks with other releases of what we depend on than constraints.txt names.

The newest that pyproject.toml allows, or the lowest of what the product itself needs. Prints what differs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.__main__ import CHECKS
from tests.helpers import ROOT

KINDS = ("newest", "lowest")
_MOST_LINES = 40


def requirements() -> list[Requirement]:
    """What the product itself needs, as pyproject.toml says it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def constrained() -> dict[str, str]:
    """The version of each package that constraints.txt names."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def lowest() -> list[str]:
    """A constraint for each package that the product itself needs: its lower bound."""
    return [
        f"{each.name}=={bound.version}"
        for each in requirements()
        for bound in each.specifier
        if bound.operator == ">="
    ]


def main(kinds: Sequence[str]) -> int:
    """How many of these sets of releases fail a check; all of them are tried if none is named."""
    unknown = set(kinds) - set(KINDS)
    if unknown:
        print(f"no such releases: {', '.join(unknown)}; there are: {', '.join(KINDS)}", file=sys.stderr)
        return 2
    return sum(not _try(kind) for kind in kinds or KINDS)


def _try(kind: str) -> bool:
    """Install the releases of a kind apart, and run the checks there; whether they pass."""
    with TemporaryDirectory(prefix="trainer-versions-") as folder:
        python = _environment(Path(folder))
        pins = Path(folder, "pins.txt")
        pins.write_text("\n".join(lowest() if kind == "lowest" else []))
        installing = _run([python, "-m", "pip", "install", "--quiet", "-c", str(pins), "-e", f"{ROOT}[dev]"])
        if installing.returncode:
            _tell(f"{kind}: cannot be installed", installing.stderr.splitlines())
            return False
        others = list(_differences(python))
        _tell(f"{kind}: {len(others)} releases differ from constraints.txt", others)
        # The tools are the newest ones either way: with the lowest releases, only the tests can tell anything new.
        checks = CHECKS[-1:] if kind == "lowest" else CHECKS
        return not [check for check in checks if others and not _passes(kind, python, check)]


def _environment(folder: Path) -> str:
    """A new virtual environment; its interpreter."""
    builder = venv.EnvBuilder(with_pip=True)
    builder.create(folder)
    return str(builder.ensure_directories(folder).env_exe)


def _differences(python: str) -> Iterator[str]:
    """The packages installed in another version than constraints.txt names."""
    listed = json.loads(_run([python, "-m", "pip", "list", "--format", "json"]).stdout)
    named = constrained()
    for package in listed:
        name, version = canonicalize_name(package["name"]), package["version"]
        if name not in ("pip", "setuptools", "trainer") and named.get(name) != version:
            yield f"{name}=={version} instead of {named.get(name, 'nothing')}"


def _passes(kind: str, python: str, check: Sequence[str]) -> bool:
    """Run a check; what it found, in our own words, since those of pytest are read as the result of a whole run."""
    done = _run([python, "-m", *check])
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    verdict = f"{check[0]} finds faults" if done.returncode else f"{check[0]} finds nothing"
    _tell(f"{kind}: {verdict}", (failed or lines[-_MOST_LINES:]) if done.returncode else [])
    return done.returncode == 0


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def _tell(heading: str, lines: Sequence[str]) -> None:
    print(heading, *(f"  | {line}" for line in lines[:_MOST_LINES]), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
