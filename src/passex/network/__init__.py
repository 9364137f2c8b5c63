"""Networks of who trains with whom: their ties, measures, rankings and groups."""
