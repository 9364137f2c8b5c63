"""The vocabulary of SHACL: what is done with each of its terms, so that none is passed over.

Sources: Shapes Constraint Language (SHACL), W3C Recommendation 2017; SHACL Advanced Features and
SHACL JavaScript Extensions, W3C Working Group Notes 2017; the drafts of SHACL 1.2.
"""

from __future__ import annotations

from typing import Final

from ...graph.standard_terms import HARMLESS, LATER, TERMS
from ...graph.terms import SH
from ..results import Severity

#: The roles of terms, and the terms that have them. Of a component its name says the parameter.
_ROLES: Final = {
    "applied": """BlankNode BlankNodeOrIRI BlankNodeOrLiteral ConstraintComponent IRI IRIOrLiteral
        Info Literal NodeKind NodeShape Parameter Parameterizable PrefixDeclaration PropertyShape
        SPARQLAskExecutable SPARQLAskValidator SPARQLConstraint SPARQLExecutable
        SPARQLSelectExecutable SPARQLSelectValidator Severity Shape Validator Violation Warning
        alternativePath and ask class closed datatype deactivated declare disjoint equals flags
        hasValue ignoredProperties in inversePath languageIn lessThan lessThanOrEquals maxCount
        maxExclusive maxInclusive maxLength message minCount minExclusive minInclusive minLength
        namespace node nodeKind nodeValidator not oneOrMorePath optional or parameter path pattern
        prefix prefixes property propertyValidator qualifiedMaxCount qualifiedMinCount
        qualifiedValueShape qualifiedValueShapesDisjoint select severity sparql targetClass
        targetNode targetObjectsOf targetSubjectsOf uniqueLang validator xone zeroOrMorePath
        zeroOrOnePath""",
    "applied by pySHACL": """Function Rule SPARQLConstructExecutable SPARQLFunction SPARQLRule
        SPARQLTarget SPARQLTargetType Target TargetType TripleRule condition construct expression
        intersection nodes object predicate returnType rule subject target this union""",
    "documentation": """PropertyGroup defaultValue description group labelTemplate name order
        suggestedShapesGraph""",
    "of reports": """AbstractResult ValidationReport ValidationResult conforms detail focusNode
        result resultMessage resultPath resultSeverity shapesGraphWellFormed sourceConstraint
        sourceConstraintComponent sourceShape value""",
    "named where it is used": """JSConstraint JSExecutable JSFunction JSLibrary JSRule JSTarget
        JSTargetType JSValidator entailment filterShape js jsFunctionName jsLibrary jsLibraryURL""",
    "named": """ResultAnnotation SPARQLUpdateExecutable annotationProperty annotationValue
        annotationVarName resultAnnotation shapesGraph update""",
}

#: What is done with each term, by its IRI. Terms that came later are named, or document.
ROLES: Final[dict[str, str]] = {
    **{SH[name]: role for role, names in _ROLES.items() for name in names.split()},
    **{iri: "applied" for iri in TERMS[SH.iri] if iri.endswith("ConstraintComponent")},
    SH.sourceConstraintComponent: "of reports",
    SH.JSConstraintComponent: "named where it is used",
    SH.ExpressionConstraintComponent: "applied by pySHACL",
    **{iri: "documentation" if iri in HARMLESS else "named" for iri in LATER},
}

_NOT_CARRIED: Final = "is not applied: results carry no annotations", Severity.INFO
#: What is said of terms that no engine applies wherever they stand, and how bad it is.
NOT_APPLIED: Final[dict[str, tuple[str, Severity]]] = {
    SH.resultAnnotation: _NOT_CARRIED,
    SH.shapesGraph: ("is not followed: --shapes names the shapes", Severity.INFO),
    SH.update: ("is not applied: no engine here runs an update", Severity.VIOLATION),
    **{
        iri: (
            f"is of {source}, which no engine here applies",
            Severity.INFO if iri in HARMLESS else Severity.VIOLATION,
        )
        for iri, source in LATER.items()
    },
}

_DASH: Final = "http://datashapes.org/dash#"
#: Parameters of constraint components that the library DASH declares: without it they do nothing.
OF_DASH: Final = frozenset(
    _DASH + name
    for name in [
        "closedByTypes",
        "coExistsWith",
        "hasClass",
        "hasMaxContains",
        "hasMinContains",
        "hasValueIn",
        "hasValueWithClass",
        "nonRecursive",
        "reifiableBy",
        "rootClass",
        "singleLine",
        "stem",
        "subSetOf",
        "symmetric",
        "uniqueValueForClass",
        "uniqueValuesForClass",
    ]
)
