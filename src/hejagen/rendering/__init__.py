"""A Site becomes Pages, and Pages become Files. Read pages.py first, then render.py."""
