"""Known problems stay quiet, new ones do not, and what is gone is called stale."""

from __future__ import annotations

import os
import stat
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.errors import InputError, PassexError
from passex.text.places import Place
from passex.validation import baseline
from passex.validation.baseline import fingerprints
from passex.validation.results import Problem, Report, Severity

BASE = "/base"
LABEL = Problem(
    "https://w3id.org/passex/ontology#ShipShape",
    "MinCountConstraintComponent",
    Severity.VIOLATION,
    "less than 1 value for `rdfs:label`",
    Place("graph/ships.ttl", 3, 1, 3, 8, "id:ship a nr:Ship ."),
    focus="id:ship",
    path="rdfs:label",
)
BLANK = replace(LABEL, focus="_:f0b7", value='"é"@fr', message="odd")
SHAPES = Problem("no-shapes", "", Severity.VIOLATION, "no shapes were found")
REPORT = Report((SHAPES, LABEL, BLANK), {}, files=1, triples=2, focus_nodes=3, shapes=4)

SHIP = '"graph/ships.ttl", "rule": "https://w3id.org/passex/ontology#ShipShape"'
WRITTEN = f"""\
{{"passex-baseline": 1}}
{{"file": "", "rule": "no-shapes", "focus": "", "message": "no shapes were found", \
"fingerprint": "b6d5dc2823623f4f642f036c79fb4d61"}}
{{"file": {SHIP}, "focus": "_:f0b7", "message": "odd", \
"fingerprint": "2530a32fcdc22d9c02f9ad0e9c43dfb5"}}
{{"file": {SHIP}, "focus": "id:ship", "message": "less than 1 value for `rdfs:label`", \
"fingerprint": "59c6bc2aa8041f945c92c41ef6a26d42"}}
"""


def test_a_baseline_has_a_line_for_each_problem(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    baseline.write(path, baseline.entries(REPORT, BASE))
    assert path.read_bytes().decode() == WRITTEN
    assert baseline.read(path) == baseline.entries(REPORT, BASE)


def test_known_problems_are_quiet_wherever_their_lines_are_now() -> None:
    known = baseline.entries(REPORT, BASE)
    moved = replace(LABEL, place=Place("/base/graph/ships.ttl", 99, 5), message="other words")
    # Another blank node before it has given it another name.
    renamed = replace(BLANK, focus="_:f0b8")
    new = replace(LABEL, focus="id:other")
    found = baseline.apply(replace(REPORT, problems=(renamed, moved, new)), known, BASE)
    assert found.problems == (new,)
    assert found.known == 2
    assert found.stale == ("[no-shapes]",)


def test_equal_problems_are_counted() -> None:
    known = baseline.entries(replace(REPORT, problems=(LABEL, LABEL)), BASE)
    three = baseline.apply(replace(REPORT, problems=(LABEL, LABEL, LABEL)), known, BASE)
    assert (three.problems, three.known, three.stale) == ((LABEL,), 2, ())
    one = baseline.apply(replace(REPORT, problems=(LABEL,)), known, BASE)
    assert (one.problems, one.known) == ((), 1)
    assert one.stale == ("graph/ships.ttl: [nr:ShipShape] id:ship",)


@pytest.mark.parametrize(
    "other",
    [
        replace(LABEL, rule="r"),
        replace(LABEL, component="c"),
        replace(LABEL, place=replace(LABEL.place or Place(""), file="graph/other.ttl")),
        replace(LABEL, place=None),
        replace(LABEL, focus="id:other"),
        replace(LABEL, path="nr:other"),
        replace(LABEL, value="5"),
    ],
)
def test_what_makes_another_problem(other: Problem) -> None:
    assert fingerprints([other], BASE) != fingerprints([LABEL], BASE)


def test_without_a_node_the_words_tell_problems_apart() -> None:
    assert fingerprints([replace(SHAPES, message="x")], BASE) != fingerprints([SHAPES], BASE)


def test_lines_that_two_branches_added_are_read(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    head, *lines = WRITTEN.splitlines()
    path.write_text("\ufeff" + "\r\n".join([head, *reversed(lines), *lines, ""]), encoding="utf-8")
    found = baseline.apply(REPORT, baseline.read(path), BASE)
    assert (found.problems, found.known, found.stale) == ((), 3, ())


CURE = "; write it anew with --write-baseline"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ":1: not a baseline of passex, or of another version" + CURE),
        (b'{"passex-baseline": 2}\n', ":1: not a baseline of passex, or of another version" + CURE),
        (b"\xff\xfe\x00", ": not a baseline of passex: not UTF-8" + CURE),
        (
            b'{"passex-baseline": 1}\n<<<<<<< HEAD\n',
            ":2: not an entry of a baseline: '<<<<<<< HEAD'" + CURE,
        ),
        (b'{"passex-baseline": 1}\n\n[]\n', ":3: not an entry of a baseline: '[]'" + CURE),
        (
            b'{"passex-baseline": 1}\n{"file": "", "rule": "", "focus": "", "message": "", '
            b'"fingerprint": 5}',
            ":2: not an entry of a baseline: "
            '\'{"file": "", "rule": "", "focus": "", "message": "", "finger\'' + CURE,
        ),
        (
            b'{"passex-baseline": 1}\n' + b"[" * 100_000,
            ":2: not an entry of a baseline: '" + "[" * 60 + "'" + CURE,
        ),
    ],
)
def test_damaged_and_foreign_files(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "known.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        baseline.read(path)
    assert str(error.value) == f"{path}{expected}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        baseline.read(tmp_path / "none")
    assert str(error.value) == f"{tmp_path / 'none'}: cannot be read (No such file or directory)"


def test_a_baseline_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text("before")

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(PassexError) as error:
        baseline.write(path, baseline.entries(REPORT, BASE))
    assert (
        str(error.value)
        == f"{path}: cannot be written (No space left on device); give a file that can be written"
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["known.jsonl"]
    assert path.read_text() == "before"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none" / "known.jsonl"
    with pytest.raises(PassexError, match="cannot be written"):
        baseline.write(path, [])


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_rights_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "known.jsonl"
    real.write_text("")
    real.chmod(0o640)
    link.symlink_to(real)
    baseline.write(link, [])
    assert link.is_symlink()
    assert real.read_text() == '{"passex-baseline": 1}\n'
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


TEXT = st.text(st.sampled_from('a"\\\n\r\u2028\x00é🚢') | st.characters(), max_size=6)


@given(st.lists(st.builds(baseline.Entry, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=4))
def test_whatever_is_written_is_read(known: list[baseline.Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "known.jsonl"
        baseline.write(path, known)
        assert baseline.read(path) == known
