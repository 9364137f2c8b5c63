"""What to write instead, for each kind of constraint that lets one say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.validation.request import Request
from passex.validation.run import validate

_PREFIXES = """
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_ASK_FOR_DATE = "sh:path :on ; sh:datatype xsd:date"


def _hints(folder: Path, shape: str, data: str) -> list[str]:
    (folder / "shapes.ttl").write_text(f"{_PREFIXES}:S sh:targetSubjectsOf :p ; {shape} .")
    (folder / "data.ttl").write_text(_PREFIXES + data)
    files = [str(folder / name) for name in ("data.ttl", "shapes.ttl")]
    report = validate(Request(paths=(files[0],), shapes=(files[1],))).report
    return [problem.hint for problem in report.problems if problem.rule == "http://e/S"]


@pytest.mark.parametrize(
    ("shape", "data", "hint"),
    [
        ("sh:path :name ; sh:minCount 1", ":a :p 1 ; :nane 2 .",
         ":nane is there; did you mean :name?"),
        ("sh:path :name ; sh:minCount 1", ":a :p 1 ; :q 2 .", "add :name to the node"),
        ("sh:path ( :p :q ) ; sh:minCount 1", ":a :p 1 .", ""),
        ("sh:path :p ; sh:class :C", ":a :p :bird . :brid a :C .", "did you mean :brid?"),
        ("sh:path :p ; sh:class :C", ":a :p :b . :d a :C .",
         "nothing here describes it: declare it in a file"),
        ("sh:path :p ; sh:class :C", ":a :p :b . :b a :D .", "it is of class :D"),
        ("sh:path :p ; sh:class :C", ":a :p :b . :b :q 1 .", "give it a class: a …"),
        ("sh:path :p ; sh:class :C", ":a :p 1 .", ""),
        ("sh:path :p ; sh:in ( :certain :likely )", ":a :p :certian .", "did you mean :certain?"),
        ("sh:path :p ; sh:in ( 'certain' 'likely' )", ":a :p 'certian' .",
         'did you mean "certain"?'),
        ("sh:path :p ; sh:in ( 'certain'@en )", ":a :p 'certain' .", 'did you mean "certain"@en?'),
        ("sh:path :p ; sh:in ( 5 )", ":a :p '5' .", "did you mean 5?"),
        ("sh:path :p ; sh:in ( 10.25 20.25 )", ":a :p 30.25 .", ""),
        ("sh:closed true ; sh:property [ sh:path :p ] , [ sh:path :name ]", ":a :p 1 ; :nane 2 .",
         "did you mean :name?"),
        (_ASK_FOR_DATE, ":a :p 1 ; :on '1 May' .", 'write it as "2018-08-21"^^xsd:date'),
        ("sh:path :p ; sh:datatype xsd:anyURI", ":a :p :b .",
         'write it as "http://e/b"^^xsd:anyURI, or sh:nodeKind sh:IRI in the shape'),
        ("sh:path :p ; sh:datatype xsd:anyURI", ":a :p 'x' .",
         'write "x"^^xsd:anyURI'),
        ("sh:path :p ; sh:datatype xsd:integer", ":a :p '7' .", "write 7 without quotation marks"),
        ("sh:path :p ; sh:datatype xsd:integer", ":a :p 7.0 .",
         "write it as 5, without quotation marks"),
        ("sh:path :p ; sh:datatype xsd:decimal", ":a :p 7 .", 'write "7"^^xsd:decimal'),
        ("sh:path :p ; sh:datatype xsd:string", ":a :p 7 .", 'write "7"'),
        ("sh:path :p ; sh:datatype xsd:string", ":a :p 'x'@en .", 'write "x"'),
        ("sh:path :p ; sh:datatype xsd:dateTime", ":a :p '2020-01-01T00:00:00' .",
         'write "2020-01-01T00:00:00"^^xsd:dateTime'),
        ("sh:path :p ; sh:datatype :own", ":a :p 'x' .", ""),
        ("sh:path :p ; sh:datatype :C", ":a :p 1 . :C a <http://www.w3.org/2002/07/owl#Class> .",
         "write sh:class :C in the shape: :C is a class and no datatype, so no value has it"),
        ("sh:path :p ; sh:class xsd:date", ":a :p 1 .",
         "write sh:datatype xsd:date in the shape: xsd:date is of literals, and no literal is an "
         "instance of a class"),
        ("sh:path :p ; sh:nodeKind sh:IRI", ":a :p 'http://e/b' .",
         "write it in angle brackets: :b"),
        ("sh:path :p ; sh:nodeKind sh:Literal", ":a :p :b .", "write it in quotation marks"),
        ("sh:path :p ; sh:languageIn ( 'en' )", ":a :p 'x' .", 'write "x"@en'),
        ("sh:path :p ; sh:languageIn ( '*' )", ":a :p 'x' .", 'give it a language, as in "x"@en'),
        ("sh:path :p ; sh:languageIn ( '*' 'de' )", ":a :p 1 .", 'write "1"@de'),
        ("sh:path :p ; sh:languageIn ( '' )", ":a :p 'x' .", ""),
        ("sh:path :p ; sh:maxCount 0", ":a :p 1 .", ""),
        ("sh:path :p ; sh:minInclusive 5", ":a :p '7' .", "write 7 without quotation marks"),
        ("sh:path :p ; sh:minInclusive 5", ":a :p 'x' .", "give it the datatype of 5"),
        ("sh:path :p ; sh:minInclusive 5", ":a :p 3 .", ""),
        ("sh:path :p ; sh:maxExclusive 5", ":a :p :b .", ""),
        ("sh:path :p ; sh:lessThan :q", ":a :p 1 ; :q 'x' .", '1 and "x" cannot be compared'),
        ("sh:path :p ; sh:lessThan :q", ":a :p 2 ; :q 1 .", ""),
    ],
)  # fmt: skip
def test_a_hint(tmp_path: Path, shape: str, data: str, hint: str) -> None:
    assert _hints(tmp_path, shape, data) == [hint]


def test_very_many_wrong_values_are_compared_no_more(tmp_path: Path) -> None:
    data = " ".join(f":s{i:03} :p :albatross{i} ." for i in range(600)) + " :albatross a :C ."
    hints = _hints(tmp_path, "sh:path :p ; sh:class :C", data)
    assert hints[:500] == ["did you mean :albatross?"] * 500
    assert hints[500:] == ["nothing here describes it: declare it in a file"] * 100
