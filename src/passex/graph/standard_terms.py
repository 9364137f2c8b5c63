"""The terms of vocabularies that are closed: whoever uses another name there has misspelt one.

Sources: RDF 1.1 and RDF Schema 1.1 (W3C, 2014), OWL 2 (W3C, 2012), XML Schema Datatypes 1.1 (W3C,
2012), SKOS (W3C, 2009), SHACL and SHACL Advanced Features (W3C, 2017).
"""

from __future__ import annotations

import re
from typing import Final

from .terms import PREFIXES, RDF, SH, namespace

#: Namespaces that no ontology of a project owns, though many declare some of their terms.
WELL_KNOWN: Final[frozenset[str]] = frozenset(
    {
        *(space for prefix, space in PREFIXES.items() if prefix not in ("nr", "id", "nrc", "w")),
        SH.iri,
        "http://purl.org/dc/elements/1.1/",
        "http://xmlns.com/foaf/0.1/",
        "http://schema.org/",
        "http://www.w3.org/2006/time#",
        "http://www.w3.org/ns/dcat#",
        "http://www.w3.org/ns/sosa/",
        "http://www.w3.org/2006/vcard/ns#",
        "http://www.opengis.net/ont/geosparql#",
        "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "http://purl.obolibrary.org/obo/",
    }
)

_TERMS: Final = {
    "rdf": """Alt Bag CompoundLiteral HTML JSON List PlainLiteral Property Seq Statement XMLLiteral
        dirLangString direction first langString language nil object predicate reifies rest subject
        type value""",
    "rdfs": """Class Container ContainerMembershipProperty Datatype Literal Resource comment domain
        isDefinedBy label member range seeAlso subClassOf subPropertyOf""",
    "owl": """AllDifferent AllDisjointClasses AllDisjointProperties Annotation AnnotationProperty
        AsymmetricProperty Axiom Class DataRange DatatypeProperty DeprecatedClass
        DeprecatedProperty FunctionalProperty InverseFunctionalProperty IrreflexiveProperty
        NamedIndividual NegativePropertyAssertion Nothing ObjectProperty Ontology OntologyProperty
        ReflexiveProperty Restriction SymmetricProperty Thing TransitiveProperty allValuesFrom
        annotatedProperty annotatedSource annotatedTarget assertionProperty backwardCompatibleWith
        bottomDataProperty bottomObjectProperty cardinality complementOf datatypeComplementOf
        deprecated differentFrom disjointUnionOf disjointWith distinctMembers equivalentClass
        equivalentProperty hasKey hasSelf hasValue imports incompatibleWith intersectionOf inverseOf
        maxCardinality maxQualifiedCardinality members minCardinality minQualifiedCardinality
        onClass onDataRange onDatatype onProperties onProperty oneOf priorVersion
        propertyChainAxiom propertyDisjointWith qualifiedCardinality rational real sameAs
        someValuesFrom sourceIndividual targetIndividual targetValue topDataProperty
        topObjectProperty unionOf versionIRI versionInfo withRestrictions""",
    "xsd": """ENTITIES ENTITY ID IDREF IDREFS NCName NMTOKEN NMTOKENS NOTATION Name QName
        anyAtomicType anySimpleType anyType anyURI base64Binary boolean byte date dateTime
        dateTimeStamp dayTimeDuration decimal double duration explicitTimezone float fractionDigits
        gDay gMonth gMonthDay gYear gYearMonth hexBinary int integer language length long
        maxExclusive maxInclusive maxLength minExclusive minInclusive minLength negativeInteger
        nonNegativeInteger nonPositiveInteger normalizedString pattern positiveInteger short string
        time token totalDigits unsignedByte unsignedInt unsignedLong unsignedShort whiteSpace
        yearMonthDuration""",
    "skos": """Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader
        broaderTransitive changeNote closeMatch definition editorialNote exactMatch example
        hasTopConcept hiddenLabel historyNote inScheme mappingRelation member memberList
        narrowMatch narrower narrowerTransitive notation note prefLabel related relatedMatch
        scopeNote semanticRelation topConceptOf""",
    "sh": """AbstractResult AndConstraintComponent BlankNode BlankNodeOrIRI BlankNodeOrLiteral
        ClassConstraintComponent ClosedConstraintComponent ConstraintComponent
        DatatypeConstraintComponent DisjointConstraintComponent EqualsConstraintComponent
        ExpressionConstraintComponent Function HasValueConstraintComponent IRI IRIOrLiteral
        InConstraintComponent Info JSConstraint JSConstraintComponent JSExecutable JSFunction
        JSLibrary JSRule JSTarget JSTargetType JSValidator LanguageInConstraintComponent
        LessThanConstraintComponent LessThanOrEqualsConstraintComponent Literal
        MaxCountConstraintComponent MaxExclusiveConstraintComponent MaxInclusiveConstraintComponent
        MaxLengthConstraintComponent MinCountConstraintComponent MinExclusiveConstraintComponent
        MinInclusiveConstraintComponent MinLengthConstraintComponent NodeConstraintComponent
        NodeKind NodeKindConstraintComponent NodeShape NotConstraintComponent OrConstraintComponent
        Parameter Parameterizable PatternConstraintComponent PrefixDeclaration
        PropertyConstraintComponent PropertyGroup PropertyShape
        QualifiedMaxCountConstraintComponent QualifiedMinCountConstraintComponent ResultAnnotation
        Rule SPARQLAskExecutable SPARQLAskValidator SPARQLConstraint SPARQLConstraintComponent
        SPARQLConstructExecutable SPARQLExecutable SPARQLFunction SPARQLRule SPARQLSelectExecutable
        SPARQLSelectValidator SPARQLTarget SPARQLTargetType SPARQLUpdateExecutable Severity Shape
        Target TargetType TripleRule UniqueLangConstraintComponent ValidationReport
        ValidationResult Validator Violation Warning XoneConstraintComponent alternativePath and
        annotationProperty annotationValue annotationVarName ask class closed condition conforms
        construct datatype deactivated declare defaultValue description detail disjoint entailment
        equals expression filterShape flags focusNode group hasValue ignoredProperties in
        intersection inversePath js jsFunctionName jsLibrary jsLibraryURL labelTemplate languageIn
        lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount
        minExclusive minInclusive minLength name namespace node nodeKind nodeValidator nodes not
        object oneOrMorePath optional or order parameter path pattern predicate prefix prefixes
        property propertyValidator qualifiedMaxCount qualifiedMinCount qualifiedValueShape
        qualifiedValueShapesDisjoint result resultAnnotation resultMessage resultPath
        resultSeverity returnType rule select severity shapesGraph shapesGraphWellFormed
        sourceConstraint sourceConstraintComponent sourceShape sparql subject
        suggestedShapesGraph target targetClass targetNode targetObjectsOf targetSubjectsOf this
        union uniqueLang update validator value xone zeroOrMorePath zeroOrOnePath""",
}
#: A regime of entailment, which no triple of the vocabulary describes.
_REGIME: Final = SH["Rules"]
_MEMBER: Final = re.compile(r"_[1-9][0-9]*")

#: Terms in the namespace of SHACL that came after its Recommendation, by what defines them.
_LATER: Final = {
    "SHACL 1.2": """DataGraph Debug Graph ListParameterExpression ListParameterExpressionFunction
        MaxListLengthConstraintComponent MemberShapeConstraintComponent
        MinListLengthConstraintComponent NamedParameterExpression NamedParameterExpressionFunction
        NodeByExpressionConstraintComponent NodeExpression NodeExpressionFunction
        ProcessorConfiguration ReifierShapeConstraintComponent RootClassConstraintComponent
        RuleSet RulesEntailment RulesGraph SPARQLDescribeExecutable SPARQLExprExpression
        SPARQLRuleTemplate SelectExpression ShapeClass ShapesGraph SingleLineConstraintComponent
        SomeValueConstraintComponent SubsetOfConstraintComponent Trace TripleTerm
        UniqueMembersConstraintComponent UniqueValuesForConstraintComponent agentInstruction
        bodyExpression codeIdentifier conformanceDisallows conformsToShapesGraph describe
        expectedPredicate formalized hasRule includesRuleSet incomplete incompleteURIStart intent
        keyParameter layer maxListLength memberShape minListLength nodeByExpression
        reificationRequired reifierShape rootClass ruleProcessor runOnce shape singleLine someValue
        sourceRule sparqlExpr subsetOf targetWhere tempTriple uniqueMembers uniqueValuesFor unit
        usedConfiguration usedDataGraph usedShapesGraph values ByTypes""",
    "a draft of SHACL Advanced Features": """count desc distinct else exists groupConcat if limit
        max min minus offset orderBy sum then""",
}
#: Those that ask for nothing: they document, or describe graphs and reports.
_HARMLESS: Final = """DataGraph Graph ProcessorConfiguration RulesGraph ShapesGraph agentInstruction
    codeIdentifier conformanceDisallows conformsToShapesGraph formalized intent keyParameter unit
    usedConfiguration usedDataGraph usedShapesGraph"""
HARMLESS: Final = frozenset(SH[name] for name in _HARMLESS.split())
#: What defines a term that came later, by its IRI.
LATER: Final[dict[str, str]] = {
    SH[name]: source for source, names in _LATER.items() for name in names.split()
}


def form(space: str) -> str:
    """Give a namespace without what is easily mistaken in it.

    Example:
        >>> form("https://www.w3.org/ns/shacl/")
        'http://w3.org/ns/shacl'
    """
    return space.lower().replace("https:", "http:").replace("//www.", "//").rstrip("#/")


#: The terms of each closed vocabulary, as IRIs, by its namespace.
TERMS: Final[dict[str, frozenset[str]]] = {
    space: frozenset(space + name for name in _TERMS[prefix].split())
    for prefix, space in {**PREFIXES, "sh": SH.iri}.items()
    if prefix in _TERMS
}


_BY_FORM: Final = {form(space): space for space in sorted(WELL_KNOWN)}


def meant(space: str) -> str:
    """Give the well-known namespace that one misspells: with https, or a slash in place of ``#``.

    Args:
        space: A namespace.

    Returns:
        The namespace that was meant; empty where the one given is it, or comes near none.

    Example:
        >>> meant("https://www.w3.org/ns/shacl/"), meant("https://schema.org/")
        ('http://www.w3.org/ns/shacl#', '')
    """
    return "" if space in WELL_KNOWN else _BY_FORM.get(form(space), "")


def unknown(iri: str) -> bool:
    """Say whether a name in a closed vocabulary is none of its terms.

    Returns:
        Whether its namespace is closed and does not have it. The namespace itself is no name, and
        neither is ``rdf:_1``, ``rdf:_2`` and so on.

    Example:
        >>> unknown("http://www.w3.org/ns/shacl#minCout"), unknown("https://e.org/x")
        (True, False)
    """
    space = namespace(iri)
    if space not in TERMS or iri in (space, _REGIME) or iri in TERMS[space]:
        return False
    if space == SH.iri:  # parameters of components, such as sh:InConstraintComponent-in
        return iri.partition("-")[0] not in TERMS[SH.iri]
    return not (space == RDF.iri and _MEMBER.fullmatch(iri, len(space)))
