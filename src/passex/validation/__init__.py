"""Validation: problems of a graph, each with its place in a file."""
