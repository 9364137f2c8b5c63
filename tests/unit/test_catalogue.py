from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import passex
from passex.errors import QueryError, UnknownNameError
from passex.graph import dataset
from passex.graph.store import Store
from passex.graph.terms import ID, shorten
from passex.questions import answers, catalogue
from passex.questions.catalogue import Parameter, Question


@pytest.fixture(scope="module")
def store() -> Store:
    return passex.load().store


def write(folder: Path, text: str) -> Path:
    path = folder / "who.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_header_is_read(tmp_path: Path) -> None:
    text = """\
#+ summary: Who: exactly?
#+ params:
#+   person:
#+     type: nr:Person
#+     summary: a person: by name
#+   year:
#+     type: xsd:integer
#+     default: 2017

SELECT ?person ?year WHERE { ?person ?p ?year }
"""
    assert catalogue.read(write(tmp_path, text)) == Question(
        "who",
        "Who: exactly?",
        (
            Parameter("person", "nr:Person", "a person: by name"),
            Parameter("year", "xsd:integer", "", "2017"),
        ),
        text,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "{path}: no question; begin the file with '#+ summary: …?'"),
        ("#+ summary Who?", "{path}:1: no colon in the header; write 'key: value'"),
        (
            "#+ summary: Who?\n#+ parms:\n",
            "{path}:2: 'parms:' is nothing that a header says there; "
            "see the top of another file of queries/",
        ),
        (
            "#+ summary: Who?\n#+     type: nr:Person\n",
            "{path}:2: 'type: nr:Person' is nothing that a header says there; "
            "see the top of another file of queries/",
        ),
        (
            "#+ summary: Who?\n#+ params:\n#+   person:\n",
            "{path}: the parameter person has no type; add '#+     type: …'",
        ),
    ],
)
def test_bad_header_says_where(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(QueryError) as caught:
        catalogue.read(path)
    assert str(caught.value) == message.format(path=path)


def test_near_miss_is_suggested() -> None:
    with pytest.raises(QueryError) as caught:
        catalogue.find("partner")
    assert str(caught.value).startswith("'partner' is no question; did you mean partners")


def test_default_is_used_and_can_be_overridden(store: Store) -> None:
    question = Question(
        "in-year",
        "Which?",
        (Parameter("year", "xsd:integer", "a year", "2018"),),
        "SELECT ?year ?e { ?e a nr:Exercise ; nr:earliest ?d FILTER(YEAR(?d) = ?year) }",
    )
    assert question.usage == "in-year [YEAR]"
    assert len(answers.ask(store, question)) == 2
    assert len(answers.ask(store, question, ["2017"])) == 3
    assert answers.ask(store, question).columns == ("e",)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        (
            "partners",
            [],
            "partners needs ACTOR: a state, service, formation, ship or organisation; "
            "usage: passex ask partners ACTOR",
        ),
        (
            "actors",
            ["Japan"],
            "actors takes 0 parameters, not 1; usage: passex ask actors",
        ),
        (
            "partners",
            ["Japan", "Russia"],
            "partners takes 1 parameter, not 2; usage: passex ask partners ACTOR",
        ),
        (
            "exercises-in-year",
            ["last"],
            "'last' is no year; give a whole number (a year, such as 2017)",
        ),
        (
            "posts-at",
            ["2026-02-30"],
            "'2026-02-30' is no date; give a day as YYYY-MM-DD (a day, such as 2026-01-31)",
        ),
    ],
)
def test_wrong_parameters(store: Store, name: str, values: list[str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        answers.ask(store, catalogue.find(name), values)
    assert str(caught.value) == message


def test_names_resolve_within_the_type(store: Store) -> None:
    posts = answers.ask(store, catalogue.find("posts-of"), ["izumi"])
    assert posts.values["person"] == ox.NamedNode(ID["hiroyuki-izumi"])
    with pytest.raises(UnknownNameError, match=r"'Japan' is no person: Japan \(State"):
        answers.ask(store, catalogue.find("posts-of"), ["Japan"])


def test_every_question_with_its_values_filled_in_gives_the_same_rows(store: Store) -> None:
    examples = {
        "nr:Actor": "Japan",
        "nr:Person": "Gerasimov",
        "nr:Event": "id:talks-yokosuka-2026-01-30",
        "nr:Place": "Yokosuka",
        "nr:Place nr:State nr:Ship": "Japan",
        "nr:Exercise nr:ExercisePlan": "id:passex-2018-08",
        "nrc:scheme-exercise-kind": "search and rescue exercise",
        "owl:Thing": "id:passex-2018-08",
        "xsd:integer": "2017",
        "xsd:date": "2026-01-31",
    }
    asked = catalogue.questions()
    assert len(asked) >= 20
    for question in asked.values():
        values = [examples[p.type] for p in question.parameters]
        if question.name == "said-by":
            values = ["Gerasimov"]
        answer = answers.ask(store, question, values)
        filled = store.query(answers.sparql(question, answer.values))
        assert isinstance(filled, ox.QuerySolutions)
        names = [variable.value for variable in filled.variables]
        keep = [names.index(column) for column in answer.columns]
        rows = [tuple(solution[i] for i in keep) for solution in filled]
        if "ORDER BY" not in question.query:
            rows.sort(key=lambda row: [str(term) for term in row])
        assert rows == list(answer.rows), question.name
        assert rows, question.name


def test_every_term_is_used_by_a_question() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in dataset.question_files())
    store = ox.Store()
    store.load(path=str(dataset.ontology_files()[0]))
    terms = store.query(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#>
        SELECT ?term {
            VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty }
            ?term a ?kind FILTER(STRSTARTS(STR(?term), "https://w3id.org/passex/ontology#"))
        }"""
    )
    assert isinstance(terms, ox.QuerySolutions)
    words = set(text.replace("/", " ").replace("(", " ").replace("*", " ").split())
    found = [shorten(str(row["term"]).strip("<>")) for row in terms]
    assert len(found) > 60
    assert [term for term in found if term not in words] == []
