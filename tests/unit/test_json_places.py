"""Places in JSON-LD: what of the text a triple's subject, predicate and value are."""

from __future__ import annotations

import inspect
import socket
import sys

import pytest

from passex.text import json_parts
from passex.text.json_parts import Text
from passex.validation.json_places import statements

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
VOCAB = '"@context":{"@vocab":"http://e/"}'
A = '"@id":"http://e/a"'


def found(text: str) -> list[tuple[str, ...]]:
    """Give the stretches of a text that its triples are, in the order of the engine."""
    rows = []
    for [triple] in statements(text, "file:///x/d.jsonld", lambda term: term):
        tokens = (triple.subject, triple.predicate, triple.object)
        rows.append(tuple(text[t.start : t.end] if t.start >= 0 else "?" for t in tokens))
    return rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # Expanded: with types, typed values, booleans in objects of their own, and a link.
        (
            '[{"@id":"http://e/a","@type":["http://e/C","http://e/D"],"http://e/p":['
            '{"@value":"x","@language":"en"},{"@id":"http://e/b"},{"@value":true}]}]',
            [
                ("$1", '"@type"', '"http://e/C"'),
                ("$1", '"@type"', '"http://e/D"'),
                ("$1", '"http://e/p"', '{"@value":"x","@language":"en"}'),
                ("$1", '"http://e/p"', '{"@id":"http://e/b"}'),
                ("$1", '"http://e/p"', '{"@value":true}'),
            ],
        ),
        # Compacted: terms, prefixes, links by type, names for keywords.
        (
            '{"@context":{"e":"http://e/","id":"@id","p":{"@id":"e:p","@type":"@id"},"q":"e:q"},'
            '"id":"e:a","p":["e:b","e:c"],"q":"x","e:r":true}',
            [
                ("$", '"p"', '"e:b"'),
                ("$", '"p"', '"e:c"'),
                ("$", '"q"', '"x"'),
                ("$", '"e:r"', "true"),
            ],
        ),
        # Nested nodes, one with a context of its own, one with none.
        (
            f'{{{VOCAB},{A},"q":{{"@context":{{"p":"http://f/p"}},"p":"x"}},'
            '"r":{"@context":null,"http://g/p":"y"}}',
            [
                ("$", '"q"', '{"@context":{"p":"http://f/p"},"p":"x"}'),
                ('{"@context":{"p":"http://f/p"},"p":"x"}', '"p"', '"x"'),
                ("$", '"r"', '{"@context":null,"http://g/p":"y"}'),
                ('{"@context":null,"http://g/p":"y"}', '"http://g/p"', '"y"'),
            ],
        ),
        # Graphs within graphs, and equal nodes without a name, each at its own place.
        (
            f'{{{VOCAB},"@graph":[{{"@id":"http://e/g","@graph":[{{"p":"x"}},{{"p":  "x"}}]}}]}}',
            [('{"p":"x"}', '"p"', '"x"'), ('{"p":  "x"}', '"p"', '"x"')],
        ),
        # Lists.
        (
            f'{{{VOCAB},{A},"p":{{"@list":["x",3]}}}}',
            [
                ("$", '"p"', '{"@list":["x",3]}'),
                ('"x"', '"p"', '"x"'),
                ('"x"', '"p"', '"x"'),
                ("3", '"p"', "3"),
                ("3", '"p"', "3"),
            ],
        ),
        # The other way round, by keyword and by term.
        (
            '{"@context":{"@vocab":"http://e/","back":{"@reverse":"http://e/p"}},'
            f'{A},"back":{{"@id":"http://e/b"}},"@reverse":{{"q":[{{"r":1}}]}}}}',
            [
                ('{"@id":"http://e/b"}', '"back"', "$"),
                ('{"r":1}', '"q"', "$"),
                ('{"r":1}', '"r"', "1"),
            ],
        ),
        # By language, by index, by name, and beneath a key that groups.
        (
            '{"@context":{"@vocab":"http://e/","l":{"@container":"@language"},"n":"@nest",'
            '"i":{"@container":"@index"},"m":{"@container":"@id"}},'
            f'{A},"l":{{"en":"x","de":["y"]}},"i":{{"k":"z"}},'
            '"m":{"http://e/b":{"p":1}},"n":{"q":2}}',
            [
                ("$", '"l"', '"x"'),
                ("$", '"l"', '"y"'),
                ("$", '"i"', '"z"'),
                ("$", '"m"', '{"p":1}'),
                ('{"p":1}', '"p"', "1"),
                ("$", '"q"', "2"),
            ],
        ),
        # Numbers, which the engine writes in its own way; what has no place is where its list is.
        (
            f'{{{VOCAB},{A},"p":[1,1.5,-2e3,1e30,true]}}',
            [
                ("$", '"p"', "1"),
                ("$", '"p"', "1.5"),
                ("$", '"p"', "-2e3"),
                ("$", '"p"', "1e30"),
                ("$", '"p"', "[1,1.5,-2e3,1e30,true]"),
            ],
        ),
        # JSON as a value, escapes, and characters of more than 16 bits.
        (
            f'{{"@context":{{"@vocab":"http://e/","j":{{"@type":"@json"}}}},{A},'
            '"j":{"a":[null]},"p":["\\u00e9","\\ud83d\\ude00","😀"]}',
            [
                ("$", '"j"', '{"a":[null]}'),
                ("$", '"p"', '"\\u00e9"'),
                ("$", '"p"', '"\\ud83d\\ude00"'),
                ("$", '"p"', '"😀"'),
            ],
        ),
        # Names that are relative to the file, and a key that comes twice.
        (
            '{"@context":{"@vocab":"http://e/"},"@id":"#a","p":{"@id":"b"}}',
            [("$", '"p"', '{"@id":"b"}')],
        ),
    ],
)
def test_places(text: str, rows: list[tuple[str, ...]]) -> None:
    whole = {"$": text, "$1": text[1:-1]}
    assert sorted(found(text)) == sorted(tuple(whole.get(t, t) for t in row) for row in rows)


@pytest.mark.parametrize(
    "context",
    [
        '"{url}"',
        '["{url}"]',
        '{{"@import": "{url}"}}',
        '{{"T": {{"@id": "http://e/T", "@context": "{url}"}}}}',
        '[{{}}, {{"p": {{"@id": "http://e/p", "@context": [{{}}, "{url}"]}}}}]',
    ],
)
def test_no_context_is_fetched(context: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/c.jsonld"
        document = json_parts.read(
            f'{{"@context": {context.format(url=url)}, "@id": "http://e/a"}}'
        )
        assert json_parts.remote_context(document) == Text(url)
        with pytest.raises(SyntaxError):
            found(f'{{"@context": {context.format(url=url)}, "@id": "http://e/a", "p": 1}}')
        with pytest.raises(TimeoutError):
            listener.accept()


def test_what_python_cannot_nest_has_no_places() -> None:
    text = '{"http://e/p":' * 400 + "1" + "}" * 400
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 300)
    try:
        rows = found(text)
    finally:
        sys.setrecursionlimit(limit)
    assert (len(rows), set(rows)) == (400, {("?", "?", "?")})
