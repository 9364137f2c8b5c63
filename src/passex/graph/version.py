"""The version, read by the build, the caches and the reports."""

__version__ = "0.1.0"
