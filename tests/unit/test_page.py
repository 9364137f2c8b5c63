"""The page as a file: what may run in it, and what its data can do."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from passex import Policy, exports, load
from passex.api.exportable import SourcedNetwork
from passex.cli import cli
from passex.errors import QueryError
from passex.evidence import best_quotes
from passex.evidence.claims import Claim, Claims
from passex.evidence.routes import behind
from passex.exports import page as report_page
from passex.exports.page import data as page_data
from passex.exports.page import plain
from passex.graph.labelling import Node
from passex.graph.store import Store
from passex.graph.terms import shorten
from passex.network import projection, ranking
from passex.network.model import Network
from passex.text import html

JSON = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def page() -> str:
    return str(load().ties().export("html"))


def test_only_its_own_script_and_style_may_run() -> None:
    text = page()
    for name in ("script", "style"):
        opening = "<style>" if name == "style" else '<script type="module">'
        (body,) = re.findall(f"{opening}(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in text
    assert "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;" in text
    assert re.findall(r'(?:src|href)="(?!data:)', text) == []
    assert re.findall(r"\son[a-z]+=\"|\seval\(|innerHTML|\sstyle=\"", text) == []


def test_same_graph_same_bytes() -> None:
    assert page() == page()


def test_command_writes_what_python_gives() -> None:
    result = CliRunner().invoke(cli, ["export", "html", "--level", "state", "--measure", "degree"])
    assert result.exit_code == 0
    assert result.stdout == load().ties(Policy("state")).export("html", "degree")


def test_a_picture_alone_makes_no_page() -> None:
    with pytest.raises(QueryError, match="a page is made of a whole graph, not of a picture"):
        exports.export(load().ties().picture(), "html")
    with pytest.raises(QueryError, match="a network without its graph has no evidence"):
        SourcedNetwork(Policy(), (), ()).export("html")


@pytest.mark.parametrize("what", ["two-mode", "meetings", "ontology"])
def test_command_refuses_other_pictures(what: str) -> None:
    result = CliRunner().invoke(cli, ["export", "html", "--what", what])
    assert (result.exit_code, result.stdout) == (2, "")


def document() -> dict[str, Any]:
    kg = load()
    return page_data.document(kg.store, kg.ties())


def test_document_has_what_ties_the_navies() -> None:
    found = document()
    actors = [actor["label"] for actor in found["actors"]]
    ties = {
        (actors[a], actors[b]): [
            (found["events"][event]["label"], parties, inferred)
            for event, parties, inferred, *_ in on
        ]
        for a, b, on in found["levels"]["service"]["ties"]
    }
    assert ties["Japan Maritime Self-Defense Force", "Standing NATO Maritime Group One"] == [
        ("Passing exercise of SNMG1 and a JMSDF training squadron, August 2018", 2, 0)
    ]
    assert {(a, b): len(on) for (a, b), on in ties.items()} == {
        (t.source.label, t.target.label): len(t.occasions)
        for t in load().ties(Policy(include=("held", "under-way", "planned"))).ties
    }


def test_document_has_each_claim_with_its_place() -> None:
    found = document()
    kg = load()
    for event in found["events"]:
        claims = kg.why(event["iri"]).claims
        assert [found["claims"][n]["label"] for n in event["claims"]] == [c.label for c in claims]
        assert [found["claims"][n]["evidence"] for n in event["claims"]] == [
            [
                [labels(found).index(p.label), p.zone, p.start, p.end, p.exact]
                for p in claim.evidence
            ]
            for claim in claims
        ]


def test_document_has_the_best_quote_for_each_event_of_a_tie() -> None:
    found, store = document(), load().store
    seen = 0
    for level, shown in found["levels"].items():
        for a, b, on in shown["ties"]:
            ends = [found["actors"][end]["iri"] for end in (a, b)]
            for event, *_, number in on:
                iri = found["events"][event]["iri"]
                best = best_quotes.best(store, [iri], ends, level)
                assert best is not None
                claim, place, worth = found["quotes"][number]
                assert worth == best.worth
                claim = found["claims"][claim]
                assert claim["label"] == best.claim.label
                assert claim["evidence"][place][-1] == best.anchor.exact
                seen += 1
    assert seen > 20


def labels(found: dict[str, Any]) -> list[str]:
    return [str(article["label"]) for article in found["articles"]]


def test_document_says_how_actors_come_to_be_in_exercises() -> None:
    found = document()
    store = load().store
    actors = [Node(actor["label"], actor["iri"], actor["kind"]) for actor in found["actors"]]
    linked = [one["label"] for one in found["affiliations"]]
    claims = [claim["name"] for claim in found["claims"]]
    shown = {
        (
            *(number, actors[n], name, tuple(linked[m] for m in links)),
            *(inferred == 1, tuple(claims[m] for m in on)),
        )
        for number, event in enumerate(found["events"])
        for n, name, links, inferred, on, *_ in event["routes"]
    }
    # The strongest chain to each, by which it is tied to the other, and no other chains.
    expected = set()
    for level, own in found["levels"].items():
        for a, b, occasions in own["ties"]:
            for number, *_ in occasions:
                iri = found["events"][number]["iri"]
                both, _ = behind(store, iri, (actors[a], actors[b]), [level])
                for end, ways in zip((a, b), both, strict=True):
                    route = ways[0]
                    names = route.participant.label, tuple(link.label for link in route.links)
                    said = route.inferred, tuple(shorten(claim.iri) for claim in route.claims)
                    expected.add((number, actors[end], *names, *said))
    assert shown == expected
    assert len(expected) > 20
    assert len(claims) == len(set(claims))


def test_document_says_through_whom_the_sample_counts_an_actor() -> None:
    found = document()
    told = [
        (level, found["actors"][actor]["label"], found["events"][event]["name"], names)
        for level, own in found["levels"].items()
        for actor, event, names in own["through"]
    ]
    # One article names it, and the two others tell of these.
    assert told == [
        ("service", "Japan Maritime Self-Defense Force", f"id:{event}", ["Japan"])
        for event in (
            *("missile-tracking-exercise-2017-12", "plan-joint-exercises-russia-japan-2018"),
            *("plan-sar-south-korea-japan", "plan-submarine-rescue-exercises-2018"),
            "sar-exercise-south-korea-japan-2017",
        )
    ]


def test_places_without_coordinates_have_no_point() -> None:
    points = {p["label"]: (p["point"], p["precision"]) for p in document()["places"]}
    assert points["Yokosuka"] == ((35.28361, 139.66722), "one point for the whole city")
    assert points["Baltic Sea"] == (None, None)


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_comes_through_and_ends_nothing(label: str) -> None:
    shown: dict[str, Any] = {"title": "T", "label": label}
    text = "".join(report_page.page(shown))
    (found,) = JSON.findall(text)
    assert json.loads(found)["label"] == label
    assert not set("<>&\u2028\u2029") & set(found)
    assert text.encode("utf-8")
    assert text.count("</script>") == 2


def test_modules_are_put_together_in_order() -> None:
    script = report_page.bundle()
    order = re.findall(r"^const (\w+)_js = ", script, re.MULTILINE)
    assert len(order) == len(set(order))
    assert order[-1] == "app"
    assert not re.findall(r"^(?:import|export) ", script, re.MULTILINE)
    for number, name in enumerate(order):
        body = script.split(f"const {name}_js = ")[1].split("_js = (")[0]
        assert set(re.findall(r"= (\w+)_js;", body)) <= set(order[:number])


def test_modules_of_a_page_can_be_made() -> None:
    made = {
        "marks": "export const MARKS = 3;\n",
        "plain": 'import { MARKS } from "./marks.js";\nconsole.log(MARKS);\n',
    }
    parts = dict.fromkeys(("heading", "counts", "summary", "nodes", "generator"), "")
    given = ("passex.reports.comparison", "comparison", "plain", "Title", "Passex", parts)
    text = "".join(html.page(*given, made=made))
    assert text.index("const MARKS = 3;") < text.index("const { MARKS } = marks_js;")
    assert text.index("--paper: #ffffff") < text.index("color-scheme: light")


def test_a_page_without_scripts_has_what_python_has() -> None:
    policy = Policy(include=("held", "under-way", "planned"))
    kg = load()
    network = kg.ties(policy)
    found = plain.parts(kg.store, network, "strength", "newman")
    root = ET.fromstring(found["ties"])
    heads = [head.text for head in root.iter("th")]
    rows = [dict(zip(heads, [cell.text for cell in row], strict=True)) for row in root.iter("tr")]
    assert [
        (row["Actor"], row["Exercises"], row["Weight"], row["Plans"], row["Basis"])
        for row in rows[1:]
    ] == [
        (t.source.label, str(t.count), f"{t.weight:.2f}", str(t.planned), t.basis)
        for t in network.ties
    ]
    assert rows[1]["Dates"] == "2017"
    actors = {end.iri for tie in network.ties for end in (tie.source, tie.target)}
    assert found["counts"] == f"{len(actors)} actors, {len(network.ties)} ties"
    assert found["notes"].count("<li>") == len(network.notes)
    # A column of zeros says nothing.
    alone = plain.parts(kg.store, kg.ties(), "strength", "newman")["ties"]
    assert "Plans" not in alone


def test_a_long_page_without_scripts_says_how_many_ties_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain, "_TIES", 1)
    kg = load()
    found = plain.parts(kg.store, kg.ties(), "strength", "newman")["ties"]
    assert found.count("<tr>") == 2
    left = len(kg.ties().ties) - 1
    assert (
        f"<p>And {left} more tie{'s' * (left > 1)}: passex network --all lists them.</p>" in found
    )


def test_no_part_of_a_page_holds_markup_of_labels() -> None:
    node = Node("<b>&\"' \u202e", "urn:a", "Navy")
    place = ranking.Place(node, 1, 1.5, 1, None, 1)
    ranked = ranking.Ranking("strength", (place,), 1, 1, (), None)  # type: ignore[arg-type]
    found = plain._places(ranked)
    assert "<b>" not in found
    assert '<td dir="auto">&lt;b&gt;&amp;&quot;&#x27; \u202e</td>' in found
    assert ">1.500<" in found


def test_each_claim_is_read_once_and_the_first_network_built_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, built = list[str](), list[Policy]()
    one_claim, one_network = Claims._read, projection.build

    def counted(self: Claims, iri: str) -> Claim:
        read.append(iri)
        return one_claim(self, iri)

    def noted(store: Store, policy: Policy, *more: Any, **others: Any) -> Network:
        built.append(policy)
        return one_network(store, policy, *more, **others)

    monkeypatch.setattr(Claims, "_read", counted)
    monkeypatch.setattr(projection, "build", noted)
    store = load().store
    "".join(report_page.write(report_page.ReportPage(store, Policy())))
    assert len(read) == len(set(read)) > 0
    assert built == [Policy()]
