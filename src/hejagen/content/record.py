"""Read and write the record of the last accessibility check, which the statement must agree with."""

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
    """Return the record of the last check, or None if there is none, and the problems in it.

    When there are several layers, the record of the base does not count: it says nothing about the layers above.
    """
    sources = [s for s in layers.all_of(RECORD) if len(layers.layers) == 1 or s.layer != layers.layers[0].name]
    if not sources:
        return None, []
    source = sources[-1]
    text, problems = layers.text(source)
    # JSON is also YAML, and this parser gives every value its place.
    reading = read_yaml(text, source.shown)
    if problems or reading.problems:
        return None, [*problems, *reading.problems]
    record, problems = validate(RecordFile, reading, source.shown)
    return (Record(record.checks, Origin(source.shown, source.layer, reading.root)) if record else None), problems


def write_record(folder: Path, run: CheckRun) -> Path:
    """Write the result of a tool into the record of a layer, replacing its earlier result, and return the file.

    Raises HejagenError when the file cannot be written, for example because a link leads out of the layer.
    """
    file = folder / RECORD
    data, _ = open_file(file, folder, RECORD, MAX_BYTES)
    try:
        before = RecordFile.model_validate_json(data).checks
    except ValueError:
        before = ()
    checks = sorted((*(known for known in before if known.tool != run.tool), run), key=lambda known: known.tool)
    rows = {"checks": [known.model_dump(mode="json") for known in checks]}
    put(folder, RECORD, (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode())
    return file
