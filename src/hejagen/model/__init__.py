"""What the content is. Front matter and YAML are described once, as frozen Pydantic models: the checks of form, the
JSON Schemas that editors load and the reference pages all come from these classes. No files, no tools.
Read base.py first, then exercise.py."""
