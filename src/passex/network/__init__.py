"""Who trains with whom: networks of ties, their measures, rankings and groups."""
