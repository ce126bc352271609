"""Begins an exercise, a program, a page or a layer from a starter. Read content.py first."""
