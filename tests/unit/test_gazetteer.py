"""The gazetteer: no code or name twice, no broken chain, and the spellings that data sets use."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from passex.graph import dataset, gazetteer
from passex.graph.folding import fold

ROOT: Final = Path(__file__).resolve().parents[2]
FILE: Final = ROOT / "ontology" / "gazetteer.ttl"
SPELLINGS: Final = ROOT / "tests" / "data" / "state-spellings.csv"
MME: Final = Path(
    os.environ.get("PASSEX_MME") or ROOT.parent / "shared" / "data" / "mme" / "mme_v7.csv"
)

NR: Final = "https://w3id.org/passex/ontology#"
ID: Final = "https://w3id.org/passex/id/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
SAME: Final = "http://www.w3.org/2002/07/owl#sameAs"
OF: Final = "http://www.w3.org/ns/org#subOrganizationOf"
REPLACED: Final = DCTERMS + "isReplacedBy"
ALT, HIDDEN, NOTATION = SKOS + "altLabel", SKOS + "hiddenLabel", SKOS + "notation"

STATE, TERRITORY, NAVY, SERVICE = (NR + name for name in ("State", "Territory", "Navy", "Service"))

FORMS: Final = {
    NR + "iso3166-1-alpha-2": r"[A-Z]{2}",
    NR + "iso3166-1-alpha-3": r"[A-Z]{3}",
    NR + "cow-abbreviation": r"[A-Z]{3}",
    NR + "cow-number": r"[1-9][0-9]{0,2}",
    NR + "gleditsch-ward-number": r"[1-9][0-9]{0,2}",
}

#: The codes of ISO 3166-1 that are assigned.
ISO_ALPHA_2: Final = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
    BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM
    DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
    VN VU WF WS YE YT ZA ZM ZW"""

#: Names that are several nodes': which one is meant, a year may tell, or nothing does.
AMBIGUOUS: Final = {
    "congo": {"dr-congo", "republic-of-the-congo"},
    "congolese navy": {"dr-congo-navy", "republic-of-the-congo-navy"},
    "federal republic of germany": {"germany", "west-germany"},
    "frg": {"germany", "west-germany"},
    "guinea": {"equatorial-guinea", "guinea", "guinea-bissau"},
    "korea": {"north-korea", "south-korea"},
    "pn": {"pakistan-navy", "philippine-navy"},
    "roc": {"republic-of-the-congo", "taiwan"},
    "saint martin": {"saint-martin", "sint-maarten"},
    "virgin islands": {"british-virgin-islands", "us-virgin-islands"},
    "yugoslavia": {"serbia-and-montenegro", "yugoslavia"},
}

#: Codes that passed from one node to the next.
PASSED_ON: Final = {
    ("iso3166-1-alpha-2", "CS"): ["czechoslovakia", "serbia-and-montenegro"],
    ("iso3166-1-alpha-2", "YU"): ["yugoslavia", "serbia-and-montenegro"],
    ("iso3166-1-alpha-3", "YUG"): ["yugoslavia", "serbia-and-montenegro"],
    ("cow-abbreviation", "RUS"): ["soviet-union", "russia"],
    ("cow-abbreviation", "YUG"): ["yugoslavia", "serbia-and-montenegro", "serbia"],
    ("cow-number", "345"): ["yugoslavia", "serbia-and-montenegro", "serbia"],
    ("cow-number", "365"): ["soviet-union", "russia"],
    ("gleditsch-ward-number", "260"): ["west-germany", "germany"],
    ("gleditsch-ward-number", "345"): ["yugoslavia", "serbia-and-montenegro"],
    ("gleditsch-ward-number", "365"): ["soviet-union", "russia"],
    ("gleditsch-ward-number", "678"): ["north-yemen", "yemen"],
}

#: Successors that were there before the day after: they declared themselves earlier, or joined.
EARLIER: Final = {
    *(("soviet-union", state) for state in (
        "armenia", "azerbaijan", "belarus", "georgia", "kazakhstan", "kyrgyzstan", "moldova",
        "tajikistan", "turkmenistan", "ukraine", "uzbekistan",
    )),
    ("yugoslavia", "north-macedonia"),
    ("serbia-and-montenegro", "montenegro"),
    ("south-vietnam", "vietnam"),
    ("zanzibar", "tanzania"),
}  # fmt: skip

#: States and territories of today without a naval service here: no coast, or police boats alone.
LANDLOCKED: Final = """
    afghanistan andorra armenia austria belarus bhutan botswana burkina-faso burundi
    central-african-republic chad czechia eswatini ethiopia hungary kyrgyzstan laos lesotho
    liechtenstein luxembourg malawi mali moldova mongolia nepal niger north-macedonia rwanda
    san-marino serbia slovakia south-sudan switzerland tajikistan uganda uzbekistan vatican-city
    zambia zimbabwe"""
WITHOUT: Final = """
    bosnia-and-herzegovina comoros dominica grenada haiti kiribati marshall-islands micronesia
    monaco nauru palau saint-lucia saint-vincent-and-the-grenadines samoa solomon-islands tuvalu
    vanuatu"""

#: What MME names beside states: unknown, an organisation, a group of states.
NO_ENTRY: Final = {"-9", "NATO", "Baltic States"}


@cache
def triples() -> list[tuple[str, str, ox.Literal | ox.NamedNode]]:
    found = []
    for quad in ox.parse(path=FILE):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.Literal | ox.NamedNode)
        found.append((quad.subject.value, quad.predicate.value, quad.object))
    return found


@cache
def values(predicate: str) -> dict[str, list[ox.Literal | ox.NamedNode]]:
    found = defaultdict(list)
    for subject, name, value in triples():
        if name == predicate and subject.startswith(ID):
            found[subject.removeprefix(ID)].append(value)
    return dict(found)


def links(predicate: str) -> dict[str, list[str]]:
    return {
        node: [value.value.removeprefix(ID) for value in found]
        for node, found in values(predicate).items()
    }


def classes() -> dict[str, str]:
    found = links(TYPE)
    assert [node for node, types in found.items() if len(types) != 1] == []
    return {node: types[0] for node, types in found.items()}


def years(node: str) -> tuple[date, date]:
    def day(name: str, otherwise: date) -> date:
        found = values(NR + name).get(node, [])
        assert len(found) <= 1, node
        return date.fromisoformat(found[0].value) if found else otherwise

    return day("earliest", date.min), day("latest", date.max)


@cache
def names(*predicates: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    for predicate in predicates:
        for node, literals in values(predicate).items():
            for literal in literals:
                found[fold(literal.value)].add(node)
    return dict(found)


def called(name: str, day: date | None = None) -> set[str]:
    """Nodes of a name, as the product finds them."""
    found = gazetteer.called(name, day.isoformat() if day else "")
    return {entry.iri.removeprefix(ID) for entry in found}


def of_classes(*wanted: str) -> set[str]:
    return {node for node, name in classes().items() if name in wanted}


def test_nodes_are_readable_and_of_four_classes() -> None:
    assert set(classes().values()) == {STATE, TERRITORY, NAVY, SERVICE}
    described = {subject for subject, _, _ in triples() if subject.startswith(ID)}
    assert described == {ID + node for node in classes()}
    assert [n for n in classes() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", n)] == []
    assert [n for n in classes() if len(values(LABEL).get(n, [])) != 1] == []


def test_text_is_sorted_and_narrow() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 120] == []
    sections = re.split(r"^# -{20,} .*$", text, flags=re.MULTILINE)[1:]
    heads = [re.findall(r"^id:(\S+) a ", section, re.MULTILINE) for section in sections]
    assert [len(section) for section in heads] == [194, 10, 57, 145]
    assert heads == [sorted(section) for section in heads]


def test_no_file_of_facts_has_an_entry_again() -> None:
    described = {
        str(quad.subject)
        for path in sorted((ROOT / "graph").rglob("*.ttl"))
        for quad in ox.parse(path=path)
    }
    assert [n for n in classes() if f"<{ID}{n}>" in described] == []
    kinds = {
        quad.object.value
        for path in dataset.data_files()
        for quad in ox.parse(path=path)
        if quad.predicate.value == TYPE and isinstance(quad.object, ox.NamedNode)
    }
    assert kinds & {STATE, TERRITORY, NAVY, SERVICE} == set()


def test_what_no_claim_proves_is_said_to_be_the_gazetteers() -> None:
    of_it = {"https://w3id.org/passex/gazetteer"}
    defined = links("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")
    assert {node: set(by) for node, by in defined.items()} == dict.fromkeys(classes(), of_it)
    dated = set(values(NR + "earliest")) | set(values(NR + "latest"))
    basis = "https://w3id.org/passex/concept/date-from-background"
    assert links(NR + "dateBasis") == {node: [basis] for node in dated}


def test_every_entry_of_iso_3166_is_there_once() -> None:
    ended = set(values(NR + "latest"))
    codes: dict[str, list[str]] = {datatype: [] for datatype in FORMS}
    for node, literals in values(NOTATION).items():
        for literal in literals:
            assert isinstance(literal, ox.Literal)
            assert re.fullmatch(FORMS[literal.datatype.value], literal.value), (node, literal)
            if node not in ended:
                codes[literal.datatype.value].append(literal.value)
    assert sorted(codes[NR + "iso3166-1-alpha-2"]) == sorted([*ISO_ALPHA_2.split(), "XK"])
    assert len(set(codes[NR + "iso3166-1-alpha-3"])) == 250
    assert {name: len(found) for name, found in codes.items()} == {
        NR + "iso3166-1-alpha-2": 250,
        NR + "iso3166-1-alpha-3": 250,
        NR + "cow-abbreviation": 195,
        NR + "cow-number": 195,
        NR + "gleditsch-ward-number": 195,
    }
    assert set(values(NOTATION)) == of_classes(STATE, TERRITORY)


def test_datatypes_of_codes_are_declared() -> None:
    text = (ROOT / "ontology" / "naval.ttl").read_text(encoding="utf-8")
    declared = set(re.findall(r"^(nr:\S+) a rdfs:Datatype ;$", text, re.MULTILINE))
    assert {name.replace(NR, "nr:") for name in FORMS} <= declared


def test_no_two_nodes_have_one_code_at_one_time() -> None:
    owners = defaultdict(list)
    for node, literals in values(NOTATION).items():
        for literal in literals:
            assert isinstance(literal, ox.Literal)
            owners[literal.datatype.value.removeprefix(NR), literal.value].append(node)
    shared = {
        code: sorted(nodes, key=lambda node: years(node)[1])
        for code, nodes in owners.items()
        if len(nodes) > 1
    }
    assert shared == PASSED_ON
    # ISO gave CS again in 2003, to what had been YU from 1992.
    del shared["iso3166-1-alpha-2", "CS"]
    for code, nodes in shared.items():
        for before, after in pairwise(nodes):
            assert years(before)[1] < years(after)[0], code


def test_no_two_nodes_have_one_name() -> None:
    everybody = names(LABEL, ALT, HIDDEN)
    assert {name: nodes for name, nodes in everybody.items() if len(nodes) > 1} == AMBIGUOUS
    own = names(LABEL, ALT)
    assert [name for name, nodes in own.items() if len(nodes) > 1] == []


def test_no_node_has_a_name_twice() -> None:
    def spellings(node: str) -> list[str]:
        return [fold(v.value) for kind in (LABEL, ALT, HIDDEN) for v in values(kind).get(node, [])]

    assert [n for n in classes() if len(spellings(n)) != len(set(spellings(n)))] == []


@pytest.mark.parametrize(
    ("name", "nodes"),
    [
        ("Moscow", {"russia"}),
        ("Seoul", {"south-korea"}),
        ("Kiev", {"ukraine"}),
        ("Bonn", {"west-germany"}),
        ("JMSDF", {"jmsdf"}),
        ("Royal Navy", {"royal-navy"}),
        ("RN", {"royal-navy"}),
        ("ROKN", {"navy-of-south-korea"}),
        ("U.S. Navy", {"navy-of-united-states"}),
        ("Chinese navy", {"pla-navy"}),
        ("Congo", {"dr-congo", "republic-of-the-congo"}),
        ("Korea", {"north-korea", "south-korea"}),
        ("Guinea", {"equatorial-guinea", "guinea", "guinea-bissau"}),
        ("ROC", {"republic-of-the-congo", "taiwan"}),
        ("Atlantis", set()),
        ("Antigua & Barbuda", {"antigua-and-barbuda"}),
        ("St. Lucia", {"saint-lucia"}),
        ("Côte d\u2019Ivoire", {"cote-d-ivoire"}),
        ("Cote d'Ivoire", {"cote-d-ivoire"}),
        ("Myanmar (Burma)", {"myanmar"}),
        ("id:royal-navy", {"royal-navy"}),
        ("JPN", {"japan"}),
        ("jpn", set()),
        ("iso3166-1-alpha-3:JPN", {"japan"}),
        ("cow-abbreviation:AUS", {"austria"}),
        ("iso3166-1-alpha-3:AUS", {"australia"}),
        ("AUS", {"australia", "austria"}),
        ("SLV", {"el-salvador", "slovenia"}),
        ("MNG", {"mongolia", "montenegro"}),
        ("SWZ", {"eswatini", "switzerland"}),
        ("cow-number:740", {"japan"}),
        ("740", set()),
        ("PN", {"pakistan-navy", "philippine-navy", "pitcairn-islands"}),
    ],
)
def test_name_leads_to(name: str, nodes: set[str]) -> None:
    assert called(name) == nodes


@pytest.mark.parametrize(
    ("name", "year", "node"),
    [
        ("Yugoslavia", 1985, "yugoslavia"),
        ("Yugoslavia", 1999, "serbia-and-montenegro"),
        ("Federal Republic of Germany", 1985, "west-germany"),
        ("Federal Republic of Germany", 2010, "germany"),
        ("Guinea", 2007, "guinea"),
        ("cow-number:365", 1985, "soviet-union"),
        ("cow-number:365", 2015, "russia"),
    ],
)
def test_year_tells(name: str, year: int, node: str) -> None:
    assert called(name, date(year, 1, 1)) == {node}


@pytest.mark.parametrize("year", [1930, 2007])
def test_year_that_does_not_tell(year: int) -> None:
    assert called("Korea", date(year, 1, 1)) == {"north-korea", "south-korea"}


def test_services_are_of_states_that_are_there() -> None:
    services = of_classes(NAVY, SERVICE)
    of = links(OF)
    assert set(of) == services
    assert [n for n in services if len(of[n]) != 1] == []
    assert {of[n][0] for n in services} <= of_classes(STATE) | {"taiwan"}


def test_states_have_one_service_at_a_time() -> None:
    ended = set(values(NR + "latest"))
    current = [wholes[0] for service, wholes in links(OF).items() if service not in ended]
    assert len(current) == len(set(current))
    without = of_classes(STATE) - ended - set(current)
    assert without == {*LANDLOCKED.split(), *WITHOUT.split()}


def test_successors_are_there_and_come_after() -> None:
    replaced = links(REPLACED)
    ended = set(values(NR + "latest"))
    assert set(replaced) <= ended
    assert ended - set(replaced) == {
        "republic-of-vietnam-navy", "volksmarine", "yugoslav-navy",
    }  # fmt: skip
    kinds = classes()
    earlier = set()
    for before, nodes in replaced.items():
        for after in nodes:
            pair = {kinds[before], kinds[after]}
            assert len(pair) == 1 or pair <= {NAVY, SERVICE}
            assert before not in chain(after, replaced), before
            if kinds[before] == STATE and years(after)[0] != years(before)[1] + timedelta(days=1):
                assert years(after)[0] <= years(before)[1]
                earlier.add((before, after))
    assert earlier == EARLIER


def chain(node: str, following: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    todo = [node]
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            todo += following.get(node, ())
    return found


def test_years_are_in_order_and_after_1945() -> None:
    for predicate in ("earliest", "latest"):
        for node, literals in values(NR + predicate).items():
            assert all(date.fromisoformat(v.value) > date(1945, 12, 31) for v in literals), node
    assert [n for n in classes() if years(n)[0] > years(n)[1]] == []
    states = of_classes(STATE)
    assert len(states - set(values(NR + "latest"))) == 194
    # A service is no older than its state, and gone with it.
    for service, (state,) in links(OF).items():
        assert years(service)[1] <= years(state)[1] or service not in values(NR + "latest")
        assert state not in values(NR + "latest") or service in values(NR + "latest")


def test_territories_are_part_of_states() -> None:
    parts = links(DCTERMS + "isPartOf")
    assert set(parts) <= of_classes(TERRITORY)
    assert {whole for wholes in parts.values() for whole in wholes} <= of_classes(STATE)
    assert of_classes(TERRITORY) - set(parts) == {
        "antarctica", "cook-islands", "guernsey", "isle-of-man", "jersey", "kosovo", "niue",
        "palestine", "taiwan", "western-sahara",
    }  # fmt: skip


def test_no_item_of_wikidata_is_there_twice() -> None:
    items = [value for found in links(SAME).values() for value in found]
    assert len(items) == len(set(items))
    pattern = r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*"
    assert [item for item in items if not re.fullmatch(pattern, item)] == []
    assert of_classes(STATE, TERRITORY) - set(values(SAME)) == {
        "denmark", "netherlands", "serbia-and-montenegro", "zanzibar",
    }  # fmt: skip


def spellings() -> list[tuple[str, str]]:
    with SPELLINGS.open(encoding="utf-8", newline="") as rows:
        return [(row["spelling"], row["node"]) for row in csv.DictReader(rows)]


def test_usual_spellings_lead_to_one_node() -> None:
    assert len(spellings()) == 161
    assert [(name, called(name)) for name, node in spellings() if called(name) != {node}] == []


@pytest.mark.skipif(not MME.is_file(), reason="the MME data are not at hand (PASSEX_MME)")
def test_every_party_of_mme_leads_to_one_node() -> None:
    parties = set()
    with MME.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            columns = (name for name in row if name.startswith("State"))
            day = date(int(row["s.year"]), int(row["s.month"]), 1)
            parties |= {(row[name].strip(), day) for name in columns if row[name]}
    assert len({name for name, _ in parties}) == 194
    lost = {name for name, day in parties if len(called(name, day)) != 1}
    assert lost == NO_ENTRY
    others = {node for party in parties for node in called(*party)} - of_classes(STATE)
    assert others == {
        "bermuda", "hong-kong", "netherlands-antilles", "new-caledonia", "taiwan",
    }  # fmt: skip
