"""hejagen: layers of Swedish learning content become an accessible, searchable, static site."""

__version__ = "0.2.0"
