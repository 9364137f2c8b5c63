"""The parts of imports: cells, dates, mappings, names, and records."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.errors import InputError
from passex.graph.cells import open_table
from passex.graph.terms import NRC
from passex.importers import DATA_SETS, known
from passex.importers.actors import Actors
from passex.importers.dates import Bounds, DateError, of_parts, of_text
from passex.importers.guess import propose
from passex.importers.mapping import TableMapping
from passex.importers.mapping_files import parse
from passex.importers.notation import Turtle, ntriples
from passex.importers.run import Import

MAPPING = """\
[table]
key = "id"
[exercise]
parties = "P*"
status = "held"
"""


def table(folder: Path, text: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def imported(folder: Path, text: str, mapping: str) -> tuple[Import, str]:
    path = table(folder, text)
    job = Import(path, parse(mapping, "m.toml", "t"), folder / "out", "as-written")
    job.look()
    job.write()
    return job, (folder / "out" / "t.ttl").read_text(encoding="utf-8")


def asked(job: Import, kind: str) -> list[str]:
    """Give the first questions of a kind, as a report shows them, without the cell."""
    examples = job.ledger.examples[kind]
    return [f"row {one.row}: {one.said}" if one.row else one.said for one in examples]


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
)
def test_cells_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    path = table(tmp_path_factory.mktemp("cells"), out.getvalue())
    found = list(open_table(path, ",").rows())
    assert [list(row.cells) for row in found] == rows
    assert [row.number for row in found] == list(range(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", ":1: no header"),
        (b"\n\n", ":1: no header"),
        (b"a,a\n", ":1: two columns are called 'a'"),
        (b"a,b\n1,2\n1,2,3\n", ":3: row 3 has 3 cells, and the header has 2"),
        (b'a,b\n1,"2\n', ":2: not a table (unexpected end of data)"),
        (b"a,b\n1,\xff\n", ": not UTF-8 (invalid start byte)"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(tmp_path: Path, text: bytes, said: str) -> None:
    path = table(tmp_path, text)
    with pytest.raises(InputError) as caught:
        list(open_table(path).rows())
    assert str(caught.value).startswith(f"{path}{said}")


def test_rows_that_end_early_and_empty_lines(tmp_path: Path) -> None:
    found = open_table(table(tmp_path, "\ufeffa;b;c\r\n1;2\r\n\r\n3;4;5;\r\n"))
    assert found.header == ("a", "b", "c")
    assert [(row.number, row.line, row.cells) for row in found.rows()] == [
        (2, 2, ("1", "2", "")),
        (3, 4, ("3", "4", "5")),
    ]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_days_are_read_in_every_form(day: date) -> None:
    iso = day.isoformat()
    numbers = f"{day.day}/{day.month}/{day.year}"
    assert of_text(iso) == of_text(numbers, "day-month") == Bounds(iso, iso)
    assert (
        of_text(f"{day.month}/{day.day}/{day:%y}", "month-day", day.year // 100 * 100).first == iso
    )
    assert of_parts(str(day.year), str(day.month), str(day.day)) == Bounds(iso, iso)
    assert of_text(f"{iso[:7]}-xx").last[:8] == iso[:8]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3/4/2005", "may be the 3rd or the 4th day of a month"),
        ("30/2/2005", "is no date"),
        ("5/13/05", "has a year of two digits: give the mapping its century"),
        ("soon", "is no date"),
        ("2005-xx-03", "has a day and no month"),
        ("1 May 2, 2005", "is no date"),
        ("2005 or so", "is no date"),
        ("2005-05-12/2005-04", "ends before it starts"),
        ("28 December - 3 January 2019", "ends before it starts"),
        ("Spring 2019", "is a season"),
        ("Mar-19", "is no date"),  # the 19th, or 2019
        ("2018-19", "is no date"),
        ("May 2019 - TBC", "is no date"),
    ],
)
def test_what_is_no_date_says_why(text: str, said: str) -> None:
    with pytest.raises(DateError, match=f"^{said}$"):
        of_text(text)


@pytest.mark.parametrize(
    ("year", "century", "read"),
    [
        ("21", 1950, "2021"),
        ("00", 1950, "2000"),
        ("5", 2000, "2005"),
        ("00", None, None),
        ("xx", 1950, None),
        ("21", None, "has a year of two digits: give the mapping its century"),
        ("202", 1950, "is no date"),
        ("20210", None, "is no date"),
    ],
)
def test_a_column_of_years_has_no_year_of_the_first_century(
    year: str, century: int | None, read: str | None
) -> None:
    if read and not read.isdigit():
        with pytest.raises(DateError, match=f"^{read}$"):
            of_parts(year, "", "", century)
    else:
        bounds = read and Bounds(f"{read}-01-01", f"{read}-12-31")
        assert of_parts(year, "", "", century) == bounds


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2005-05-12/2006", "2005-05-12", "2006-12-31"),
        ("2005-05-12 to 2005-06-01", "2005-05-12", "2005-06-01"),
        ("2005-05-xx - 2005-06-xx", "2005-05-01", "2005-06-30"),
        ("2005-05-12 00:00:00", "2005-05-12", "2005-05-12"),
        ("1-5 March 2019", "2019-03-01", "2019-03-05"),
        ("March 1-5, 2019", "2019-03-01", "2019-03-05"),
        ("30 March \u2013 4 April 2019", "2019-03-30", "2019-04-04"),
        ("28 Dec 2018 to 3 Jan 2019", "2018-12-28", "2019-01-03"),
        ("March-May 2019", "2019-03-01", "2019-05-31"),
        ("16/03/2019 - 18/03/2019", "2019-03-16", "2019-03-18"),
        ("2019-2020", "2019-01-01", "2020-12-31"),
        ("03/2019", "2019-03-01", "2019-03-31"),
        ("3rd March 2019", "2019-03-03", "2019-03-03"),
        ("Mar-2019", "2019-03-01", "2019-03-31"),
    ],
)
def test_a_cell_may_have_a_span_of_dates(text: str, first: str, last: str) -> None:
    assert of_text(text) == Bounds(first, last)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2005-05-12", "2005-05-20", ["earliest 2005-05-12", "latest 2005-05-20"]),
        ("2005-05-12", "", ["earliest 2005-05-12", "latest 2005-05-12"]),
        ("", "2005-05-20", ["latest 2005-05-20"]),
        ("5/6/2005", "2005-05-20", ["latest 2005-05-20"]),
        ("soon", "2005-05-20", ["latest 2005-05-20"]),
        ("2005-05", "later", ["earliest 2005-05-01"]),
        ("soon", "later", []),
        ("soon", "", []),
    ],
)
def test_a_date_that_is_not_known_leaves_its_bound_open(
    tmp_path: Path, start: str, end: str, days: list[str]
) -> None:
    mapping = f'{MAPPING}start = "S"\nend = "E"\n'
    job, text = imported(tmp_path, f"id,P1,P2,S,E\na,Japan,India,{start},{end}\n", mapping)
    assert re.findall(r' nr:(\w+ )"([^"]+)"\^\^xsd:date ', text.partition("<#r2")[0]) == [
        tuple(day.replace(" ", " |").split("|")) for day in days
    ]
    assert ("nr:leavesOpen nr:earliest" in text) is not any("earliest" in day for day in days)
    assert job.survey.undated == (not days)
    claimed = [line for line in text.splitlines() if line.startswith("<#r2-dates>")]
    distinct = {day.partition(" ")[2] for day in days}
    assert [line.count("xsd:date") for line in claimed] == ([len(distinct)] if days else [])
    if start == "5/6/2005":
        (one,) = job.ledger.examples["no-date"]
        assert one.hint == (
            "write 2005-05-31, or give the mapping its date_order: month-day or day-month"
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [1, 2", "m.toml"),
        ("a = 1 2\n", "m.toml:1:7: no TOML: Expected newline or end of document after a statement"),
        ("", "m.toml: [table] is missing; see docs/importing.md"),
        (MAPPING.replace("key", "kee"), "m.toml:2:1: 'kee' means nothing in [table]; did you mean"),
        (
            MAPPING.replace('"held"', '"hold"'),
            "m.toml:5:11: 'hold' is no status here; did you mean",
        ),
        (MAPPING.replace("status", "# "), "m.toml:3:1: [exercise] needs status"),
        (MAPPING.replace("parties", "# "), "m.toml:3:1: [exercise] needs parties"),
        (
            f'{MAPPING}[meeting]\nparties = "P"\n',
            "m.toml:6:1: [exercise] and [meeting] are both there; write [exercise] alone, with",
        ),
        (
            f'{MAPPING.replace("[exercise]", "[meeting]")}domain = "naval"\n',
            "m.toml:6:1: domain is what exercises have alone; take it out of [meeting]",
        ),
        (f'{MAPPING}what = "drill"\n', "m.toml:6:1: what names a column, and what its words"),
        (
            f'{MAPPING}what = {{ column = "K", values = {{ a = "drill" }} }}\n',
            "m.toml:6:40: 'drill' is no what here; use one of exercise, meeting, training",
        ),
        (
            f'{MAPPING.replace("[exercise]", "[meeting]")}kind = "passing-exercise"\n',
            "m.toml:6:9: 'passing-exercise' is no kind here",
        ),
        (f"{MAPPING}century = 'x'", "m.toml:6:1: century is a year"),
        (f"{MAPPING}century = 19", "m.toml:6:1: century is a year; such as 1950"),
        (
            f"{MAPPING}start = 5",
            "m.toml:6:1: start is a column, or the columns of its parts; write start = ",
        ),
        (
            f"{MAPPING}domain = 5",
            'm.toml:6:1: domain is a concept, or columns of concepts; write domain = "air", or ',
        ),
        (f"{MAPPING}start = {{ day = 'x' }}", "m.toml:6:1: start has no year"),
        (f"{MAPPING}name = 1", "m.toml:6:1: name is a text; write it in quotation marks"),
        (f"[source]\niri = 'a b'\n{MAPPING}", "m.toml:2:1: 'a b' is no IRI"),
    ],
)
def test_a_mapping_that_means_nothing_says_where(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "m.toml", "t")
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("name", DATA_SETS)
def test_known_mappings_are_read(name: str) -> None:
    assert isinstance(known(name), TableMapping)


def test_a_name_is_looked_up_with_its_day() -> None:
    actors = Actors({}, {})

    def label(name: str, day: str) -> list[str]:
        return [actor.label for actor in actors.called(name, day, day, 2)]

    assert label("Federal Republic of Germany", "1985-01-01") == ["West Germany"]
    assert label("Federal Republic of Germany", "1995-01-01") == ["Germany"]
    assert label("Moscow", "1995-01-01") == label("Nowhere", "1995-01-01") == []
    assert {name: said.why for name, said in actors.unfound.items()} == {
        "Moscow": "the capital of Russia",
        "Nowhere": "not in the gazetteer",
    }
    assert label("Russia", "1982-01-01") == ["Russia"]
    assert {key: doubt.times for key, doubt in actors.outside.items()} == {
        ("Russia", "Russia, of 1991-12-26"): 1
    }
    actors.states = "of-the-time"
    assert label("Russia", "1982-01-02") == ["Soviet Union"]
    assert label("Czechoslovakia", "1999-01-01") == ["Czechoslovakia"]  # two came after it


def test_codes_are_of_their_scheme_and_their_day() -> None:
    actors = Actors({}, {}, "cow-number")
    for code, day, label in (
        ("345", "1985-01-01", "Yugoslavia"),
        ("002", "1985-01-01", "United States"),
    ):
        assert [actor.label for actor in actors.called(code, day, day, 2)] == [label]
    assert actors.called("USA", "1985-01-01", "1985-01-01", 2) == ()


def test_lists_in_a_cell_and_unknown_marks(tmp_path: Path) -> None:
    mapping = f'{MAPPING.replace("P*", "P")}separator = ";"\ndomain = "naval"\n'
    mapping = mapping.replace('key = "id"', 'key = "id"\nunknown = ["?"]')
    job, text = imported(tmp_path, 'id,P\na,"Japan; India;?"\nb,"Chile;Peru;Chile"\n', mapping)
    assert "nr:hasParticipant id:japan, id:india ;\n" in text
    assert "nr:hasParticipant id:chile, id:peru ;\n" in text
    assert text.count("nr:leavesOpen nr:earliest, nr:hasParticipant .") == 1
    assert text.count("nr:leavesOpen nr:earliest .") == 1
    assert not job.failed()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_a_cell_are_several_names(tmp_path: Path, end: str) -> None:
    rows = f'id,Parties\n1,"Japan{end}United{end} States;India"\n2,"Chile{end}Peru"\n'
    proposed = propose(open_table(table(tmp_path, rows)))
    assert 'parties = ["Parties"]\nseparator = "\\n"\n' in proposed
    job, text = imported(tmp_path, rows.replace("United" + end, "United "), proposed)
    assert "nr:hasParticipant id:chile, id:peru ;\n" in text
    assert asked(job, "unknown-name") == [
        "row 2: 'United States;India', 1 time: not in the gazetteer"
    ]
    job, text = imported(tmp_path, rows, proposed.replace('"\\n"', '";"'))
    assert "nr:hasParticipant id:india ;\n" in text
    assert asked(job, "unknown-name") == [
        "row 2: 'Japan United States', 1 time: not in the gazetteer",
        "row 3: 'Chile Peru', 1 time: not in the gazetteer",
    ]


def test_pairs_make_one_exercise_and_a_missing_one_is_asked_about(tmp_path: Path) -> None:
    mapping = MAPPING.replace("[table]", '[table]\nrows = "pair"')
    rows = "id,P1,P2\na,Japan,India\na,India,Chile\nb,Peru,Chile\n"
    job, text = imported(tmp_path, rows, mapping)
    assert text.count(" a nr:Exercise ") == 2
    assert "nr:hasParticipant id:japan, id:india, id:chile ;\n" in text
    assert (
        "<#r3-participant> nr:about id:t-2 ; nr:onProperty nr:hasParticipant ; nr:hasValue id:chile"
        in text
    )
    assert asked(job, "pairs-missing") == ["row 2: 2 pairs of 3 parties"]


MIXED = """\
[table]
key = "id"
[meeting]
parties = "P"
separator = ";"
name = "N"
start = "D"
what = { column = "K", values = { talks = "meeting", drill = "exercise", course = "training" } }
status = { column = "S", values = { done = "held", planned = "planned" } }
kind = { flags = { PX = "passing-exercise", Ministers = "ministerial-talks" } }
domain = "naval"
source = "U"
[parties."Shipcraft School"]
class = "Institution"
"""


def test_meetings_trainings_and_exercises_of_one_table(tmp_path: Path) -> None:
    rows = (
        "id,K,N,P,D,S,U,PX,Ministers\n"
        "1,Talks,Ministers meet,Japan; India,2005-05-01,done,https://example.org/1,1,1\n"
        "2,drill,Iron Gull,Japan; India; Shipcraft School,2005-06,done,,1,0\n"
        "3,course,,Japan; Shipcraft School,2006,done,,0,0\n"
        "4,talks,,Peru; Chile,2030-05-01,planned,,0,0\n"
        "5,drill,,Peru; Chile,2030-05-01,planned,,0,0\n"
        "6,party,,Peru; Chile,2003-05-01,done,,0,0\n"
    )
    job, text = imported(tmp_path, rows, MIXED)
    assert dict(job.survey.numbers) == {"meeting": 2, "exercise": 2, "training": 1}
    assert [text.count(f" a nr:{name} ;") for name in ("Meeting", "Plan", "Event")] == [1, 1, 1]
    assert [text.count(f" a nr:{name} ;") for name in ("Exercise", "ExercisePlan")] == [1, 1]
    meeting = text[text.index("id:t-2 a nr:Meeting") : text.index("id:t-3 a nr:Exercise")]
    assert "nr:hasStatus" not in meeting
    assert "nr:hasDomain" not in meeting
    assert "nr:hasKind nrc:ministerial-talks ;" in meeting
    assert meeting.count('dcterms:source "https://example.org/1" .') == meeting.count("nr:about")
    assert "id:t-3 a nr:Exercise" in text
    assert "nr:hasParticipant id:japan, id:india ;" in text[text.index("id:t-3 a") :]
    assert 'rdfs:label "Training of Japan and Shipcraft School, 2006"@en ;' in text
    assert (
        "nr:hasValue nrc:training-course ; nr:hasBasis nrc:inferred ; nr:hasEvidence <#row=4>"
        in text
    )
    assert asked(job, "no-concept") == [
        "row 2: '1': a meeting has no such kind",
        "row 7: 'party' is no class here",
    ]
    assert asked(job, "no-status") == ["row 7: '6' has no class"]
    assert asked(job, "unknown-name") == [
        "row 3: 'Shipcraft School' (institution) can't take part in an exercise"
    ]
    assert asked(job, "same-day-and-parties") == []


PARTS = """\
[table]
key = "id"
[exercise]
parties = ["A", "B", "C"]
name = "N"
start = "S"
end = "E"
part_of = "Of"
status = { column = "T", values = { held = "held", planned = "planned" } }
domain = { column = "M", values = { naval = "naval", air = "air" } }
"""


def test_parts_of_other_rows_and_of_what_is_only_named(tmp_path: Path) -> None:
    rows = (
        "id,Of,N,A,B,C,S,E,M,T\n"
        "r1,r,Harbour,Japan,India,,2010-06-01,2010-06-05,,held\n"
        "r,,Gull,,,,2010-06-01,2010-06-30,naval,held\n"
        "x1,Kite 11,Kite 1,Japan,Peru,,2011-02-01,2011-02-03,air,planned\n"
        "x2,kite 11,Kite 2,Japan,Chile,,2011-01-01,,naval,held\n"
        "p,,Plan,Japan,Peru,,2012-01-01,,naval,planned\n"
        "p1,p,Part,Japan,Peru,,2012-01-01,,naval,held\n"
        "a,b,Loop a,Japan,Peru,,2012-02-01,,naval,held\n"
        "b,a,Loop b,Japan,Peru,,2012-03-01,,naval,held\n"
        "s,s,Self,Japan,Peru,,2012-04-01,,naval,held\n"
        "q,,Q,Japan,Peru,,2012-05-01,,naval,held\n"
        "q,,Q,Japan,Chile,,2012-06-01,,naval,held\n"
        "q1,q,Q1,Japan,Chile,,2012-06-01,2012-06-02,naval,held\n"
    )
    job, text = imported(tmp_path, rows, PARTS)
    assert (job.survey.parts, job.survey.wholes) == (3, 1)
    assert (job.survey.few, job.survey.homeless) == (0, 0)
    assert asked(job, "part-of") == [
        "row 13: 'q' is the key of 2 rows",
        "row 10: 's' is this row itself",
        "row 7: 'p', row 6, is of another kind, or is only planned",
    ]
    assert job.ledger.counts["part-of"] == 5
    assert text.count("\n    dcterms:isPartOf ") == 3
    assert "dcterms:isPartOf id:t-3 ;" in text
    assert (
        "<#r2-part> nr:about id:t-2 ; nr:onProperty dcterms:isPartOf ; nr:hasValue id:t-3 ; "
        "nr:hasEvidence <#row=2> .\n" in text
    )
    whole = text[text.index("id:t-whole-kite-11 a ") : text.index("id:t-4 a ")]
    assert (
        whole
        == """\
id:t-whole-kite-11 a nr:Exercise ;
    rdfs:label "Kite 11, 2011-01-01 to 2011-02-03"@en ;
    skos:altLabel "Kite 11"@en ;
    nr:hasStatus nrc:held ;
    nr:hasDomain nrc:air, nrc:naval ;
    nr:earliest "2011-01-01"^^xsd:date ;
    nr:latest "2011-02-03"^^xsd:date ;
    nr:dateWords "2011-01-01; 2011-02-01 to 2011-02-03" ;
    nr:dateBasis nrc:date-from-text .
<#w4-status> nr:about id:t-whole-kite-11 ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:held ; \
nr:hasBasis nrc:inferred ; nr:hasEvidence <#row=4> .
<#w4-domain> nr:about id:t-whole-kite-11 ; nr:onProperty nr:hasDomain ; nr:hasValue nrc:air, \
nrc:naval ; nr:hasBasis nrc:inferred ; nr:hasEvidence <#row=4> .
<#w4-dates> nr:about id:t-whole-kite-11 ; nr:onProperty nr:earliest, nr:latest ; nr:hasValue \
"2011-01-01"^^xsd:date, "2011-02-03"^^xsd:date ; nr:hasBasis nrc:inferred ; nr:hasEvidence \
<#row=4> .
"""
    )


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2011-02-01,2011-02-03", ",2011-02-20", ["latest 2011-02-20"]),
        ("2011-02-01,soon", "2011-01-01,2011-01-02", ["earliest 2011-01-01"]),
        ("2011-02-01,soon", ",2011-02-20", []),
    ],
)
def test_a_whole_is_dated_as_far_as_all_of_its_parts(
    tmp_path: Path, first: str, second: str, days: list[str]
) -> None:
    rows = f"r1,Kite,,Japan,India,,{first},naval,held\nr2,Kite,,Japan,India,,{second},naval,held\n"
    _, text = imported(tmp_path, f"id,Of,N,A,B,C,S,E,M,T\n{rows}", PARTS)
    whole = text[text.index("id:t-whole-kite a ") : text.index("<#w2-status>")]
    assert [" ".join(f) for f in re.findall(r' nr:(\w+) "([^"]+)"\^\^xsd:date ', whole)] == days


def test_errors_of_formulas_are_no_names_and_empty_rows_are_none(tmp_path: Path) -> None:
    rows = "id,N,P1,P2\na,#REF!,Japan,#N/A\n,,,\n#VALUE!,x,Japan,India\n , ,,\n"
    job, text = imported(tmp_path, rows, f'{MAPPING}name = "N"\n')
    assert asked(job, "cell-error") == [
        "row 2: '#REF!' is an error",
        "row 2: '#N/A' is an error",
    ]
    assert asked(job, "no-key") == ["row 4: no key"]
    assert job.survey.rows == 2
    assert 'rdfs:label "Exercise of Japan and others unknown, no date"@en' in text
    marked = MAPPING.replace('key = "id"', 'key = "id"\nunknown = ["#N/A"]')
    assert asked(imported(tmp_path, rows, marked)[0], "cell-error") == []


def test_rows_of_one_exercise_have_to_follow_one_another(tmp_path: Path) -> None:
    mapping = MAPPING.replace("[table]", '[table]\nrows = "participation"')
    with pytest.raises(InputError, match="the rows of one id do not follow one another: row 2"):
        imported(tmp_path, "id,P\na,Japan\nb,Chile\na,India\n", mapping)


def test_what_a_row_says_of_status_decides_the_class(tmp_path: Path) -> None:
    words = '{ column = "S", values = { done = "held", off = "cancelled" } }'
    mapping = MAPPING.replace('"held"', words)
    rows = (
        "id,P1,P2,S\na,Japan,India,Done\nb,Japan,India,off\nc,Japan,India,maybe\nd,Japan,India,\n"
    )
    job, text = imported(tmp_path, rows, mapping)
    assert text.count(" a nr:Exercise ") == text.count(" a nr:ExercisePlan ") == 1
    assert asked(job, "no-concept") == ["row 4: 'maybe' is no status here"]
    assert asked(job, "no-status") == [
        "row 4: 'c' has no status",
        "row 5: 'd' has no status",
    ]
    assert job.failed()


def test_text_and_parts_of_a_date_that_differ(tmp_path: Path) -> None:
    mapping = f'{MAPPING}start = {{ text = "D", year = "Y", month = "M", day = "T" }}\n'
    job, text = imported(tmp_path, "id,P1,P2,D,Y,M,T\na,Japan,India,5/13/05,2005,6,1\n", mapping)
    assert asked(job, "text-and-parts") == ["row 2: '5/13/05' differs from its parts, 2005-6-1"]
    assert 'nr:earliest "2005-05-13"^^xsd:date ;\n    nr:latest "2005-06-01"^^xsd:date ;' in text


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (
            "",
            r"t.csv:4: column 'D' has dates in both orders, of days and months: "
            r"'13/5/2005' in row 2, '5/13/2005' in row 4; make them alike",
        ),
        (
            'date_order = "month-day"',
            r"t.csv:2: column 'D' has '13/5/2005', which month-day cannot read; make them alike",
        ),
    ],
)
def test_a_column_with_dates_in_both_orders_is_refused(
    tmp_path: Path, order: str, said: str
) -> None:
    rows = "id,P,D\na,Japan,13/5/2005\nc,Japan,4/5/2005\nb,Japan,5/13/2005\n"
    with pytest.raises(InputError, match=f"{said}$"):
        imported(tmp_path, rows, f'{MAPPING}start = "D"\n{order}\n')


def test_a_column_that_is_not_there_says_which_are(tmp_path: Path) -> None:
    for wanted, said in (("ID", "did you mean 'id'\\?"), ("Zzz", "its columns are id, P1")):
        mapping = MAPPING.replace('"id"', f'"{wanted}"')
        with pytest.raises(InputError, match=f"no column '{wanted}', .*; {said}$"):
            imported(tmp_path, "id,P1\na,Japan\n", mapping)


def test_a_mark_says_yes_or_no_or_is_asked_about(tmp_path: Path) -> None:
    mapping = f'{MAPPING}domain = {{ flags = {{ S = "naval" }} }}\n'
    marks = ["1", "Yes", "x", "0", "no", "-", "", "maybe"]
    rows = "".join(f"{n},Japan,India,{mark}\n" for n, mark in enumerate(marks))
    job, text = imported(tmp_path, f"id,P1,P2,S\n{rows}", mapping)
    assert text.count("    nr:hasDomain nrc:naval ") == 3
    assert asked(job, "no-concept") == ["row 9: 'maybe' says neither yes nor no"]
    survey = job.survey
    assert (survey.read["S"], survey.written["S"], survey.no["S"]) == (7, 3, 3)


def test_a_cell_that_serves_twice_is_one_cell(tmp_path: Path) -> None:
    mapping = f'{MAPPING}place = "P1"\nhost = "P1"\nname = "N"\nseries = "N"\n'
    job, _ = imported(tmp_path, "id,P1,P2,N\na,Japan,India,Lion\nb,Jpn,India,Lion\n", mapping)
    # "Jpn" is a place, although it is nobody who takes part or is the host.
    assert +job.survey.written == {"id": 2, "P1": 2, "P2": 2, "N": 2}


def test_several_names_in_a_cell_are_told(tmp_path: Path) -> None:
    rows = "id,P1,P2\na,Japan and India,France\nb,Foo / India,France\n"
    job, _ = imported(tmp_path, rows, MAPPING)
    assert {one.said: one.hint for one in job.ledger.examples["unknown-name"]} == {
        "'Japan and India', 1 time: not in the gazetteer": (
            "did you mean Japan; India? give the mapping its separator, or "
            "say in names.csv whom it stands for"
        ),
        "'Foo / India', 1 time: not in the gazetteer": "say in names.csv whom it stands for",
    }


def test_a_place_with_two_points_gets_none_and_a_state_is_itself(tmp_path: Path) -> None:
    mapping = f'{MAPPING}place = "W"\nlatitude = "A"\nlongitude = "O"\n'
    rows = "id,P1,P2,W,A,O\na,Japan,India,Bay,1.50,2\nb,Japan,India,bay,3,4\n"
    rows += "c,Japan,India,Cove,5.50,-6\n"
    job, text = imported(
        tmp_path, f"{rows}d,Japan,India,India,7,8\ne,Japan,India,Reef,95,8\n", mapping
    )
    assert text.count("\n    wgs84:lat ") == 1
    assert 'wgs84:lat "5.5"^^xsd:decimal ;\n    wgs84:long "-6"^^xsd:decimal ;' in text
    assert "nr:hasPlace id:india ;" in text
    assert asked(job, "coordinates") == ["row 6: '95' is none", "'bay' has several points"]


def test_turtle_is_what_ntriples_are() -> None:
    said = '"a\\"^^<b>\\n"@en'
    triples = [
        ("<https://w3id.org/passex/id/t#row=2>", "<http://www.w3.org/ns/oa#exact>", '"k"'),
        ("<https://w3id.org/passex/id/é x>".replace(" ", "_"), "<urn:p>", said),
        ("<https://w3id.org/passex/id/é_x>", "<urn:p>", '"1"^^<urn:kind>'),
    ]
    turtle = Turtle("https://w3id.org/passex/id/t")
    text = turtle.head("t") + "".join(turtle.lines(triples))
    assert set(ox.parse(text, ox.RdfFormat.TURTLE)) == set(
        ox.parse("".join(ntriples(triples)), ox.RdfFormat.N_TRIPLES)
    )


def test_a_guess_is_a_mapping(tmp_path: Path) -> None:
    rows = "Exercise ID,State 1,State 2,Start date,End date,Sea\n"
    rows += "1,Japan,India,13/5/2005,2005-05-14,1\n"
    found = open_table(table(tmp_path, rows))
    mapping = parse(propose(found), "m.toml", "t")
    assert mapping.key == "Exercise ID"
    assert mapping.columns.parties == ("State *",)
    assert (mapping.columns.start.text, mapping.columns.end.text) == ("Start date", "End date")
    assert [*mapping.columns.domain.flags] == ["Sea"]


def test_a_guess_sees_lists_words_and_columns_that_begin_late(tmp_path: Path) -> None:
    rows = "Id,Who,From,To,Kind,Outcome\n"
    rows += "1,Japan|India,13/5/05,14/5/05,Sea,Done\n2,Japan|N.A.,15/5/05,,air,planned\n"
    columns = parse(propose(open_table(table(tmp_path, rows))), "m.toml", "t").columns
    assert (columns.parties, columns.separator, columns.century) == (("Who",), ("|",), 1950)
    assert (columns.start.text, columns.end.text) == ("From", "To")
    assert columns.domain.values == {"sea": NRC.naval, "air": NRC.air}
    assert columns.status.values == {"done": NRC.held, "planned": NRC.planned}
    late = "Id,Party A,Party B,Party AB\n1,Japan,,\n"
    assert parse(propose(open_table(table(tmp_path, late))), "m.toml", "t").columns.parties == (
        "Party *",
    )
    named = "Id,Party A,Party B,Party Line\n1,Japan,,\n"
    assert parse(propose(open_table(table(tmp_path, named))), "m.toml", "t").columns.parties == (
        "Party A",
        "Party B",
    )
    letters = "Id,A,B,C,D\n1,US,Japan,,x\n2,Germany,France,,y\n"
    assert parse(propose(open_table(table(tmp_path, letters))), "m.toml", "t").columns.parties == (
        *("A", "B", "C"),
    )
    pairs = "Id,State1,State2\n1,Japan,India\n1,Japan,Chile\n1,India,Chile\n2,Peru,Chile\n"
    assert parse(propose(open_table(table(tmp_path, pairs))), "m.toml", "t").rows == "pair"
    place = 'Id,Country,Participants\n1,Japan,"Japan, India"\n2,Chile,"Chile, Peru"\n'
    columns = parse(propose(open_table(table(tmp_path, place))), "m.toml", "t").columns
    assert (columns.parties, columns.separator) == (("Participants",), (",",))
    nobody = "Id,Participants\n1,Ruritania; Genovia\n"
    columns = parse(propose(open_table(table(tmp_path, nobody))), "m.toml", "t").columns
    assert (columns.parties, columns.separator) == (("Participants",), (";",))


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            "Exercise,Begins,Ends,Participants,Watchers,Where,Host,Remarks,URL\n"
            "Sea Lion,2019-03-01,2019-03-05,Japan; Peru,Canada,Sea of Japan,Japan,good,u:1\n"
            "Blue Kite,3 Mar 2019,,Italy; Spain,Greece; Malta,Ionian Sea,Italy,,u:2\n",
            'key = "Exercise"|parties = ["Participants"]|separator = ";"|observers = ["Watchers"]|'
            'description = ["Remarks"]|start = "Begins"|end = "Ends"|place = "Where"|'
            'host = "Host"|name = "Exercise"|source = "URL"',
        ),
        (
            "Title,From,To,Nations,Observers,Area,Ref,Invited\n"
            'Red Reef,03/2019,,"India, Oman",,Arabian Sea,1,Iran\n'
            'Ten,Spring 2019,,"Norway, Sweden and Italy",Brazil,,2,\n',
            'key = "Title"|parties = ["Nations"]|separator = [",", "and"]|'
            'observers = ["Observers"]|# "Invited" isn\'t read: who stands there may have taken no '
            'part|start = "From"|place = "Area"|name = "Title"|source = "Ref"',
        ),
        (
            "Year,Month,Day,Exercise,Participating countries\n"
            "2019,3,1,Grey Gull,Chile and Peru\n2019,Apr,,Red Reef,India and Oman\n",
            'key = "Exercise"|parties = ["Participating countries"]|separator = "and"|'
            'start = { year = "Year", month = "Month", day = "Day" }',
        ),
        (
            "Name,Year,Start Month,Start Day,End Month,End Day,Nations,Observer nations\n"
            'Sea Lion,2019,March,1,March,5,"Japan, Peru","Canada, Chile"\n',
            'parties = ["Nations"]|observers = ["Observer nations"]|'
            'start = { year = "Year", month = "Start Month", day = "Start Day" }|'
            'end = { year = "Year", month = "End Month", day = "End Day" }',
        ),
        (
            "No.,Date from,Date to,Exercise name,Number of ships,Country A,Country B,Watching\n"
            "1,01/03/2019,15/03/2019,Sea Lion,3,Japan,Peru,Canada\n",
            'key = "No."|parties = ["Country *"]|observers = ["Watching"]|start = "Date from"|'
            'end = "Date to"|date_order = "day-month"  # as Date to has it; Date from shows none|'
            'name = "Exercise name"',
        ),
        (
            "Nation A,Nation B,Exercise,Held\nJapan,India,Sea Lion,March 2019\n"
            "Italy,Spain,Blue Kite,April 2019\nFrance,Spain,Blue Kite,April 2019\n",
            'rows = "pair"|key = "Exercise"|parties = ["Nation *"]|start = "Held"',
        ),
        # A name that recurs in another year is another exercise, and so is each list.
        (
            "Country,Exercise,Year\nJapan,Sea Lion,2018\nPeru,Sea Lion,2019\n",
            'rows = "exercise"|key = "Exercise"|parties = ["Country"]|start = "Year"',
        ),
        (
            "Exercise,Who took part\nSea Lion,Japan; Oman\nSea Lion,Peru; Chile\n",
            'rows = "exercise"|parties = ["Who took part"]|separator = ";"',
        ),
        (
            "Exercise,Country\nSea Lion,Japan\nSea Lion,Peru\n",
            'rows = "participation"|key = "Exercise"|parties = ["Country"]',
        ),
        # Half of the names aren't known: a comma parts them where it gives any.
        (
            'Exercise,Participants\nSea Lion,"NATO members, Sweden"\nBlue Kite,12 countries\n',
            'parties = ["Participants"]|separator = ","',
        ),
    ],
)
def test_a_guess_goes_by_headings(tmp_path: Path, rows: str, lines: str) -> None:
    proposed = propose(open_table(table(tmp_path, rows)))
    wanted = lines.split("|")
    assert [line for line in proposed.splitlines() if line in wanted] == wanted
    parse(proposed, "m.toml", "t")


ODD = f"""{MAPPING.replace('"P*"', '"P"')}separator = [",", "and"]
observers = "O"
host = "H"
"""


@pytest.mark.parametrize(
    ("parties", "who", "unfound"),
    [
        ('"Japan, Chile and Peru"', "japan, id:chile, id:peru", ""),
        ("Bosnia and Herzegovina and Peru", "bosnia-and-herzegovina, id:peru", ""),
        ('"Iran (Islamic Republic of), Peru (host)"', "iran, id:peru", ""),
        ('"Japan (JPN), Peru (2 ships)"', "japan, id:peru", ""),
        ('"Japan, Peru, and others"', "japan, id:peru open", ""),
        ('"Japan, Peru, etc."', "japan, id:peru open", ""),
        ('"Japan, Peru, Oman*"', "japan, id:peru open", "'Oman*': has a footnote mark, and may"),
        ('"Japan, Peru, Oman [1]"', "japan, id:peru open", "'Oman [1]': not in the gazetteer"),
        ('"Japan, Peru, Oman?"', "japan, id:peru open", "'Oman?': has a question mark"),
        ('"Japan, Peru, Oman (TBC)"', "japan, id:peru open", "'Oman (TBC)': 'TBC' may say"),
        ('"Japan, Peru, Oman (Withdrew)"', "japan, id:peru open", "'Oman (Withdrew)': 'Withdrew'"),
        ('"Japan, Peru, NATO members"', "japan, id:peru open", "'NATO members': not in"),
        ('"Japan, Peru, EU"', "japan, id:peru open", "'EU': not in the gazetteer"),
        ('"Japan, 12 countries"', "japan open", "'12 countries': not in the gazetteer"),
    ],
)
def test_what_stands_beside_a_name_may_say_that_it_took_no_part(
    tmp_path: Path, parties: str, who: str, unfound: str
) -> None:
    job, text = imported(tmp_path, f"id,P,O,H\na,{parties},,\n", ODD)
    named, _, others = who.partition(" open")
    named, others = (named, "open") if who.endswith(" open") else (who, "")
    assert f"nr:hasParticipant id:{named} ;\n" in text
    assert ("nr:earliest, nr:hasParticipant" in text) is bool(others)
    found = [f"'{name}': {doubt.why}" for name, doubt in job.actors.unfound.items()]
    assert [one[: len(unfound)] for one in found] == ([unfound] if unfound else [])


def test_who_is_said_to_watch_is_an_observer_and_who_is_not_found_leaves_their_list_open(
    tmp_path: Path,
) -> None:
    rows = 'id,P,O,H\na,"Japan, Oman (observer), Peru","Chile, Narnia",Narnia\n'
    _, text = imported(tmp_path, rows, ODD)
    assert "nr:hasParticipant id:japan, id:peru ;\n" in text
    assert "nr:hasObserver id:oman, id:chile ;\n" in text
    assert "nr:leavesOpen nr:earliest, nr:hasObserver, nr:hasDomain ." in text


def test_totals_headings_and_notes_are_no_exercises(tmp_path: Path) -> None:
    rows = "id,P,O,H\n2019,,,\na,Japan and Peru,,\n,,,\nTotal,2,,\n* as of May,,,\n"
    job, text = imported(tmp_path, rows, ODD)
    assert re.findall(r"^id:(\S+) a nr:Exercise", text, re.MULTILINE) == ["t-3"]
    assert asked(job, "no-record") == [
        "row 2: '2019' stands alone in its row",
        "row 5: 'Total' is a total",
        "row 6: '* as of May' stands alone in its row",
    ]
    assert (job.failed(), job.survey.rows) == (True, 4)


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        ("Alpha,Japan,India,,", "Alpha, no date"),
        (",Japan,India,,", "Exercise of Japan and India, no date"),
        (",Japan,India,Chile,", "Exercise of Japan, India and Chile, no date"),
        (",Japan,India,Chile,Peru", "Exercise of Japan, India and 2 more, no date"),
        (",Japan,?,,", "Exercise of Japan and others unknown, no date"),
        (",?,,,", "Exercise of unknown parties, no date"),
    ],
)
def test_an_exercise_without_a_name_is_called_by_its_parties(
    tmp_path: Path, cells: str, label: str
) -> None:
    mapping = MAPPING.replace('key = "id"', 'key = "id"\nunknown = ["?"]')
    _, text = imported(tmp_path, f"id,N,P1,P2,P3,P4\na,{cells}\n", f'{mapping}name = "N"\n')
    assert f'rdfs:label "{label}"@en' in text


ENDS = """\
id,Begins,Ends,P1,P2
1,2011-03-16,2011-03-18,Japan,France
2,2011-03-16,,Japan,France
3,2011-03-16,?,Japan,France
4,?,2011-03-18,Japan,France
5,March 2011,,Japan,France
6,2011-03-16,#REF!,Japan,France
"""
TAKEN = "The table has no end: it is taken to have ended on its first day."


def test_what_an_end_says_that_is_not_there(tmp_path: Path) -> None:
    """An empty cell is one day, which nobody says; one that isn't known is no end."""
    mapping = MAPPING.replace('"id"', '"id"\nunknown = ["?"]')
    mapping += 'start = { text = "Begins" }\nend = { text = "Ends" }\n'
    _, text = imported(tmp_path, ENDS, mapping)
    graph = ox.Store()
    graph.load(text, ox.RdfFormat.TURTLE)
    rows = graph.query(
        """PREFIX nr: <https://w3id.org/passex/ontology#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?row ?first ?last ?note ?basis {
            ?event a nr:Exercise .
            OPTIONAL { ?event nr:earliest ?first } OPTIONAL { ?event nr:latest ?last }
            OPTIONAL { ?event skos:scopeNote ?note }
            ?claim nr:about ?event ; nr:onProperty ?on .
            FILTER (?on IN (nr:earliest, nr:latest))
            OPTIONAL { ?claim nr:hasBasis ?basis }
            BIND (STRAFTER(STR(?event), "-") AS ?row)
        } ORDER BY ?row"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    assert [tuple(value and value.value for value in row) for row in rows] == [
        ("2", "2011-03-16", "2011-03-18", None, None),
        ("3", "2011-03-16", "2011-03-16", TAKEN, NRC["inferred"]),
        ("4", "2011-03-16", None, None, None),
        ("5", None, "2011-03-18", None, None),
        ("6", "2011-03-01", "2011-03-31", None, None),
        ("7", "2011-03-16", None, None, None),
    ]
