"""hejagen: layers of Swedish learning content become an accessible, searchable, static site."""

__version__ = "0.1.0"
STOPPED = "Stopped. The last good build is untouched."
"""What is said at Ctrl-C."""
