"""Words in the reader's language: catalogues, labels, dates, parts of compounds. Read translate.py first."""
