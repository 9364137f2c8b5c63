"""The HTTP server: SPARQL, graphs and answers, each with an address."""
