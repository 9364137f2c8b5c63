"""The curator's bench: from an article's text to its file."""
