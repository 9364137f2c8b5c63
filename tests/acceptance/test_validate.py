"""`passex validate` as people use it: on files, and where it matters in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from processes import passex, started

from passex.reports import FORMATS

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .

ex:PersonShape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] ;
    sh:property [ sh:path ex:age ; sh:maxInclusive 150 ; sh:severity sh:Warning ] .
"""
DATA = """@prefix ex: <http://example.org/> .

ex:ann a ex:Person ;
    ex:nane "Ann" ;
    ex:age 200 .
"""
ANN = """data.ttl:3:1: violation[ex:PersonShape MinCount] less than 1 value for `ex:name`
  |
3 | ex:ann a ex:Person ;
  | ^^^^^^
  = focus ex:ann, path ex:name
  = hint: ex:nane is there; did you mean ex:name?

data.ttl:5:12: warning[ex:PersonShape MaxInclusive] `200` is greater than `150`
  |
5 |     ex:age 200 .
  |            ^^^
  = focus ex:ann, path ex:age, value 200

2 problems (1 violation, 1 warning) in 1 file (3 triples, 1 focus node, 1 shape).
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess(arguments, *passex(folder, "validate", *arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    (tmp_path / "data.ttl").write_text(DATA)
    return tmp_path


def test_our_own_graph_conforms() -> None:
    done = run(Path.cwd(), "--fail-on", "warning")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("9 problems (9 infos) in 5 files (")


def test_a_foreign_graph_says_file_line_and_column(folder: Path) -> None:
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl")
    assert done.stdout == ANN
    assert (done.returncode, done.stderr) == (1, "")


def test_both_engines_write_the_same_bytes(folder: Path) -> None:
    for report in FORMATS:
        quick, slow = (
            run(folder, "data.ttl", "--shapes", "shapes.ttl", "--report", report, "--engine", name)
            for name in ("fast", "pyshacl")
        )
        assert quick.stdout == slow.stdout != ""


@pytest.mark.parametrize(
    ("level", "code"), [("violation", 1), ("warning", 1), ("info", 1)], ids=str
)
def test_fail_on_decides_about_the_exit_code(folder: Path, level: str, code: int) -> None:
    assert run(folder, "data.ttl", "--shapes", "shapes.ttl", "--fail-on", level).returncode == code


def test_a_level_is_lowered_on_purpose(folder: Path) -> None:
    lowered = ("--level", "http://example.org/PersonShape=info")
    # The report names the shape with a prefix that only its file declares.
    shown = run(folder, "data.ttl", "--shapes", "shapes.ttl", "--level", "ex:PersonShape=info")
    assert shown.returncode == 0
    assert "info[ex:PersonShape" in shown.stdout
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl", *lowered)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "2 problems (2 infos) in 1 file (3 triples, 1 focus node, 1 shape).",
    )
    off = run(
        folder,
        "data.ttl",
        "--shapes",
        "shapes.ttl",
        "--level",
        "http://example.org/PersonShape=off",
    )
    assert off.stdout == "No problems in 1 file (3 triples, 1 focus node, 1 shape).\n"


def test_a_misspelt_target_does_not_pass(folder: Path) -> None:
    shapes = (folder / "shapes.ttl").read_text().replace("ex:Person ;", "ex:Persn ;")
    (folder / "shapes.ttl").write_text(shapes)
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl")
    assert done.returncode == 1
    assert "shapes.ttl:5:20: violation[target-" in done.stdout


DEFECTS = {
    "sh:property [ sh:path ex:name ; sh:minCout 1 ]": (
        "shapes.ttl:6:37: violation[unknown-shacl-term] SHACL defines no sh:minCout, so engines "
        "pass over it.",
        "did you mean sh:minCount?",
    ),
    'sh:property [ sh:path ex:name ; sh:minCount "1" ]': (
        "shapes.ttl:6:49: violation[shacl-ill-formed] a value of sh:minCount is an xsd:integer "
        "that is not negative",
        "correct it: neither this shape nor what rests on it was applied",
    ),
    'sh:sparql [ sh:select "SELECT $this { $this dcat:name 1 }" ]': (
        "shapes.ttl:6:27: violation[shacl-sparql-syntax] the query is not SPARQL: the prefix "
        "'dcat:' is not declared (in its line 1, column 22)",
        "declare it with sh:declare, and name where with sh:prefixes",
    ),
    "sh:node ex:PersonShape": (
        "shapes.ttl:4:1: warning[shacl-recursion] the shape rests on itself; SHACL leaves open "
        "what that means",
        "say it without the loop; here pySHACL decides, which may stop too early",
    ),
}


@pytest.mark.parametrize("part", DEFECTS)
def test_shapes_that_are_no_good_are_problems(folder: Path, part: str) -> None:
    head = "\n".join(SHAPES.splitlines()[:5])
    (folder / "shapes.ttl").write_text(f"{head}\n    {part} .\n")
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl")
    said, hint = DEFECTS[part]
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == said
    assert f"  = hint: {hint}" in done.stdout.splitlines()
    assert done.returncode == (0 if "warning" in said else 1)


def test_the_report_of_the_w3c_comes_with_what_it_has_no_words_for(folder: Path) -> None:
    text = f"{SHAPES} ex:PersonShape sh:deactivated true ."
    (folder / "shapes.ttl").write_text(text)
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl", "--report", "turtle")
    assert done.returncode == 1
    assert "sh:conforms true" in done.stdout
    assert done.stderr == (
        "passex: shapes.ttl: The shapes with a target are all switched off, so nothing was "
        "checked. [no-shapes]\n"
    )


def test_data_do_not_conform_to_shapes_that_were_not_applied(folder: Path) -> None:
    shapes = SHAPES.replace("minCount 1", "minCount -1")
    (folder / "shapes.ttl").write_text(shapes)
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl", "--report", "turtle")
    assert done.stdout.splitlines()[2:] == [
        "[] a sh:ValidationReport ;",
        "    sh:conforms false ;",
        "    sh:shapesGraphWellFormed false .",
    ]
    assert done.returncode == 1


def test_no_data_and_no_shapes_do_not_pass(folder: Path) -> None:
    (folder / "empty.ttl").write_text("")
    assert run(folder, "empty.ttl", "--shapes", "shapes.ttl").returncode == 1
    done = run(folder, "data.ttl", "--shapes", "empty.ttl")
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        1,
        "empty.ttl: violation[no-shapes] The shapes hold no shape with a target, so nothing was "
        "checked.",
    )


def test_broken_turtle_is_a_problem_with_a_place_and_exit_code_2(folder: Path) -> None:
    (folder / "data.ttl").write_text('<a> <b> "c" ;\n  <d> [ .\n')
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl")
    assert done.returncode == 2
    assert done.stdout.startswith("data.ttl:2:")
    assert "violation[turtle-syntax]" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gone.ttl",), "gone.ttl: no such file or folder"),
        (("data.ttl", "--shapes", "gone.ttl"), "gone.ttl: no such file or folder"),
        (("data.ttl", "--texts", "gone"), "gone: no such folder"),
        (("data.ttl", "--level", "x"), "'x' is no level of a rule"),
        (("data.ttl", "--level", "no-daata=info"), "'no-daata' is no rule of this validation"),
        (("data.ttl", "--baseline", "gone.json"), "gone.json: cannot be read"),
        (("data.ttl", "-o", "gone/report.txt"), "gone/report.txt: cannot be written"),
        (("--explain", "nrs:Lable"), "'nrs:Lable' is no rule and no shape; did you mean Label"),
        (("query.rq",), "query.rq: no such file"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_one_line(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"passex: {message}")


def test_a_baseline_keeps_known_problems_quiet(folder: Path) -> None:
    asked = ("data.ttl", "--shapes", "shapes.ttl")
    assert run(folder, *asked, "--write-baseline", "known.json").returncode == 0
    quiet = run(folder, *asked, "--baseline", "known.json")
    assert (quiet.returncode, quiet.stdout) == (
        0,
        "No new problems in 1 file (3 triples, 1 focus node, 1 shape). "
        "2 known problems kept quiet.\n",
    )
    # The problems move, one is mended, and another comes.
    text = "# A line above.\n" + DATA.replace("ex:nane", "ex:name") + "ex:bob a ex:Person .\n"
    (folder / "data.ttl").write_text(text)
    done = run(folder, *asked, "--baseline", "known.json")
    assert done.returncode == 1
    assert done.stdout.startswith("data.ttl:7:1: violation[ex:PersonShape MinCount]")
    assert "stale: data.ttl: [<http://example.org/PersonShape>] ex:ann\n" in done.stdout


def test_a_report_goes_into_a_file_whole(folder: Path) -> None:
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl", "-o", "report.txt")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (folder / "report.txt").read_text() == ANN
    assert sorted(path.name for path in folder.iterdir()) == [
        "data.ttl",
        "report.txt",
        "shapes.ttl",
    ]


def test_standard_input_has_positions_too(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "passex", "validate", "-", "--shapes", "shapes.ttl"],
        cwd=folder,
        input=DATA,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ANN.replace("data.ttl:", "-:")
    assert (done.stderr, done.returncode) == ("", 1)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_to_itself(folder: Path) -> None:
    (folder / "loop.ttl").symlink_to("loop.ttl")
    done = run(folder, "loop.ttl", "--shapes", "shapes.ttl")
    assert done.stdout.startswith("loop.ttl: violation[")
    assert "Too many levels of symbolic links" in done.stdout
    assert (done.stderr, done.returncode) == ("", 2)


def test_a_focus_node_of_the_shapes_alone_is_shown_there(folder: Path) -> None:
    shape = "[] <http://www.w3.org/ns/shacl#targetNode> <http://e/none>, 5 ;\n    "
    shape += "<http://www.w3.org/ns/shacl#class> <http://e/C> .\n"
    (folder / "of.ttl").write_text(shape, encoding="utf-8")
    done = run(folder, "data.ttl", "--shapes", "of.ttl", "--report", "github")
    places = [line.split(",title=")[0] for line in done.stdout.splitlines()[:-1]]
    assert places == [
        "::error file=of.ttl,line=1,col=44,endLine=1,endColumn=59",
        "::error file=of.ttl,line=1,col=61,endLine=1,endColumn=62",
    ]


def test_the_format_of_a_stream_is_said(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    line = '<http://example.org/ann> <http://example.org/age> "200"'
    with subprocess.Popen(
        ["sh", "-c", f"printf '%s' '{line}' > pipe"], cwd=folder, stdin=subprocess.DEVNULL
    ):
        done = run(folder, "pipe", "--shapes", "shapes.ttl", "--input-format", "nt")
    assert (
        done.stdout.splitlines()[0]
        == "pipe:1:56: violation[rdf-syntax] Triples must be followed by a dot."
    )
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("-", "--shapes", "-"),
            "-: standard input can be read but once; name a file in its place",
        ),
        (("-", "--watch"), "--watch looks at files, and standard input is none; name a file"),
        (
            ("data.txt",),
            "data.txt: not the name of an RDF file; the extension has to be one of .ttl .nt .nq "
            ".trig .rdf .jsonld .owl .xml .json .n3 .turtle, perhaps with .gz, .bz2 or .zst "
            "behind it, or say --input-format",
        ),
    ],
)
def test_what_no_stream_can_do(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "data.txt").write_text(DATA)
    done = run(folder, *arguments)
    assert (done.stdout, done.stderr, done.returncode) == ("", f"passex: {said}\n", 2)


def test_a_file_of_any_name_has_the_format_that_is_said(folder: Path) -> None:
    (folder / "data.ttl").rename(folder / "data.txt")
    done = run(folder, "data.txt", "--shapes", "shapes.ttl", "--input-format", "turtle")
    assert done.stdout == ANN.replace("data.ttl:", "data.txt:")


def test_a_shape_that_is_a_class_is_covered(folder: Path) -> None:
    shapes = SHAPES.replace(
        "ex:PersonShape a sh:NodeShape ;\n    sh:targetClass ex:Person ;",
        (
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "ex:Person a sh:NodeShape, rdfs:Class ;"
        ),
    )
    (folder / "shapes.ttl").write_text(shapes)
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl", "--coverage")
    assert done.stdout.split("\n\n")[-2:] == [
        "class that no shape names  nodes\nnone",
        "predicate that no shape names  triples\nex:nane                              1\n",
    ]


def test_files_of_a_folder_that_are_shapes_and_not_read_are_named(folder: Path) -> None:
    shapes = folder / "shapes"
    shapes.mkdir()
    (folder / "shapes.ttl").rename(shapes / "person.ttl")
    for name in ("person.shaclc", "more.shex", "README.md"):
        (shapes / name).write_text("")
    done = run(folder, "data.ttl", "--shapes", "shapes")
    said = (
        "passex: shapes/more.shex and shapes/person.shaclc were passed over: ShEx and SHACL "
        "Compact Syntax are not read; write the shapes as SHACL in Turtle\n"
    )
    assert (done.returncode, done.stderr) == (1, said)
    assert done.stdout == ANN


def test_nothing_is_fetched(folder: Path) -> None:
    header = "<http://e/> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x> .\n"
    (folder / "shapes.ttl").write_text(header + SHAPES)
    said = "shapes.ttl:1:53: info[import-not-read] What is imported was not read: "
    found = run(folder, "data.ttl", "--shapes", "shapes.ttl").stdout
    assert f"{said}<http://127.0.0.1:9/x>.\n" in found
    assert found.startswith(ANN.rpartition("\n\n")[0])


def test_coverage_counts_what_was_looked_at(folder: Path) -> None:
    done = run(folder, "data.ttl", "--shapes", "shapes.ttl", "--coverage")
    assert done.stdout.removeprefix(ANN) == (
        "\nshape           nodes it looked at\nex:PersonShape                   1\n"
        "\nclass that no shape names  nodes\nnone\n"
        "\npredicate that no shape names  triples\nex:nane                              1\n"
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_closed_pipe_ends_quietly(folder: Path) -> None:
    command = f"{sys.executable} -m passex validate data.ttl --shapes shapes.ttl | true"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=folder, capture_output=True, check=False
    )
    assert done.stderr == b""


def test_watch_checks_again_and_ends_with_ctrl_c(folder: Path) -> None:
    command = [sys.executable, "-m", "passex", "validate", "data.ttl", "--shapes", "shapes.ttl"]
    with started([*command, "--watch"], folder) as process:
        assert process.stdout is not None
        first = [process.stdout.readline() for _ in ANN.splitlines()]
        assert b"".join(first) == ANN.encode()
        (folder / "data.ttl").write_text(DATA.replace("nane", "name").replace("200", "20"))
        assert process.stdout.readline() == (
            b"No problems in 1 file (3 triples, 1 focus node, 1 shape).\n"
        )
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
