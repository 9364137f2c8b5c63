"""Pictures and files of a network: one module a format."""
