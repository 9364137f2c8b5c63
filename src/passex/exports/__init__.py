"""Files that other programs open: one module a format, and one registry of them."""
