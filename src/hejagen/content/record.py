"""The record of the last accessibility check, which a statement is held against: read from the layers, and written."""

import json
from pathlib import Path

from hejagen.layers.stack import MAX_BYTES, RECORD, Layers
from hejagen.model.settings import CheckRun, RecordFile
from hejagen.model.site import Origin, Record
from hejagen.output import put
from hejagen.problems import Problem
from hejagen.reading.files import open_file
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import read_yaml


def read_record(layers: Layers) -> tuple[Record | None, list[Problem]]:
    """Return what the last check found, or None when it was never recorded. Of other layers' records only those of a
    layer on top of the base count: a check of the base alone says nothing about what lies on top."""
    sources = [s for s in layers.all_of(RECORD) if len(layers.layers) == 1 or s.layer != layers.layers[0].name]
    if not sources:
        return None, []
    source = sources[-1]
    text, problems = layers.text(source)
    # JSON is YAML too, so that every value keeps its place.
    reading = read_yaml(text, source.shown)
    if problems or reading.problems:
        return None, [*problems, *reading.problems]
    found, problems = validate(RecordFile, reading, source.shown)
    return (Record(found.checks, Origin(source.shown, source.layer, reading.root)) if found else None), problems


def write_record(folder: Path, run: CheckRun) -> Path:
    """Write what a tool has found into a layer, in place of what the same tool found before, and return the file.

    Raises HejagenError when it cannot be written, also because a link leads out of the layer.
    """
    file = folder / RECORD
    data, _ = open_file(file, folder, RECORD, MAX_BYTES)
    try:
        before = RecordFile.model_validate_json(data).checks
    except ValueError:
        before = ()
    kept = sorted((*(known for known in before if known.tool != run.tool), run), key=lambda known: known.tool)
    rows = {"checks": [known.model_dump(mode="json") for known in kept]}
    put(folder, RECORD, (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode())
    return file
