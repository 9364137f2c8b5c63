"""The terms that Passex reads and writes, as plain strings.

Strings, not objects of an RDF library: start-up stays short, and every engine takes them.
"""

from __future__ import annotations

from typing import Final


class Namespace:
    """A namespace whose attributes are the IRIs of its terms.

    Args:
        iri: What all of its terms begin with.

    Example:
        >>> OWL = Namespace("http://www.w3.org/2002/07/owl#")
        >>> OWL.Class, OWL["Class"], f"{OWL}Class" == OWL.Class
        ('http://www.w3.org/2002/07/owl#Class', 'http://www.w3.org/2002/07/owl#Class', True)
    """

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):  # what copying and pickling look for is no term
            raise AttributeError(name)
        term = self.iri + name
        # Found at once from then on: some are asked for millions of times.
        setattr(self, name, term)
        return term

    def __getitem__(self, name: str) -> str:
        return self.iri + name

    def __str__(self) -> str:
        return self.iri


NR: Final = Namespace("https://w3id.org/passex/ontology#")
ID: Final = Namespace("https://w3id.org/passex/id/")
NRC: Final = Namespace("https://w3id.org/passex/concept/")
NRS: Final = Namespace("https://w3id.org/passex/shape/")
RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")
SCHEMA: Final = Namespace("https://schema.org/")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
VANN: Final = Namespace("http://purl.org/vocab/vann/")
WGS84: Final = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
DWC: Final = Namespace("http://rs.tdwg.org/dwc/terms/")
W: Final = Namespace("https://w3id.org/passex/workings#")
SH: Final = Namespace("http://www.w3.org/ns/shacl#")

#: Prefixes known in queries, in names that a person types, and in output.
PREFIXES: Final[dict[str, str]] = {
    "nr": NR.iri,
    "id": ID.iri,
    "nrc": NRC.iri,
    "nrs": NRS.iri,
    "w": W.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dcterms": DCTERMS.iri,
    "prov": PROV.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "schema": SCHEMA.iri,
    "dcat": DCAT.iri,
    "void": VOID.iri,
    "vann": VANN.iri,
    "wgs84": WGS84.iri,
    "dwc": DWC.iri,
}

#: The named graph in which the rules keep their intermediate results: never facts, never exported.
WORKINGS: Final = "https://w3id.org/passex/workings"

#: The named graph that holds an index of names, by which they are looked up (see `folding`).
NAMES: Final = "https://w3id.org/passex/names"

#: The named graph that marks what the rules filled in, because a file may leave it out. The same
#: triples are in the default graph, where every query sees them; exports of facts pass them over.
FILLED: Final = "https://w3id.org/passex/filled"

#: The node that says, in a graph as of a day, as of which.
AS_OF: Final = "https://w3id.org/passex/as-of"
#: The named graph of literals as the files have them, where the engine has a form of its own.
WRITTEN: Final = "https://w3id.org/passex/written"

#: The named graph of such literals of named graphs, while files are read.
IN_GRAPHS: Final = "https://w3id.org/passex/in-graphs"

#: The named graph of what the files have both in a named graph and outside of any.
UNNAMED: Final = "https://w3id.org/passex/unnamed"

#: The graph that `passex push` writes on a server, unless told otherwise.
GRAPH: Final = "https://w3id.org/passex/graph"

#: What blank nodes are called on a server, where they need names (RDF 1.1 Concepts, section 3.5).
GENID: Final = "https://w3id.org/.well-known/genid/passex/"

#: The graphs that are Passex's own, and no facts.
INTERNAL: Final = frozenset({WORKINGS, NAMES, FILLED, WRITTEN, IN_GRAPHS, UNNAMED})

#: Blank nodes are called by this and a number while a graph is loaded.
BLANK: Final = "urn:passex:blank:"


#: Properties by which a node has its label: a concept of SKOS the one, everything else the other.
LABELLING: Final = (RDFS.label, SKOS.prefLabel)
#: Properties by which a node has a name that a person may type.
NAMING: Final = (*LABELLING, SKOS.altLabel)


#: Properties by which other vocabularies name what they describe.
OTHERS_NAMING: Final = (
    DCTERMS.title,
    "http://purl.org/dc/elements/1.1/title",
    "http://xmlns.com/foaf/0.1/name",
    SCHEMA.name,
    "http://schema.org/name",
)

#: Classes of what a person would name: everything but claims, evidence and zones.
THINGS: Final[tuple[str, ...]] = (
    NR.Actor,
    *(NR[name] for name in ("Event", "Plan", "Series", "Agreement", "Relation", "Tension")),
    NR.Place,
    ORG.Post,
    ORG.Membership,
    SCHEMA.NewsArticle,
    DCAT.Dataset,
    SKOS.Concept,
)

#: The levels of a network, and the derived property by which an event relates to its members there.
LEVELS: Final[dict[str, str]] = {
    "unit": NR.involvesUnit,
    "service": NR.involvesService,
    "state": NR.involvesState,
    "organisation": NR.involvesOrganisation,
}

#: What is no level: actors as the articles name them, states beside ships, not rolled up.
NAMED: Final = "named"

#: Every property that only the rules may write.
DERIVED: Final[tuple[str, ...]] = (
    NR.involves,
    *LEVELS.values(),
    NR.infersService,
    NR.trainedWith,
    NR.plansToTrainWith,
    NR.belongsTo,
)

#: Classes that only the rules give: they say how a node stands, not what it is.
DERIVED_CLASSES: Final = frozenset({NR.OpenPlan})

#: What is said of files with nothing of ours in them, before the vocabulary that they use.
STRANGE: Final = "no node of a class of the Passex ontology; the vocabulary there:"


def shorten(iri: str) -> str:
    """Write an IRI with a known prefix, or in angle brackets where no prefix fits.

    Returns:
        A prefixed name such as ``id:japan``, or ``<iri>``; a blank node as it is.

    Example:
        >>> shorten("https://w3id.org/passex/id/japan")
        'id:japan'
        >>> shorten("https://example.org/x")
        '<https://example.org/x>'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            if local and not any(character in local for character in "/#?"):
                return f"{prefix}:{local}"
    return iri if iri.startswith("_:") else f"<{iri}>"


def expand(name: str) -> str | None:
    """Read a prefixed name or an IRI.

    Args:
        name: ``id:japan``, ``<https://example.org/x>`` or ``https://example.org/x``.

    Returns:
        The absolute IRI, or None where `name` is neither.

    Example:
        >>> expand("id:japan")
        'https://w3id.org/passex/id/japan'
        >>> expand("Japan") is None
        True
    """
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if not colon or " " in name:
        return None
    if local.startswith("//") or prefix == "urn":
        return name
    namespace = PREFIXES.get(prefix)
    return None if namespace is None else namespace + local


def local_name(iri: str) -> str:
    """Give the last part of an IRI, for words such as ``held`` or ``naval``.

    Returns:
        What follows the last ``#`` or ``/``.

    Example:
        >>> local_name("https://w3id.org/passex/concept/under-way")
        'under-way'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def namespace(iri: str) -> str:
    """Give what comes before the local name of a term.

    Returns:
        The IRI up to and with its last ``#`` or ``/``.

    Example:
        >>> namespace("http://www.w3.org/ns/shacl#minCount")
        'http://www.w3.org/ns/shacl#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
