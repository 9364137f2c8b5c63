"""The server's pages and the SPARQL editor in headless Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from browsing import NO_NAMES, chromium
from processes import eventually
from serving import Server, serving

from passex.exports.drawing import marks

CONTROL, ENTER, ESCAPE, DOWN, SPACE = "\ue009", "\ue007", "\ue00c", "\ue015", " "
#: Long enough that it is always cancelled first.
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
HOSTILE = """
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/passex/id/> .
id:evil a nr:State ; rdfs:label "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;" .
id:quoted a nr:State ; rdfs:label "\\"'></textarea></title><b>x" .
<https://example.org/a/b?c=d&e#f> a nr:State ; rdfs:label "Elsewhere" .
<https://example.org/right> a nr:Navy ; rdfs:label "\N{ARABIC LETTER SEEN}\\u202eover" .
<https://example.org/long> a nr:Navy ; rdfs:label "%s" .
<https://example.org/nameless> a nr:Navy ; rdfs:label "" .
<https://example.org/drill> a nr:Exercise ; nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;
    nr:hasParticipant <https://example.org/right>, <https://example.org/long>,
        <https://example.org/nameless> .
""" % ("L" * 5000)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    flags = ("window-size=1280,900", f"{NO_NAMES}, EXCLUDE 127.0.0.1")
    with chromium(tmp_path_factory.mktemp("chromium"), *flags) as found:
        yield found


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--timeout", "60") as running:
        yield running


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("hostile") / "hostile.ttl"
    path.write_text(HOSTILE, encoding="utf-8")
    with serving("--data", str(path)) as running:
        yield running


class Page:
    """A page in the browser."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.refused = False

    def open(self, url: str) -> None:
        """Go to an address; an editor is waited for."""
        self.browser.get("about:blank")
        self.browser.get(url)
        if self.all("#query"):
            eventually(lambda: self.run("return document.documentElement.dataset.ready") == "true")

    def run(self, script: str, *arguments: object) -> Any:
        """Run JavaScript."""
        return self.browser.execute_script(script, *arguments)

    def one(self, selector: str) -> Any:
        """Find an element."""
        return self.browser.find_element("css selector", selector)

    def all(self, selector: str) -> list[str]:
        """The texts of elements, all of one moment."""
        text = "(one) => (one.innerText ?? one.textContent).trim()"
        found = f"[...document.querySelectorAll(arguments[0])].map({text})"
        return [str(one) for one in self.run(f"return {found}", selector)]

    def write(self, text: str) -> None:
        """Put a text in the place of the query, by the keyboard."""
        area = self.one("#query")
        area.send_keys(CONTROL + "a")
        area.send_keys(text)

    def copy(self) -> str:
        """The text of the coloured copy."""
        lines = "[...document.querySelectorAll('.line')].map((one) => one.textContent)"
        return str(self.run(f"return {lines}.join('').slice(0, -1)"))

    def answer(self) -> str:
        """Wait for the end of the query; give what is said of it."""
        eventually(lambda: self.run("return !document.querySelector('[aria-busy], .running')"))
        return str(self.one("#status").text)

    def ask(self, text: str) -> str:
        """Run a query by the keyboard; give what is said of it."""
        self.write(text)
        self.one("#query").send_keys(ESCAPE)
        self.one("#query").send_keys(CONTROL + ENTER)
        return self.answer()


@pytest.fixture
def page(driver: Any) -> Iterator[Page]:
    """A page; afterwards the console is empty, and nothing was asked of other machines."""
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get_log("performance")
    found = Page(driver)
    yield found
    errors = [entry["message"] for entry in driver.get_log("browser")]
    if found.refused:
        # The browser reports the status of what the test has the server refuse.
        errors = [
            error for error in errors if "the server responded with a status of 4" not in error
        ]
    assert errors == []
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    local = ("http://127.0.0.1:", "about:", "blob:http://127.0.0.1:", "data:")
    assert {url for url in urls if not url.startswith(local)} == set()


def test_the_first_query_runs(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.one("#run").click()
    assert page.answer().startswith("13 rows in ")
    assert page.all("#output thead th button") == ["exercise", "label", "participant"]
    # Nodes are called by their labels; pointing at one shows its id.
    link = page.one("#output tbody a")
    assert link.text == "Air exercise of the United States and South Korea, December 2017"
    name = link.get_attribute("title")
    assert name == "id:air-exercise-united-states-south-korea-2017-12"
    assert link.get_attribute("href") == f"{server.url}/entity/{name.removeprefix('id:')}"
    page.one("#labels").click()
    assert page.one("#output tbody a").text == name


def test_an_example_is_put_into_the_editor_and_can_be_undone(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    before = page.one("#query").get_attribute("value")
    page.run(
        "const list = document.getElementById('examples'); list.value = 'exercises';"
        "list.dispatchEvent(new Event('change'));"
    )
    after = page.one("#query").get_attribute("value")
    assert after.startswith("# Which exercises were held or are under way, when, and between whom?")
    page.one("#query").send_keys(CONTROL + "z")
    assert page.one("#query").get_attribute("value") == before


def test_words_are_completed_by_keyboard(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.write("SELECT * { ?ship a nr:Sh")
    assert page.all("[role=option] .word")[0] == "nr:Ship"
    assert page.one(".about").text.startswith("A ")
    area = page.one("#query")
    assert area.get_attribute("aria-activedescendant") == "completion-0"
    area.send_keys(ENTER)
    assert area.get_attribute("value") == "SELECT * { ?ship a nr:Ship"
    area.send_keys(" ; nr:hasP")
    eventually(lambda: "nr:hasParticipant" in page.all("[role=option] .word"))
    area.send_keys(ESCAPE)
    assert not page.one("#completions").is_displayed()
    area.send_keys("articipant ?s")
    assert page.all("[role=option] .word") == ["?ship"]
    area.send_keys(ESCAPE, " . id:snm")
    eventually(lambda: "id:snmg1" in page.all("[role=option] .word"))
    area.send_keys(DOWN)
    assert area.get_attribute("aria-activedescendant") == "completion-1"


def test_the_copy_is_the_text(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    text = 'SELECT *  {\n\t?a nr:x "a\\"b<i>" , """two\nlines""" ; <urn:x> 1.5e3 . # end\n\n}'
    page.run(
        "const area = document.getElementById('query'); area.value = arguments[0];"
        "area.dispatchEvent(new Event('input'))",
        text,
    )
    assert page.copy() == text
    kinds = page.run(
        "return [...document.querySelectorAll('.line .string')].map((o) => o.textContent)"
    )
    assert kinds == ['"a\\"b<i>"', '"""two', 'lines"""']
    # A change in the middle leaves the lines around it as they were.
    page.run(
        "window.first = document.querySelector('.line');"
        "const area = document.getElementById('query');"
        "area.setRangeText('new\\nlines\\n', 13, 14); area.dispatchEvent(new Event('input'))"
    )
    assert page.copy() == page.one("#query").get_attribute("value")
    assert page.run("return window.first === document.querySelector('.line')")


def test_errors_are_shown_where_they_are(page: Page, server: Server) -> None:
    page.refused = True
    page.open(f"{server.url}/")
    said = page.ask("SELECT ?s WHERE {\n ?s foo:bar ?o")
    assert said == "Not answered: the query is wrong."
    place = page.one("#problem pre").get_attribute("textContent").splitlines()
    assert len(place) == 2
    assert place[1].endswith("^")
    assert page.all("#advice li") == ['the prefix "foo:" is not declared']
    assert page.all("#output *") == []


def test_the_place_after_letters_of_two_units(page: Page, server: Server) -> None:
    page.refused = True
    page.open(server.url)
    query = "ASK { ?s ?p '\U0001f6a2\U0001f6a2' ) }"
    page.run(
        "const a = arguments[0]; a.value = arguments[1]; a.dispatchEvent(new Event('input'))",
        page.one("#query"),
        query,
    )
    page.one("#query").send_keys(CONTROL + ENTER)
    assert page.answer() == "Not answered: the query is wrong."
    first, second = page.one("#problem pre").get_attribute("textContent").splitlines()
    # The caret is below the bracket, in letters.
    assert first[second.index("^")] == ")"
    page.one("#problem button").click()
    assert page.run("return arguments[0].selectionStart", page.one("#query")) == 19


def test_a_term_that_nobody_declares_is_a_warning(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    said = page.ask("SELECT * { ?e nr:hasParticipent ?p }")
    assert said.startswith("No rows: the query was answered in full in ")
    start = "nr:hasParticipent is not in the ontology; did you mean nr:hasParticipant"
    assert page.all("#advice li")[0].startswith(start)
    page.one("#advice button").click()
    assert "nr:hasParticipant " in page.one("#query").get_attribute("value")
    eventually(lambda: page.all("#advice li") == [])


def test_a_boolean_is_no_table(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    assert page.ask("ASK { id:japan a nr:State }").startswith("Answered in ")
    assert page.all("#output p") == ["Yes"]


def test_rows_are_sorted(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.ask("SELECT ?n { VALUES ?n { 10 9 100 UNDEF } }")
    assert page.all("#output td:nth-child(2)") == ["10", "9", "100", ""]
    page.one("#output th button").click()
    assert page.all("#output td:nth-child(2)") == ["9", "10", "100", ""]
    page.one("#output th button").click()
    assert page.all("#output td:nth-child(2)") == ["100", "10", "9", ""]
    assert page.one("#output th:nth-child(2)").get_attribute("aria-sort") == "descending"


#: Labels come after a second; those of the third answer do not come.
LATE = """
    const now = window.fetch;
    window.late = 0;
    window.fetch = async (address, request) => {
      if (!request?.body?.includes?.("?node ?label")) return now(address, request);
      await new Promise((go) => setTimeout(go, 1000));
      window.late += 1;
      if (window.late === 3) throw new TypeError("no connection");
      return now(address, request);
    };
"""


def test_labels_that_come_late(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.run(LATE)
    assert page.ask("SELECT ?s { VALUES ?s { id:japan } }").startswith("1 row in ")
    assert page.all("#output tbody a") == ["Japan"]
    # Those of an answer that another one has followed.
    page.write("SELECT ?s { VALUES ?s { id:china } }")
    page.one("#query").send_keys(CONTROL + ENTER)
    eventually(lambda: page.one("#status").text.startswith("1 row in "))
    assert page.ask("ASK {}").startswith("Answered in ")
    eventually(lambda: page.run("return window.late") == 2)
    time.sleep(0.5)  # to be drawn, if they were
    assert page.all("#output") == ["Yes"]
    page.ask("SELECT ?s { VALUES ?s { id:russia } }")
    assert page.all("#output tbody a") == ["id:russia"]


def test_many_rows_are_windowed(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.ask("SELECT ?s ?o { ?s ?p ?o } LIMIT 5000")
    assert page.one("#output table").get_attribute("aria-rowcount") == "5001"
    assert page.run("return document.querySelectorAll('#output tr').length") < 100
    page.run("document.querySelector('.windowed').scrollTop = 1e6")
    eventually(lambda: "5000" in page.all("#output td.count"))


def test_what_is_kept_is_cut(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    said = page.ask("SELECT ?a ?b { ?a a owl:Class . ?b ?p ?o . ?c a owl:ObjectProperty }")
    assert said.startswith("Cut: the first 100,000 rows are shown, and there are more.")


def test_triples_are_a_table_and_a_graph(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    query = "CONSTRUCT { ?a nr:trainedWith ?b } { ?a nr:trainedWith ?b }"
    assert page.ask(query).startswith("26 triples in ")
    page.one("[data-view=graph]").click()
    eventually(lambda: page.all("#output .tools .count") == ["13 nodes, 13 ties", "nr:trainedWith"])
    # Kinds look as in every drawing.
    nodes = "[...document.querySelectorAll('#output path.node')]"
    found = page.run(f"return {nodes}.map((node) => node.getAttribute('fill'))")
    kinds = ("State", "Navy", "Formation", "Ship", "Organisation")
    assert set(found) == {marks.colour(kind) for kind in kinds}
    assert len(found) == 13
    assert "NATO" in page.all("#output svg a text")
    page.one("[data-view=table]").click()
    assert "NATO" in page.all("#output td a")


def test_rows_are_filtered_by_labels_and_ids(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.ask("SELECT ?e ?p { ?e a nr:Exercise ; nr:hasParticipant ?p }")
    page.one("#filter").send_keys("id:js-kashima")
    eventually(lambda: page.all("#filtered") == ["1 of 13 rows"])
    eventually(lambda: page.all("#output td:last-child") == ["JS Kashima"])
    page.one("#filter").send_keys(CONTROL + "a")
    page.one("#filter").send_keys("nobody <b>")
    eventually(lambda: page.all("#output") == ["No row has that in it."])
    page.one("#filter").send_keys(CONTROL + "a")
    page.one("#filter").send_keys("\ue003")  # Backspace
    eventually(lambda: len(page.all("#output tbody tr")) == 13)


def test_labels_and_numbers_are_bars(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.ask("SELECT ?s ?n { VALUES (?s ?n) { (id:japan 4) (id:china 1) (id:russia 0) } }")
    page.one("[data-view=chart]").click()
    eventually(lambda: page.all(".chart .named") == ["Japan", "China", "Russia"])
    assert page.all(".chart .number") == ["4", "1", "0"]
    widths = "[...document.querySelectorAll('.bar-of')].map((one) => one.style.width)"
    assert page.run(f"return {widths}") == ["100%", "25%", "0%"]
    # What is below nothing, or has no number, is no bar.
    page.ask("SELECT ?s ?n { VALUES (?s ?n) { (id:japan -1) } }")
    assert page.all("[data-view]") == ["Table"]


def test_coordinates_are_a_map(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    rows = "(id:tokyo 35.7 139.7) (id:nara 34.7 135.8) (id:japan 135.8 34.7)"
    page.ask(f"SELECT ?s ?lat ?long {{ VALUES (?s ?lat ?long) {{ {rows} }} }}")
    page.one("[data-view=map]").click()
    eventually(lambda: page.all(".places text") == ["Tokyo", "Nara"])
    inside = """const box = document.querySelector('.places').getBoundingClientRect();
      return [...document.querySelectorAll('.spot')].every((one) => {
        const at = one.getBoundingClientRect();
        const beside = at.left > box.left && at.right < box.right;
        return beside && at.top > box.top && at.bottom < box.bottom;
      })"""
    assert page.run(inside)
    caption = page.all("#output figcaption")
    assert caption == ["2 places; 1 more are not drawn. Land: Natural Earth."]


def test_queries_are_kept_in_the_browser(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.run("localStorage.clear()")
    page.open(f"{server.url}/")
    page.ask("# One\nASK {}")
    page.ask("ASK { ?s ?p 2 }")
    page.one("#save").click()
    assert page.one("#status").text == "Saved in this browser: ASK { ?s ?p 2 }"
    page.open(f"{server.url}/")
    groups = """return [...document.querySelectorAll('#kept optgroup')].map(
      (one) => [one.label, ...[...one.children].map((option) => option.text)])"""
    assert page.run(groups) == [
        ["Saved", "ASK { ?s ?p 2 }"],
        ["Run before", "ASK { ?s ?p 2 }", "One"],
    ]
    choose = """const list = document.getElementById('kept'); list.value = arguments[0];
      list.dispatchEvent(new Event('change'))"""
    page.run(choose, "=# One\nASK {}")
    assert page.one("#query").get_attribute("value") == "# One\nASK {}"
    page.run(choose, "forget")
    assert page.run(groups) == []
    # What somebody else left there, and a browser that keeps nothing, do no harm.
    page.run('localStorage.setItem(\'passex.queries\', \'{"ran": [1, "<b>"], "saved": 2}\')')
    page.open(f"{server.url}/")
    assert page.run(groups) == [["Run before", "<b>"]]
    page.run("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.one("#save").click()
    assert page.one("#status").text == "This browser keeps nothing for this page."
    assert page.ask("ASK {}").startswith("Answered in ")


def test_a_query_is_laid_out_and_stays_the_same(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.write("PREFIX a: <urn:a> SELECT ?x{?x a:b ?c;a:d '1'. OPTIONAL{?x a:e ?f}}LIMIT 5")
    page.one("#query").send_keys(ESCAPE)
    page.one("#format").click()
    assert page.one("#query").get_attribute("value").split("\n") == [
        "PREFIX a: <urn:a>",
        "SELECT ?x {",
        "  ?x a:b ?c;",
        "    a:d '1'.",
        "  OPTIONAL {",
        "    ?x a:e ?f",
        "  }",
        "}",
        "LIMIT 5",
    ]
    # Of every question the tokens are the same, and to lay out once is enough.
    differing = page.browser.execute_async_script(
        """const done = arguments[0];
        (async () => {
          const { layOut } = await import("/static/layout.js");
          const { tokenize } = await import("/static/tokens.js");
          const { examples } = await (await fetch("/editor.json")).json();
          const words = (text) =>
            tokenize(text).flatMap((one) => one.kind === "space" ? [] : one.text).join("\\n");
          return examples.filter(({ query }) => {
            const laid = layOut(query);
            return words(laid) !== words(query) || layOut(laid) !== laid;
          }).map(({ name }) => name);
        })().then(done, (error) => done(String(error)))"""
    )
    assert differing == []


def test_keys_are_listed(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.one("h1").click()
    page.one("body").send_keys("?")
    assert "Shift+Alt+F" in page.all("#keys dt")
    assert page.one("#keys dl").is_displayed()


def test_the_start_page_leads_to_the_briefing(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    shown = "const one = document.querySelector('img'); return one.complete && one.naturalWidth"
    eventually(lambda: page.run(shown) >= 560)
    page.one("figcaption a").click()
    eventually(lambda: page.browser.current_url == f"{server.url}/briefing")
    # Its own scripts and style run, and the console is empty.
    eventually(lambda: page.run("return document.documentElement.dataset.theme") == "light")
    assert page.run("return document.querySelectorAll('svg, canvas').length") > 0


def test_questions_are_filtered_while_one_types(page: Page, server: Server) -> None:
    page.open(f"{server.url}/ask")
    page.one("#which").send_keys("whom did a person")
    eventually(lambda: page.all("#which-count") == ["1 question"])
    shown = "[...document.querySelectorAll('.questions h3')].filter((one) => one.offsetParent)"
    assert page.run(f"return {shown}.map((one) => one.id)") == ["met-with"]


def test_a_query_is_cancelled(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    page.write(LONG)
    page.one("#query").send_keys(ESCAPE)
    page.one("#query").send_keys(CONTROL + ENTER)
    eventually(lambda: page.one("#cancel").is_displayed())
    page.one("#cancel").click()
    assert page.answer().startswith("Cancelled after ")
    assert page.ask("ASK {}").startswith("Answered in ")


def test_the_address_has_the_query(page: Page, server: Server) -> None:
    page.open(f"{server.url}/")
    query = "SELECT ?x { VALUES ?x { 'a+b & c' \"\u00e9#\" } }"
    page.ask(query)
    address = str(page.browser.current_url)
    assert unquote(address) == f"{server.url}/#query={query}"
    page.open(address)
    assert page.answer().startswith("2 rows in ")
    assert page.one("#query").get_attribute("value") == query
    assert page.all("#output td:nth-child(2)") == ["a+b & c", "\u00e9#"]


def test_an_answer_is_saved(page: Page, server: Server, tmp_path: Path) -> None:
    page.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    page.open(f"{server.url}/")
    page.ask("SELECT ?x { VALUES ?x { 1 2 } }")
    page.one("#views button[title='text/csv']").click()
    path = tmp_path / "passex.csv"
    eventually(path.is_file)
    assert path.read_bytes() == b"x\r\n1\r\n2\r\n"


def test_markup_in_labels_is_text(page: Page, hostile: Server) -> None:
    label = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;"
    page.open(f"{hostile.url}/entity/evil")
    assert page.all("h1") == [label]
    page.open(f"{hostile.url}/ask/actors")
    assert label in page.all("td a")
    page.open(f"{hostile.url}/show?name={quote('<https://example.org/a/b?c=d&e#f>')}")
    assert page.all("h1") == ["Elsewhere"]
    page.open(f"{hostile.url}/")
    page.ask("SELECT ?s ?l { ?s a nr:State ; rdfs:label ?l }")
    assert label in page.all("#output td")
    assert label in page.all("#output td a")
    link = next(
        one
        for one in page.browser.find_elements("css selector", "#output td a")
        if one.text == "Elsewhere"
    )
    link.click()
    assert page.all("h1") == ["Elsewhere"]


def test_names_are_suggested(page: Page, server: Server) -> None:
    page.open(f"{server.url}/ask/partners")
    page.one("#partners-actor").send_keys("jap")
    values = "[...document.querySelector('#partners-actor-names').options].map((o) => o.value)"
    eventually(lambda: "Japan" in page.run(f"return {values}"))
    page.one("#partners-actor").send_keys("an", ENTER)
    eventually(lambda: page.all("h2") == ["Ask again"])
    assert len(page.all("tbody tr")) == 5


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    """A page on a narrow screen."""
    size: Callable[[str, dict[str, Any]], Any] = page.browser.execute_cdp_cmd
    size(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    yield page
    size("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ask",
        "/ask/partners?actor=Japan",
        "/why?a=Japan&b=Russia",
        "/network",
        "/entity/japan",
    ],
)
def test_pages_fit_a_phone(phone: Page, server: Server, path: str) -> None:
    phone.open(f"{server.url}{path}")
    assert phone.run("return document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(
    "path",
    [
        "/network",
        "/why?a=<https://example.org/long>&b=<https://example.org/right>",
        "/show?name=<https://example.org/long>",
        "/show?name=<https://example.org/right>",
    ],
)
def test_odd_names_break_no_page(phone: Page, hostile: Server, path: str) -> None:
    phone.open(f"{hostile.url}{quote(path, safe='/?=&')}")
    assert phone.run("return document.documentElement.scrollWidth") == 360
    assert max(map(len, phone.all("main a:not(.network a)"))) <= 200
    assert "" not in phone.all("main a:not(.network a)")


def test_a_name_from_the_right_turns_nothing_around_it(page: Page, hostile: Server) -> None:
    path = "/why?a=<https://example.org/right>&b=<https://example.org/nameless>"
    page.open(f"{hostile.url}{quote(path, safe='/?=&')}")
    # Each name is to the left of the words that follow it.
    for selector in ("h1 a", "dt bdi"):
        name, after = page.run(
            """const name = document.querySelector(arguments[0]);
            const words = document.createRange();
            words.selectNode(name.nextSibling);
            return [name.getBoundingClientRect().right, words.getBoundingClientRect().left];""",
            selector,
        )
        assert name <= after + 1
