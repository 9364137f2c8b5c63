"""`passex validate --fix`: what is written into files, what is not, and what they say of it."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from passex.cli import cli
from passex.curation.fix import find_fixes
from passex.errors import OutputError
from passex.graph.terms import NRS
from passex.validation.request import Request

STORY = Path(__file__).resolve().parents[1] / "data" / "story"
#: An invented text, with a curly apostrophe and a no-break space.
TEXT = (
    "Two navies train\n\nPORT LUMEN, 5 June 2031 - Marn\u2019s navy began an exercise with the navy"
    " of Vell on\u00a0Monday.\nThe exercise off Lyr ends on Friday, said Commodore Ilse Brandt.\n"
)
ARTICLE = """# An invented article.
@base <https://w3id.org/passex/id/article-drill> .
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix schema: <https://schema.org/> .

<> a schema:NewsArticle ; rdfs:label "Article on a drill"@en ;
    nr:sha256 "241368e6c04354d4d3b54c930112b34f7e430a925bcb4a034a9922ba9217a628" ;
    nr:textLength 172 ; nr:hasZone <#char=0,16>, <#char=18,171> .
<#char=0,16> nr:hasKind nrc:headline .
<#char=18,171> nr:hasKind nrc:body .

# What the words say.
<#char=44,55> oa:exact "Marn\u2019s navy" .
<#char=79,95> oa:exact "the navy of Vell" .
<#char=107,127> oa:exact "The exercise off Lyr" .
<#char=128,142> oa:exact "ends on Friday" .
<#char=149,170> oa:exact "Commodore Ilse Brandt" .
id:drill a nr:Exercise ; rdfs:label "Drill off Lyr"@en ;
    nr:hasParticipant id:marn, id:vell .
<#c1> nr:about id:drill ; nr:hasEvidence <#char=44,55>, <#char=79,95> .
<#c2> nr:about id:drill ; nr:hasEvidence <#char=149,170>, <#char=107,127>, <#char=128,142> .
"""
HASH = "241368e6c04354d4d3b54c930112b34f7e430a925bcb4a034a9922ba9217a628"
#: One shape, so that little is looked at but what is tried.
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nrs: <https://w3id.org/passex/shape/> .
@prefix schema: <https://schema.org/> .
nrs:Label a sh:NodeShape ; sh:targetSubjectsOf rdfs:label ;
    sh:property nrs:LabelInEnglish .
nrs:LabelInEnglish sh:path rdfs:label ; sh:languageIn ( "en" ) .
"""
NO_REPORT = "--diff prints a diff in place of a report, and"
BY = ("--shapes", "shapes.ttl", "--ontology", "none", "--texts", "texts")
Run = Callable[..., Result]


def fill(folder: Path, article: str = ARTICLE, text: str = TEXT) -> None:
    """Write an article's file, its text and the shapes."""
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "shapes.ttl").write_bytes(SHAPES.encode())
    (folder / "article.ttl").write_bytes(article.encode())
    (folder / "texts" / "drill.txt").write_bytes(text.encode())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    fill(tmp_path)
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, path: str = "article.ttl", stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, ["validate", path, *BY, *arguments], input=stdin)

    return invoke


def test_what_is_right_stays(run: Run) -> None:
    result = run("--fix")
    assert (result.exit_code, result.stderr) == (0, "passex: nothing to fix\n"), result.output
    assert Path("article.ttl").read_bytes() == ARTICLE.encode()


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("241368e6c04354d4", "0000000000000000"),
        ("nr:textLength 172", "nr:textLength 174"),
        ('"Drill off Lyr"@en', '"Drill off Lyr"'),
        ("@prefix oa: <http://www.w3.org/ns/oa#> .\n", ""),
        (
            "@prefix id: <https://w3id.org/passex/id/> .",
            "@prefix id: <https://w3id.org/passex/id/> ;",
        ),
        ("nrc:headline .", "nrc:headline ;"),
        ("nrc:headline .", "nrc:headline"),
        ("nr:Exercise ;", "nr:Exercise ."),
        ("nr:Exercise ;", "nr:Exercise"),
        ('"Drill off Lyr"@en ;', '"Drill off Lyr"@en .'),
        ("<#char=107,127>", "<#char=97,117>"),
        ("<#char=128,142>", "<#char=128,140>"),
        ("Marn\u2019s navy", "Marn's navy"),
        ("<#c2> nr:about", "<#c2>\u00a0nr:about"),
    ],
)
def test_a_slip_is_mended(run: Run, written: str, instead: str) -> None:
    # A prefix that was lost is declared below the others.
    lost = written.startswith("@prefix oa")
    prefix = "@prefix schema: <https://schema.org/> .\n"
    whole = ARTICLE.replace(written, "").replace(prefix, prefix + written) if lost else ARTICLE
    broken = ARTICLE.replace(written, instead)
    assert broken != ARTICLE
    Path("article.ttl").write_bytes(broken.encode())
    result = run("--fix")
    assert Path("article.ttl").read_bytes() == whole.encode()
    assert result.stderr == "passex: fixed 1 problem in 1 file; none is left\n"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("broken", "hint"),
    [
        # Another language may be the right one.
        (ARTICLE.replace('off Lyr"@en', 'off Lyr"@de'), 'write "Drill off Lyr"@en'),
        # Nobody knows what it stands for.
        (ARTICLE.replace("oa:exact", "ox:exact"), "did you mean oa:?"),
        # What was cut off may have had more words.
        (ARTICLE.removesuffix(" .\n"), "end it with ' .'"),
        (ARTICLE.removesuffix(" .\n") + " ;\n", "end it with ' .'"),
        (ARTICLE.replace("ends on Friday", "ends on Sunday"), "the text has this phrase nowhere"),
        (
            ARTICLE.replace("<#char=128,142>", "<#char=1,15>"),
            "it is <#char=128,142>; that is not where the anchors beside it lead",
        ),
        # These words stand there twice, and each time in another sentence.
        (
            ARTICLE.replace("79,95", "80,84").replace("the navy of Vell", "navy"),
            "it is <#char=51,55>, <#char=83,87>",
        ),
    ],
)
def test_what_is_not_certain_is_told(run: Run, broken: str, hint: str) -> None:
    Path("article.ttl").write_bytes(broken.encode())
    result = run("--fix")
    assert Path("article.ttl").read_bytes() == broken.encode()
    assert re.fullmatch(r"passex: nothing to fix; \d problems? left\n", result.stderr)
    assert f"hint: {hint}\n" in result.stdout
    assert result.exit_code in (1, 2)


CORRECTED = TEXT.replace("Two navies", "Navies of Marn and Vell").replace(" off Lyr", "")


def test_a_text_was_corrected(run: Run) -> None:
    Path("texts/drill.txt").write_bytes(CORRECTED.replace("\n", "\r\n").encode())
    result = run("--fix")
    moved = (
        ("44,55", "57,68"), ("79,95", "92,108"), ("128,142", "133,147"), ("149,170", "154,175"),
        ("0,16", "0,29"), ("18,171", "31,176"), ("textLength 172", "textLength 177"),
        (HASH, hashlib.sha256(CORRECTED.encode()).hexdigest()),
    )  # fmt: skip
    expected = ARTICLE
    for old, new in moved:
        expected = expected.replace(old, new)
    assert Path("article.ttl").read_text() == expected
    assert result.stderr == "passex: fixed 1 problem in 1 file; 1 is left\n"
    assert result.stdout.startswith("article.ttl:19:26: violation[evidence-anchor] ")
    assert result.exit_code == 1
    # What could not be moved stays as it is at each further try.
    assert run("--fix").stderr == "passex: nothing to fix; 1 problem left\n"


def test_a_text_that_two_articles_may_have_is_neithers(run: Run) -> None:
    second = ARTICLE.replace("article-drill", "article-copy").replace("id:drill", "id:copy")
    second = second.replace("2413", "1413")
    Path("second.ttl").write_bytes(second.encode())
    Path("texts/drill.txt").write_bytes(CORRECTED.encode())
    assert run("second.ttl", "--fix").stderr == "passex: nothing to fix; 2 problems left\n"
    assert Path("second.ttl").read_bytes() == second.encode()


def test_a_hash_that_is_not_there_is_told(run: Run) -> None:
    without = ARTICLE.replace(f'    nr:sha256 "{HASH}" ;\n', "")
    Path("article.ttl").write_bytes(without.encode())
    result = run("--fix")
    assert (
        f'= hint: drill.txt has all of its 5 anchors: write nr:sha256 "{HASH}"\n' in result.stdout
    )
    assert result.stderr == "passex: nothing to fix; 1 problem left\n"
    assert Path("article.ttl").read_bytes() == without.encode()


@pytest.mark.parametrize("several", [False, True])
def test_a_text_that_may_be_anothers_is_not_taken(run: Run, several: bool) -> None:
    other = CORRECTED if several else "Another text, off Lyr. It ends on Friday.\n"
    Path("texts/drill.txt").write_bytes(other.encode())
    if several:
        Path("texts/again.txt").write_bytes(TEXT.replace("Two", "2").encode())
    result = run("--fix")
    assert Path("article.ttl").read_bytes() == ARTICLE.encode()
    assert f"  = hint: expected a file with SHA-256 {HASH}\n" in result.stdout
    assert result.stderr == "passex: nothing to fix; 1 problem left\n"


def test_bounds_of_a_zone_that_cannot_be_told_change_nothing(run: Run) -> None:
    # Whether the line that came before the last is of the body is for people to say.
    Path("texts/drill.txt").write_bytes((TEXT + "This article was corrected.\n").encode())
    result = run("--fix")
    assert Path("article.ttl").read_bytes() == ARTICLE.encode()
    assert "; first write where <#char=18,171> begins and ends now\n" in result.stdout
    assert result.stderr == "passex: nothing to fix; 1 problem left\n"


def test_a_status_and_a_date_follow_the_newest_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Iron Gull was agreed on for June, put off to September and called off; its words are of then.
    shutil.copytree(STORY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    file = Path("2031-grey-heron-announced.ttl")
    right = file.read_text(encoding="utf-8")
    node = 'nr:hasStatus nrc:cancelled ; nr:earliest "2031-09-01"^^xsd:date ;'
    assert right.count(node) == 1
    older = node.replace("cancelled", "agreed").replace("2031-09-01", "2031-06-01")
    file.write_text(right.replace(node, older), encoding="utf-8")
    begins = Path("2031-grey-heron-begins.ttl")
    held = " ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ;\n    nr:hasPlace id:cape-sorrow"
    text = begins.read_text(encoding="utf-8")
    assert text.count(held) == 1
    without = text.replace(held, held.replace(" ; nr:hasStatus nrc:held", ""))
    begins.write_text(without, encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate", ".", "--fix"])
    assert result.stderr == "passex: fixed 3 problems in 2 files; none is left\n"
    assert file.read_text(encoding="utf-8") == right
    exercise = "id:grey-heron-2031 a nr:Exercise ;"
    assert begins.read_text(encoding="utf-8") == without.replace(
        exercise, exercise + " nr:hasStatus nrc:held ;"
    )
    # Words of other dates are for people to replace, and the dates with them.
    words = right.replace(node, older).replace('"to September"', '"in June"')
    file.write_text(words, encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate", ".", "--fix"])
    assert file.read_text(encoding="utf-8") == words.replace(
        "nrc:agreed ; nr:earliest", "nrc:cancelled ; nr:earliest"
    )
    assert result.stderr == "passex: fixed 1 problem in 1 file; 1 is left\n"
    assert (
        '  = hint: write "2031-09-01"^^xsd:date, as '
        "<https://w3id.org/passex/id/article-2031-grey-heron-begins#c21> has it, "
        'and its words in place of "in June"\n'
    ) in result.stdout


def test_a_diff_writes_nothing(run: Run) -> None:
    broken = ARTICLE.replace("172", "170")
    Path("article.ttl").write_bytes(broken.encode())
    for options in (["--diff"], ["--diff", "--fix"]):
        result = run(*options)
        assert result.stdout.splitlines() == [
            "--- article.ttl",
            "+++ article.ttl",
            "@@ -9,7 +9,7 @@",
            " ",
            ' <> a schema:NewsArticle ; rdfs:label "Article on a drill"@en ;',
            f'     nr:sha256 "{HASH}" ;',
            "-    nr:textLength 170 ; nr:hasZone <#char=0,16>, <#char=18,171> .",
            "+    nr:textLength 172 ; nr:hasZone <#char=0,16>, <#char=18,171> .",
            " <#char=0,16> nr:hasKind nrc:headline .",
            " <#char=18,171> nr:hasKind nrc:body .",
            " ",
        ]
        assert result.stderr == "passex: would fix 1 problem in 1 file; none would be left\n"
        assert result.exit_code == 1
        assert Path("article.ttl").read_bytes() == broken.encode()


def test_what_can_be_fixed_is_counted(run: Run) -> None:
    slips = (
        ARTICLE.replace("172", "17").replace('Lyr"@en', 'Lyr"').replace("on Friday", "on Sunday")
    )
    Path("article.ttl").write_bytes(slips.encode())
    assert run().stdout.endswith(
        "\n3 problems (3 violations) in 1 file (24 triples, 2 focus nodes, 1 shape). "
        "2 can be fixed with --fix.\n"
    )
    result = run("--fix")
    assert result.stderr == "passex: fixed 2 problems in 1 file; 1 is left\n"
    assert result.stdout.endswith("focus nodes, 1 shape).\n")


def test_bytes_elsewhere_stay(run: Run) -> None:
    mark = b"\xef\xbb\xbf"
    mixed = ARTICLE.replace("\n", "\r\n").replace("# What the words say.\r\n", "# \u00e9\t\n")
    Path("article.ttl").write_bytes(mark + mixed.replace("172", "17").encode())
    assert run("--fix").exit_code == 0
    assert Path("article.ttl").read_bytes() == mark + mixed.encode()


def test_links_and_permissions_stay(run: Run) -> None:
    Path("real.ttl").write_bytes(ARTICLE.replace("172", "17").encode())
    Path("real.ttl").chmod(0o640)
    Path("article.ttl").unlink()
    Path("article.ttl").symlink_to("real.ttl")
    assert run("--fix").stderr == "passex: fixed 1 problem in 1 file; none is left\n"
    assert Path("article.ttl").is_symlink()
    assert Path("real.ttl").read_bytes() == ARTICLE.encode()
    assert Path("real.ttl").stat().st_mode & 0o777 == 0o640


def test_references_in_other_files_follow(run: Run) -> None:
    other = (
        "@prefix nr: <https://w3id.org/passex/ontology#> .\n"
        "@prefix d: <https://w3id.org/passex/id/article-drill#> .\n"
        "<https://w3id.org/passex/id/c> nr:about <https://w3id.org/passex/id/drill> ;\n"
        "  nr:hasEvidence d:char\\=128\\,142 ,<https://w3id.org/passex/id/article-drill#char=44,55>.\n"
    )
    Path("other.ttl").write_bytes(other.encode())
    Path("texts/drill.txt").write_bytes(TEXT.replace("Two", "The two").encode())
    assert run("--fix", "other.ttl").stderr == "passex: fixed 1 problem in 2 files; none is left\n"
    assert Path("other.ttl").read_text() == other.replace("128\\,142", "132\\,146").replace(
        "44,55", "48,59"
    )


@pytest.mark.parametrize("wrong", ["129,142", "128,143", "120,134"])
def test_a_quote_whose_place_has_a_wrong_digit(run: Run, wrong: str) -> None:
    """All claims refer to the right place: there the text has the words, and no line does."""
    path = Path("article.ttl")
    path.write_bytes(ARTICLE.replace("<#char=128,142> oa:", f"<#char={wrong}> oa:").encode())
    arguments = ["validate", "article.ttl", "--texts", "texts"]
    level = ["--level", "described-elsewhere=off", "--report", "json"]
    before = json.loads(CliRunner().invoke(cli, [*arguments, *level]).stdout)["problems"]
    hints = {one["rule"]: one["hint"] for one in before if "128,142" in (one["hint"] or "")}
    quotes = f"<#char={wrong}>, line 20", "<#char=128,142>, line 25"
    start, end = map(int, wrong.split(","))
    of_shapes = (
        f"did you mean {quotes[0]}, or is that to be <#char=128,142>, as line 25 has it?"
        if end - start == 14
        else f"the words of {quotes[0]}, are as long as {quotes[1]}: write that there, "
        "if they begin at 128"
    )
    of_text = f"the words of <#char={wrong}> stand there: write <#char=128,142> for it"
    shapes = {f"{NRS.iri}{name}" for name in ("Anchor", "AnchorLength", "EvidenceUsed")}
    if end - start == 14:
        shapes.remove(f"{NRS.iri}AnchorLength")
    assert hints == {"evidence-anchor": of_text, **dict.fromkeys(shapes, of_shapes)}
    [said] = [one["message"] for one in before if one["rule"] == "evidence-anchor"]
    assert said == "No line gives the words of <#char=128,142>, to compare them with the text."
    done = CliRunner().invoke(cli, [*arguments, "--fix", "--report", "json"])
    assert path.read_bytes() == ARTICLE.encode()
    after = json.loads(done.stdout)["problems"]
    more = len(before) - len(after) - 1
    assert more == len(shapes)
    assert done.stderr == (
        f"passex: fixed 1 problem in 1 file ({more} more went with that); {len(after)} are left\n"
    )


def test_a_reference_with_a_wrong_digit_to_a_quote_that_others_use(run: Run) -> None:
    path = Path("article.ttl")
    more = "<#c3> nr:about id:drill ; nr:hasEvidence <#char=129,142> .\n"
    path.write_bytes((ARTICLE + more).encode())
    arguments = ["validate", "article.ttl", "--report", "json"]
    found = json.loads(CliRunner().invoke(cli, arguments).stdout)["problems"]
    hints = {one["rule"]: one["hint"] for one in found if one["focus"].endswith("129,142>")}
    assert hints == {f"{NRS.iri}Anchor": "did you mean <#char=128,142>, line 20?"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "standard input cannot be changed; name a file"),
        (["bundled"], "the graph that comes along is not changed; name files of your own"),
        (
            ["https://example.org/a.ttl"],
            "https://example.org/a.ttl: what is fetched cannot be changed; download it first",
        ),
        (["packed.ttl.gz"], "packed.ttl.gz: a compressed file is not changed; unpack it first"),
        (["folder"], "folder/packed.ttl.gz: a compressed file is not changed; unpack it first"),
        (["locked.ttl"], "locked.ttl: read-only, so that it was not changed; let it be written"),
        (
            ["article.ttl", "--endpoint", "http://localhost:1/"],
            "--fix is for files, and --endpoint is none; leave one of them out",
        ),
        (
            ["article.ttl", "--diff", "--report", "json"],
            f"{NO_REPORT} --report is about that; leave one of them out",
        ),
        (
            ["article.ttl", "--diff", "-o", "r.txt"],
            f"{NO_REPORT} --output is about that; leave one of them out",
        ),
    ],
)
def test_what_cannot_be_changed_is_refused(run: Run, arguments: list[str], said: str) -> None:
    broken = ARTICLE.replace("172", "17").encode()
    Path("folder").mkdir()
    for name in ("packed.ttl.gz", "folder/packed.ttl.gz"):
        Path(name).write_bytes(gzip.compress(broken))
    Path("locked.ttl").write_bytes(broken)
    Path("locked.ttl").chmod(0o444)
    path, *options = arguments
    result = run("--fix", *options, path=path, stdin="")
    assert (result.exit_code, result.stderr) == (2, f"passex: {said}\n")
    assert Path("locked.ttl").read_bytes() == broken


def test_a_full_disk_loses_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ARTICLE.replace("172", "17").encode()
    Path("article.ttl").write_bytes(broken)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("--fix")
    assert result.exit_code == 2
    assert result.stderr == (
        "passex: article.ttl: cannot be written (No space left on device); "
        "give a file that can be written\n"
    )
    assert Path("article.ttl").read_bytes() == broken
    assert sorted(os.listdir()) == ["article.ttl", "shapes.ttl", "texts"]


def test_what_changed_meanwhile_stays(tmp_path: Path) -> None:
    fill(tmp_path, ARTICLE.replace("172", "17"))
    fixes = find_fixes(_request(tmp_path))
    (tmp_path / "article.ttl").write_text("# mine\n")
    with pytest.raises(OutputError, match="it has changed meanwhile, so that nothing was fixed"):
        fixes.write()
    assert (tmp_path / "article.ttl").read_text() == "# mine\n"


def test_a_watch_fixes_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("article.ttl").write_bytes(ARTICLE.replace("172", "17").encode())
    ticks = iter(range(6))

    def sleep(_: float) -> None:
        if next(ticks, None) is None:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    said = run("--fix", "--watch").stderr
    assert [line for line in said.splitlines() if line.startswith("passex:")] == [
        "passex: fixed 1 problem in 1 file; none is left", "passex: nothing to fix",
    ]  # fmt: skip
    assert Path("article.ttl").read_bytes() == ARTICLE.encode()


def test_what_a_baseline_keeps_quiet_stays(run: Run) -> None:
    broken = ARTICLE.replace("172", "17").encode()
    Path("article.ttl").write_bytes(broken)
    assert run("--write-baseline", "known.txt").exit_code == 0
    assert run("--baseline", "known.txt", "--fix").stderr == "passex: nothing to fix\n"
    assert Path("article.ttl").read_bytes() == broken


def _request(folder: Path) -> Request:
    paths, shapes = (str(folder / name) for name in ("article.ttl", "shapes.ttl"))
    return Request((paths,), (shapes,), ("none",), str(folder / "texts"))


def _mutated(text: str, draw: st.DrawFn) -> str:
    """Draw one slip of those that people make."""
    sign, instead = draw(
        st.sampled_from([(" .\n", " ;\n"), (" .\n", "\n"), (" ;", " ."), (" ;", ""), ("@en", "")])
    )
    places = [match.start() for match in re.finditer(re.escape(sign), text)]
    at = draw(st.sampled_from(places)) if places else len(text)
    return text[:at] + text[at:].replace(sign, instead, 1)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """Draw an article with some slips, and a text that may have been corrected."""
    article, text = ARTICLE, TEXT
    for _ in range(draw(st.integers(0, 3))):
        article = _mutated(article, draw)
    if draw(st.booleans()):
        words = [match.start() for match in re.finditer(r"\b\w", TEXT)]
        at = draw(st.sampled_from(words))
        text = TEXT[:at] + draw(st.sampled_from(["The ", "very ", "x", ""])) + TEXT[at:]
    return article, text


@settings(max_examples=examples(25), deadline=None)
@given(slips())
def test_what_is_fixed_is_right_and_stays(given: tuple[str, str]) -> None:
    article, text = given
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, article, text)
        fixes = find_fixes(_request(folder))
        fixes.write()
        done = (folder / "article.ttl").read_bytes()
        assert find_fixes(_request(folder)).changes == ()
        if not fixes.changes:
            assert done == article.encode()
        if not fixes.last.report.problems and text == TEXT:
            assert _triples(done) == _triples(ARTICLE.encode())
        if not fixes.last.report.problems:
            quotes = re.findall(r'<#char=(\d+),(\d+)> oa:exact "(.*)"', done.decode())
            assert [text[int(start) : int(end)] for start, end, _ in quotes] == [
                "Marn\u2019s navy", "the navy of Vell", "The exercise off Lyr", "ends on Friday",
                "Commodore Ilse Brandt",
            ]  # fmt: skip


def _triples(data: bytes) -> set[str]:
    return set(map(str, ox.parse(data, ox.RdfFormat.TURTLE)))
