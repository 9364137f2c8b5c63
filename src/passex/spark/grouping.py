"""Exercises of a graph on a cluster, each with all that is said of it alone, and what they share.

Every exercise or plan goes into a bucket with its phases, its accounts, its contingents, the claims
about it, and the evidence for these: what the rules derive of it follows from that, and from what
is shared (see `passex.graph.batching`). What is shared are all other statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..errors import VocabularyError
from ..graph import normalise
from ..graph.hierarchy import subclasses
from ..graph.neighbours import JOINING
from ..graph.store import ontology
from ..graph.terms import NR, RDF, RDFS, STRANGE
from ..text.places import Place
from . import lines
from .installed import checked
from .joining import top
from .session import table
from .sources import Sources

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import Column, DataFrame, SparkSession

    from ..importers.carried import MappingText

#: So many exercises are derived together: one at a time takes 15 times as long.
SIZE: Final = 300
#: How many parts Apache Spark makes of what it sorts by nodes: 200, if nobody has said otherwise.
#: Where there is little in them it makes fewer by itself, but not of what it keeps.
_PARTS: Final = "spark.sql.shuffle.partitions"
#: By what exercises are told from the rest.
_STRUCTURE: Final = (RDF.type, RDFS.subClassOf, NR.hasParticipant, *JOINING)
#: Of these it counts who or what is named, and not by whom.
_NAMED: Final = (RDF.type, NR.hasParticipant)


@dataclass(frozen=True)
class Structure:
    """What of a graph is needed to group it.

    Attributes:
        exercises: The classes of exercises and of plans of exercises, as N-Triples write them.
        events: Those of all events and plans.
        number: How many exercises and plans of exercises there are.
        others: How many other events and plans.
        roots: What is joined to an exercise: what stands for all of the group, by each of it.
        participants: The IRIs of all who take part in anything.
        above: What is said of classes.
    """

    exercises: frozenset[str]
    events: frozenset[str]
    number: int
    others: int
    roots: Mapping[str, str]
    participants: frozenset[str]
    above: tuple[tuple[str, str], ...]


class Grouping:
    """The statements of a graph on a cluster, in buckets.

    Where an engine holds one side of a join in memory (Sail), that is the first: the nodes, and not
    what is said of them.

    Args:
        session: A session of `session.connect`.
        files: Of `locations.find`.
        mapping: What the columns of those mean that are tables.
        linking: Properties by which two events or plans go into one bucket.
        derived: Whether statements are kept that only rules may make.
        size: So many exercises make a bucket.

    Attributes:
        files: The files.
        sources: What is read of them.

    Raises:
        InputError: As `Sources` says.
    """

    def __init__(
        self,
        session: SparkSession,
        files: list[str],
        mapping: MappingText | None = None,
        linking: tuple[str, ...] = (),
        derived: bool = False,
        size: int | None = None,
    ) -> None:
        self.files = files
        self._linking = linking
        self._derived = derived
        self._size = size or SIZE
        self._session = session
        self._kept: list[DataFrame] = []
        self.sources = Sources(session, files, mapping, self._keep)
        self._lines = self.sources.lines

    def __enter__(self) -> Grouping:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the cluster forget what it kept: it would beyond the session."""
        for frame in self._kept:
            frame.unpersist()

    def _keep(self, frame: DataFrame) -> DataFrame:
        """Have the cluster keep what is needed twice, if it can: Sail works it out again."""
        self._kept.append(frame.persist())
        return frame

    def _edges(self, *terms: str) -> DataFrame:
        """Find the statements of some properties, in lines that have the end of their names."""
        from pyspark.sql import functions

        # A property may be written with escapes; and a literal may have its name in it.
        value = functions.col("value")
        tests = [value.contains(f"{term}>") for term in terms] + [
            value.contains("\\u"),
            value.contains("\\U"),
        ]
        frame = self._lines.filter(reduce(lambda one, other: one | other, tests))
        return frame.mapInArrow(checked(lines.edges(terms)), lines.EDGES)

    @cached_property
    def statements(self) -> DataFrame:
        """All statements, as `lines.STATEMENTS` says."""
        work = checked(lines.statements(self._derived))
        return self._lines.mapInArrow(work, lines.STATEMENTS)

    @cached_property
    def structure(self) -> Structure:
        """What is needed to group it.

        Raises:
            InputError: A line doesn't parse, and nothing else is of a class of our ontology.
            VocabularyError: Nothing is.
        """
        from pyspark.sql import functions

        # Who is named is counted, and of the rest each is needed.
        term = functions.col("term")
        subject = functions.when(term.isin(*_NAMED), "").otherwise(functions.col("subject"))
        frame = self._edges(*_STRUCTURE).select(subject.alias("subject"), "term", "object")
        rows = table(frame.groupBy("subject", "term", "object").count())
        above = tuple((r["subject"], r["object"]) for r in rows if r["term"] == RDFS.subClassOf)
        engine = _classes(above)
        kinds = {r["object"]: int(r["count"]) for r in rows if r["term"] == RDF.type}
        own = {f"<{name}>" for name in normalise.classes(engine)}
        if own.isdisjoint(kinds):
            wrong = self.statements.filter(self.statements["kind"] == lines.BROKEN)
            self._refuse(int(row["node"]) for row in table(wrong.select("node").distinct()))
            hint = f"describe exercises and actors with classes of <{NR}>"
            named = ", ".join(self.files[:3]) + (", …" if len(self.files) > 3 else "")
            raise VocabularyError(STRANGE.partition(";")[0], hint, Place(named))
        exercises = frozenset(_written(subclasses(engine, NR.Exercise, NR.ExercisePlan)))
        events = frozenset(_written(subclasses(engine, NR.Event, NR.Plan)))
        groups = _groups((r["subject"], r["object"]) for r in rows if r["term"] in JOINING)
        structure = Structure(
            exercises,
            events,
            sum(kinds.get(kind, 0) for kind in exercises),
            sum(kinds.get(kind, 0) for kind in events - exercises),
            self._linked(self._roots(groups, exercises), events),
            frozenset(r["object"][1:-1] for r in rows if r["term"] == NR.hasParticipant),
            above,
        )
        self._part(self._number(structure.number) + self._number(structure.others))
        return structure

    def _part(self, buckets: int) -> None:
        """Have no more parts than buckets: each takes its time, however little is in it."""
        conf = self._session.conf
        conf.set(_PARTS, min(int(conf.get(_PARTS) or buckets), buckets))

    def _roots(self, groups: Mapping[str, str], exercises: frozenset[str]) -> dict[str, str]:
        """Keep the groups that have an exercise: others may be joined by the same properties."""
        if not groups:
            return {}
        kinds = self._edges(RDF.type)
        members = self._nodes(node=list(groups))
        among = kinds.filter(kinds["object"].isin(*exercises)).join(
            members, kinds["subject"] == members["node"], "left_semi"
        )
        roots = {groups[row["subject"]] for row in table(among.select("subject").distinct())}
        return {node: root for node, root in groups.items() if root in roots}

    def _linked(self, roots: dict[str, str], events: frozenset[str]) -> dict[str, str]:
        """Join the groups, and the events in none, that are linked by some more properties."""
        if not self._linking:
            return roots
        kinds = self._edges(RDF.type)
        nodes = kinds.filter(kinds["object"].isin(*events)).select("subject").distinct()
        links = self._edges(*self._linking)
        for end in ("subject", "object"):
            links = links.join(nodes.withColumnRenamed("subject", end), end, "left_semi")
        rows = table(links.select("subject", "object"))
        return _groups([*roots.items(), *((row["subject"], row["object"]) for row in rows)])

    def _nodes(self, **columns: list[str]) -> DataFrame:
        import pyarrow

        return self._session.createDataFrame(pyarrow.table(columns))

    @cached_property
    def _events(self) -> DataFrame:
        """The bucket of each exercise and of all that is joined to it.

        Buckets of other events are below 0.
        """
        from pyspark.sql import functions

        structure = self.structure
        kinds = self._edges(RDF.type)
        kind = kinds["object"]
        of_exercise = functions.max(kind.isin(*structure.exercises)).alias("exercise")
        events = kinds.filter(kind.isin(*structure.events)).groupBy("subject").agg(of_exercise)
        node = functions.col("subject")
        other = -1 - self._bucket(node, structure.others)
        bucket = functions.when(
            functions.col("exercise"), self._bucket(node, structure.number)
        ).otherwise(other)
        found = events.select(node.alias("node"), bucket.alias("bucket"))
        if not structure.roots:
            return found
        roots = structure.roots
        joined = self._nodes(node=list(roots), root=list(roots.values()))
        within = joined.select(
            "node", self._bucket(functions.col("root"), structure.number).alias("bucket")
        )
        return found.join(joined, "node", "left_anti").unionAll(within)

    @cached_property
    def _told(self) -> DataFrame:
        """The same, with the claims about them."""
        claims, events = self._edges(NR.about), self._events
        about = events.join(claims, claims["object"] == events["node"]).select("subject", "bucket")
        return self._keep(events.unionAll(about.withColumnRenamed("subject", "node")).distinct())

    @cached_property
    def _evidence(self) -> DataFrame:
        """The bucket of all evidence for them."""
        proofs, told = self._edges(NR.hasEvidence), self._told
        rows = told.join(proofs, proofs["subject"] == told["node"]).select("object", "bucket")
        return self._keep(rows.withColumnRenamed("object", "node").distinct())

    def _number(self, nodes: int) -> int:
        """Tell how many buckets it takes for a number of nodes."""
        return max(1, -(-nodes // self._size))

    def _bucket(self, node: Column, number: int) -> Column:
        """Choose one of as many buckets as it takes for a number of nodes."""
        from pyspark.sql import functions

        buckets = functions.lit(self._number(number))
        return functions.pmod(functions.xxhash64(node), buckets).cast("int")

    def buckets(self, every: bool = False) -> DataFrame:
        """Give the statements of exercises, as rows of (bucket, line).

        Args:
            every: Whether those of other events are there, too, in buckets below 0.
        """
        keys = self._keys if every else self._keys.filter("bucket >= 0")
        own = self.statements.filter(self.statements["kind"] == lines.STATEMENT)
        return keys.join(own, "node").select("bucket", "line")

    @property
    def _keys(self) -> DataFrame:
        return self._told.unionAll(self._evidence).distinct()

    def within(self, nodes: Iterable[str]) -> dict[str, set[int]]:
        """Find the buckets in which some nodes are, for those that are in any."""
        asked = sorted(nodes)
        if not asked:
            return {}
        frame = self._keys.join(self._nodes(node=asked), "node", "left_semi")
        found: dict[str, set[int]] = {}
        for row in table(frame):
            found.setdefault(row["node"], set()).add(row["bucket"])
        return found

    def in_several(self) -> set[str]:
        """Find the nodes that are in more buckets than one."""
        counted = self._keys.groupBy("node").count().filter("count > 1")
        return {row["node"] for row in table(counted.select("node"))}

    def shared(self) -> tuple[pyarrow.ChunkedArray, int]:
        """Fetch all other statements, but for those of other events and the claims about them.

        Returns:
            The lines, some of them empty, and how many statements are left out since only rules may
            make them.

        Raises:
            InputError: A line doesn't parse.
        """
        import pyarrow.compute
        from pyspark.sql import functions

        proofs = self._edges(NR.hasEvidence)
        told = self._told.select("node").distinct()
        others = proofs.join(told, proofs["subject"] == told["node"], "left_anti")
        quotes = self._evidence.select("node").join(
            others.select(functions.col("object").alias("node")), "node", "left_anti"
        )
        known = told.unionAll(quotes).distinct().withColumn("known", functions.lit(True))
        # As an anti-join it would be the statements that are held in memory.
        own = known.join(self.statements, "node", "right").filter("known is null")
        broken = functions.when(own["kind"] == lines.BROKEN, own["node"]).otherwise("")
        line = functions.when(own["kind"] == lines.STATEMENT, own["line"]).otherwise("")
        counted = own.select("kind", broken.alias("file"), line.alias("line"))
        rows = counted.groupBy("kind", "file", "line").count().toArrow()
        # Of millions of lines, no row is made of each, and they are here only once.
        rest = rows.filter(pyarrow.compute.not_equal(rows["kind"], lines.STATEMENT)).to_pylist()
        self._refuse(int(row["file"]) for row in rest if row["kind"] == lines.BROKEN)
        ignored = sum(row["count"] for row in rest if row["kind"] == lines.IGNORED)
        return rows["line"], ignored

    def _refuse(self, broken: Iterable[int]) -> None:
        """Refuse files with a line that doesn't parse, by their numbers."""
        for number in sorted(broken)[:1]:
            raise self.sources.broken(number)


def _written(names: Iterable[str]) -> list[str]:
    return [f"<{name}>" for name in names]


def _classes(above: Iterable[tuple[str, str]]) -> ox.Store:
    engine = ox.Store()
    engine.extend(ontology().engine)
    text = "\n".join(f"{below} <{RDFS.subClassOf}> {over} ." for below, over in above)
    engine.load(text, ox.RdfFormat.N_TRIPLES)
    return engine


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Find what pairs join: what stands for each group, by each of it."""
    above: dict[str, str] = {}
    for pair in pairs:
        if pair[1][:1] != '"':
            ends = sorted(top(above, above.setdefault(node, node)) for node in pair)
            above[ends[1]] = ends[0]
    return {node: top(above, node) for node in above}
