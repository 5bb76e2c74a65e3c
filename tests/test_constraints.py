"""What the README's commands install is named whole: each package, for each system and each Python that may be met."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from itertools import product

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers import ROOT
from tests.versions import constrained, lowest, requirements

SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def needed(platform: str, system: str, name: str, python: str) -> set[str]:
    """All packages that the product and its tools need there, as those that are installed here say."""
    marks = {"sys_platform": platform, "platform_system": system, "os_name": name}
    marks |= {"python_version": python, "python_full_version": f"{python}.0"}
    found = set[str]()
    waiting = [Requirement("trainer[dev]")]
    while waiting:
        wanted = waiting.pop()
        for line in _requires(wanted.name):
            each = Requirement(line)
            extras = ("", *wanted.extras)
            if each.marker and not any(each.marker.evaluate({**marks, "extra": extra}) for extra in extras):
                continue
            if canonicalize_name(each.name) not in found or each.extras:
                found.add(canonicalize_name(each.name))
                waiting.append(each)
    return found


def _requires(package: str) -> list[str]:
    """What a package says that it needs; nothing of one that only another system installs."""
    try:
        return requires(package) or []
    except PackageNotFoundError:
        return []


def test_names_and_versions_and_nothing_else() -> None:
    """No address, no hash, no option: the file says the same to everybody, in the order of names."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*==\d+(\.\w+)*", line) for line in lines)
    assert list(constrained()) == sorted(constrained())
    assert len(constrained()) == len(lines)


def test_every_package_that_any_machine_installs_is_named() -> None:
    """On Linux, macOS and Windows, with each Python; a release that needs something new fails here."""
    everywhere = set[str]().union(*(needed(*system, python) for system, python in product(SYSTEMS, PYTHONS)))
    assert everywhere == constrained().keys()


@pytest.mark.parametrize("requirement", requirements(), ids=lambda each: each.name)
def test_named_versions_lie_within_what_the_project_allows(requirement: Requirement) -> None:
    """Each package that the product needs has a lower bound, and the named release is allowed."""
    assert requirement.specifier.contains(constrained()[canonicalize_name(requirement.name)])
    assert any(pin.startswith(f"{requirement.name}==") for pin in lowest())


def test_every_command_of_the_readme_installs_with_them() -> None:
    """On Windows too."""
    commands = [
        line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "pip install" in line
    ]
    assert len(commands) == 3
    assert all(" -c constraints.txt " in command for command in commands)
