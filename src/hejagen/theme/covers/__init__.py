"""Cubist covers, drawn from the data of an item. Read draw.py first."""
