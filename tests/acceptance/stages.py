"""Graphs whose answers are counted anew: bundled, fictional stories, generated."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from passex.graph import dataset

ROOT = Path(__file__).resolve().parents[2]


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
