"""Words in the reader's language: catalogues, labels, dates, and the parts of compound words. Read translate.py first."""
