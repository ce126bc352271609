"""The stack of layers, and what each one does with those below it. Read stack.py first, then survey.py."""
