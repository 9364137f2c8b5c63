"""The page in headless Chromium, which has no network."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from browsing import (
    HOSTILE,
    Keys,
    address,
    barriers,
    choose,
    focused,
    press,
    text,
    texts,
)

import passex
from passex import Policy, load
from passex.api.knowledge import KnowledgeGraph
from passex.evidence.claims import Claim
from passex.evidence.routes import Route
from passex.graph.terms import PREFIXES, shorten
from passex.network.model import Tie
from passex.network.policy import MEASURES
from passex.network.ranking import Ranking

EVERYTHING = ("held", "under-way", "planned")
DASH = "\N{EN DASH}"
KOREA = "tie:id:jmsdf|id:navy-of-south-korea"
Make = Callable[..., Path]
AZURE = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"


def cells(browser: Any, *columns: str) -> list[list[str]]:
    """The table's cells in some columns; a column that isn't there has zeros."""
    found: list[list[str]] = browser.execute_script(
        "return [...document.querySelectorAll('#table tbody tr')].map((row) => arguments[0].map("
        "(name) => row.querySelector(`[data-column='${name}']`)?.innerText"
        " ?? (name === 'weight' ? '0.00' : '0')))",
        list(columns),
    )
    return found


@pytest.mark.parametrize("level", ["unit", "service", "state", "organisation"])
@pytest.mark.parametrize("include", [EVERYTHING, ("held", "under-way"), ("planned",)])
def test_policy_notes_and_ties_are_those_of_python(
    browser: Any, show: Callable[..., None], page: Path, level: str, include: Sequence[str]
) -> None:
    show(page, f"#level={level}&include={','.join(include)}&view=table")
    network = load().ties(Policy(level, tuple(include)))
    assert text(browser, "#policy") == str(network.policy)
    assert texts(browser, "#notes li") == list(network.notes)
    assert cells(browser, "a", "b", "exercises", "weight", "plans") == [
        [t.source.label, t.target.label, str(t.count), f"{t.weight:.2f}", str(t.planned)]
        for t in network.ties
    ]


@pytest.mark.parametrize("level", ["unit", "service", "state"])
def test_what_is_stated_is_that_of_python(
    browser: Any, show: Callable[..., None], page: Path, level: str
) -> None:
    show(page, f"#level={level}&basis=stated&view=table&domain=all")
    network = load().ties(Policy(level, EVERYTHING, "all", basis="stated"))
    assert text(browser, "#policy") == str(network.policy)
    assert texts(browser, "#notes li") == list(network.notes)
    assert cells(browser, "a", "b", "exercises", "weight") == [
        [t.source.label, t.target.label, str(t.count), f"{t.weight:.2f}"] for t in network.ties
    ]
    choose(browser, "basis", "any")
    assert text(browser, "#policy") == str(Policy(level, EVERYTHING, "all"))


def test_a_page_begins_with_what_is_stated(
    browser: Any, show: Callable[..., None], make_page: Make
) -> None:
    policy = Policy("service", EVERYTHING, basis="stated")
    show(make_page(str(AZURE), policy=policy))
    network = load(str(AZURE)).ties(policy)
    assert text(browser, "#policy") == str(policy)
    assert texts(browser, "#notes li") == list(network.notes)
    assert network.notes[0] == (
        "1 tie counts fewer exercises or plans than with those that are inferred."
    )


@pytest.mark.parametrize("since", ["2017", "2018-08-21", "2019"])
def test_periods_are_those_of_python(
    browser: Any, show: Callable[..., None], page: Path, since: str
) -> None:
    network = load().ties(Policy("state", EVERYTHING, "all", since=since))
    show(page, f"#level=state&domain=all&since={since}")
    assert text(browser, "#policy") == str(network.policy)
    assert texts(browser, "#notes li") == list(network.notes)


def test_a_year_is_not_its_first_day(browser: Any, show: Callable[..., None], page: Path) -> None:
    show(page, "#level=state&since=2017-06&until=2017-10&select=tie:id:japan|id:south-korea")
    assert texts(browser, "#details-body > .several > details > summary") == [
        "Naval search and rescue exercise of South Korea and Japan, 2017 "
        "possible: the date may lie outside the period"
    ]


def test_ranking_is_that_of_python(
    browser: Any, show: Callable[..., None], make_page: Make, tmp_path: Path
) -> None:
    data = tmp_path / "fleet.ttl"
    script = Path(__file__).parents[2] / "benchmarks" / "generate.py"
    subprocess.run([sys.executable, str(script), "10000", "-o", str(data)], check=True)
    kg = load(str(data))
    policy = Policy("service", EVERYTHING)
    network = kg.ties(policy)
    show(make_page(str(data), policy=policy))
    for measure in MEASURES:
        for weight in ("newman", "count"):
            choose(browser, "weight", weight)
            choose(browser, "measure", measure)
            found = browser.execute_script(
                "return [...document.querySelectorAll('#places tbody tr')].map((row) => "
                "[row.dataset.actor, Number(row.dataset.score), "
                "...[...row.children].map((cell) => cell.innerText)])"
            )
            expected = kg.rank(network, measure, weight)
            compare(found, expected, measure)


def compare(found: list[list[Any]], expected: Ranking, measure: str) -> None:
    assert expected.places
    places = {place.node.iri: place for place in expected.places}
    shown = [row[0] for row in found]
    assert len(shown) == min(50, len(places))
    for iri, score, place, _, _, span, articles in found:
        known = places[iri]
        assert score == pytest.approx(known.score, rel=1e-9, abs=1e-9), (measure, iri)
        spans = (
            f"{known.best} to none" if known.worst is None else f"{known.best}{DASH}{known.worst}"
        )
        spans = str(known.best) if known.worst == known.best else spans
        assert (place, span) == (str(known.place), spans), (measure, iri)
        assert articles == f"{known.articles}/{expected.articles}"
    assert shown == [place.node.iri for place in expected.places][: len(shown)]


def test_too_few_exercises_are_not_ranked(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page)
    kg = load()
    ranking = kg.rank(kg.ties(Policy(include=EVERYTHING)))
    assert texts(browser, "#places .caveat") == list(ranking.warnings)


def test_search_opens_an_actor_with_its_ties_and_claims(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page)
    field = browser.find_element("id", "search")
    field.send_keys("Québec")
    assert len(texts(browser, "#found [role=option]")) > 1
    press(browser, Keys.ESCAPE)
    assert not browser.find_element("id", "found").is_displayed()
    field.clear()
    field.send_keys("quebec hmcs")
    assert texts(browser, "#found [role=option]")[0] == "HMCS Ville de Québec\nship"
    press(browser, Keys.ARROW_DOWN, Keys.ENTER)
    assert text(browser, "#details-title") == "HMCS Ville de Québec"
    assert focused(browser) == "details-title"
    assert address(browser) == "#select=actor:id:hmcs-ville-de-quebec"


#: An exercise under way with a phase held and one to come, two ships of one contingent, a
#: participant that is only inferred, and a state whose navy is.
PHASES = """
@base <https://w3id.org/passex/id/article-one> .
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
<> a schema:NewsArticle ; rdfs:label "One"@en ; nr:hasZone <#char=0,90> .
<article-two> a schema:NewsArticle ; rdfs:label "Two"@en ; nr:hasZone <article-two#char=0,90> .
<#char=0,90> nr:hasKind nrc:body .
<article-two#char=0,90> nr:hasKind nrc:body .
<#char=0,9> oa:exact "the ships" .
<#char=20,29> oa:exact "the state" .
<article-two#char=0,9> oa:exact "the corps" .
id:azure a nr:State ; rdfs:label "Azure"@en .
id:cobalt a nr:State ; rdfs:label "Cobalt"@en .
id:azure-navy a nr:Navy ; rdfs:label "Azure Navy"@en .
id:cobalt-navy a nr:Navy ; rdfs:label "Cobalt Navy"@en .
id:teal-navy a nr:Navy ; rdfs:label "Teal Navy"@en .
id:heron a nr:Ship ; rdfs:label "Heron"@en ; nr:inContingent id:screen .
id:ibis a nr:Ship ; rdfs:label "Ibis"@en ; nr:inContingent id:screen .
id:gull a nr:Ship ; rdfs:label "Gull"@en .
id:screen a nr:Contingent ; rdfs:label "Screen"@en ; dcterms:isPartOf id:whole .
id:azure-has a nr:Affiliation ; org:member id:azure-navy ; org:organization id:azure .
id:cobalt-has a nr:Affiliation ; org:member id:cobalt-navy ; org:organization id:cobalt .
id:heron-of a nr:Affiliation ; org:member id:heron ; org:organization id:azure-navy .
id:gull-of a nr:Affiliation ; org:member id:gull ; org:organization id:cobalt-navy .
id:ibis-of a nr:Affiliation ; org:member id:ibis ; org:organization id:azure-navy .
id:whole a nr:Exercise ; rdfs:label "Whole"@en ; nr:hasStatus nrc:under-way ;
    nr:hasDomain nrc:naval ; nr:hasParticipant id:heron, id:ibis, id:gull, id:teal-navy ;
    nr:earliest "2018-08-01"^^<http://www.w3.org/2001/XMLSchema#date> .
id:port a nr:Exercise ; rdfs:label "Port"@en ; dcterms:isPartOf id:whole ;
    nr:hasParticipant id:heron, id:cobalt .
id:sea a nr:ExercisePlan ; rdfs:label "Sea"@en ; dcterms:isPartOf id:whole ;
    nr:hasParticipant id:heron, id:teal-navy, id:cobalt-navy .
<#c1> nr:about id:whole ; nr:onProperty nr:hasParticipant ; nr:hasValue id:heron, id:ibis ;
    nr:hasEvidence <#char=0,9> .
<#c2> nr:about id:whole ; nr:onProperty nr:hasParticipant ; nr:hasValue id:teal-navy ;
    nr:hasBasis nrc:inferred ; nr:hasEvidence <#char=0,9> .
<#c3> nr:about id:port ; nr:onProperty nr:hasParticipant ; nr:hasValue id:heron, id:cobalt ;
    nr:hasEvidence <#char=20,29> .
<#c4> nr:about id:whole ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:under-way ;
    nr:hasEvidence <#char=20,29> .
<#c5> nr:about id:heron-of ; nr:onProperty org:member, org:organization ;
    nr:hasValue id:heron, id:azure-navy ; dcterms:source "A register." .
<#c6> nr:about id:sea ; nr:onProperty nr:hasParticipant ;
    nr:hasValue id:heron, id:teal-navy, id:cobalt-navy ; nr:hasEvidence <article-two#char=0,9> .
<#c7> nr:about id:whole ; nr:onProperty nr:hasParticipant ; nr:hasValue id:gull ;
    nr:hasCertainty nrc:possible ; nr:hasEvidence <#char=20,29> .
"""


@pytest.fixture(scope="module")
def phases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("phases") / "phases.ttl"
    data.write_text(PHASES, encoding="utf-8")
    return data


@pytest.mark.parametrize("level", ["unit", "service", "state"])
@pytest.mark.parametrize("include", [EVERYTHING, ("under-way",), ("planned",)])
def test_phases_and_contingents_tie_as_in_python(
    browser: Any,
    show: Callable[..., None],
    make_page: Make,
    phases: Path,
    level: str,
    include: Sequence[str],
) -> None:
    show(make_page(str(phases)), f"#level={level}&include={','.join(include)}&view=table")
    network = load(str(phases)).ties(Policy(level, tuple(include)))
    assert texts(browser, "#notes li") == list(network.notes)
    assert cells(browser, "a", "b", "exercises", "weight", "plans", "basis") == [
        [t.source.label, t.target.label, str(t.count), f"{t.weight:.2f}", str(t.planned), t.basis]
        for t in network.ties
    ]


@pytest.mark.parametrize("level", ["unit", "service", "state"])
def test_steps_of_phases_are_those_of_python(
    browser: Any, show: Callable[..., None], make_page: Make, phases: Path, level: str
) -> None:
    kg, path = load(str(phases)), make_page(str(phases))
    ties = kg.ties(Policy(level, EVERYTHING)).ties
    for tie in ties:
        compare_evidence(browser, show, path, kg, level, tie)
    assert {"unit": 2, "service": 3, "state": 1}[level] == len(ties)


@pytest.mark.parametrize("level", ["unit", "service", "state", "organisation"])
def test_evidence_is_that_of_the_graph(
    browser: Any, show: Callable[..., None], page: Path, level: str
) -> None:
    kg = load()
    ties = kg.ties(Policy(level, EVERYTHING)).ties
    for tie in ties:
        compare_evidence(browser, show, page, kg, level, tie)
    assert ties


def compare_evidence(
    browser: Any, show: Callable[..., None], path: Path, kg: KnowledgeGraph, level: str, tie: Tie
) -> None:
    """Compare what the page says is behind a tie with what Python says."""
    ends = "|".join(shorten(end.iri) for end in (tie.source, tie.target))
    show(path, f"#level={level}&select=tie:{ends}")
    found = browser.execute_script(
        """const all = (of, selector) => [...of.querySelectorAll(selector)];
        const said = (of, selector) => all(of, selector).map((one) => one.textContent);
        return all(document, "#details-body > .several > details").map((event) => [
            event.querySelector("strong").textContent,
            said(event, ":scope > summary .tag"),
            said(event, ":scope > .ways > li"),
            all(event, ":scope > .passages > .passage").map((passage) => [
                said(passage, "q"),
                said(passage, "figcaption").join(),
                all(passage, ".claim").map((claim) => [
                    said(claim, ".says").join(),
                    said(claim, ".tag"),
                    said(claim, ".by").join()])])])"""
    )
    reasons = {
        reason.happening.iri: reason
        for reason in kg.why(tie.source.iri, tie.target.iri).occasions
        if level in reason.levels
    }
    occasions = {occasion.activity.label: occasion for occasion in tie.occasions}
    assert len(found) == len(occasions)
    for label, tags, ways, passages in found:
        occasion = occasions.pop(label)
        reason = reasons[occasion.activity.iri]
        assert (reason.basis == "inferred") is occasion.inferred
        sides = ((tie.source, reason.routes_a), (tie.target, reason.routes_b))
        assert ways == [f"{end.label}: {how(one)}" for end, routes in sides for one in routes]
        named = [
            {
                claim.certainty
                for claim in route.claims
                if "nr:hasParticipant" in claim.on_properties
            }
            for route in (*reason.routes_a, *reason.routes_b)
        ]
        doubtful = any(given and "certain" not in given for given in named)
        # That something was held, and that what is said is certain and stated, goes without saying.
        standing = occasion.activity.standing
        assert tags == (
            ([] if standing == "held" else [standing])
            + (["inferred"] if occasion.inferred else [])
            + (["who took part is not certain"] if doubtful else [])
        )
        claims = {c.iri: c for _, routes in sides for one in routes for c in one.claims}
        compare_passages(passages, list(claims.values()))
    assert occasions == {}


def compare_passages(passages: list[Any], claims: list[Claim]) -> None:
    """Each claim stands, once in a passage, with all of its quotes, and marked only if need be."""
    quotes = {p.exact for claim in claims for p in claim.evidence}
    assert {quote for on, *_ in passages for quote in on} == quotes
    expected = {claim_line(claim) for claim in claims}
    assert {line(one) for *_, said in passages for one in said} == expected
    for on, caption, said in passages:
        lines = [line(one) for one in said]
        assert len(set(lines)) == len(lines)
        mine = [claim for claim in claims if claim_line(claim) in lines]
        places = [p for claim in mine for p in claim.evidence if p.exact in on]
        assert set(on) == {p.exact for p in places}
        for place in places:
            assert place.label in caption
            assert f"{place.start}{DASH}{place.end}" in caption
            assert place.zone == "body" or place.zone in caption
    for claim in claims:
        for place in claim.evidence:
            assert any(
                place.exact in on and claim_line(claim) in map(line, said)
                for on, _, said in passages
            )


def line(shown: list[Any]) -> tuple[str, tuple[str, ...], str]:
    label, tags, detail = shown
    return (label, tuple(tags), detail.strip())


def claim_line(claim: Claim) -> tuple[str, tuple[str, ...], str]:
    tags = [] if claim.certainty == "certain" else [claim.certainty]
    tags += [] if claim.basis == "stated" else [claim.basis]
    own = {place.label for place in claim.evidence}
    by = ", ".join(one.label for one in claim.attributed_to if one.label not in own)
    via = ", ".join(outlet.label for outlet in claim.reported_via)
    said = ", ".join(filter(None, (by and f"said by {by}", via and f"via {via}")))
    told = all(part in claim.label for part in claim.says.split(", "))
    value = "" if told else f"value: {claim.says}"
    source = claim.source and f"source: {claim.source}"
    return (claim.label, tuple(tags), " · ".join(filter(None, (value, said, source))))


def how(route: Route) -> str:
    none = "" if route.claims else "; no claim"
    if not route.links:
        return f"named itself{none}"
    by, named = "; ".join(link.label for link in route.links), route.participant.label
    if route.inferred:
        return f"inferred, as the navy of {named}, which is named ({by}){none}"
    return f"through {named} ({by}){none}"


def test_a_click_on_the_picture_opens_what_is_there(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    show(page, "#level=state&include=planned")
    # Two ties, Russia, Japan and South Korea: the picture is fitted to what is left.
    canvas = browser.find_element("id", "canvas")
    where = browser.execute_script(
        """const data = JSON.parse(document.getElementById("data").textContent);
        const shown = ["Russia", "Japan", "South Korea"];
        const spots = data.levels.state.layout.filter(([actor]) =>
            shown.includes(data.actors[actor].label));
        const extent = (numbers) => [Math.min(...numbers), Math.max(...numbers)];
        const [left, right] = extent(spots.map((spot) => spot[1]));
        const [top, bottom] = extent(spots.map((spot) => spot[2]));
        const { clientWidth: w, clientHeight: h } = document.getElementById("canvas");
        const scale = Math.min((w - 2 * Math.min(110, w * 0.17)) / (right - left),
            (h - Math.min(150, h * 0.3)) / (bottom - top), 2.4);
        return Object.fromEntries(spots.map(([actor, x, y]) => [data.actors[actor].label,
            [(x - (left + right) / 2) * scale, (y - (top + bottom) / 2) * scale]]));"""
    )

    def click(x: float, y: float) -> str:
        ActionChains(browser).move_to_element_with_offset(
            canvas, round(x), round(y)
        ).click().perform()
        return text(browser, "#details-title")

    assert click(*where["Russia"]) == "Russia"
    (x1, y1), (x2, y2) = where["Russia"], where["Japan"]
    assert click((x1 + x2) / 2, (y1 + y2) / 2) == "Japan and Russia"
    assert address(browser).endswith("&select=tie:id:japan|id:russia")


def test_address_is_what_is_shown_and_back(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page)
    choose(browser, "level", "state")
    choose(browser, "domain", "all")
    choose(browser, "since", "2017-06")
    choose(browser, "measure", "degree")
    choose(browser, "weight", "count")
    choose(browser, "minEvents", "2")
    browser.find_element("id", "under-way").click()
    browser.find_element("id", "tab-timeline").click()
    said = text(browser, "#policy")
    there = address(browser)
    assert there == (
        "#level=state&include=held,planned&domain=all&since=2017-06&minEvents=2&measure=degree"
        "&weight=count&view=timeline"
    )
    assert said == (
        "state level; exercises held, and plans not yet realised; every domain; since 2017-06; "
        "ties of at least 2 exercises or plans"
    )
    show(page, there)
    assert (text(browser, "#policy"), address(browser)) == (said, there)
    assert browser.find_element("id", "tab-timeline").get_attribute("aria-selected") == "true"


@pytest.mark.parametrize(
    "nonsense",
    ["#level=galaxy&measure=luck", "#since=soon&minEvents=-1&camera=x,y", "#select=tie:a|b", "#%"],
)
def test_a_wrong_address_shows_the_first_view(
    browser: Any, show: Callable[..., None], page: Path, nonsense: str
) -> None:
    show(page, nonsense)
    assert text(browser, "#policy") == str(Policy(include=EVERYTHING))
    assert text(browser, "#ranking-title") == "Ranking"


def test_kind_and_source_filter_exercises(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page, "#view=table&kind=https://w3id.org/passex/concept/missile-tracking-exercise")
    assert text(browser, "#counts") == "3 actors, 3 ties, 1 exercise or plan from 1 of 3 articles"
    show(page, "#view=table&article=id:article-2018-passex")
    assert text(browser, "#counts") == "3 actors, 2 ties, 2 exercises or plans from 1 of 3 articles"
    assert text(browser, "#policy").endswith("source: Article on the passing exercise, 2018")


def test_everything_is_within_reach_of_the_keyboard(
    browser: Any, show: Callable[..., None], page: Path
) -> None:
    show(page)
    seen = []
    for _ in range(40):
        press(browser, Keys.TAB)
        seen.append(focused(browser))
        if seen[-1] == "weight":
            break
    # What has no name: the summary of the filters, and the strongest ties.
    assert seen == [
        *("skip", "search", "copy", "save-as-button", "theme", "print", ""),
        *("level", "held", "under-way", "planned", "brush-since", "brush-until"),
        *("since", "until", "domain", "kind", "article", "basis", "minEvents", "reset"),
        *("tab-network", "canvas", "zoom-in", "zoom-out", "zoom-fit"),
        *([""] * 6),
        *("measure", "weight"),
    ]
    browser.find_element("id", "canvas").send_keys(Keys.ARROW_RIGHT)
    heard = browser.execute_script("return document.getElementById('live').textContent")
    assert heard == "Japan Maritime Self-Defense Force (navy). Enter shows its evidence."
    press(browser, Keys.ENTER)
    assert focused(browser) == "details-title"
    assert text(browser, "#details-title") == "Japan Maritime Self-Defense Force"
    press(browser, Keys.ESCAPE)
    assert focused(browser) == "canvas"
    assert not browser.find_element("id", "details").is_displayed()


def test_markup_in_labels_stays_text(
    browser: Any, show: Callable[..., None], make_page: Make, tmp_path: Path
) -> None:
    source = (Path(__file__).parents[1] / "data" / "azure.ttl").read_text(encoding="utf-8")
    for number, label in enumerate(HOSTILE):
        old = ["Azure Navy", "Cobalt Navy", "Azure Training Squadron", "AZ Heron", "AZ Osprey"]
        assert f'rdfs:label "{old[number]}"@en' in source
        source = source.replace(
            f'rdfs:label "{old[number]}"@en', f"rdfs:label {json.dumps(label)}@en"
        )
    data = tmp_path / "hostile.ttl"
    data.write_text(source, encoding="utf-8")
    path = make_page(str(data), policy=Policy("unit", EVERYTHING, "all"))
    for level in ("unit", "service"):
        for view in ("network", "matrix", "table", "timeline", "map"):
            show(path, f"#level={level}&view={view}&focus=id:azure-navy")
            assert browser.title == "Who trains with whom"
            assert browser.find_elements("css selector", "img, iframe, b") == []
            assert len(browser.find_elements("css selector", "script")) == 2
            wide = "return document.documentElement.scrollWidth <= innerWidth"
            assert browser.execute_script(wide)
    show(path, "#level=service&view=table&domain=all")
    shown = {label for row in texts(browser, "#table tbody tr") for label in row.split("\n")}
    assert any(HOSTILE[0] in row for row in shown)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["network", "matrix", "map", "timeline", "table"])
def test_axe_finds_no_barrier(
    browser: Any, show: Callable[..., None], page: Path, view: str, theme: str
) -> None:
    show(page, f"#view={view}&select={KOREA if view != 'map' else ''}")
    if theme == "dark":
        browser.find_element("id", "theme").click()
    assert barriers(browser) == []


def test_prints_on_paper(browser: Any, show: Callable[..., None], page: Path) -> None:
    show(page)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    assert text(browser, "#policy") == str(Policy(include=EVERYTHING))


def test_versions_are_those_of_the_package(browser: Any, page: Path) -> None:
    assert f'content="Passex {passex.__version__}"' in page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the facts of a table: twelve exercises of three states, each in a row."""
    facts = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    facts = f"@base <{PREFIXES['id']}yards> .\n{facts}"
    facts += '<> a dcat:Dataset ; rdfs:label "Yards" ; nr:sha256 "0" .\n'
    for name in ("Azure", "Buff", "Coral"):
        facts += f'id:{name} a nr:State ; rdfs:label "{name}" .\n'
    for n in range(12):
        parties = f"id:{'Azure' if n % 2 else 'Coral'}, id:Buff"
        facts += (
            f'id:y{n} a nr:Exercise ; rdfs:label "y{n}" ; nr:hasDomain nrc:naval ; '
            f'nr:hasParticipant {parties} ; nr:earliest "{2000 + n}-01-01"^^xsd:date .\n'
            f"<#c{n}> a nr:Claim ; nr:about id:y{n} ; nr:onProperty nr:hasParticipant ; "
            f"nr:hasValue {parties} ; nr:hasEvidence <#row={n + 2}> .\n"
            f'<#row={n + 2}> oa:exact "y{n}<b>" .\n'
        )
    path = tmp_path_factory.mktemp("table") / "yards.ttl"
    path.write_text(facts, encoding="utf-8")
    return path


def test_a_row_is_no_quotation_and_one_source_gives_no_span(
    browser: Any, show: Callable[..., None], make_page: Make, table: Path
) -> None:
    show(make_page(str(table), policy=Policy("state")))
    assert texts(browser, "#overview .place") == [
        "row 3 of Yards, key y1<b>",
        "row 2 of Yards, key y0<b>",
    ]
    assert texts(browser, "#places thead th") == ["Place", "Actor", "Score", "Sources"]
    assert "All ties rest on one source, Yards: without it nobody has a place." in text(
        browser, "#places > .hint:last-child"
    )
    browser.find_element("css selector", "#overview .ties button").click()
    assert texts(browser, "#details-body details[open] .place") == ["row 3 of Yards, key y1<b>"]
    assert texts(browser, "blockquote, q") == []
