"""Slips in Turtle: which are mended, to the byte, and which are not certain enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.text.edits import apply_bytes
from passex.validation.cures import Cure
from passex.validation.inputs import load
from passex.validation.rules.syntax import explain

X = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
RDFS = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
NR = "@prefix nr: <https://w3id.org/passex/ontology#> ."
ID = "@prefix id: <https://w3id.org/passex/id/> .\n"
LIST = "<u:a> <u:p> 1 ; <u:q> 2 .\n"


def mended(folder: Path, data: bytes) -> bytes | None:
    """Mend the first slip of a file; None where that is not certain."""
    path = folder / "a.ttl"
    path.write_bytes(data)
    _, [failure] = load([path], [])
    cure = explain(failure).cure
    assert cure is None or isinstance(cure, Cure)
    return None if cure is None else apply_bytes(data, [r.edit for r in cure.replacements])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The end of a directive.
        ("@prefix a: <u:a> ;\na:b <u:p> 1 .", "@prefix a: <u:a> .\na:b <u:p> 1 ."),
        ("@prefix a: <u:a>\n@base <u:b> .\n", "@prefix a: <u:a> .\n@base <u:b> .\n"),
        ("@base <u:b>\n<c> <u:p> 1 .", "@base <u:b> .\n<c> <u:p> 1 ."),
        ("PREFIX a: <u:a> .\na:b <u:p> 1 .", "PREFIX a: <u:a>\na:b <u:p> 1 ."),
        ("PREFIX a: <u:a> ;\na:b <u:p> 1 .", None),
        (
            "@prefix a: http://u.a/ .\n<u:a> <u:p> 1 .",
            "@prefix a: <http://u.a/> .\n<u:a> <u:p> 1 .",
        ),
        ("@prefix a <u:a> .\na:b <u:p> 1 .", "@prefix a: <u:a> .\na:b <u:p> 1 ."),
        ('@prefix a: "u:a" .\na:b <u:p> 1 .', None),
        # A prefix, below the others and in their way.
        ("# c\n\n<u:a> a rdfs:Class .", f"# c\n\n{RDFS}\n<u:a> a rdfs:Class ."),
        (
            "@base <u:b> . # c\r\n<u:a> a rdfs:Class .\r\n",
            f"@base <u:b> . # c\r\n{RDFS}\r\n<u:a> a rdfs:Class .\r\n",
        ),
        ("\ufeff<u:a> a rdfs:Class .", f"\ufeff{RDFS}\n<u:a> a rdfs:Class ."),
        ("@base <u:b> . <u:a> a rdfs:Class .", f"@base <u:b> .\n{RDFS} <u:a> a rdfs:Class ."),
        (
            "BASE <u:b>\n<u:a> a rdfs:Class .",
            f"BASE <u:b>\n{RDFS[1:-2].replace('prefix', 'PREFIX')}\n<u:a> a rdfs:Class .",
        ),
        # Ours may be somebody else's where nothing of ours is used.
        ("<u:a> a nr:Ship .", None),
        (f"{ID}id:a a nr:Ship .", f"{ID}{NR}\nid:a a nr:Ship ."),
        ("<u:a> a ex:Ship .", None),
        # A full stop for a semicolon, or none.
        ('<u:a> <u:p> "a" .\n  <u:q> "b" .', '<u:a> <u:p> "a" ;\n  <u:q> "b" .'),
        ('<u:a> <u:p> "a" . <u:q> "b"@en .', '<u:a> <u:p> "a" ; <u:q> "b"@en .'),
        (
            f"{LIST}<u:a> <u:p> <u:b> .\n <u:q> <u:c> .",
            f"{LIST}<u:a> <u:p> <u:b> ;\n <u:q> <u:c> .",
        ),
        ("<u:a> <u:p> <u:b> .\n <u:q> <u:c> .", None),
        (f"{LIST}<u:a> <u:p> <u:b>\n <u:q> 3 .", f"{LIST}<u:a> <u:p> <u:b> ;\n <u:q> 3 ."),
        (f"{LIST}<u:a> <u:p> <u:b>\n<u:q> 3 .", None),
        ("<u:a> <u:p> <u:b> <u:c> <u:d> .", None),
        # A semicolon for a full stop, or none.
        ("<u:a> <u:p> 1 ;\n<u:b> <u:q> 2 .", "<u:a> <u:p> 1 .\n<u:b> <u:q> 2 ."),
        ("<u:a> <u:p> 1 ;\n\n# c\n<u:b> a <u:c> .", "<u:a> <u:p> 1 .\n\n# c\n<u:b> a <u:c> ."),
        ("<u:a> <u:p> 1 ;\n  <u:b> a <u:c> .", None),
        ("<u:a> <u:p> <u:d> ,\n<u:b> a <u:c> .", None),
        ("<u:a> <u:p> 1\n<u:b> <u:q> 2 .", "<u:a> <u:p> 1 .\n<u:b> <u:q> 2 ."),
        ('<u:a> <u:p> "x"@en\n<u:b> <u:q> [ ] .', '<u:a> <u:p> "x"@en .\n<u:b> <u:q> [ ] .'),
        ("<u:a> <u:p> 1\n  <u:b> <u:q> 2 .", None),
        # The end of a file.
        ("<u:a> <u:p> 1\n", "<u:a> <u:p> 1 .\n"),
        ("<u:a> <u:p> 1", None),
        ("<u:a> <u:p> 1 ;\n", None),
        # Others.
        ("<u:a> <u:p>\u00a01 .", "<u:a> <u:p> 1 ."),
        ('<u:a> <u:p> "x"@en_US .', '<u:a> <u:p> "x"@en-US .'),
        # The parser wouldn't get further.
        ('<u:a> <u:p> "x"@en_123456789 .', None),
        ("<u:a> A <u:b> .", "<u:a> a <u:b> ."),
        (f"{X}<u:a> <u:p> 2031-06-02 .", f'{X}<u:a> <u:p> "2031-06-02"^^xsd:date .'),
        (f"{X}<u:a> <u:p> 2031-02-30 .", None),
        ("<u:a> <u:p> 2031-06-02 .", None),
        ('<u:a> <u:p> "x', None),
        ("<u:a> <u:p> [ <u:q> 1 .", None),
    ],
)
def test_a_slip(tmp_path: Path, text: str, expected: str | None) -> None:
    found = mended(tmp_path, text.encode())
    assert (found and found.decode()) == expected
