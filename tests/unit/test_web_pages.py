from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex import Policy, load
from passex.api.knowledge import KnowledgeGraph
from passex.errors import QueryError
from passex.exports import page as report_page
from passex.graph import tables as rows_of
from passex.graph.rows import Named, Table
from passex.graph.store import Store
from passex.graph.terms import shorten
from passex.questions import answers, catalogue
from passex.text.places import Place
from passex.web import answering, resources
from passex.web.pages import forms, frame, questions, tables

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Reader(HTMLParser):
    """Reads a page: elements with their attributes, the text, and what is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def store() -> Store:
    return load().store


def get(
    store: Store, resource: str, form: str = "html", /, **parameters: str
) -> tuple[int, str, str]:
    media_type = resources.negotiated(resource, None, form)
    assert media_type is not None
    status, kind, body = resources.answer(store, resource, parameters, media_type)
    return status, kind, body.decode()


FIRST = tables.Pages("/x", {})
#: Mostly what markup is made of.
MARKUP = st.text(st.sampled_from("<>&\"'/ab;=!-#x ") | st.characters(exclude_categories=["Cs"]))


@given(MARKUP, MARKUP)
def test_texts_stay_texts(text: str, value: str) -> None:
    reader = Reader(frame.el("p", text, title=value))
    assert [name for name, _ in reader.elements] == ["p"]
    assert reader.text == text
    assert reader.all("p")[0]["title"] == value


PAGES = [
    ("ask", {"question": "partners", "actor": "Japan"}),
    ("ask", {"question": "actors"}),
    ("why", {"a": "Japan", "b": "Russia"}),
    ("why", {"a": "Japan", "b": "JS Kashima"}),
    ("why", {"a": "id:passex-2018-08"}),
    ("why", {"a": "Valery Gerasimov"}),
    ("network", {}),
    ("network", {"level": "state", "include": "planned", "communities": "true"}),
    ("network", {"level": "unit", "domain": "air"}),
    ("network", {"level": "state", "by": "year"}),
    ("entity", {"name": "japan"}),
    ("entity", {"name": "nr:Exercise"}),
    ("show", {"name": "Nara"}),
    ("home", {}),
    ("blank", {}),
    ("blank", {"question": "partners"}),
]


@pytest.mark.parametrize(("name", "parameters"), PAGES)
def test_pages_are_whole_and_accessible(
    store: Store, name: str, parameters: dict[str, str]
) -> None:
    status, kind, page = get(store, name, **parameters)
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    check(Reader(page))


@pytest.mark.parametrize(
    "page",
    [
        questions.questions_page(),
        questions.questions_page("meet nobody <b>"),
        forms.refusal_page(404, "nothing has the address /x", path="/x<b>"),
    ],
)
def test_pages_of_no_graph_are_whole_and_accessible(page: str) -> None:
    check(Reader(page))


def check(reader: Reader) -> None:
    names = [name for name, _ in reader.elements]
    assert [names.count(name) for name in ("h1", "main", "body", "html")] == [1, 1, 1, 1]
    ids = [a["id"] for _, a in reader.elements if "id" in a]
    assert len(ids) == len(set(ids))
    labelled = {a["for"] for a in reader.all("label")}
    for tag in ("input", "select", "textarea"):
        for field in reader.all(tag):
            assert field["id"] in labelled or field.get("aria-label")
    for _, attributes in reader.elements:
        # The policy of the server forbids both, and nothing is loaded from elsewhere.
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        for name in ("src", "href", "action"):
            assert (attributes.get(name) or "/").startswith(("/", "#"))


def test_every_link_to_a_node_leads_somewhere(store: Store) -> None:
    links = set()
    for name, parameters in PAGES:
        for attributes in Reader(get(store, name, **parameters)[2]).all("a"):
            links.add(attributes["href"] or "")
    entities = sorted(
        link.removeprefix("/entity/") for link in links if re.match("/entity/[^?]+$", link)
    )
    assert len(entities) > 60
    for entity in entities:
        assert get(store, "entity", "json", name=entity)[0] == 200, entity


def test_nodes_link_to_their_page() -> None:
    assert frame.address("https://w3id.org/passex/id/japan") == "/entity/japan"
    assert frame.address("https://w3id.org/passex/id/a:b") == "/entity/id:a:b"
    assert frame.address("https://w3id.org/passex/concept/held") == "/entity/nrc:held"
    assert frame.address("https://w3id.org/passex/id/d%C3%A9") == "/entity/d%25C3%25A9"
    other = frame.address("https://example.org/a?b&c#d")
    assert other == "/show?name=%3Chttps%3A%2F%2Fexample.org%2Fa%3Fb%26c%23d%3E"


def test_names_that_are_endless_or_nothing() -> None:
    def said(label: str) -> str:
        return frame.link(Named(label, "urn:x")).partition(">")[2].removesuffix("</a>")

    assert said(" \n") == "&lt;urn:x&gt;"
    assert said("L" * 200) == "L" * 200
    assert said("L" * 201) == "L" * 199 + "\N{HORIZONTAL ELLIPSIS}"
    assert 'dir="auto"' in frame.link(Named("\N{ARABIC LETTER ALEF}", "urn:x"))


def test_an_answer_has_its_rows_formats_and_query(store: Store) -> None:
    reader = Reader(get(store, "ask", question="partners", actor="ROK")[2])
    assert "4 rows" in reader.text
    hrefs = [attributes["href"] or "" for attributes in reader.all("a")]
    assert "/entity/south-korea" in hrefs
    assert "/ask/partners?actor=ROK&format=csv" in hrefs
    assert any(href.startswith("/#query=%23%2B%20summary") for href in hrefs)


def test_a_question_of_ties_is_asked_for_what_is_stated_alone(store: Store) -> None:
    code, _, page = get(store, "ask", question="partners", actor="JMSDF", basis="stated")
    reader = Reader(page)
    check(reader)
    assert code == 200
    assert "2 rows" in reader.text
    assert "Only what is stated." in reader.text
    [form] = [a for a in reader.all("select") if a["name"] == "basis"]
    assert form["id"] == "partners-basis"
    chosen = [a["value"] for a in reader.all("option") if "selected" in a]
    assert chosen == ["stated"]
    assert get(store, "ask", question="partners", actor="JMSDF", basis="x")[0] == 400
    code, _, page = get(store, "ask", question="plans", basis="stated")
    assert code == 400
    assert "Plans has no basis to be asked on" in Reader(page).text


@pytest.mark.parametrize("question", ["actors", "open-triads"])
def test_a_page_has_no_more_rows_made_than_it_shows(
    store: Store, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "ROWS", 2)
    whole = answers.ask(store, catalogue.find(question))
    number = len(whole)
    made: list[int] = []

    def ask(*given: Any) -> answers.Answer:
        made.append(len((answer := answers_ask(*given)).rows))
        return answer

    answers_ask = answers.ask
    monkeypatch.setattr(answers, "ask", ask)
    code, _, page = get(store, "ask", question=question, page="2")
    reader = Reader(page)
    check(reader)
    assert code == 200
    assert f"Rows 3 to 4 of {number}: previous page, next page." in reader.text
    shown = {whole.labels[row[0].value] for row in whole.rows[2:4]}
    assert shown <= {name for name in whole.labels.values() if name in reader.text}
    last = -(-number // 2)
    beyond = Reader(get(store, "ask", question=question, page=str(last + 7))[2])
    assert f"There are {number} rows, on pages 1 to {last}: previous page." in beyond.text
    _, _, text = get(store, "ask", "markdown", question=question)
    assert text.count("\n| ") == min(number, 20) + 1
    left = max(number - 20, 0)
    assert (f"\n{left} more (format=csv has all)\n" in text) is (left > 0)
    _, _, text = get(store, "ask", "csv", question=question)
    assert text.count("\r\n") == number + 1
    assert made == [4, number, min(number, 20), number]
    assert get(store, "ask", question=question, page="0")[0] == 400


def test_no_rows_say_so() -> None:
    reader = Reader(tables.table_of(Table(("n",), (), empty="Not stated, or none."), FIRST))
    assert reader.text == "Not stated, or none."
    assert reader.all("table") == []


@pytest.mark.parametrize(
    ("number", "said", "rows", "others"),
    [
        ("", "Rows 1 to 50 of 1,101: next page.", 50, [2]),
        ("2", "Rows 51 to 100 of 1,101: previous page, next page.", 50, [1, 3]),
        ("23", "Rows 1,101 to 1,101 of 1,101: previous page.", 1, [22]),
        ("99", "There are 1,101 rows, on pages 1 to 23: previous page.", None, [23]),
    ],
)
def test_a_long_answer_has_pages(
    number: str, said: str, rows: int | None, others: list[int]
) -> None:
    table = Table(("n",), tuple((n,) for n in range(1101)))
    given = {"a": "<", **({"page": number} if number else {})}
    reader = Reader(tables.table_of(table, tables.Pages("/x", given)))
    assert reader.text.replace("n0", "").startswith(said)
    assert [a["href"] for a in reader.all("a")] == [f"/x?a=%3C&page={n}" for n in others]
    assert len(reader.all("tr")) == (0 if rows is None else rows + 1)


@pytest.mark.parametrize(
    ("things", "said"),
    [("a", "There is 1 row, on page 1: "), ("ab", "There are 2 rows, on page 1: ")],
)
def test_what_fits_on_one_page_has_no_second(things: str, said: str) -> None:
    shown, line = tables.Pages("/x", {"page": "2"}).of(things, "row")
    assert (shown, Reader(line).text) == ("", f"{said}previous page.")


@pytest.mark.parametrize("number", ["0", "x", "-1", "\u0663", "1" * 10])
def test_a_page_that_is_none_is_refused(store: Store, number: str) -> None:
    status, _, page = get(store, "network", page=number)
    assert status == 400
    assert "is no page" in Reader(page).text
    assert get(store, "network", "json", page=number)[0] == 200


def test_cells_of_several_nodes_are_links() -> None:
    nodes = (Named("A", "urn:a"), Named("B", "urn:b"))
    found = tables.cell(nodes)
    assert [a["title"] for a in Reader(found).all("a")] == ["<urn:a>", "<urn:b>"]


@pytest.mark.parametrize(
    ("name", "parameters", "status", "text", "link"),
    [
        ("entity", {"name": "jpan"}, 404, "no node of this graph", "/show?name=Japan"),
        ("ask", {"question": "partnrs"}, 404, "'partnrs' is no question", "/ask/partners"),
        (
            "ask",
            {"question": "partners", "actor": "Japn"},
            404,
            "no actor of this graph",
            "/ask/partners?actor=Japan",
        ),
        ("why", {"a": "Japan", "b": "Rusia"}, 404, "no actor", "/why?a=Japan&b=Russia"),
        ("network", {"level": "x"}, 400, "'x' is no level", "/network"),
    ],
)
def test_what_fails_says_what_comes_near(
    store: Store, name: str, parameters: dict[str, str], status: int, text: str, link: str
) -> None:
    found, kind, page = get(store, name, **parameters)
    assert (found, kind) == (status, "text/html; charset=utf-8")
    reader = Reader(page)
    check(reader)
    assert text in reader.text
    assert link in [attributes["href"] for attributes in reader.all("a")]


def test_the_picture_has_every_actor_and_tie(store: Store) -> None:
    reader = Reader(get(store, "network", level="state")[2])
    ties = [a for a in reader.all("a") if a.get("class") == "tie"]
    assert [tie["href"] for tie in ties] == [
        f"/why?a=id%3A{a}&b=id%3A{b}"
        for a, b in (
            *(("japan", "south-korea"), ("japan", "united-states")),
            ("south-korea", "united-states"),
        )
    ]
    assert ties[0]["aria-label"] == "Japan trained with South Korea: 1 held; 1 under way"
    # Three states, and the one in the key.
    assert [a["class"] for a in reader.all("circle")] == 4 * ["node"]
    assert {a["class"] for a in reader.all("line")} == {"held", "way", "touch"}


def test_names_are_completed(store: Store) -> None:
    found = json.loads(get(store, "complete", "json", q="jap", kinds="nr:State")[2])
    assert found == [{"name": "Japan", "label": "Japan", "kind": "State", "short": "id:japan"}]


def test_terms_have_labels_and_definitions(store: Store) -> None:
    found = json.loads(get(store, "terms", "json")[2])
    terms = {term["name"]: term for term in found["terms"]}
    assert terms["nr:State"]["kind"] == "class"
    assert terms["nr:State"]["definition"].startswith("A country that an article treats")
    assert terms["nr:hasParticipant"]["kind"] == "property"
    assert terms["nrc:held"]["kind"] == "concept"
    assert found["prefixes"]["nr"] == "https://w3id.org/passex/ontology#"


def test_claims_and_classes_have_a_page_by_their_iris_alone(store: Store) -> None:
    claim = next(store.rows("SELECT ?c { ?c a nr:Claim } ORDER BY ?c LIMIT 1"))[0]
    assert get(store, "show", "json", name=f"<{claim}>")[0] == 200
    assert get(store, "show", "json", name="nr:Navy")[0] == 200
    assert get(store, "show", "json", name="nr:Nothing")[0] == 404
    assert get(store, "show", "json", name="<not an iri>")[0] == 404


def test_a_node_leads_to_the_questions_about_it(store: Store) -> None:
    def asked(name: str) -> set[str | None]:
        links = Reader(get(store, "entity", "html", name=name)[2]).all("a")
        return {a["href"] for a in links if (a["href"] or "").startswith("/ask/")}

    japan, nara = asked("japan"), asked("nara")
    assert "/ask/partners?actor=id%3Ajapan" in japan
    assert "/ask/happened-at?place=id%3Anara" in nara
    assert japan & nara == set()
    # A concept is of a list, and only that of exercises has this question.
    of_kind = "/ask/exercises-of-kind?kind=nrc%3Aboarding"
    assert f"{of_kind}-exercise" in asked("nrc:boarding-exercise")
    assert of_kind not in asked("nrc:boarding")


def test_a_format_goes_before_what_is_accepted() -> None:
    assert resources.negotiated("ask", "text/html", "csv") == "text/csv; charset=utf-8"
    assert resources.negotiated("ask", "text/html") == "text/html; charset=utf-8"
    assert resources.negotiated("ask", "*/*") == "application/json"
    assert resources.negotiated("ask", "*/*", "pdf") is None
    assert resources.negotiated("terms", "text/html") is None


@pytest.mark.parametrize("form", ["json", "html"])
def test_an_error_in_a_file_names_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def fail(kg: object, given: object) -> None:
        raise QueryError("no question", "begin the file with one", Place("queries/empty.rq", 3))

    show = resources.RESOURCES["show"]
    monkeypatch.setitem(resources.RESOURCES, "show", replace(show, compute=fail))
    status, _, body = get(store, "show", form, name="Japan")
    assert (status, body.count("ueries/empty.rq:3: no question")) == (400, 1)


@pytest.mark.parametrize("name", ["../app.py", "x/style.css", "nothing.css", "", "style.css.bak"])
def test_nothing_but_the_files_is_served(name: str) -> None:
    assert answering._file(name) is None


def test_modules_import_what_is_there() -> None:
    waiting, seen = ["main.js", "names.js", "questions.js"], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        found = answering._file(name)
        assert found is not None, name
        imported = re.findall(r'^import .*"\./([\w.]+)";$', found[0].decode(), re.MULTILINE)
        waiting += [other for other in imported if other not in seen]
    assert len(seen) == 20


def test_the_evidence_of_an_actor_and_why_there_is_no_tie(store: Store) -> None:
    page = Reader(get(store, "why", a="Valery Gerasimov")[2])
    assert "Named by claims that it makes, reports or is counted in: 12" in page.text
    assert "and 7 more all" in " ".join(page.text.split())
    every = Reader(get(store, "why", a="Valery Gerasimov", all="true")[2])
    assert "and 7 more" not in every.text
    page = Reader(get(store, "why", a="Japan", b="Russia")[2])
    assert (
        "The joint exercises that Russia and Japan are to hold in 2018: only planned" in page.text
    )
    page = Reader(get(store, "why", a="Japan", b="NATO", level="state")[2])
    assert "it ties the two at organisation level, not at state level." in page.text


def test_a_tie_has_the_claims_on_its_steps_and_no_others() -> None:
    kg = load()
    a, b = "id:jmsdf", "id:snmg1"
    _, _, body = get(kg.store, "why", a=a, b=b)
    steps = [
        route
        for occasion in kg.why(a, b).occasions
        for route in (*occasion.routes_a, *occasion.routes_b)
    ]
    claims = [shorten(claim.iri) for route in steps for claim in route.claims]
    shown = re.findall('<li><p><a href="[^"]+" title="([^"]+)"', body)
    assert list(map(unescape, shown)) == claims
    assert len(set(claims)) > 2
    assert "no claim" not in body


def test_a_step_without_claims_says_so(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
        :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :A, :B ."""
    )
    _, _, body = get(store, "why", a="A", b="B")
    assert Reader(body).text.count("named itself; no claim") == 2


def test_the_start_page_says_what_the_graph_is(store: Store) -> None:
    reader = Reader(get(store, "home")[2])
    said = (
        "3 articles, 5 exercises, 7 open plans, 7 meetings, 42 actors, 407 claims, "
        f"{len(store):,} triples."
    )
    assert said in reader.text
    hrefs = [attributes["href"] for attributes in reader.all("a")]
    assert [href for href in hrefs if href and href.startswith("/ask/")][-5:] == [
        "/ask/partners?actor=id%3Ajapan",
        *("/ask/exercises", "/ask/plans", "/ask/meetings", "/ask/single-source-ties"),
    ]
    assert hrefs.count("/briefing") == 3  # in the navigation, around the picture, below it
    assert [one["src"] for one in reader.all("img")] == ["/network?format=svg"]
    assert "The newest article, no date" not in reader.text
    assert "Japan: with whom has it trained, and in what?" in reader.text


def test_the_start_page_asks_for_what_there_is(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
        :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :A, :B ."""
    )
    hrefs = [str(one["href"]) for one in Reader(get(store, "home")[2]).all("a")]
    begun = hrefs[hrefs.index("/network", 7) + 1 : hrefs.index("/ask", 7)]
    assert [one.partition("?")[0] for one in begun] == [
        *("/ask/partners", "/ask/exercises", "/ask/open-triads"),
        *("/ask/states-not-training", "/ask/actors"),
    ]


def test_the_start_page_of_nothing_and_of_another_vocabulary(make: Callable[[str], Store]) -> None:
    check(Reader(get(make(""), "home")[2]))
    plain = Store(make("").engine, plain=True)
    reader = Reader(get(plain, "home")[2])
    check(reader)
    assert "A graph of RDF" in reader.text
    assert reader.all("img") == []


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("briefing", {}), ("network", {}), ("ask", {"question": "partners", "actor": "Japan"})],
)
def test_pages_that_a_graph_of_another_vocabulary_has_nothing_for(
    make: Callable[[str], Store], name: str, parameters: dict[str, str]
) -> None:
    status, kind, body = get(Store(make("").engine, plain=True), name, **parameters)
    assert (status, kind) == (404, "text/html; charset=utf-8")
    reader = Reader(body)
    check(reader)
    assert "This needs the Passex ontology and rules, which are not mixed in here." in reader.text
    assert "/" in [one["href"] for one in reader.all("a")]


def test_the_briefing_is_the_page_and_says_what_may_run_in_it(store: Store) -> None:
    status, kind, body = get(store, "briefing")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert body == "".join(report_page.write(report_page.ReportPage(store, Policy())))
    policy = resources.policy("briefing", kind, body.encode())
    assert policy is not None
    assert policy.endswith("; frame-ancestors 'none'")
    own = policy.removesuffix("; frame-ancestors 'none'")
    assert f'content="{own}"' in body
    # No other page may say what runs in it.
    assert resources.policy("home", kind, body.encode()) is None


def test_the_network_is_a_picture_by_itself(store: Store) -> None:
    _, kind, drawn = get(store, "network", "svg", level="state")
    assert (kind, drawn[:4]) == ("image/svg+xml", "<svg")
    assert "prefers-color-scheme: dark" in drawn
    policy = resources.policy("network", kind, drawn.encode())
    style = re.findall("<style>(.*?)</style>", drawn)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in str(policy)


def test_a_measure_year_by_year(store: Store) -> None:
    series = KnowledgeGraph(store).series(Policy("state"), "degree")
    asked = {"level": "state", "measure": "degree", "by": "year"}
    assert get(store, "network", "json", **asked)[2] == series.document()
    assert get(store, "network", "csv", **asked)[2] == rows_of.FORMATS["csv"](series.table())
    reader = Reader(get(store, "network", **asked)[2])
    check(reader)
    assert reader.text.count("Degree by year") >= 2
    assert len(reader.all("tr")) == 1 + len(series.table().rows)
    for more, form, message in (
        ({"by": "month"}, "json", "'month' is nothing to go by"),
        ({"communities": "louvain"}, "html", "series by year has no groups"),
        ({"measure": "all"}, "csv", "series by year has no measures all together"),
        ({}, "svg", "series by year has no picture"),
    ):
        status, _, said = get(store, "network", form, **asked | more)
        assert (status, message in unescape(said)) == (400, True)


def test_a_node_speaks_from_its_side_with_dates_and_a_picture(store: Store) -> None:
    reader = Reader(get(store, "entity", name="js-kashima")[2])
    text = " ".join(reader.text.split())
    assert (
        "takes part inPassing exercise of SNMG1 and a JMSDF training squadron, August 2018"
        " (2018-08-21)" in text
    )
    assert "has participant" not in text.partition("Claims")[0]
    assert text.count("Around JS Kashima") == 2  # its title and its heading
    ties = [one for one in reader.all("a") if one.get("class") == "tie"]
    ways = {one["aria-label"]: one["href"] for one in ties}
    exercise = "Passing exercise of SNMG1 and a JMSDF training squadron, August 2018"
    assert ways[f"JS Kashima takes part in {exercise}"] == "/entity/passex-2018-08"
    assert ways["JS Kashima trained with Standing NATO Maritime Group One"] == (
        "/why?a=id%3Ajs-kashima&b=id%3Asnmg1"
    )
    # A state has been there since a day, which is no date of what it trained in.
    assert "(from 1948-08-15)" not in Reader(get(store, "entity", name="japan")[2]).text
    assert "Exercise, 2018-08-21 id:passex-2018-08" in " ".join(
        Reader(get(store, "entity", name="passex-2018-08")[2]).text.split()
    )


def test_what_is_around_a_node_is_drawn_in_turn_and_the_rest_is_counted(
    make: Callable[[str], Store],
) -> None:
    drills = " ".join(
        f':e{n} a nr:Exercise ; rdfs:label "E{n}" ; nr:hasParticipant :A . ' for n in range(40)
    )
    store = make(
        f""":A a nr:State ; rdfs:label "A" . {drills}
        :p a nr:ExercisePlan ; rdfs:label "P" ; nr:hasParty :A ."""
    )
    reader = Reader(get(store, "show", name="A")[2])
    assert "24 of the 41 nodes around it are drawn." in reader.text
    labels = [one["aria-label"] for one in reader.all("a") if one.get("class") == "tie"]
    assert len(labels) == 24
    assert any(str(one).startswith("A is a party to P") for one in labels)


def test_questions_are_in_groups_and_found_by_words() -> None:
    every = catalogue.questions()
    assert {one.group for one in every.values()} == questions.GROUPS.keys() - {""}
    reader = Reader(questions.questions_page())
    names = [a["id"] for a in reader.all("h3")]
    assert sorted(map(str, names)) == sorted(every)
    assert [a["id"] for a in reader.all("h2")] == [
        f"group-{name}" for name in questions.GROUPS if name
    ]
    found = Reader(questions.questions_page("MET person whom"))
    assert [a["id"] for a in found.all("h3")] == ["met-with"]
    assert f"1 of {len(every)} questions. All {len(every)} questions" in found.text
    none = Reader(questions.questions_page("zebra <b>"))
    assert "No question has all of these words: zebra <b>." in none.text
    assert none.all("h3") == []


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("partners", ["id:japan", "id:south-korea", "id:jmsdf"]),
        ("exercises-in-year", ["2018", "2017"]),
        ("where-is", ["id:kuala-lumpur", "id:tokyo", "id:nara"]),
        (
            "exercises-of-kind",
            [
                "nrc:search-and-rescue-exercise",
                "nrc:missile-tracking-exercise",
                "nrc:air-exercise",
            ],
        ),
    ],
)
def test_an_empty_form_gives_examples_that_have_an_answer(
    store: Store, name: str, examples: list[str]
) -> None:
    reader = Reader(get(store, "blank", question=name)[2])
    key = catalogue.find(name).parameters[0].name
    links = [str(a["href"]) for a in reader.all("a") if f"?{key}=" in str(a["href"])]
    assert [unquote(one.partition("=")[2]) for one in links] == examples
    for value in examples:
        assert json.loads(get(store, "ask", "json", **{"question": name, key: value})[2])


def test_evidence_gives_examples(store: Store) -> None:
    links = [a["href"] for a in Reader(get(store, "blank")[2]).all("a")]
    assert "/why?a=id%3Ajapan&b=id%3Asouth-korea" in links
    assert forms.is_blank("why", {})
    assert not forms.is_blank("why", {"a": "Japan"})
    assert forms.is_blank("ask", {"question": "partners"})
    assert not forms.is_blank("ask", {"question": "actors"})
    assert not forms.is_blank("ask", {"question": "nothing"})


def test_where_nothing_is_there_is_a_way_on(store: Store) -> None:
    page = forms.refusal_page(404, "nothing has the address /netwrk", path="/netwrk")
    reader = Reader(page)
    assert "Near to that: Network" in reader.text
    assert [a["value"] for a in reader.all("input") if a["id"] == "seek"] == ["netwrk"]
    assert {"/", "/briefing", "/ask", "/network", "/why"} <= {a["href"] for a in reader.all("a")}
    assert "/ask/partners" in {
        a["href"] for a in Reader(forms.refusal_page(404, "x", path="/partner")).all("a")
    }
    status, _, body = get(store, "show", name="Atlantis")
    found = Reader(body)
    check(found)
    assert status == 404
    assert "The graph tells most of Japan, South Korea, Japan Maritime" in found.text
    # What is wrong otherwise is answered by its form.
    assert "seek" not in forms.refusal_page(400, "no page")
