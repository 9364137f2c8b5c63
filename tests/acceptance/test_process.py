"""What only a process shows: streams that are closed, full or narrow, and usage errors."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from processes import started, works

import passex
from passex.graph import dataset

NASTY = Path(__file__).resolve().parents[1] / "data" / "tables" / "nasty.csv"
PASSEX = [sys.executable, "-m", "passex"]


def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [*PASSEX, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("network", "--level", "fleet"), "passex: Invalid value for '--level': 'fleet' is not"),
        (("why",), "passex: Missing argument 'A'; see 'python -m passex why --help'"),
        (("fly",), "passex: No such command 'fly'"),
        (("netwrk",), "passex: No such command 'netwrk'; did you mean network?"),
        (("query", "ASK {}", "--format", "tabel"), "passex: Invalid value for '--format': 'tabel'"),
        (("network", "-x"), "passex: No such option"),
        *(
            ((*command, value), f"passex: Invalid value for '{command[-1]}': {said}; see")
            for value, said in (
                ("nan", "nan is no number"),
                ("inf", "inf is not in the range 0<x<=1000000"),
                ("1e10", "10000000000.0 is not in the range 0<x<=1000000"),
            )
            for command in (("validate", "--timeout"), ("query", "ASK {}", "--timeout"))
        ),
        (("export", "png", "--scale", "nan"), "passex: Invalid value for '--scale': nan is no"),
        (("network", "--data", ""), "passex: an empty path; give a file or folder"),
        (("network", "--data", "x" * 5000 + ".ttl"), "passex: xxxx"),
        (("why", "id:baltic-sea", "NATO"), "passex: 'id:baltic-sea' is no actor: Baltic Sea"),
    ],
)
def test_one_line_and_exit_code_2(arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("network", "--level", "stat"), "did you mean state?"),
        (("export", "gexff"), "did you mean gexf?"),
        (("query", "ASK {}", "--format", "tabel"), "did you mean table?"),
        (("import", "mmee", "x.csv"), "did you mean mme?"),
        (("network", "--level", "zzz"), "see 'python -m passex network --help'"),
    ],
)
def test_a_word_that_is_nearly_right(arguments: tuple[str, ...], hint: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.endswith(f"; {hint}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PASSEX, "network"], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "passex: cannot write the answer (No space left on device)\n"


@pytest.mark.parametrize("lacking", ["naval.ttl", "gazetteer.ttl"])
def test_an_installation_that_lacks_a_file(tmp_path: Path, lacking: str) -> None:
    """It is that file which is named, and not the answer, of which nothing was written."""
    left_out = shutil.ignore_patterns("data", "__pycache__", lacking)
    copied = {Path(*passex.__path__): "src/passex", dataset.root() / "ontology": "ontology"}
    for folder, copy in copied.items():
        shutil.copytree(folder, tmp_path / copy, ignore=left_out)
    facts = tmp_path / "facts.ttl"
    facts.write_text("<a:b> a <https://w3id.org/passex/ontology#Exercise> .", "utf-8")
    done = subprocess.run(
        [*PASSEX, "network", "--no-cache", "--data", str(facts)],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 2
    missing = tmp_path / "ontology" / lacking
    assert done.stderr == f"passex: {missing}: no such file; check the path\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            "OSError(28, 'No space left on device')",
            "cannot write the answer (No space left on device)",
        ),
        (
            "FileNotFoundError(2, 'No such file or directory', 'x.rq')",
            "x.rq: No such file or directory",
        ),
    ],
)
def test_an_error_of_a_file_names_the_file(error: str, said: str) -> None:
    """An error that nothing foresees, of whichever command, has no traceback either."""
    script = f"""from passex import cli
def fails(**_):
    raise {error}
cli.cli.main = fails
cli.main()"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"passex: {said}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes it")
def test_no_standard_output() -> None:
    command = [*PASSEX, "export", "gexf"]
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *command], stderr=subprocess.PIPE, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (
        2,
        "passex: standard output is closed; send it somewhere, /dev/null at least\n",
    )


READERS = {
    "cite": ("-", "navies"),
    "diff": ("-", "bundled"),
    "draft": ("-", "--slug", "2031-x"),
    "format": ("-",),
    "query": ("-",),
    "show": ("Japan", "--data", "-"),
    "validate": ("-",),
}


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes it")
@pytest.mark.parametrize("command", READERS)
def test_no_standard_input(command: str) -> None:
    """Whoever reads it says that it is closed."""
    assert _without_input(command, *READERS[command]) == (
        2,
        "passex: -: standard input is closed; pipe a file into it\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes it")
def test_who_reads_no_standard_input_needs_none(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Two navies met.", "utf-8")
    assert _without_input("cite", str(text), "navies")[0] == 0
    assert _without_input("query", "ASK { ?s ?p ?o }") == (0, "")
    assert _without_input("query", "--interactive") == (
        2,
        "passex: --interactive needs a terminal; give a query, a FILE.rq or -\n",
    )


def _without_input(*arguments: str) -> tuple[int, str]:
    shell = ["sh", "-c", '"$@" <&-', "sh", *PASSEX, *arguments]
    done = subprocess.run(shell, capture_output=True, check=False, text=True)
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell opens it")
@pytest.mark.parametrize("command", READERS)
def test_standard_input_that_cannot_be_read(command: str, tmp_path: Path) -> None:
    shell = ["sh", "-c", 'file=$1; shift; "$@" 0>"$file"', "sh", str(tmp_path / "out")]
    done = subprocess.run(
        [*shell, *PASSEX, command, *READERS[command]], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be read (Bad file descriptor); " in done.stderr


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop() -> None:
    code, out, err = run("show", "nara", PASSEX_CACHE_DIR="/dev/null/cache")
    assert code == 0
    assert out.startswith("Nara (Place, id:nara)\n")
    assert err == (
        "passex: /dev/null/cache: the cache cannot be written (Not a directory); "
        "set PASSEX_CACHE_DIR to a folder that can, or give --no-cache\n"
    )


def test_a_narrow_encoding_gets_question_marks() -> None:
    code, out, err = run("why", "JMSDF", "SNMG2", PYTHONIOENCODING="latin-1")
    assert (code, err) == (0, "")
    assert "?they sailed with?" in out


@pytest.mark.parametrize("arguments", [("--help",), ("ask", "--help"), ("ask",), ("network",)])
def test_a_pipe_that_nobody_reads(arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PASSEX, *arguments], stdout=writer, stderr=subprocess.PIPE, check=False, text=True
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


STATES = """@prefix nr: <https://w3id.org/passex/ontology#> . @prefix : <https://e.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :a a nr:State ; rdfs:label "A" ."""


@pytest.mark.parametrize("path", ["-", "/dev/stdin"])
def test_facts_from_standard_input(path: str) -> None:
    done = subprocess.run(
        [*PASSEX, "show", "A", "--data", path],
        input=STATES,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("A (State, <https://e.org/a>)\n")


def test_the_format_of_standard_input() -> None:
    done = subprocess.run(
        [*PASSEX, "show", "A", "--data", "-", "--input-format", "nt"],
        input=STATES,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("passex: -:1:")
    assert "not N-Triples" in done.stderr


def test_a_cache_that_rots_is_named(tmp_path: Path) -> None:
    code = (
        "import passex.graph.names\n"
        "def resolve(*_): raise RuntimeError('Corruption: block checksum mismatch')\n"
        "passex.graph.names.resolve = resolve\n"
        "from passex.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "show", "Japan"],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PASSEX_CACHE_DIR": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"passex: {tmp_path}: damaged on the disk (Corruption: block checksum mismatch); "
        "delete that folder\n"
    )


@pytest.mark.parametrize(
    "command", [(), ("network",), ("why",), ("ask",), ("query",), ("show",), ("stats",)]
)
def test_help_has_an_example_set_apart(command: tuple[str, ...]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "\n  Example:\n    passex " in out
    assert "\\b" not in out


#: Ctrl-C, while what is given is being imported.
_IMPORTING = """
import os, signal, sys
wanted = sys.argv.pop()
class Finder:
    def find_spec(self, name, *_):
        if name == wanted:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv.append("stats")
from passex.__main__ import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="no signals of this kind")
@pytest.mark.parametrize("module", ["passex.cli", "click", "passex.cli.stats", "pyoxigraph"])
def test_ctrl_c_is_heard_while_modules_are_imported(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTING, module], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.lstrip() == b"passex: interrupted\n"


#: The engine works on a product that never ends, in the main thread.
_ENDLESS = """
import pyoxigraph as ox
from passex.cli import _interrupt
store = ox.Store()
node = ox.NamedNode("urn:n")
store.extend(ox.Quad(node, node, ox.Literal(number)) for number in range(2000))
_interrupt.watch()
print("ready", flush=True)
try:
    store.query(
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?c + ?f < ?i) }"
    )
except KeyboardInterrupt:
    _interrupt.end()
"""


@pytest.mark.skipif(os.name == "nt", reason="no signals of this kind")
def test_ctrl_c_is_heard_while_the_engine_works() -> None:
    with started([sys.executable, "-c", _ENDLESS]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        # From there into the engine, where Python's own handler does not come.
        works(process.pid, 1)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == (b"", b"passex: interrupted\n")
        assert process.returncode == 130


SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:maxLength 1 ] .
"""
UNTIDY = "@prefix ex: <http://example.org/> .\nex:a   ex:p 'long' .\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    (tmp_path / "s.ttl").write_text(SHAPE)
    (tmp_path / "text.txt").write_text("Two navies met off Oman.")
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text(UNTIDY)
    (tmp_path / "none.ttl").write_text("@prefix ex: <http://example.org/> .\n")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("validate a.ttl --shapes s.ttl", 1),
        ("validate a.ttl --shapes s.ttl --report json", 1),
        ("validate a.ttl --shapes s.ttl --report turtle", 1),
        ("validate a.ttl --shapes s.ttl --coverage --level ex:S=info", 0),
        ("validate a.ttl s.ttl missing.ttl", 2),
        ("cite text.txt nowhere", 1),
        ("cite text.txt navies", 0),
        ("diff a.ttl none.ttl --triples", 1),
        ("diff a.ttl a.ttl", 0),
        ("format --check a.ttl", 1),
        ("format --diff a.ttl", 1),
        ("network --help", 0),
        ("fly", 2),
    ],
)
def test_who_closes_the_pipe_does_not_change_the_verdict(
    untidy: Path, arguments: str, code: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*PASSEX, *arguments.split()]
    alone = subprocess.run(command, cwd=untidy, stdout=writing, stderr=subprocess.PIPE, check=False)
    both = subprocess.run(command, cwd=untidy, stdout=writing, stderr=writing, check=False)
    heard = subprocess.run(command, cwd=untidy, capture_output=True, check=False)
    os.close(writing)
    assert (alone.returncode, both.returncode, heard.returncode) == (code, code, code)
    assert alone.stderr == heard.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_files_are_written_whoever_reads_which(untidy: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for arguments, code in (
        (("format", "a.ttl", "b.ttl"), 0),
        (("import", "mme", str(NASTY), "-o", "out"), 0),
    ):
        done = subprocess.run([*PASSEX, *arguments], cwd=untidy, stdout=writing, check=False)
        assert done.returncode == code
    os.close(writing)
    tidy = "@prefix ex: <http://example.org/> .\nex:a ex:p 'long' .\n"
    assert [(untidy / name).read_text() for name in ("a.ttl", "b.ttl")] == [tidy, tidy]
    assert (untidy / "out").is_dir()
