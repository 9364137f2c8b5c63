"""Claims, where they stand in the articles, and why actors are tied."""

from .texts import Check, Finding, check, read_texts

__all__ = ["Check", "Finding", "check", "read_texts"]
