"""Graphs whose answers are counted anew: bundled, fictional stories, generated."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from test_story import ARTICLES, Day
from thorough import THOROUGH

from passex.graph import dataset

ROOT = Path(__file__).resolve().parents[2]
#: What is bundled, a story after some of its articles, and a generated graph. What `passex network`
#: says after any article, it says in other numbers after these: the others wait for a thorough run.
STAGES = ("bundled", *(ARTICLES if THOROUGH else (ARTICLES[1], ARTICLES[-1])), "generated")


def files_at(stage: str, folder: Path) -> list[Path]:
    """List the files of a stage; those of a story and of a generated graph come into a folder."""
    if stage == "bundled":
        return files_of(stage)
    if stage == "generated":
        return generated(folder)
    Day(ARTICLES.index(stage) + 1, folder)
    return sorted(folder.glob("*.ttl"))


def files_of(name: str) -> list[Path]:
    """List the files of what is bundled, or of the story when it is over."""
    if name == "bundled":
        return [Path(path) for path in dataset.bundled_facts()]
    return sorted((ROOT / "tests" / "data" / name).glob("*.ttl"))


def generated(folder: Path, triples: int = 10_000) -> list[Path]:
    """Write a graph of about so many triples, by the benchmarks' own generator."""
    path = ROOT / "benchmarks" / "generate.py"
    spec = importlib.util.spec_from_file_location("benchmark_for_sentences", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.write(triples, folder / "fleet.ttl")
    return [folder / "fleet.ttl"]
