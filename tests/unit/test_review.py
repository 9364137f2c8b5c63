"""Reviews: which sentences carry a claim, where quotes stand, and what the page has."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import reviewed
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from reviewed import SENTENCES, TEXT, place, turtle

import passex
from passex.cli import cli
from passex.curation.draft.zones import Zone
from passex.curation.review import Marked, Review
from passex.errors import InputError, QueryError, UnknownNameError
from passex.evidence.claims import Anchor
from passex.graph.labelling import Node
from passex.reports.review import write
from passex.reports.review.marks import framed, pieces

SOURCE = Node("An article", "https://example.org/a", "NewsArticle")
ENCODED = Path(__file__).parents[1] / "data" / "encoding"


class Page(HTMLParser):
    """What a page shows of the text, and of each quote."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.quotes, self._open = "", dict[str, str](), list[tuple[bool, str]]()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        inside = given.get("class") == "t" or bool(self._open and self._open[-1][0])
        if tag not in ("meta", "link", "br"):
            self._open.append((inside, given.get("data-q") or ""))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        inside, quotes = self._open[-1] if self._open else (False, "")
        if inside:
            self.text += data
            for quote in quotes.split():
                self.quotes[quote] = self.quotes.get(quote, "") + data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("review")
    reviewed.write(made)
    return made


@pytest.fixture(scope="module")
def kg(folder: Path) -> passex.KnowledgeGraph:
    return passex.load(str(folder / "2031-lumen.ttl"))


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: (min(ends), max(ends))),
    max_size=8,
)


@given(SPANS, st.lists(st.integers(1, 6), max_size=12), st.integers(0, 20), st.integers(1, 20))
def test_pieces_are_the_stretch_and_the_quotes(
    spans: list[tuple[int, int]], steps: list[int], start: int, length: int
) -> None:
    quotes, end = sorted(spans), start + length
    ends = [sum(steps[: n + 1]) for n in range(len(steps))]
    sentences = list(zip(ends[::2], ends[1::2], strict=False))
    found = list(pieces(start, end, quotes, sentences))
    assert [p.start for p in found] == [start, *(p.end for p in found[:-1])]
    assert found[-1].end == end
    assert all(p.start < p.end for p in found)
    for number, (first, last) in enumerate(quotes):
        inside = {at for p in found if number in p.quotes for at in range(p.start, p.end)}
        assert inside == set(range(max(first, start), min(last, end)))
        begins = [p.start for p in found if number in p.begins]
        assert begins == ([first] if start <= first < min(last, end) else [])
    for at in range(start, end):
        [piece] = [p for p in found if p.start <= at < p.end]
        of = [n for n, (first, last) in enumerate(sentences) if first <= at < last]
        assert piece.sentence == (of[0] if of else -1)


def test_pieces_of_quotes_that_begin_together() -> None:
    found = [(p.start, p.end, p.quotes, p.begins) for p in pieces(0, 6, [(1, 3), (1, 5)], [])]
    assert found == [(0, 1, (), ()), (1, 3, (0, 1), (0, 1)), (3, 5, (1,), ()), (5, 6, (), ())]


def test_sentences_are_framed_by_their_signs() -> None:
    text = "“We met,” he said. (He left.)\nNobody…"
    spans = [(1, 17), (20, 27), (30, 36)]
    wide = framed(text, 0, len(text), spans)
    assert [text[a:b] for a, b in wide] == ["“We met,” he said.", "(He left.)", "Nobody…"]
    assert framed("one", 0, 3, []) == []
    # Where nothing lies between them, neither takes of the other.
    assert framed("ab", 0, 2, [(0, 1), (1, 2)]) == [(0, 1), (1, 2)]


def test_sentences_without_a_claim(kg: passex.KnowledgeGraph, folder: Path) -> None:
    found = kg.review("2031-lumen", folder / "texts")
    words = [sentence.strip('."') for sentence in SENTENCES]
    assert found.sentences == tuple(map(place, words))
    # On the quote in the fourth no claim rests.
    assert [found.text[a:b] for a, b in found.unclaimed if found.text] == [
        words[2],
        words[3],
        words[5],
    ]
    assert found.coverage == "3 of 6 sentences of the body carry no claim"
    assert [(zone.kind, TEXT[zone.start : zone.end]) for zone in found.zones] == [
        ("headline", reviewed.HEADLINE),
        ("", "\n\n"),
        ("body", reviewed.BODY),
        ("", "\n\n"),
        ("comments", reviewed.COMMENTS),
        ("", "\n"),
    ]
    assert [(q.anchor.exact, q.claims) for q in found.quotes][1:4] == [
        ("The navies of Marn and Lyr", (1, 2)),
        ("Marn and Lyr trained", (1, 3)),
        ("trained off Port Lumen", (3,)),
    ]
    assert found.facts[1] == (("has participant", "Navy of Lyr, Navy of Marn"),)
    assert found.claims[-1].source == "The agency's archive"


@pytest.mark.parametrize(
    ("bare", "number", "said"),
    [
        (0, 0, "the body has no sentence"),
        (0, 1, "the only sentence of the body carries a claim"),
        (1, 1, "1 of 1 sentence of the body carries no claim"),
        (0, 2, "each of the 2 sentences of the body carries a claim"),
        (2, 3, "2 of 3 sentences of the body carry no claim"),
    ],
)
def test_coverage_in_words(bare: int, number: int, said: str) -> None:
    spans = [(10 * n, 10 * n + 5) for n in range(number)]
    made = review("x" * 40, [(*span, (0,)) for span in spans[bare:]], [(0, 40, "body")], spans)
    assert (made.coverage, made.unclaimed) == (said, tuple(spans[:bare]))


def test_a_quote_beside_a_sentence_is_not_in_it() -> None:
    quotes = [(0, 5, (0,)), (4, 6, ()), (10, 12, (1,)), (13, 30, (2,)), (14, 15, (3,))]
    spans = [(5, 10), (20, 25), (29, 31), (31, 40)]
    made = review("x" * 40, quotes, [(0, 40, "body")], spans)
    # Of the one on the first rests no claim; the long one reaches beyond a short one in it.
    assert made.unclaimed == ((5, 10), (31, 40))


def review(
    text: str,
    quotes: list[tuple[int, int, tuple[int, ...]]],
    zones: list[tuple[int, int, str]],
    sentences: list[tuple[int, int]],
) -> Review:
    """A review made by hand, of claims that nothing is known of."""
    marked = tuple(
        Marked(Anchor(f"q{n}", SOURCE.iri, "", "body", a, b, text[a:b]), claims)
        for n, (a, b, claims) in enumerate(quotes)
    )
    made = tuple(Zone(*zone) for zone in zones)
    return Review(SOURCE, "", "", text, made, tuple(sentences), marked, (), (), {}, {})


#: Letters that are hard to write: of two UTF-16 units, from right to left, marks, breaks, markup.
LETTERS = st.text(
    st.sampled_from("a <>&\"'\n\t\x0b\x0c\x00\x1b\x85\u2028\u202e\U0001f6a2אé\u0301."), max_size=60
)


@given(LETTERS, SPANS, st.lists(st.integers(0, 60), max_size=4))
def test_text_of_the_page_is_the_text(
    text: str, spans: list[tuple[int, int]], cuts: list[int]
) -> None:
    length = len(text)
    ends = sorted({0, length, *(cut for cut in cuts if cut < length)})
    kinds = ("body", "", "comments", "headline")
    zones = [(a, b, kinds[n % 4]) for n, (a, b) in enumerate(pairwise(ends))]
    sentences = [m.span() for m in re.finditer(r"a[^\n]*", text)]
    found = Page("".join(write(review(text, [(*s, ()) for s in sorted(spans)], zones, sentences))))
    # A page of HTML has no NUL.
    assert found.text == text.replace("\x00", "\u2400")
    for number, (start, end) in enumerate(sorted(spans), 1):
        words = found.text[start:end]
        assert found.quotes.get(str(number), "") == words


def test_page_of_an_article(kg: passex.KnowledgeGraph, folder: Path) -> None:
    page = kg.review("2031-lumen", folder / "texts").write()
    found = Page(page)
    assert found.text == TEXT
    quotes = kg.review("2031-lumen").quotes
    assert found.quotes == {str(n): quote.anchor.exact for n, quote in enumerate(quotes, 1)}
    assert "<strong>This page holds the text of the article.</strong>" in page
    assert "must not be published" in page
    about = f"{reviewed.HEADLINE} · 2031-06-02 · {len(TEXT)} characters · "
    assert f'<p class="sub">{about}7 claims and 8 quotes · 1 claim on no quote</p>' in page
    assert f'<h2 id="claims-title" tabindex="-1">{page.count("<li id=")} claims</h2>' in page
    assert '<p class="detail cover">3 of 6 sentences of the body carry no claim.</p>' in page
    assert '<section class="zone headline weak" aria-label="headline">' in page
    assert '<p class="label">Headline: weak evidence</p>' in page
    assert '<section class="zone comments " aria-label="comments">' in page
    assert '<p class="label">Comments: no evidence</p>' in page
    assert '<span class="s bare" tabindex="-1" id="s3">It rained.</span>' in page
    assert re.findall(r"<h3>(.*?)[ <]?(?:<span|</h3>)", page) == [
        *("Headline", *(f"Sentence {n}" for n in range(1, 7)), "Comments"),
        "On no quote of this article",
    ]
    # A quote on which nothing rests, and a speaker that isn't the article.
    assert page.count("No claim rests on this quote.") == 2
    assert "<bdi>Said by Ada &lt;b&gt;Élan&lt;/b&gt;</bdi>" in page
    assert '<span class="tag probable">probable</span> <span class="tag inferred">' in page
    # Each link leads somewhere.
    names = set(re.findall(r'\sid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= names
    assert len(names) == len(re.findall(r'\sid="', page))


def test_page_without_the_text_has_none_of_it(kg: passex.KnowledgeGraph) -> None:
    page = kg.review("2031-lumen").write()
    assert "The text was not given" in page
    assert "must not be published" not in page
    assert "on Monday" not in page
    assert "carry no claim." not in page
    rows = re.findall(r"<q>(.*?)</q></a></span> <span class=\"detail\">(.*?)</span>", page)
    dash = "\N{EN DASH}"
    assert rows[0] == (reviewed.TRAIN, f"characters 13{dash}29 · headline (weak evidence)")
    assert rows[-1] == ("Umber was there", f"characters 260{dash}275 · comments (no evidence)")
    assert len(rows) == 8


def test_only_its_own_script_and_style_may_run(folder: Path) -> None:
    file = turtle(reviewed.HOSTILE.replace("\x00", ""))
    page = passex.load(file).review("2031-lumen", folder / "texts").write()
    for name in ("script", "style"):
        opening = "<style>" if name == "style" else '<script type="module">'
        (body,) = re.findall(f"{opening}(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in page
    assert re.findall(r'\ssrc=|href="(?!data:|#)|url\(|@import', page) == []
    assert re.findall(r"\son[a-z]+=\"|\sstyle=\"", page) == []
    assert page.count("<script") == 1
    assert "&lt;/h1&gt;&lt;script&gt;alert(1)" in page
    assert page == passex.load(file).review("2031-lumen", folder / "texts").write()


def test_other_text_is_refused_in_words(
    kg: passex.KnowledgeGraph, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="no text of Article on a drill off Port Lumen is there"):
        kg.review("2031-lumen", tmp_path)
    (tmp_path / "lumen.txt").write_text(TEXT.replace("It rained", "It poured"), encoding="utf-8")
    with pytest.raises(InputError, match=r"lumen\.txt has its quotes and another SHA-256"):
        kg.review("2031-lumen", tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        kg.review("2031-lumen", folder / "nowhere")
    iri = "https://w3id.org/passex/id/article-2031-lumen"
    assert kg.review("2031-lumen", {iri: TEXT}).text == TEXT
    with pytest.raises(QueryError, match="that which was given has 2d711642b726"):
        kg.review("2031-lumen", {iri: "x"})
    with pytest.raises(QueryError, match="none was given"):
        kg.review("2031-lumen", {})
    without = passex.load(re.sub(r'nr:sha256 "\w+" ;', "", turtle()))
    with pytest.raises(QueryError, match="gives no SHA-256"):
        without.review("2031-lumen", folder / "texts")
    with pytest.raises(UnknownNameError, match="is no news article or dataset"):
        passex.load().review("Japan")


def test_line_ends_and_a_mark_of_order_change_nothing(
    kg: passex.KnowledgeGraph, tmp_path: Path
) -> None:
    data = b"\xef\xbb\xbf" + TEXT.encode().replace(b"\n", b"\r\n")
    (tmp_path / "dos.txt").write_bytes(data)
    assert Page(kg.review("2031-lumen", tmp_path).write()).text == TEXT


def test_quotes_that_the_text_has_otherwise(folder: Path) -> None:
    moved = (
        turtle()
        .replace(reviewed.quote("Umber was there"), "<#char=261,276>")
        .replace(reviewed.quote("הציים התאמנו"), "<#char=900,912>")
    )
    found = passex.load(moved).review("2031-lumen", folder / "texts")
    assert {q.anchor.exact: q.there for q in found.quotes if q.there is not None} == {
        "Umber was there": "mber was there ",
        "הציים התאמנו": "",
    }
    page = found.write()
    assert "The text has “mber was there ” there." in page
    assert "The text has nothing there." in page
    assert Page(page).text == TEXT


def test_problems_stand_at_their_claims(folder: Path) -> None:
    path = folder / "broken.ttl"
    path.write_text(turtle().replace("nrc:possible", "nrc:perhaps"), encoding="utf-8")
    report = passex.validate(str(path), texts=folder / "texts")
    found = passex.load(str(path)).review("2031-lumen", problems=report)
    of = {iri.rpartition("#")[2]: len(problems) for iri, problems in found.problems.items()}
    assert found.checked == len(report.problems) == 7
    assert of == {
        "https://w3id.org/passex/id/article-2031-lumen": 3,
        **{"char=145,157": 1, "char=260,275": 2, "c6": 1},
    }
    page = found.write()
    assert "A validation of the graph found 7 problems: 7 of them of what is on this page." in page
    claim = re.search(r'<li id="c1" .*?</li>', page, re.DOTALL)
    assert claim
    assert "violation: No list declares the concept nrc:perhaps" in claim[0]
    # Beside those of the two quotes the page itself finds that nothing rests on them.
    assert page.count('<p class="problem" dir="auto">') == 7 + 2


def test_rows_of_a_data_set(tmp_path: Path) -> None:
    rows = "".join(
        f'<#row={n}> oa:exact "key{n}" .\n<#r{n}> nr:about id:drill ; nr:onProperty nr:hasKind ; '
        f"nr:hasValue nrc:passing-exercise ; nr:hasEvidence <#row={n}> .\n"
        for n in range(2, 504)
    )
    head = turtle().partition("<>")[0].replace("article-2031-lumen", "drills")
    file = (
        f"{head}@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        '<> a dcat:Dataset ; rdfs:label "Drills" .\n'
        f'id:drill a nr:Exercise ; rdfs:label "Drill" .\n{rows}'
    )
    kg = passex.load(file)
    found = kg.review("Drills")
    assert (found.is_table, len(found.quotes), found.rest) == (True, 500, 2)
    page = found.write()
    assert "A data set has no text" in page
    assert "The first 500 rows, and the claims on them; 2 more: <code>--all</code>." in page
    assert '<span class="detail">row 2</span>' in page
    assert kg.review("Drills", everything=True).rest == 0
    with pytest.raises(QueryError, match="Drills is a data set"):
        kg.review("Drills", tmp_path)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["review", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_command_writes_what_python_gives(
    kg: passex.KnowledgeGraph, folder: Path, tmp_path: Path
) -> None:
    data, texts = folder / "2031-lumen.ttl", folder / "texts"
    code, out, err = run("2031-lumen", "--data", data, "--texts", texts)
    assert (code, out) == (0, kg.review("2031-lumen", texts).write())
    assert err == (
        "passex: 3 of 6 sentences of the body carry no claim; the page holds the text: "
        "do not publish it\n"
    )
    page = tmp_path / "page.html"
    assert run("2031-lumen", "--data", data, "-o", page) == (
        *(0, ""),
        f"passex: {page}: no text was given (--texts): the page has the quotes alone\n",
    )
    assert page.read_text(encoding="utf-8") == kg.review("2031-lumen").write()
    code, out, err = run("2031-lumen", "--data", data, "--texts", tmp_path, "-o", tmp_path / "no")
    assert (code, out, (tmp_path / "no").exists()) == (2, "", False)
    assert "no text of Article on a drill off Port Lumen is there" in err
    code, _, err = run("2031-lumen", "--data", data, "--as-of", "2031-12-31", "--validate")
    assert (code, err) == (
        2,
        "passex: --validate is for files, and not for the graph as of a day; leave it out\n",
    )


@pytest.mark.parametrize(
    "name", ["2018-passex", "graph/articles/2018-passex.ttl", "id:article-2018-passex"]
)
def test_an_article_has_several_names(name: str) -> None:
    assert passex.load().review(name).source.label == "Article on the passing exercise, 2018"


def test_page_of_a_day_says_so() -> None:
    page = passex.load(as_of="2018-12-31").review("2018-passex").write()
    assert '<p class="caveat">As of 2018-12-31: 2 of 3 articles.</p>' in page
    assert "As of" not in passex.load().review("2018-passex").write()


def test_draft_is_an_article_without_claims(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "2031-lumen.ttl"
    made = passex.draft(folder / "texts" / "lumen.txt", "2031-lumen", day="2031-06-02")
    file.write_text(made.turtle, encoding="utf-8")
    code, out, err = run("2031-lumen", "--data", file, "--texts", folder / "texts")
    number = len(made.sentences)
    assert (code, Page(out).text) == (0, TEXT)
    assert f"passex: {number} of {number} sentences of the body carry no claim; " in err


def test_articles_of_others_are_reviewed_whole() -> None:
    found = passex.load(ENCODED / "2031-palawan-collision.ttl").review(
        "2031-palawan-collision", ENCODED / "texts"
    )
    assert found.unclaimed == ()
    # What stands on a node with quotes of its own is claimed by these.
    assert any(claim.iri.endswith("/malakas#kind") for claim in found.claims)
