"""Comparison of two graphs: the sides, their differences, and how these are found."""
