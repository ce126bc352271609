"""The `hejagen` command: click, and nothing but click. Read main.py first, then the command you look for."""
