"""Tests have a cache of their own, empty at the start and gone at the end."""

from __future__ import annotations

import os
import shutil
import tempfile

import hypothesis
import pytest

# How long an example takes says more about the machine than about the code.
# CI tries the same examples each time, so that a change fails for what it does; other runs explore.
hypothesis.settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["PASSEX_CACHE_DIR"] = tempfile.mkdtemp(prefix="passex-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(os.environ["PASSEX_CACHE_DIR"], ignore_errors=True)
