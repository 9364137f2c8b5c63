"""The set-up for VS Code: snippets that make valid Turtle, and a task that finds the problems."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from passex.cli import cli
from passex.graph.terms import PREFIXES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "examples" / "vscode"
SNIPPETS = json.loads((FOLDER / "passex.code-snippets").read_text(encoding="utf-8"))
BODIES = {about["prefix"]: "\n".join(about["body"]) for about in SNIPPETS.values()}
(TASK,) = json.loads((FOLDER / "tasks.json").read_text(encoding="utf-8"))["tasks"]
MATCHER = TASK["problemMatcher"]

#: A place to fill in, with what stands there at first: "Snippet syntax" in the manual of VS Code.
PLACE = re.compile(r"\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)\}")
HEAD = "@base <https://w3id.org/passex/id/article-2031-salt-road> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()
)


def filled(prefix: str, values: Mapping[int, str] | None = None, choice: int = 0) -> str:
    """What a snippet gives, with some of its places filled in, and the rest as they are."""
    body = BODIES[prefix].replace("$TM_FILENAME_BASE", "2031-salt-road")
    there = {
        int(number): default or choices.split(",")[min(choice, choices.count(","))]
        for number, default, choices in PLACE.findall(body)
    }
    texts = {**there, **(values or {})}
    assert set(texts) == set(range(1, len(texts) + 1))
    body = PLACE.sub(lambda place: texts[int(place[1])], body)
    return re.sub(r"\$(\d+)", lambda place: texts[int(place[1])] if place[1] != "0" else "", body)


def test_snippets_are_what_the_page_lists() -> None:
    page = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE)
    assert rows == list(BODIES)
    assert {about["scope"] for about in SNIPPETS.values()} == {"turtle"}
    assert all(about["description"] for about in SNIPPETS.values())


@pytest.mark.parametrize("prefix", BODIES)
def test_snippets_are_turtle_of_declared_terms(prefix: str) -> None:
    declared = ox.Store()
    for name in ("naval.ttl", "concepts.ttl"):
        declared.load(path=ROOT / "ontology" / name)
    choices = max(
        found.count(",") for _, _, found in [*PLACE.findall(BODIES[prefix]), ("", "", "")]
    )
    for choice in range(choices + 1):
        text = filled(prefix, choice=choice)
        assert max(map(len, text.splitlines())) <= 120
        head = "" if prefix == "article" else HEAD
        triples = list(ox.parse((head + text).encode(), ox.RdfFormat.TURTLE))
        assert triples
        for triple in triples:
            for term in (triple.predicate, triple.object):
                if isinstance(term, ox.NamedNode) and "/passex/id/" not in term.value:
                    standard = term.value.startswith(PREFIXES["rdf"]) or term.value.startswith(
                        PREFIXES["rdfs"]
                    )
                    known = next(declared.quads_for_pattern(term, None, None), None)
                    assert standard or known is not None, term


TEXT = """Portugal and Chile drill off Madeira

LISBON, 5 June 2031 - The navies of Portugal and Chile began an exercise named Salt Road on Monday.
At least two Chilean ships are taking part, said the Portuguese defence ministry.
The two navies plan to hold the next Salt Road in spring 2032.
Rear Admiral Rui Costa, who heads the Portuguese Navy, met Admiral Ana Vidal on Wednesday.
Vidal, the chief of the Chilean Navy, sailed off Madeira with him.
"""


def place(words: str) -> str:
    assert TEXT.count(words) == 1
    start = TEXT.index(words)
    return f"{start},{start + len(words)}"


def quotes(*words: str) -> str:
    return "".join(filled("quote", {1: place(text), 2: text}) for text in words)


def article() -> str:
    """An article that is written with the snippets alone, but for the node of a ministry."""
    title, _, body = TEXT.partition("\n\n")
    head = {
        2: place("5 June 2031"), 3: "5 June 2031", 4: "Salt Road, 2031", 6: title,
        7: hashlib.sha256(TEXT.encode()).hexdigest(), 8: str(len(TEXT)), 9: "2031-06-05",
        11: place(title), 12: place(body.rstrip("\n")),
    }  # fmt: skip
    began, monday = (
        "The navies of Portugal and Chile",
        "began an exercise named Salt Road on Monday",
    )
    exercise = {
        1: "salt-31", 2: "Salt Road, June 2031", 3: "under-way", 4: "portuguese-navy",
        5: "chilean-navy", 6: "2031-06-02", 7: "2031-06-05", 8: "on Monday",
        9: "date-from-calendar", 10: "1", 11: place(began), 12: "2", 13: place(monday), 14: "3",
        15: place(monday),
    }  # fmt: skip
    two, ships = "The two navies plan to hold", "At least two Chilean ships"
    plan = {
        1: "salt-32", 2: "Salt Road, spring 2032", 3: "planned", 4: "portuguese-navy",
        5: "chilean-navy", 6: "2032-03-01", 7: "2032-05-31", 8: "in spring 2032",
        10: "4", 11: place(two), 12: "5", 13: place(two), 14: "6",
        15: place("next Salt Road in spring 2032"),
    }  # fmt: skip
    ministry, madeira = "said the Portuguese defence ministry", "sailed off Madeira with him"
    costa, vidal = "Rear Admiral Rui Costa, who heads", "Vidal, the chief of the Chilean Navy"
    met = "met Admiral Ana Vidal on Wednesday"
    return "".join((
        filled("article", head),
        quotes(began, monday),
        filled("exercise", exercise),
        filled("said", {1: place(ships), 2: ships, 3: "portuguese-mod"}),
        quotes(ministry),
        filled("count", {1: "7", 2: "salt-31", 3: "2", 4: "at-least", 6: place(ships)}),
        f'id:portuguese-mod a nr:Institution ; rdfs:label "Portuguese defence ministry"@en ;\n'
        f"    nr:hasKind nrc:defence-ministry ; nr:hasEvidence <#char={place(ministry)}> .\n",
        quotes(two, "next Salt Road in spring 2032"),
        filled("plan", plan),
        quotes(costa, vidal, met, madeira),
        filled("person", {
            1: "rui-costa", 2: "Rui Costa", 3: "head-pt-navy", 4: "head of the Portuguese Navy",
            5: "portuguese-navy", 6: "chief-of-navy", 7: "costa-head", 8: place(costa),
        }),
        filled("person", {
            1: "ana-vidal", 2: "Ana Vidal", 3: "head-cl-navy", 4: "chief of the Chilean Navy",
            5: "chilean-navy", 6: "chief-of-navy", 7: "vidal-head", 8: place(vidal),
        }),
        filled("meeting", {
            1: "costa-vidal", 2: "Rui Costa and Ana Vidal, June 2031", 4: "rui-costa",
            5: "ana-vidal", 6: "2031-06-04", 7: "2031-06-04", 8: "on Wednesday",
            9: "date-from-calendar", 10: place(met),
        }),
        f'id:off-madeira a nr:Place ; rdfs:label "waters off Madeira"@en ;\n'
        f"    nr:hasEvidence <#char={place(madeira)}> .\n",
        filled("claim", {1: "8", 2: "costa-vidal", 4: "id:off-madeira", 5: place(madeira)}),
        "id:costa-vidal nr:hasPlace id:off-madeira .\n",
    ))  # fmt: skip


def validated(folder: Path, text: str) -> tuple[int, str]:
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "salt-road.txt").write_text(TEXT, encoding="utf-8")
    file = folder / "2031-salt-road.ttl"
    file.write_text(text, encoding="utf-8")
    command = ["validate", str(file), "--texts", str(folder / "texts"), "--fail-on", "warning"]
    result = CliRunner().invoke(cli, command, prog_name="passex")
    return result.exit_code, result.output


def test_snippets_filled_in_are_valid(tmp_path: Path) -> None:
    code, output = validated(tmp_path, article())
    assert code == 0, output


@pytest.mark.parametrize("prefix", sorted(BODIES.keys() - {"quote", "said"}))
def test_what_is_not_filled_in_is_found(tmp_path: Path, prefix: str) -> None:
    alone = filled(prefix) if prefix == "article" else article() + filled(prefix)
    assert validated(tmp_path, alone)[0] == 1


def matched(line: str) -> dict[str, str] | None:
    """What VS Code takes out of a line of the task's output."""
    pattern = MATCHER["pattern"]
    found = re.search(pattern["regexp"], line)
    groups = {what: group for what, group in pattern.items() if what != "regexp"}
    return None if found is None else {what: found[group] for what, group in groups.items()}


def test_the_task_finds_the_problems_of_each_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    facts = tmp_path / "graph" / "facts.ttl"
    facts.parent.mkdir()
    facts.write_text(SHIPS.format("Shipp", "Port"), encoding="utf-8")
    ships = SHIPS.format("Ship", "Ship")
    later = iter([SHIPS.format("Ship", "Port"), f"{ships}x y", None, ships])

    def change(_: float) -> None:
        text = next(later, "")
        if text == "":
            raise KeyboardInterrupt
        facts.unlink() if text is None else facts.write_text(text, encoding="utf-8")

    monkeypatch.setattr("time.sleep", change)
    result = CliRunner().invoke(cli, TASK["args"], prog_name="passex")
    begins, ends = (MATCHER["background"][name] for name in ("beginsPattern", "endsPattern"))
    checks: list[list[dict[str, str]]] = []
    ended = 0
    for line in result.output.splitlines():
        if re.search(begins, line):
            assert ended == len(checks)
            checks.append([])
        elif re.search(ends, line):
            ended += 1
        elif problem := matched(line):
            assert ended == len(checks) - 1  # a check is under way
            checks[-1].append(problem)
    assert ended == len(checks) == 5
    declared = "nrs:DeclaredClass SPARQL"
    hint = "The ontology does not declare the class nr:{}: look for a misspelling."
    misspelt = {"file": "graph/facts.ttl", "severity": "violation", "code": declared}
    ship = {**misspelt, "line": "2", "column": "11", "message": hint.format("Shipp")}
    port = {**misspelt, "line": "3", "column": "11", "message": hint.format("Port")}
    syntax = {
        "file": "graph/facts.ttl", "severity": "violation", "code": "turtle-syntax", "line": "4",
        "column": "1", "message": "No statement begins with x.",
    }  # fmt: skip
    assert checks == [[ship, port], [port], [syntax], [], []]
    assert "passex: graph: no RDF files in this folder" in result.output


SHIPS = """@prefix nr: <https://w3id.org/passex/ontology#> . @prefix l: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:x> a nr:{} ; l:label "x"@en .
<urn:y> a nr:{} ; l:label "y"@en .
"""  # noqa: E501


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("a b/c.ttl:3:14: warning[nrs:Label MinCount] less than 1 value", "warning"),
        ("C:/graph/c.ttl:3:14: info[heads] what: is 3:4: odd[]", "info"),
        ("c.ttl:3:14: violation[https://example.org/S Node] `x` is none", "violation"),
        ("3 | ex:ann a ex:Person ; violation[x]", None),
        ("  = hint: a.ttl:3:14: violation[x] y", None),
        ("2 problems (1 violation, 1 warning) in 1 file (3 triples, 1 focus node, 1 shape).", None),
        ("passex: facts.ttl: no such file; check the path", None),
    ],
)
def test_lines_that_are_problems(line: str, severity: str | None) -> None:
    found = matched(line)
    assert (found and found["severity"]) == severity


def test_the_task_runs_in_the_background() -> None:
    assert TASK["isBackground"] is True
    assert MATCHER["background"]["activeOnStart"] is True
    # VS Code knows warnings and infos by their names; what it doesn't know is an error.
    assert MATCHER["severity"] == "error"
    assert TASK["args"] == ["validate", "graph", "--watch"]
