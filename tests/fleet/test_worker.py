"""Workers: a layer that uses up its process harms no other, and no worker outlives whoever has the orders."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from hejagen.fleet import worker
from hejagen.fleet.order import Order, fill
from hejagen.fleet.worker import Workers
from hejagen.problems import BuildStopped
from tests.conftest import DAY, ENVIRONMENT, EXAMPLES, STATEMENT
from tests.helpers import HANGING, layer

pytestmark = pytest.mark.slow

ENDLESS = "\n{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}" + "{% endfor %}" * 3


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Workers that end with the test."""
    started = Workers()
    yield started
    started.end()


def order(folder: Path, out: Path) -> Order:
    """An order for the hosted edition of a layer."""
    return Order(folder, out / folder.name, ("web",), DAY)


def hostile(folder: Path, template: str = ENDLESS) -> Path:
    """A layer whose page never ends."""
    (layer(folder, STATEMENT) / "layouts/pages").mkdir(parents=True)
    (folder / "layouts/pages/page.html").write_text(template)
    return folder


def until(done: Callable[[], object]) -> None:
    """Wait until something is so, a minute at most."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def children() -> list[psutil.Process]:
    """The processes that this one has started and that still run."""
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def test_a_lost_process_loses_nothing(workers: Workers, tmp_path: Path) -> None:
    """When the system kills a process, what it had begun is built by another."""
    outcomes = []
    before = set(children())
    thread = threading.Thread(target=lambda: outcomes.append(workers.fill(order(EXAMPLES[1], tmp_path))))
    thread.start()
    until(lambda: list(tmp_path.glob(".*-new-*")))
    (lost,) = set(children()) - before
    lost.kill()
    thread.join()
    assert outcomes[0].fault is None and (tmp_path / EXAMPLES[1].name / "web/index.html").is_file()


def test_an_order_that_takes_too_long_is_ended(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its fault says so, and the next order of the same thread has a process of its own."""
    monkeypatch.setattr(worker, "MAX_SECONDS", 0.01)
    outcome = workers.fill(order(EXAMPLES[1], tmp_path / "out"))
    assert outcome.fault and "within 0.01 seconds" in outcome.fault.message and not list(tmp_path.iterdir())
    monkeypatch.undo()
    assert "is not a layer" in str(workers.fill(order(tmp_path / "none", tmp_path / "out")).fault)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say where a process was")
@pytest.mark.skipif(sys.platform != "linux", reason="no process apart in other systems")
def test_a_template_that_hangs_is_told_with_its_place(workers: Workers, tmp_path: Path) -> None:
    """One step in C code that never ends is an error of its layer like any other, and the worker goes on."""
    outcome = workers.fill(order(hostile(tmp_path / "bad", HANGING), tmp_path / "out"))
    assert isinstance(outcome.fault, BuildStopped), outcome.fault
    (place,) = [problem.at for problem in outcome.fault.problems if problem.rule == "template-variable"]
    assert place.path.endswith("bad/layouts/pages/page.html") and place.line == 2
    assert "is not a layer" in str(workers.fill(order(tmp_path / "none", tmp_path / "out")).fault)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited there only")
def test_memory_of_a_worker_is_limited(workers: Workers, tmp_path: Path) -> None:
    """Whatever an order does, its process gets so much memory and no more."""
    before = set(children())
    workers.fill(order(tmp_path / "none", tmp_path / "out"))
    (process,) = set(children()) - before
    assert process.rlimit(psutil.RLIMIT_AS) == (worker.MAX_MEMORY, worker.MAX_MEMORY)


def test_a_worker_without_orders_ends(workers: Workers, tmp_path: Path) -> None:
    """It was ended, for want of orders or otherwise: the next order starts another."""
    before = set(children())
    workers.fill(order(tmp_path / "none", tmp_path / "out"))
    (first,) = set(children()) - before
    first.kill()
    until(lambda: first not in children())
    assert "is not a layer" in str(workers.fill(order(tmp_path / "none", tmp_path / "out")).fault)


def test_a_fault_of_ours_stops_no_other(tmp_path: Path) -> None:
    """When hejagen fails at a layer, that is the outcome of its order, with a report to send."""
    outcome = fill(Order(EXAMPLES[0], tmp_path, ("no such edition",), DAY))
    assert outcome.fault and "a fault in hejagen" in str(outcome.fault) and "hejagen-fault-" in str(outcome.fault)


@pytest.mark.skipif(sys.platform == "win32", reason="other signals")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_the_fleet(tmp_path: Path, end: signal.Signals) -> None:
    """However the process that has the orders ends, those that fill them end too, also in the middle of a page."""
    bad = [hostile(tmp_path / name) for name in ("a", "b")]
    command = [sys.executable, "-m", "hejagen", "fleet", *map(str, bad)]
    quiet = subprocess.DEVNULL
    parent = subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=quiet, stderr=quiet)
    until(lambda: list((tmp_path / "fleet").glob(".*-new-*")))
    started = psutil.Process(parent.pid).children(recursive=True)
    assert started
    parent.send_signal(end)
    parent.wait()
    until(lambda: not any(process.is_running() for process in started))
