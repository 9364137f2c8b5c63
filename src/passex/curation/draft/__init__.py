"""Drafting: from the text of an article to the file that a curator goes on with."""
