"""The named questions and their answers."""
