"""Drawings of networks: where nodes lie, and the marks that every drawing has in common."""
