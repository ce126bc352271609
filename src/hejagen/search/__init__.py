"""Finished pages become a search that works in every browser, also from a disk. Read bundle.py first."""
