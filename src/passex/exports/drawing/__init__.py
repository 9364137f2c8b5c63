"""Drawings of pictures: what their marks mean, where nodes and names stand, and the SVG of it."""
