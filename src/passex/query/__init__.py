"""SPARQL as people write it: prefixes, values, limits, evidence, and errors that point."""
