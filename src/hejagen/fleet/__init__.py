"""Build many layers at once, and report what they change. Read run.py first."""
