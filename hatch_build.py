"""Compile the modules when the project is installed in place.

Of everything else that it installs, pip makes the bytecode itself. Where Python may not write any
later, each command would compile its modules anew: a tenth of a second for `passex validate`.
"""

from __future__ import annotations

import compileall
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileInPlace(BuildHookInterface[Any]):
    """Compiles what an editable installation points to."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the modules, before an editable wheel is built.

        Args:
            version: What is built.
            build_data: What else the build is told; nothing changes.
        """
        if version == "editable":
            # A checkout that cannot be written to is no worse off than before.
            compileall.compile_dir(str(Path(self.root, "src")), quiet=2)
