"""Networks of graphs that lie on a cluster: derived and projected there, by Spark Connect."""
