"""Many layers built at once, and the page that tells what they change. Read run.py first."""
