"""Move a graph from the form of Passex 0.1.0 to that of 0.2.0.

    python tools/move_graph.py OLD NEW

OLD is a file or a folder of Turtle in the form of 0.1.0; what is written to NEW (another file or
folder) says the same in the form of 0.2.0. OLD isn't changed. What cannot be moved without a person
is named on standard error.

- A file with one article gets the article's IRI as ``@base``; its evidence becomes quotes and its
  zones get names by their offsets, as in ``<#char=0,53> oa:exact "..." .``; its claims are
  numbered, ``<#c1>`` and on.
- A claim on several properties becomes one claim for each; only the bounds of a date, and the parts
  of an affiliation or a tenure, stay together. A claim without nr:hasValue gets the values that
  stand on its node.
- A quantity becomes a claim on nr:hasQuantity: what was in nr:quantityOf becomes nr:quantityWords,
  beside a concept that is found in the words. In 0.1.0 a quantity was hung on some other property
  of its node: that property gets a claim of its own where no other claim is on it.
- What rules fill in is left out: the class of a claim, certain, stated, background, and the speaker
  where it is the article or the curators. All labels of claims are kept, once, on the first of the
  claims that were one.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

NR = "https://w3id.org/passex/ontology#"
NRC = "https://w3id.org/passex/concept/"
ID = "https://w3id.org/passex/id/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "https://schema.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PREFIXES = {
    "nr": NR,
    "nrc": NRC,
    "id": ID,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "oa": OA,
    "org": ORG,
    "schema": SCHEMA,
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "dwc": "http://rs.tdwg.org/dwc/terms/",
}
DATES = [NR + "earliest", NR + "latest"]
# What may share a claim: the bounds of a date, and the parts of an affiliation or a tenure.
TOGETHER = [
    DATES,
    [ORG + "member", ORG + "organization", *DATES],
    [ORG + "member", NR + "inPost", ORG + "role", *DATES],
]
# The concept that a word in the old nr:quantityOf stands for; the first that fits.
QUANTITIES = [
    ("kilomet", "kilometres"),
    ("nautical mile", "nautical-miles"),
    ("edition", "edition"),
    ("hour", "hours"),
    ("day", "days"),
    ("week", "weeks"),
    ("month", "months"),
    ("year", "years"),
    ("exercise|drill|manoeuvre|maneuver", "exercises"),
    ("submarine", "submarines"),
    ("ship|vessel|boat|frigate|destroyer", "ships"),
    ("aircraft|plane|helicopter", "aircraft"),
    ("missile", "missiles"),
    ("nav(y|ies)", "navies"),
    ("nation|state|countr", "states"),
    ("people|personnel|sailor|troop|soldier|crew", "people"),
]
WIDTH = 120

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Facts = dict[str, list[tuple[str, Node]]]


class Block(NamedTuple):
    """One statement of a file: its subject, and what is said of it, in the file's order."""

    subject: str
    pairs: list[tuple[str, Node]]


class File(NamedTuple):
    """A file in the old form: its blocks, the comments before each, and the article it tells of."""

    blocks: list[Block]
    comments: dict[int, list[str]]
    head: list[str]
    prefixes: dict[str, str]
    article: str | None


def key(node: object) -> str:
    """IRI or blank label of a node, as a string."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def warn(message: str) -> None:
    """Tell on standard error what needs a person."""
    print(f"move_graph: {message}", file=sys.stderr)


def read(path: Path) -> File:
    """Read a file of the old form, with its comments."""
    text = path.read_text(encoding="utf-8")
    blocks: list[Block] = []
    for triple in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri()):
        subject = key(triple.subject)
        if not blocks or blocks[-1].subject != subject:
            blocks.append(Block(subject, []))
        blocks[-1].pairs.append((triple.predicate.value, triple.object))
    prefixes = dict(re.findall(r"(?im)^@?prefix\s+([^:\s]*):\s*<([^>]*)>", text))
    head, comments = comments_of(text, blocks, prefixes)
    articles = [
        b.subject for b in blocks if (TYPE, ox.NamedNode(SCHEMA + "NewsArticle")) in b.pairs
    ]
    article = articles[0] if len(set(articles)) == 1 else None
    if len(set(articles)) > 1:
        warn(f"{path}: several articles; move each to a file of its own, and run this again")
    if article and "#" in article:
        warn(f"{article}: an article's IRI has no '#' in the new form; rename it, and move again")
    return File(blocks, comments, head, prefixes, article)


def comments_of(
    text: str, blocks: list[Block], prefixes: dict[str, str]
) -> tuple[list[str], dict[int, list[str]]]:
    """Comments at the beginning of a line: those of the head, and those before each block."""
    head: list[str] = []
    comments: dict[int, list[str]] = defaultdict(list)
    pending: list[str] = []
    at, begun = 0, False
    for line in text.splitlines():
        if line.startswith("#"):
            (pending if begun else head).append(line)
        elif re.match(r"(?i)@?(prefix|base)\b", line):
            begun = True
        elif found := re.match(r"<([^>]*)>|([\w.-]*):([^\s;,]*[^\s;,.])", line):
            subject = found[1] or prefixes.get(found[2], "") + (found[3] or "")
            at = next((i for i in range(at, len(blocks)) if blocks[i].subject == subject), at)
            comments[at] += pending
            pending = []
            begun = True
        elif re.match(r"\s+#", line):
            warn(f"a comment within a statement is lost: {line.strip()}")
    comments[len(blocks)] += pending
    return head, comments


class Mover:
    """What is known of the whole old graph, and how each of its files is written anew."""

    def __init__(self, files: dict[Path, File]) -> None:
        self.facts: Facts = defaultdict(list)
        for file in files.values():
            for block in file.blocks:
                self.facts[block.subject] += block.pairs
        self.evidence = self.of_class(OA + "SpecificResource")
        self.selectors = self.of_class(OA + "TextPositionSelector") | self.of_class(
            OA + "TextQuoteSelector"
        )
        self.claims = self.of_class(NR + "Claim")
        self.names: dict[str, str] = {e: self.quote_name(e) for e in self.evidence}
        self.zones: dict[str, str] = {}
        for zone in self.of_class(NR + "Zone"):
            articles = [
                s
                for s, pairs in self.facts.items()
                if (NR + "hasZone", ox.NamedNode(zone)) in pairs
            ]
            if len(articles) == 1:
                start, end = self.text(zone, OA + "start"), self.text(zone, OA + "end")
                self.zones[zone] = f"{articles[0]}#char={start},{end}"
        self.names |= self.zones

    def of_class(self, iri: str) -> set[str]:
        """Nodes of a class."""
        return {s for s, pairs in self.facts.items() if (TYPE, ox.NamedNode(iri)) in pairs}

    def values(self, subject: str, predicate: str) -> list[Node]:
        """Values of a property of a node, in order, each once."""
        return list(dict.fromkeys(o for p, o in self.facts.get(subject, ()) if p == predicate))

    def text(self, subject: str, predicate: str) -> str:
        """Text of the one value of a property; empty where there is none."""
        found = self.values(subject, predicate)
        return found[0].value if found else ""

    def quote_name(self, evidence: str) -> str:
        """IRI of the quote that a piece of evidence becomes."""
        spans = [
            (self.text(key(s), OA + "start"), self.text(key(s), OA + "end"))
            for s in self.values(evidence, OA + "hasSelector")
            if self.values(key(s), OA + "start")
        ]
        source = self.text(evidence, OA + "hasSource")
        if len(spans) != 1 or not source:
            warn(f"{evidence}: no article, or not one position; write its quote by hand")
            return evidence
        return f"{source}#char={spans[0][0]},{spans[0][1]}"

    def words(self, evidence: str) -> list[Node]:
        """Anchor words of a piece of evidence."""
        return [
            w
            for s in self.values(evidence, OA + "hasSelector")
            for w in self.values(key(s), OA + "exact")
        ]

    # ------------------------------------------------------------------------------------ claims

    def split(self, claim: str) -> Iterator[list[tuple[str, list[Node]]]]:
        """New claims, as predicates with their values, that an old claim becomes."""
        pairs = self.facts[claim]
        about = self.values(claim, NR + "about")
        properties = [key(p) for p in self.values(claim, NR + "onProperty")]
        rest = self.rest(claim)
        label = [(p, [o]) for p, o in pairs if p == RDFS + "label"]
        if self.values(claim, NR + "hasQuantity"):
            yield [(NR + "about", about), *self.quantity(claim), *rest, *label]
            properties = [p for p in properties if not self.proved(about, p)]
            label = []
        given = self.values(claim, NR + "hasValue")
        for group in grouped(properties):
            values: list[Node] = []
            for name in group:
                own = [v for node in about for v in self.values(key(node), name)]
                values += (
                    [v for v in own if v in given]
                    if given and len(properties) > 1
                    else given or own
                )
            if not values:
                warn(f"{claim}: no value for {' '.join(group)}; add nr:hasValue by hand")
            on: list[Node] = [ox.NamedNode(p) for p in group]
            value = (NR + "hasValue", list(dict.fromkeys(values)))
            yield [(NR + "about", about), (NR + "onProperty", on), value, *rest, *label]
            label = []

    def proved(self, about: list[Node], name: str) -> bool:
        """Whether a claim without a number is on a property of these nodes."""
        return any(
            set(about) <= set(self.values(claim, NR + "about"))
            and ox.NamedNode(name) in self.values(claim, NR + "onProperty")
            and not self.values(claim, NR + "hasQuantity")
            for claim in self.claims
        )

    def quantity(self, claim: str) -> list[tuple[str, list[Node]]]:
        """Predicates of a claim on a quantity."""
        found: list[tuple[str, list[Node]]] = [
            (NR + "onProperty", [ox.NamedNode(NR + "hasQuantity")])
        ]
        found.append((NR + "hasValue", self.values(claim, NR + "hasQuantity")))
        quantifiers = [
            q for q in self.values(claim, NR + "hasQuantifier") if key(q) != NRC + "exactly"
        ]
        words = self.values(claim, NR + "quantityOf")
        name = next(
            (n for pattern, n in QUANTITIES for w in words if re.search(pattern, w.value, re.I)),
            None,
        )
        if name is None:
            warn(f"{claim}: of which concept is the quantity? Add nr:quantityOf by hand")
        found += [(NR + "hasQuantifier", quantifiers)] if quantifiers else []
        found += [(NR + "quantityOf", [ox.NamedNode(NRC + name)])] if name else []
        return [*found, (NR + "quantityWords", words)] if words else found

    def rest(self, claim: str) -> list[tuple[str, list[Node]]]:
        """What else a claim says and rules would not fill in."""
        evidence = self.values(claim, NR + "hasEvidence")
        sources = self.values(claim, DCTERMS + "source")
        basis = self.text(claim, NR + "hasBasis").removeprefix(NRC)
        articles = {self.text(key(e), OA + "hasSource") for e in evidence}
        speakers = [key(s) for s in self.values(claim, PROV + "wasAttributedTo")]
        filled = [ID + "curators"] if basis in ("inferred", "background") else sorted(articles)
        left_out = {
            NR + "about",
            NR + "onProperty",
            NR + "hasValue",
            NR + "hasQuantity",
            NR + "hasQuantifier",
        }
        left_out |= {NR + "quantityOf", RDFS + "label", TYPE}
        if self.text(claim, NR + "hasCertainty") == NRC + "certain":
            left_out.add(NR + "hasCertainty")
        if basis == ("background" if sources and not evidence else "stated"):
            left_out.add(NR + "hasBasis")
        if speakers == filled:
            left_out.add(PROV + "wasAttributedTo")
        order = [
            PROV + "wasAttributedTo",
            NR + "reportedVia",
            NR + "hasCertainty",
            NR + "hasBasis",
            NR + "hasEvidence",
        ]
        known = {p: self.values(claim, p) for p, _ in self.facts[claim] if p not in left_out}
        return sorted(
            known.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)
        )

    # ----------------------------------------------------------------------------------- writing

    def write(self, file: File) -> str:
        """A file in the new form."""
        writer = Writer(file.article, self.names, PREFIXES | file.prefixes)
        out: list[str] = []
        told: set[str] = set()
        number = 0
        pending: list[str] = []
        gap = True  # whether a blank line is due before what comes next
        for index, block in enumerate(file.blocks):
            pending += file.comments.get(index, [])
            if block.subject in self.evidence | self.selectors | self.zones.keys():
                continue
            if pending:
                out += ["", *pending]
                gap, pending = True, []
            if block.subject not in self.claims:
                out += ["", *self.node(writer, block)]
                gap = False
                continue
            if (TYPE, ox.NamedNode(NR + "Claim")) not in block.pairs:
                warn(f"{block.subject}: told in more than one place; brought together")
                continue
            out += [""] if gap else []
            gap = False
            for item in self.values(block.subject, NR + "hasEvidence"):
                name = self.names.get(key(item), key(item))
                if name not in told:
                    told.add(name)
                    out += writer.statement(name, [(OA + "exact", self.words(key(item)))])
            for part, pairs in enumerate(self.split(block.subject), 1):
                number += 1
                own = block.subject if part == 1 else f"{block.subject}-{part}"
                out += writer.statement(f"{file.article}#c{number}" if file.article else own, pairs)
        pending += file.comments.get(len(file.blocks), [])
        out += ["", *pending] if pending else []
        return (
            "\n".join([*file.head, *writer.prologue(), *out]).replace("\n\n\n", "\n\n").rstrip("\n")
            + "\n"
        )

    def node(self, writer: "Writer", block: Block) -> list[str]:
        """Lines for a node, and for an article's zones below it."""
        pairs: dict[str, list[Node]] = {}
        for predicate, value in block.pairs:
            pairs.setdefault(predicate, []).append(value)
        lines = writer.statement(block.subject, list(pairs.items()))
        for zone in pairs.get(NR + "hasZone", ()):
            kinds = self.values(key(zone), NR + "hasKind")
            label = self.values(key(zone), RDFS + "label")
            own = self.text(block.subject, RDFS + "label")
            plain = {f"{own}: {key(k).removeprefix(NRC)}".replace("-", " ") for k in kinds}
            kept = [v for v in label if v.value.replace("-", " ") not in plain]
            said = [(NR + "hasKind", kinds)] + ([(RDFS + "label", kept)] if kept else [])
            lines += writer.statement(self.names.get(key(zone), key(zone)), said)
        return lines


def grouped(properties: list[str]) -> Iterator[list[str]]:
    """Properties that may share a claim together, the others alone."""
    left = list(properties)
    while left:
        group = next((g for g in reversed(TOGETHER) if left[0] in g and set(left) <= set(g)), None)
        group = group or next(
            (g for g in TOGETHER if left[0] in g and len(set(left) & set(g)) > 1), [left[0]]
        )
        yield [p for p in left if p in group]
        left = [p for p in left if p not in group]


class Writer:
    """Turtle of one file, at most 120 columns wide where its strings allow."""

    def __init__(self, base: str | None, names: dict[str, str], prefixes: dict[str, str]) -> None:
        self.base = base
        self.names = names
        self.prefixes = prefixes
        self.used: set[str] = set()

    def prologue(self) -> list[str]:
        """Lines that declare the base and the prefixes in use."""
        base = [f"@base <{self.base}> ."] if self.base else []
        return [
            *base,
            *(f"@prefix {p}: <{iri}> ." for p, iri in self.prefixes.items() if p in self.used),
        ]

    def iri(self, iri: str) -> str:
        """An IRI, as short as it can be written."""
        iri = self.names.get(iri, iri)
        if iri.startswith("_:"):
            return iri
        if self.base and (iri == self.base or iri.startswith(self.base + "#")):
            return f"<{iri[len(self.base) :]}>"
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and re.fullmatch(
                r"\w(?:[\w.-]*[\w-])?", iri[len(namespace) :]
            ):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def term(self, node: Node) -> str:
        """A value in Turtle."""
        if not isinstance(node, ox.Literal):
            return self.iri(key(node))
        kind = node.datatype.value
        short = {
            XSD + "integer": r"[+-]?\d+",
            XSD + "decimal": r"[+-]?\d*\.\d+",
            XSD + "boolean": "true|false",
        }
        if kind in short and re.fullmatch(short[kind], node.value):
            return node.value
        text = str(ox.Literal(node.value))
        if node.language:
            return f"{text}@{node.language}"
        return text if kind == XSD + "string" else f"{text}^^{self.iri(kind)}"

    def statement(self, subject: str, pairs: list[tuple[str, list[Node]]]) -> list[str]:
        """Lines of one statement: as many pairs on a line as fit."""
        lines = [self.iri(subject)]
        for index, (predicate, values) in enumerate(pairs):
            name = "a" if predicate == TYPE else self.iri(predicate)
            terms = [self.term(v) for v in dict.fromkeys(values)]
            piece = f"{name} {', '.join(terms)}"
            if not index:
                lines[-1] += f" {piece}"
            elif len(lines[-1]) + len(piece) + 5 <= WIDTH and (
                index == 1 or predicate != RDFS + "label"
            ):
                lines[-1] += f" ; {piece}"
            else:
                lines[-1] += " ;"
                lines += folded(f"    {name} ", terms)
        lines[-1] += " ."
        return lines


def folded(start: str, terms: list[str]) -> list[str]:
    """A list of values, on as many lines as it takes."""
    lines = [start]
    for index, term in enumerate(terms):
        comma = "," if index < len(terms) - 1 else ""
        if lines[-1].strip() and index and len(lines[-1]) + len(term) + 4 > WIDTH:
            lines[-1] = lines[-1].rstrip()
            lines.append("        ")
        lines[-1] += f"{term}{comma} "
    lines[-1] = lines[-1].rstrip()
    return lines


def main() -> int:
    """Move what the command line names."""
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    old, new = Path(sys.argv[1]), Path(sys.argv[2])
    paths = (
        {p: new / p.relative_to(old) for p in sorted(old.rglob("*.ttl"))}
        if old.is_dir()
        else {old: new}
    )
    if any(target.exists() for target in paths.values()):
        warn("what would be written exists already")
        return 1
    try:
        files = {path: read(path) for path in paths}
    except (UnicodeDecodeError, SyntaxError, ValueError) as error:
        warn(f"cannot be read: {error}")
        return 2
    mover = Mover(files)
    for path, target in paths.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(mover.write(files[path]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
