"""The table of judgements: what a person writes into it stays, and what follows is exact."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passex.curation import judgements
from passex.curation.judgement_rows import COLUMNS, DECISIONS
from passex.curation.judgements import judge
from passex.errors import InputError
from passex.graph.store import Store

HEAD = """:A a nr:State ; rdfs:label "A"@en . :B a nr:State ; rdfs:label "B"@en .
    :t a dcat:Dataset ; nr:sha256 "1" ; rdfs:label "Table"@en . """


def exercise(name: str, day: str, table: bool = False, label: str = "Eagle") -> str:
    source = ":t" if table else ":n"
    return (
        f":{name} a nr:Exercise ; rdfs:label '{label}'@en ; nr:hasParticipant :A, :B ;"
        f" nr:hasStatus nrc:held ; nr:earliest '{day}'^^xsd:date ; nr:latest '{day}'^^xsd:date ."
        f" :c{name} nr:about :{name} ; nr:onProperty nr:hasParticipant ; nr:hasValue :A, :B ;"
        f" nr:hasEvidence :q{name} . :q{name} oa:hasSource {source} . "
    )


FACTS = (
    HEAD
    + exercise("a", "2030-05-01")
    + exercise("b", "2030-05-01", True)
    + exercise("c", "2030-05-02", True)
)


@pytest.fixture
def store(make: Callable[[str], Store]) -> Store:
    return make(FACTS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "judgements.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def decide(path: Path, *decisions: str, **more: str) -> None:
    """Write decisions into the first rows, and more cells into the very first one."""
    found = rows(path)
    for row, decision in zip(found, decisions, strict=False):
        row["decision"] = decision
    found[0].update(more)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys((*COLUMNS, *found[0]))))
        writer.writeheader()
        writer.writerows(found)


def run(store: Store, path: Path) -> judgements.Judgements:
    found = judge(store, path)
    judgements.write(found, path)
    return found


def facts(path: Path) -> list[str]:
    lines = path.with_suffix(".ttl").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] not in "@#"]


def test_a_new_table_has_every_pair(store: Store, path: Path) -> None:
    found = run(store, path)
    assert (found.new, found.gone, found.doubtful, len(found.rows)) == (2, 0, 0, 2)
    first, _ = rows(path)
    assert list(first) == list(COLUMNS)
    assert first.pop("read_as").startswith("x")
    assert first == {
        "decision": "", "comment": "", "score": "10",
        "why": "the same days; the same 2 parties; names alike",
        "name_1": "Eagle", "dates_1": "2030-05-01", "parties_1": "A; B", "place_1": "",
        "source_1": "articles", "name_2": "Eagle", "dates_2": "2030-05-01", "parties_2": "A; B",
        "place_2": "", "source_2": "Table",
        "exercise_1": "<https://example.org/a>", "exercise_2": "<https://example.org/b>",
    }  # fmt: skip
    assert facts(path) == []


def test_decisions_comments_and_columns_stay(store: Store, path: Path) -> None:
    run(store, path)
    decide(path, " Same", "different", comment="by the log", seen="yes")
    again = run(store, path)
    assert [again.count(word) for word in DECISIONS] == [1, 1, 0]
    assert [(row["decision"], row["comment"], row["seen"]) for row in rows(path)] == [
        ("same", "by the log", "yes"),
        ("different", "", ""),
    ]
    assert facts(path) == [
        "<https://example.org/a> owl:sameAs <https://example.org/b> .",
        "<https://example.org/a> owl:differentFrom <https://example.org/c> .",
    ]
    before = path.read_bytes(), path.with_suffix(".ttl").read_bytes()
    run(store, path)
    assert (path.read_bytes(), path.with_suffix(".ttl").read_bytes()) == before


def test_what_the_facts_beside_it_say_is_decided_in_the_table(
    make: Callable[[str], Store], path: Path
) -> None:
    store = make(f"{FACTS} :a owl:sameAs :b . :a owl:differentFrom :c .")
    run(make(FACTS), path)
    decide(path, "same", "different")
    assert run(store, path).count("same") == 1
    decide(path, "undecided")
    run(store, path)
    assert facts(path) == ["<https://example.org/a> owl:differentFrom <https://example.org/c> ."]
    # Without a table the facts stand for themselves.
    assert judge(store).rows == ()


def test_what_reads_otherwise_is_in_doubt(make: Callable[[str], Store], path: Path) -> None:
    run(make(FACTS), path)
    decide(path, "same", "different")
    run(make(FACTS), path)
    changed = make(FACTS.replace("Eagle", "Heron", 1))
    found = run(changed, path)
    assert (found.doubtful, found.count("undecided"), facts(path)) == (2, 2, [])
    assert [row["decision"] for row in rows(path)] == ["same?", "different?"]
    # Nobody has looked at it yet.
    assert run(changed, path).doubtful == 2
    decide(path, "same", "different?")
    found = run(changed, path)
    assert (found.count("same"), found.doubtful) == (1, 1)
    assert facts(path) == ["<https://example.org/a> owl:sameAs <https://example.org/b> ."]


def test_what_is_not_there_is_kept_if_it_is_decided(
    make: Callable[[str], Store], store: Store, path: Path
) -> None:
    run(store, path)
    decide(path, "same")
    run(store, path)
    fewer = make(HEAD + exercise("a", "2030-05-01"))
    found = run(fewer, path)
    # The other pair had nothing to keep.
    assert (found.gone, len(found.rows)) == (1, 1)
    assert facts(path) == ["<https://example.org/a> owl:sameAs <https://example.org/b> ."]
    assert [row["name_2"] for row in rows(path)] == ["Eagle"]
    assert run(store, path).count("same") == 1


def test_a_remark_keeps_a_row(make: Callable[[str], Store], store: Store, path: Path) -> None:
    run(store, path)
    decide(path, "", comment="ask the navy")
    assert len(run(make(HEAD + exercise("a", "2030-05-01")), path).rows) == 1


def test_rows_by_hand_need_three_columns(store: Store, path: Path) -> None:
    path.write_text("exercise_2;exercise_1;decision\r\nid:x;id:y;same\r\n", encoding="utf-8-sig")
    found = run(store, path)
    assert (found.count("same"), found.gone, found.new) == (1, 1, 2)
    assert facts(path) == ["id:x owl:sameAs id:y ."]


def test_labels_do_no_harm(make: Callable[[str], Store], path: Path) -> None:
    label = "=1+1\\u0000\\n\\u202E<b>,\\u0022"
    text = FACTS.replace("'Eagle'", f"'{label}'")
    run(make(text), path)
    first, _ = rows(path)
    assert first["name_1"] == "'=1+1 \N{RIGHT-TO-LEFT OVERRIDE}<b>,\""
    decide(path, "same")
    assert run(make(text), path).count("same") == 1


HEADER = "decision,exercise_1,exercise_2\n"
REFUSED = {
    "decision,exercise_1\n":
        ":1: no column 'exercise_2'; the columns of a table of judgements are ",
    HEADER + "perhaps,id:x,id:y\n":
        ":2: 'perhaps' is no decision; write same, different or undecided",
    HEADER + "same,x,id:y\n":
        ":2: 'x' in exercise_1 is no IRI; write one such as id:mme-17",
    HEADER + "same,id:x,<a b>\n":
        ":2: '<a b>' in exercise_2 is no IRI; write one such as id:mme-17",
    HEADER + "same,id:x,id:x\n": ":2: both exercises are the same node; name two",
    HEADER + "same,id:x,id:y\n,id:y,id:x\n":
        ":3: the two of line 2 again; leave one of the rows out",
    HEADER + "same,id:x,id:y\nsame,id:y,id:z\ndifferent,id:x,id:z\n":
        ":4: the two are different here, and one by what other rows say; correct one of the rows",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_no_table_may_say(store: Store, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        judge(store, path)
    assert str(error.value).startswith(f"{path}{REFUSED[text]}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["", "same", "different", "undecided", "same?", "SAME "]),
        min_size=2,
        max_size=2,
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8),
    st.randoms(use_true_random=False),
)
def test_a_table_survives_whatever_is_written_into_it(
    store: Store, tmp_path: Path, decisions: list[str], comment: str, dice: random.Random
) -> None:
    path = tmp_path / "survives.csv"
    path.unlink(missing_ok=True)
    run(store, path)
    decide(path, *decisions, comment=comment)
    lines = rows(path)
    dice.shuffle(lines)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)
    found = run(store, path)
    assert [row["decision"] for row in rows(path)] == [
        said.strip().casefold() for said in decisions
    ]
    assert rows(path)[0]["comment"] == comment
    assert len(facts(path)) == sum(found.count(word) for word in ("same", "different"))
