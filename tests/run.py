"""Set up an environment of its own and run every check: formatting, lint, types, the graph, tests.

Run it as `python3 tests/run.py [PYTEST_ARGUMENTS…]`; it needs nothing but Python and pip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(*arguments: str) -> None:
    """Run Python in the environment; end with its exit code where that is not 0."""
    # Tests start commands by the hundred: what is compiled is kept, or each of them compiles anew.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=kept, check=False).returncode
    if code:
        print(f"failed: python {' '.join(arguments)}", file=sys.stderr)
        raise SystemExit(code)


def main() -> None:
    """Set up, check and test."""
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip = ("-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--editable", ".[dev]")
    run("-m", "ruff", "format", "--check", "--quiet", ".")
    run("-m", "ruff", "check", "--quiet", ".")
    run("-m", "mypy")
    run("-m", "passex", "validate", "--fail-on", "warning")
    # Neighbours share what is set up for them, so a worker gets a row of them, not every other one.
    run("-m", "pytest", "--numprocesses", "auto", "--dist", "worksteal", *sys.argv[1:])


if __name__ == "__main__":
    main()
