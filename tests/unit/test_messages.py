"""What results say whose shape says nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from passex.graph.terms import ID, NR, RDFS, XSD
from passex.validation.messages import default_message, term_text
from passex.validation.results import Compound, Path, Result, Term

SH = "http://www.w3.org/ns/shacl#"
JAPAN = ox.NamedNode(ID.japan)
NAVY = ox.NamedNode(NR.Navy)
SHIP = ox.NamedNode(NR.Ship)
LABEL = ox.NamedNode(RDFS.label)
FIVE = ox.Literal(5)


def said(
    component: str, *parameters: Term, value: Term | None = JAPAN, path: Path | None = LABEL
) -> str:
    return default_message(
        Result(
            focus=JAPAN,
            path=path,
            value=value,
            shape=ox.BlankNode("s"),
            component=f"{SH}{component}ConstraintComponent",
            severity=f"{SH}Violation",
            parameters=parameters,
        )
    )


@pytest.mark.parametrize(
    ("component", "parameters", "with_them", "without"),
    [
        (
            "Class",
            (NAVY, SHIP),
            "`id:japan` is no instance of `nr:Navy`, `nr:Ship`",
            "`id:japan` is no instance of the class that `rdfs:label` asks for",
        ),
        (
            "Datatype",
            (ox.NamedNode(XSD.gYear),),
            "`id:japan` is not of datatype `xsd:gYear`",
            "`id:japan` has not the datatype of `rdfs:label`",
        ),
        (
            "NodeKind",
            (ox.NamedNode(SH + "BlankNodeOrIRI"),),
            "`id:japan` is not a blank node or an IRI",
            "`id:japan` is not of the kind of node that `rdfs:label` asks for",
        ),
        (
            "MinCount",
            (ox.Literal(1),),
            "less than 1 value for `rdfs:label`",
            "too few values for `rdfs:label`",
        ),
        (
            "MaxCount",
            (ox.Literal(2),),
            "more than 2 values for `rdfs:label`",
            "too many values for `rdfs:label`",
        ),
        (
            "MinExclusive",
            (FIVE,),
            "`id:japan` cannot be compared with `5`",
            "`id:japan` is too small for `rdfs:label`",
        ),
        (
            "MinInclusive",
            (FIVE,),
            "`id:japan` cannot be compared with `5`",
            "`id:japan` is too small for `rdfs:label`",
        ),
        (
            "MaxExclusive",
            (FIVE,),
            "`id:japan` cannot be compared with `5`",
            "`id:japan` is too great for `rdfs:label`",
        ),
        (
            "MaxInclusive",
            (FIVE,),
            "`id:japan` cannot be compared with `5`",
            "`id:japan` is too great for `rdfs:label`",
        ),
        (
            "MinLength",
            (ox.Literal(1),),
            "`id:japan` is shorter than 1 character",
            "`id:japan` is too short for `rdfs:label`",
        ),
        (
            "MaxLength",
            (FIVE,),
            "`id:japan` is longer than 5 characters",
            "`id:japan` is too long for `rdfs:label`",
        ),
        (
            "Pattern",
            (ox.Literal("^{0}$"), ox.Literal("i")),
            '`id:japan` does not match the pattern `"^{0}$"`',
            "`id:japan` does not match the pattern of `rdfs:label`",
        ),
        (
            "LanguageIn",
            (ox.Literal("en"), ox.Literal("fr")),
            'the language of `id:japan` is none of `"en"`, `"fr"`',
            "the language of `id:japan` is not one of those that `rdfs:label` takes",
        ),
        (
            "UniqueLang",
            (ox.Literal(True),),
            "more than one value for `rdfs:label` in one language",
            "more than one value for `rdfs:label` in one language",
        ),
        (
            "Equals",
            (LABEL,),
            "`id:japan` is a value of only one of `rdfs:label` and `rdfs:label`, "
            "which must have the same values",
            "`rdfs:label` has not the same values as its counterpart: `id:japan`",
        ),
        (
            "Disjoint",
            (LABEL,),
            "`id:japan` is a value of both `rdfs:label` and `rdfs:label`, which must share none",
            "`rdfs:label` shares a value with its counterpart: `id:japan`",
        ),
        (
            "LessThan",
            (LABEL,),
            "`id:japan` is not less than the value of `rdfs:label`",
            "`id:japan` is too great for `rdfs:label`",
        ),
        (
            "LessThanOrEquals",
            (LABEL,),
            "`id:japan` is not less than the value of `rdfs:label`, and not equal to it",
            "`id:japan` is too great for `rdfs:label`",
        ),
        (
            "Not",
            (NAVY,),
            "`id:japan` conforms to `nr:Navy`, and must not",
            "`id:japan` conforms to a shape to which it must not",
        ),
        (
            "And",
            (NAVY, SHIP),
            "`id:japan` does not conform to all of `nr:Navy`, `nr:Ship`",
            "`id:japan` does not conform to all shapes",
        ),
        (
            "Or",
            (NAVY, SHIP),
            "`id:japan` conforms to none of `nr:Navy`, `nr:Ship`",
            "`id:japan` conforms to none of the shapes",
        ),
        (
            "Xone",
            (NAVY, SHIP),
            "`id:japan` does not conform to exactly one of `nr:Navy`, `nr:Ship`",
            "`id:japan` does not conform to exactly one of the shapes",
        ),
        (
            "Node",
            (NAVY,),
            "`id:japan` does not conform to `nr:Navy`",
            "`id:japan` does not conform to its shape",
        ),
        (
            "QualifiedMinCount",
            (ox.Literal(2),),
            "less than 2 values for `rdfs:label` that conform to the shape",
            "too few values for `rdfs:label` that conform to the shape",
        ),
        (
            "QualifiedMaxCount",
            (ox.Literal(1),),
            "more than 1 value for `rdfs:label` that conform to the shape",
            "too many values for `rdfs:label` that conform to the shape",
        ),
        (
            "Closed",
            (ox.Literal(True),),
            "`rdfs:label` is not allowed here: the shape is closed",
            "`rdfs:label` is not allowed here: the shape is closed",
        ),
        (
            "HasValue",
            (JAPAN,),
            "`id:japan` is missing for `rdfs:label`",
            "a value that must be there is missing for `rdfs:label`",
        ),
        (
            "In",
            tuple(map(ox.Literal, range(10))),
            "`id:japan` is none of `0`, `1`, `2`, `3`, `4`, `5`, `6`, `7` and 2 more",
            "`id:japan` is none of the values that `rdfs:label` takes",
        ),
        (
            "SPARQL",
            (FIVE,),
            "`id:japan` breaks a rule in SPARQL",
            "`id:japan` breaks a rule in SPARQL",
        ),
        (
            "Unheard",
            (FIVE,),
            "`id:japan` does not satisfy UnheardConstraintComponent",
            "`id:japan` does not satisfy UnheardConstraintComponent",
        ),
    ],
)
def test_each_component_has_a_sentence(
    component: str, parameters: tuple[Term, ...], with_them: str, without: str
) -> None:
    assert (said(component, *parameters), said(component)) == (with_them, without)


def test_paths_and_nodes_and_long_values() -> None:
    path = Compound("sequence", (LABEL, Compound("inverse", (LABEL,))))
    assert said("MinCount", FIVE, path=path) == "less than 5 values for `rdfs:label/^rdfs:label`"
    assert said("Class", NAVY, value=None, path=None) == "`id:japan` is no instance of `nr:Navy`"
    assert said("HasValue", NAVY, path=None) == "`nr:Navy` is missing for the node"
    long = said("Node", NAVY, value=ox.Literal("x" * 200))
    assert long == '`"' + "x" * 78 + "…` does not conform to `nr:Navy`"


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (ox.NamedNode("https://example.org/x"), "<https://example.org/x>"),
        (ox.BlankNode("f0b1"), "_:f0b1"),
        (ox.Literal('a\n"b"'), r'"a\n\"b\""'),
        (ox.Literal("é", language="fr"), '"é"@fr'),
        (ox.Literal("-05", datatype=ox.NamedNode(XSD.integer)), "-05"),
        (ox.Literal("1.50", datatype=ox.NamedNode(XSD.decimal)), "1.50"),
        (ox.Literal("true", datatype=ox.NamedNode(XSD.boolean)), "true"),
        (ox.Literal("1e0", datatype=ox.NamedNode(XSD.double)), '"1e0"^^xsd:double'),
        (ox.Literal("five", datatype=ox.NamedNode(XSD.integer)), '"five"^^xsd:integer'),
        (ox.Literal("1.5", datatype=ox.NamedNode(XSD.integer)), '"1.5"^^xsd:integer'),
        (ox.Literal("1", datatype=ox.NamedNode(XSD.boolean)), '"1"^^xsd:boolean'),
        (ox.Literal("5", datatype=ox.NamedNode(XSD.decimal)), '"5"^^xsd:decimal'),
        (ox.Literal("x", datatype=ox.NamedNode("urn:t")), '"x"^^<urn:t>'),
    ],
)
def test_terms_are_written_as_in_turtle(term: Term, expected: str) -> None:
    assert term_text(term) == expected


@pytest.mark.parametrize(
    ("value", "bound", "message"),
    [
        (ox.Literal(3), FIVE, "`3` is less than `5`"),
        (ox.Literal("7"), FIVE, '`"7"` cannot be compared with `5`'),
        (ox.Literal("x", datatype=ox.NamedNode(XSD.integer)), FIVE,
         '`"x"^^xsd:integer` cannot be compared with `5`'),
        (ox.Literal("2020-01-01", datatype=ox.NamedNode(XSD.date)),
         ox.Literal("2021-01-01", datatype=ox.NamedNode(XSD.date)),
         '`"2020-01-01"^^xsd:date` is less than `"2021-01-01"^^xsd:date`'),
        (ox.Literal("2020-12-31Z", datatype=ox.NamedNode(XSD.date)),
         ox.Literal("2021-01-01", datatype=ox.NamedNode(XSD.date)),
         '`"2020-12-31Z"^^xsd:date` is less than `"2021-01-01"^^xsd:date`'),
        (ox.Literal("2021-01-01Z", datatype=ox.NamedNode(XSD.date)),
         ox.Literal("2021-01-01", datatype=ox.NamedNode(XSD.date)),
         '`"2021-01-01Z"^^xsd:date` cannot be compared with `"2021-01-01"^^xsd:date`'),
    ],
)  # fmt: skip
def test_what_has_no_order_is_not_said_to_be_less(
    value: ox.Literal, bound: ox.Literal, message: str
) -> None:
    assert said("MinInclusive", bound, value=value) == message
