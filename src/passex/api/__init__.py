"""The Python interface: a graph as one object."""
