"""Finished pages become Pagefind's files, in memory. Only this module starts Pagefind.

It uses the `--service` protocol: messages in base64 JSON, each followed by a comma. Pages are sent in a fixed order, so
that the same pages give the same bytes; Pagefind would read a folder in the order of the file system."""

import base64
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from hejagen.errors import UNTOUCHED, HejagenError
from hejagen.messages import say
from hejagen.store.folder import remembered

Documents = tuple[tuple[str, str], ...]
"""Path and HTML of each page that is searched."""


@lru_cache(maxsize=4)
@remembered
def make_index(documents: Documents) -> Mapping[str, bytes]:
    """Return Pagefind's files by path. Editions with the same pages share one run.

    Raises HejagenError when Pagefind fails.
    """
    from pagefind_bin import get_executable

    answers = list(_talk([str(get_executable()), "--service"], _requests(documents)))
    for answer in answers:
        if answer.get("type") == "Error":
            raise search_failed(str(answer.get("message", "")))
    if not answers or "files" not in answers[-1]:
        raise search_failed(say("Pagefind stopped before it had answered"))
    return {file["path"]: base64.b64decode(file["content"]) for file in answers[-1]["files"]}


def search_failed(reason: str) -> HejagenError:
    """Return the error to raise when there is no search index."""
    return HejagenError(say("The search index could not be made: {reason}.", reason=reason), UNTOUCHED)


def _requests(documents: Documents) -> list[dict[str, Any]]:
    pages = [{"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": html} for path, html in documents]
    return [{"type": "NewIndex", "config": {}}, *pages, {"type": "GetFiles", "index_id": 0}]


def _talk(command: list[str], requests: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the answer to each request, in order."""
    sent = [
        base64.b64encode(json.dumps({"message_id": number, "payload": request}).encode()) + b","
        for number, request in enumerate(requests, 1)
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin and process.stdout
        # Written in a thread: Pagefind answers meanwhile, and blocks until its answers are read.
        writer = threading.Thread(target=_write, args=(process.stdin, b"".join(sent)), daemon=True)
        writer.start()
        try:
            received, count = [], 0
            while count < len(sent) and (part := process.stdout.read1(1 << 16)):  # type: ignore[attr-defined]
                received.append(part)
                count += part.count(b",")
        finally:
            process.kill()
    for answer in b"".join(received).split(b",")[:count]:
        yield json.loads(base64.b64decode(answer))["payload"]


def _write(pipe: Any, data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.flush()
    except OSError:
        # Pagefind has stopped. The reader notices that answers are missing.
        return
