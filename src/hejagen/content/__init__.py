"""Layers become a Site: everything that is written, read once and checked for its form. Read load.py first."""
