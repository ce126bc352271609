"""The store gives back what was put there, whole, or nothing."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hejagen.store.folder import Store, Together, cache_folder, remembered, store
from hejagen.store.key import Digests, digest
from tests.conftest import ENVIRONMENT

KEY = "0123456789"


@dataclass(frozen=True)
class Pair:
    """Something with fields."""

    left: object
    right: object


def test_what_was_put_is_there(tmp_path: Path) -> None:
    """Another process that opens the folder later has it too."""
    Store(tmp_path).put(KEY, b"page")
    assert Store(tmp_path).get(KEY) == b"page" and Store(tmp_path).get("9876543210") is None


@pytest.mark.parametrize("damage", [b"", b"x", lambda data: data[:-1], lambda data: data[:-1] + b"x"])
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: Any) -> None:
    """A file that was cut short or changed is never trusted."""
    Store(tmp_path).put(KEY, b"page")
    file = tmp_path / KEY[:2] / KEY[2:]
    file.write_bytes(damage(file.read_bytes()) if callable(damage) else damage)
    assert Store(tmp_path).get(KEY) is None


def test_a_value_of_another_program_is_not_there(tmp_path: Path) -> None:
    """What cannot be unpickled is made anew."""
    Store(tmp_path).put(KEY, b"no pickle")
    assert Store(tmp_path).get_value(KEY) is None


def test_fresh_reads_nothing(tmp_path: Path) -> None:
    """A fresh run uses nothing of earlier runs, and puts its own in their place."""
    fresh = Store(tmp_path)
    fresh.put(KEY, b"old")
    fresh.fresh = True
    assert fresh.get(KEY) is None
    fresh.put(KEY, b"new")
    assert Store(tmp_path).get(KEY) == b"new"


def test_without_a_folder_nothing_fails(tmp_path: Path) -> None:
    """A store that is switched off, and one that cannot be written, keep nothing."""
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file" / "below"):
        store = Store(folder)
        store.put(KEY, b"page")
        store.trim()
        assert store.get(KEY) is None


def test_what_is_used_least_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is held to its size, and leaves nothing half written behind."""
    monkeypatch.setattr("hejagen.store.folder.MAX_BYTES", 250)
    store = Store(tmp_path)
    for name in "abcd":
        store.put(name * 10, bytes(100 - 16))
        assert store.get("aaaaaaaaaa")
    store.trim()
    assert {name for name in "abcd" if store.get(name * 10)} == {"a", "d"}
    assert len([*tmp_path.glob("*/*")]) == 2


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"HEJAGEN_CACHE": ""}, None),
        ({"HEJAGEN_CACHE": "/a/b"}, Path("/a/b")),
        ({"XDG_CACHE_HOME": "/x"}, Path("/x/hejagen")),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/eva"}, Path("/home/eva/.cache/hejagen")),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="where caches lie in Linux")
def test_the_folder_is_that_of_the_user(
    variables: dict[str, str], folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HEJAGEN_CACHE chooses, else XDG_CACHE_HOME, else the home folder; a relative XDG_CACHE_HOME does not count."""
    for name in ("HEJAGEN_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == folder


def test_texts_are_kept_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a function returned for many texts is one entry, which a trimmed store holds, those asked for last alone."""
    monkeypatch.setenv("HEJAGEN_CACHE", str(tmp_path))
    monkeypatch.setattr("hejagen.store.folder.MAX_TOGETHER", 2 * len(pickle.dumps("aa", pickle.HIGHEST_PROTOCOL)))
    monkeypatch.setattr("hejagen.store.folder._TOGETHER", [])
    calls: list[str] = []

    def twice(text: str) -> str:
        calls.append(text)
        return text * 2

    first = Together(twice)
    assert [first(text) for text in "abca"] == ["aa", "bb", "cc", "aa"] and calls == ["a", "b", "c"]
    store().trim()
    assert len([*tmp_path.glob("*/*")]) == 1
    later = Together(twice)
    assert [later(text) for text in "acb"] == ["aa", "cc", "bb"] and calls == ["a", "b", "c", "b"]
    monkeypatch.setattr(store(), "fresh", True)
    assert later("a") == "aa" and calls[-1] == "a"
    calls.clear()
    assert later.each([("b",), ("d",), ("b",)]) == ["bb", "dd", "bb"] and calls == ["b", "d"]


def test_a_function_is_called_once_for_each_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a function returned is remembered by all that it was given."""
    monkeypatch.setenv("HEJAGEN_CACHE", str(tmp_path))
    calls: list[int] = []

    @remembered
    def double(number: int, *, by: int = 2) -> int:
        calls.append(number)
        return number * by

    assert [double(2), double(2), double(3), double(2, by=3)] == [4, 4, 6, 6] and calls == [2, 3, 2]


VALUES: list[Callable[[], object]] = [
    lambda: None, lambda: 0, lambda: False, lambda: "", lambda: "0", lambda: b"", lambda: (), lambda: ("a", "b"),
    lambda: ("ab",), lambda: (("a",), "b"), lambda: {}, lambda: {"a": 1}, lambda: {"a": 1, "b": 2},
    lambda: {"b": 2, "a": 1}, lambda: frozenset("abc"), lambda: Pair(1, 2), lambda: Pair(2, 1), lambda: Path("a"),
    lambda: date(2026, 11, 28), lambda: [Pair(1, Pair(2, 3))], lambda: [Pair(Pair(1, 2), 3)],
]  # fmt: skip


def test_values_have_digests_of_their_own() -> None:
    """The same value has the same digest, any other has another; the order of a mapping counts, that of a set not."""
    digests = [digest(value()) for value in VALUES]
    assert len(set(digests)) == len(digests) and digests == [digest(value()) for value in VALUES]


def test_what_is_left_out_does_not_count() -> None:
    """A field that is left out changes no digest, and an object that is changed in place is not asked twice."""
    some = frozenset({(Pair, "right")})
    assert Digests(some).of(Pair(1, 2)) == Digests(some).of(Pair(1, 3)) != Digests(some).of(Pair(2, 2))


def test_a_value_that_is_not_known_has_no_digest() -> None:
    """A key never leaves out what it does not understand."""
    with pytest.raises(TypeError):
        digest((1, object()))


CORES = """
import multiprocessing
import os
import pickle
from hejagen.rendering.cores import in_order
parent, met, cores = os.getpid(), [], len(os.sched_getaffinity(0))
barrier = multiprocessing.get_context("fork").Barrier(cores)
def work(number):
    if os.getpid() != parent and not met:
        met.append(barrier.wait(50))  # until each process has something to do
    return number, os.getpid()
results = list(in_order(work, range(400)))
assert [number for number, _ in results] == list(range(400))
print(len({process for _, process in results} - {parent}) or 1, cores)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="one process in other systems")
@pytest.mark.slow
def test_all_cores_work_in_order() -> None:
    """Many items are shared by processes, and the results come in the order of the items; none is left after."""
    done = subprocess.run(
        [sys.executable, "-c", CORES], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=True
    )
    processes, cores = done.stdout.split()
    assert processes == cores and not done.stderr
