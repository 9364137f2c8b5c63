"""`passex draft`: a file that is valid as it is, and with all that it proposes."""

# ruff: noqa: E501 (texts, and lines of files, as they are)
from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import passex
from passex.cli import cli

TEXT = """Portugal and Chile drill off Madeira

LISBON, 5 June 2031 - The navies of Portugal and Chile began a six-day exercise named Salt Road off Madeira on Monday.
The Portuguese frigate Aurora and at least two Chilean ships are taking part, and Norway has sent observers.
It is the third Salt Road, said Rear Admiral Rui Costa, who heads the Portuguese Navy.
Chile will host the next one in spring 2032, its defence ministry announced last week.
"""
#: What stands in docs/encoding.md of the same text, as far as words and calendar give it.
FIRST = """\
## 1. char 60 to 155: The navies of Portugal and Chile began a …
## names Portuguese Navy (id:portuguese-navy), Chilean Navy (id:chilean-navy)
# <#char=60,98> oa:exact "The navies of Portugal and Chile began" .
# <#char=101,145> oa:exact "six-day exercise named Salt Road off Madeira" .
# <#char=134,155> oa:exact "off Madeira on Monday" .
# id:salt-31 a nr:Exercise ; rdfs:label "Salt Road, June 2031"@en ; nr:hasStatus nrc:under-way ;
#     nr:inSeries id:salt-road ; nr:hasParticipant id:portuguese-navy, id:chilean-navy ; nr:hasPlace id:off-madeira ;
#     nr:earliest "2031-06-02"^^xsd:date ; nr:latest "2031-06-07"^^xsd:date ; nr:dateWords "on Monday" ;
#     nr:weekday "Monday" ; nr:dateBasis nrc:date-from-calendar .
# <#c1> nr:about id:salt-31 ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:under-way ; nr:hasEvidence <#char=60,98> .
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("texts").mkdir()
    Path("texts/salt.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*arguments: str, given: bytes | None = None) -> tuple[int, str, str]:
    result: Result = CliRunner().invoke(cli, ["draft", *arguments], given)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.exit_code, result.stdout, result.stderr


def problems(*files: Path) -> list[str]:
    return [problem.message for problem in passex.validate(*files).problems]


def test_a_draft_is_valid_and_so_is_all_that_it_proposes(folder: Path) -> None:
    out = folder / "2031-salt.ttl"
    code, printed, said = run("texts/salt.txt", "--slug", "2031-salt", "-o", str(out))
    assert (code, printed) == (0, "")
    assert said == "passex: 4 sentences, 18 mentions, 47 lines proposed\n"
    turtle = out.read_text(encoding="utf-8")
    assert (turtle.count("\n# "), turtle.count("\n## 4. "), turtle.count("\n## 5. ")) == (47, 1, 0)
    assert problems(out) == []
    all_of_it = folder / "all.ttl"
    all_of_it.write_text("\n".join(line.removeprefix("# ") for line in turtle.split("\n")), "utf-8")
    checked = CliRunner().invoke(cli, ["validate", str(all_of_it), "--texts", "texts"])
    assert (checked.exit_code, checked.stderr) == (0, ""), checked.output
    kg = passex.load(all_of_it)
    [tie] = kg.network(level="state").edges
    assert {kg.resolve(node).label for node in tie} == {"Chile", "Portugal"}


def test_the_lines_of_a_sentence(folder: Path) -> None:
    _, turtle, _ = run("texts/salt.txt", "--slug", "2031-salt")
    sentences = turtle.split("\n\n")
    assert sentences[2].startswith(FIRST)
    assert (
        sentences[4]
        == """\
## 3. char 266 to 351: It is the third Salt Road, said Rear …
## names Portuguese Navy (id:portuguese-navy)
## said by id:rui-costa: prov:wasAttributedTo, on the quotes of what is said
# <#char=272,291> oa:exact "the third Salt Road" .
# <#char=298,346> oa:exact "Rear Admiral Rui Costa, who heads the Portuguese" .
# id:rui-costa a nr:Person ; rdfs:label "Rui Costa"@en .
# id:head-portuguese-navy a org:Post ; rdfs:label "head of the Portuguese Navy"@en ; org:postIn id:portuguese-navy ;
#     nr:hasKind nrc:chief-of-navy .
# id:costa-head a nr:Tenure ; org:member id:rui-costa ; nr:inPost id:head-portuguese-navy ; org:role nrc:rear-admiral ;
#     nr:hasEvidence <#char=298,346> .
# <#c10> nr:about id:salt-31 ; nr:hasValue 3 ; nr:quantityOf nrc:edition ; nr:hasEvidence <#char=272,291> ."""
    )
    assert max(len(lines.splitlines()) for lines in sentences[2:]) <= 22
    assert max(map(len, turtle.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (["none.txt", "--slug", "2031-a"], None, "none.txt: no such file; give the article's text"),
        (["-", "--slug", "2031-a"], b"  \n", "standard input: no text in it; give the article's text"),
        (["-", "--slug", "2031-a"], b"\xff\xfe\0", "standard input: not UTF-8 at byte 0; save it as UTF-8, as plain text"),
        (["-", "--slug", "2031-a"], b"... !", "no words in it; give the article's text"),
        (["-", "--slug", "some-drill"], b"A ship.",
         "'some-drill' is no name for an article; give its year and a few words, as in 2027-some-drill"),
        (["-", "--slug", "2018-passex"], b"A ship.",
         "the graph has an article 2018-passex already; give another --slug"),
        (["-", "--slug", "2031-a", "--data", "none"], b"A ship.", "none: no such file or folder; check the path"),
        (["-", "--slug", "2031-a", "-o", "none/a.ttl"], b"A ship.",
         "none/a.ttl: cannot be written (No such file or directory); give a file that can be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_drafted(
    folder: Path, arguments: list[str], given: bytes | None, message: str
) -> None:
    assert run(*arguments, given=given) == (2, "", f"passex: {message}\n")


def test_a_file_that_is_there_stays(folder: Path) -> None:
    out = folder / "a.ttl"
    out.write_text("mine", encoding="utf-8")
    refused = "is there already; give another file, or --force\n"
    arguments = ["texts/salt.txt", "--slug", "2031-salt", "-o", str(out)]
    assert run(*arguments) == (2, "", f"passex: {out}: {refused}")
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(*arguments, "--force")[0] == 0
    assert out.read_text(encoding="utf-8").startswith("## TO DO")


def test_what_isn_t_known_is_said(folder: Path) -> None:
    code, out, said = run("-", "--slug", "2031-a", given="Die Fregatte FS Lorraine übt.".encode())
    assert code == 0
    assert 'dcterms:language "und"' in out
    assert said == (
        "passex: No day of the article is known: with --day, what is counted from it has days too\n"
        "passex: The text isn't English, as far as its commonest words tell: only names are looked "
        "for\npassex: 1 sentence, 1 mention, 2 lines proposed\n"
    )


def test_a_page_is_no_text(folder: Path) -> None:
    page = b"<!DOCTYPE html>\n<p>Two navies of the two states met in the bay.</p>"
    assert run("-", "--slug", "2031-a", given=page)[2].splitlines()[0] == (
        "passex: The text looks like a page of HTML or XML: save what it says as plain text"
    )


def test_a_text_that_is_encoded_already_is_named(folder: Path) -> None:
    graph = folder / "2031-salt.ttl"
    run("texts/salt.txt", "--slug", "2031-salt", "-o", str(graph))
    _, _, said = run("texts/salt.txt", "--slug", "2031-salt-too", "--data", str(graph))
    assert said.splitlines()[0] == "passex: texts/salt.txt: id:article-2031-salt has this very text"
    assert run("texts/salt.txt", "--slug", "2031-salt", "--data", str(graph))[2] == (
        "passex: texts/salt.txt: id:article-2031-salt has this very text\n"
        "passex: the graph has an article 2031-salt already; give another --slug\n"
    )


def test_a_day_that_isn_t_printed(folder: Path) -> None:
    text = b"Ships of Japan and Chile held a drill on Monday, and the navy said it was the first."
    _, out, said = run("-", "--slug", "2031-a", "--day", "2031-06-05", given=text)
    assert 'nr:earliest "2031-06-02"^^xsd:date ;\n#     nr:latest "2031-06-02"^^xsd:date' in out
    assert 'dcterms:source "TO DO: where the day is known from"' in out
    assert "No day" not in said
    assert run("-", "--slug", "2031-a", "--day", "soon", given=text)[0] == 2


def test_an_empty_folder_is_a_graph_that_begins(folder: Path) -> None:
    (folder / "mine" / "articles").mkdir(parents=True)
    code, turtle, said = run("texts/salt.txt", "--slug", "2031-salt", "--data", "mine")
    assert code == 0
    assert FIRST in turtle
    assert said.startswith("passex: mine: an empty folder; the article is the first of its graph\n")
    (folder / "mine" / "notes.md").write_text("none", encoding="utf-8")
    code, _, said = run("texts/salt.txt", "--slug", "2031-salt", "--data", "mine")
    assert (code, said.startswith("passex: mine: no RDF files in this folder")) == (2, True)
