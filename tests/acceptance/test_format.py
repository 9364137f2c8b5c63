"""`passex format`, as a person and a pipeline meet it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex.cli import cli

BAD = "<u:a> <u:p> 1;<u:q> 2 . # why\n"
GOOD = "<u:a> <u:p> 1 ;\n    <u:q> 2 . # why\n"
DIFF = """\
--- a.ttl
+++ a.ttl
@@ -1 +1,2 @@
-<u:a> <u:p> 1;<u:q> 2 . # why
+<u:a> <u:p> 1 ;
+    <u:q> 2 . # why
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.ttl", BAD), ("b.ttl", GOOD), ("graph/c.ttl", BAD)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def passex(*arguments: str, stdin: bytes | str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_files_are_written_and_listed_and_then_stay(here: Path) -> None:
    stamp = (here / "b.ttl").stat().st_mtime_ns
    assert passex("format", "a.ttl", "b.ttl") == (0, "a.ttl\n", "")
    assert (here / "a.ttl").read_text(encoding="utf-8") == GOOD
    assert (here / "b.ttl").stat().st_mtime_ns == stamp
    assert passex("format", "a.ttl", "b.ttl") == (0, "", "")
    assert (here / "graph/c.ttl").read_text(encoding="utf-8") == BAD


def test_without_files_it_is_the_folder_graph(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert passex("fmt") == (0, "graph/c.ttl\n", "")
    monkeypatch.chdir(here / "graph")
    says = "passex: no folder graph/ here; give files or folders\n"
    assert passex("format") == (2, "", says)


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_nothing_is_written_where_it_is_only_checked(here: Path, option: str) -> None:
    out = "a.ttl\n" if option == "--check" else DIFF
    assert passex("format", option, "b.ttl", "a.ttl") == (1, out, "")
    assert passex("format", option, "b.ttl") == (0, "", "")
    assert (here / "a.ttl").read_text(encoding="utf-8") == BAD


def test_standard_input_goes_to_standard_output() -> None:
    assert passex("format", "-", stdin=BAD) == (0, GOOD, "")
    assert passex("format", "--check", "-", stdin=BAD) == (1, "-\n", "")
    assert passex("format", "--check", "-", stdin=GOOD) == (0, "", "")
    assert passex("format", "--diff", "-", stdin=BAD)[:2] == (1, DIFF.replace("a.ttl", "-"))
    assert passex("format", "-", stdin="") == (0, "", "")


def test_what_is_no_turtle_is_left_and_the_rest_is_laid_out(here: Path) -> None:
    (here / "no.ttl").write_text("<u:a> <u:p> 1 .\n<u:b> <u:p> .\n", encoding="utf-8")
    (here / "bytes.ttl").write_bytes(b'<u:a> <u:p> "\xff" .')
    code, out, err = passex("format", "no.ttl", "bytes.ttl", "a.ttl")
    assert (code, out) == (2, "a.ttl\n")
    first, second = err.splitlines()
    assert first.startswith("passex: no.ttl:2:13: not Turtle: ")
    assert second == (
        "passex: bytes.ttl:1:14: not UTF-8 (byte 0xff at offset 13); save the file as UTF-8"
    )
    assert (here / "no.ttl").read_text(encoding="utf-8") == "<u:a> <u:p> 1 .\n<u:b> <u:p> .\n"
    assert passex("format", "--check", "no.ttl", "a.ttl")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("/dev/null",), "/dev/null: not Turtle; give files of .ttl or .turtle"),
        (("bundled",), "the graph that comes along is not changed; name files of your own"),
        (("nowhere.ttl",), "nowhere.ttl: no such file or folder; check the path"),
        (("x.trig",), "x.trig: not Turtle; give files of .ttl or .turtle"),
        (("x.ttl.gz",), "x.ttl.gz: not Turtle; give files of .ttl or .turtle"),
        (("https://example.org/a.ttl",),
         "https://example.org/a.ttl: what is fetched cannot be changed; download it first"),
        (("-", "a.ttl"), "'-' is standard input, and stands alone; give it or the files"),
    ],
)  # fmt: skip
def test_what_cannot_be_laid_out(here: Path, arguments: tuple[str, ...], says: str) -> None:
    for name in ("x.trig", "x.ttl.gz"):
        (here / name).write_bytes(b"")
    assert passex("format", *arguments) == (2, "", f"passex: {says}\n")


def test_a_file_that_is_read_only_stays(here: Path) -> None:
    (here / "a.ttl").chmod(0o444)
    says = "passex: a.ttl: read-only, so that it was not changed; let it be written\n"
    assert passex("format", "a.ttl", "graph") == (2, "graph/c.ttl\n", says)
    assert (here / "a.ttl").read_text(encoding="utf-8") == BAD
    assert passex("format", "--check", "a.ttl")[0] == 1


def test_a_byte_order_mark_goes_and_line_ends_stay(here: Path) -> None:
    (here / "a.ttl").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert passex("format", "a.ttl")[:2] == (0, "a.ttl\n")
    assert (here / "a.ttl").read_bytes() == GOOD.replace("\n", "\r\n").encode()
    assert passex("format", "--check", "a.ttl") == (0, "", "")


def test_a_file_that_cannot_be_written_is_as_it_was(small_disk: Path) -> None:
    path = small_disk / "a.ttl"
    text = "".join(f"<u:a{number}> <u:p> '{'x' * 90}'.\n" for number in range(200))
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(OSError), (small_disk / "rest").open("wb", buffering=0) as rest:
        while True:
            rest.write(bytes(4096))
    code, out, err = passex("format", str(path))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "cannot be written (No space left on device)" in err
    assert path.read_text(encoding="utf-8") == text
    assert sorted(entry.name for entry in small_disk.iterdir()) == ["a.ttl", "rest"]
