"""Files become values: text, YAML with places, Markdown with places, and checked models. Read yaml_reader.py first."""
