"""Check everything: format, lint, types, tests. Every check runs, whatever the others find."""

from __future__ import annotations

import os
import subprocess
import sys

# Twice as many as there are processors: a fifth of the time of the tests is waiting for terminals and disks.
WORKERS = 2 * (os.cpu_count() or 1)
CHECKS = (
    ("ruff", "format", "--check", "--quiet", "."),
    ("ruff", "check", "--quiet", "."),
    ("mypy", "--no-error-summary"),
    ("pytest", "-n", str(WORKERS), "--dist", "worksteal"),
)


def main() -> int:
    """The number of checks that failed; arguments go to pytest."""
    failed = 0
    os.environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # or pytest prepares every test module anew, in each process
    for check in CHECKS:
        arguments = sys.argv[1:] if "pytest" in check else []
        print(f"— {' '.join((*check, *arguments))}", flush=True)
        failed += subprocess.call([sys.executable, "-m", *check, *arguments]) != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
