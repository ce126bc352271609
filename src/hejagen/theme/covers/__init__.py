"""Cubist covers, drawn from an item's own data. Read draw.py first."""
