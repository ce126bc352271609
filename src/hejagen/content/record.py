"""Read and write the record of the last accessibility check, which the statement must agree with."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hejagen.layers.fingerprint import fingerprint
from hejagen.layers.folder import RECORD
from hejagen.layers.lock import hash_of
from hejagen.layers.stack import MAX_BYTES, Layers
from hejagen.model.settings import PARTS, CheckRun, RecordFile
from hejagen.model.site import Origin, Record
from hejagen.output import put
from hejagen.problems import Problem
from hejagen.reading.files import open_file
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import read_yaml


def read_record(layers: Layers) -> tuple[Record | None, list[Problem]]:
    """Return the record of the last check of the top layer, or None if it has none, and the problems in it.

    The record of a layer below does not count: it says nothing about the layers above.
    """
    source = layers.files[layers.layers[-1].name].get(RECORD)
    if source is None:
        return None, []
    text, problems = layers.text(source)
    # JSON is also YAML, and this parser gives every value its place.
    reading = read_yaml(text, source.shown)
    if problems or reading.problems:
        return None, [*problems, *reading.problems]
    file, problems = validate(RecordFile, reading, source.shown)
    if file is None:
        return None, problems
    sealed = file.seal == _seal(reading.data["checks"])
    origin = Origin(source.shown, source.layer, reading.root)
    return Record(file.checks, origin, fingerprint(layers), sealed), problems


def write_record(folder: Path, runs: Iterable[CheckRun]) -> Path:
    """Write what parts of a check came to into the record of a layer, in place of their earlier results, and return the
    file. Earlier results in a file that was changed by hand are dropped.

    Raises HejagenError when the file cannot be written, for example because a link leads out of the layer.
    """
    file = folder / RECORD
    data, _ = open_file(file, folder.resolve(), RECORD, MAX_BYTES)
    try:
        before = RecordFile.model_validate_json(data)
        earlier = before.checks if before.seal == _seal(_rows(before.checks)) else ()
    except ValueError:
        earlier = ()
    newest = {run.part: run for run in (*earlier, *runs)}
    rows = _rows(newest[part] for part in PARTS if part in newest)
    text = json.dumps({"checks": rows, "seal": _seal(rows)}, ensure_ascii=False, indent=2)
    put(folder, RECORD, (text + "\n").encode())
    return file


def _rows(runs: Iterable[CheckRun]) -> list[dict[str, Any]]:
    return [run.model_dump(mode="json") for run in runs]


def _seal(rows: Any) -> str:
    return hash_of(["hejagen check --record", rows])
