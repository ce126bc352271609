"""A fleet: many layers at once are each the same as alone, one that fails stops no other, and a lost process loses
nothing."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html
import psutil
import pytest
from distributed.scheduler import KilledWorker

from bench.fleet import synthetic
from hejagen.errors import HejagenError
from hejagen.fleet.order import Order, Outcome
from hejagen.fleet.run import Submit, fleet
from tests.conftest import DAY, ENVIRONMENT, EXAMPLES, STORE

pytestmark = pytest.mark.slow

EDITIONS = ("--edition", "web")
DASK = ("-m", "distributed.cli.dask_scheduler"), ("-m", "distributed.cli.dask_worker")


def hejagen(*arguments: str, cwd: Path, store: str = "", **more: Any) -> subprocess.Popen[str]:
    """A running command of ours, without a store if none is given: it takes its time."""
    command = [sys.executable, "-m", "hejagen", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    around = ENVIRONMENT | {"HEJAGEN_CACHE": store}
    return subprocess.Popen(command, cwd=cwd, env=around, text=True, **pipes, **more)  # type: ignore[call-overload]


def ended(*arguments: str, cwd: Path, store: str = "") -> tuple[int, str]:
    """How a command ends, and what it says."""
    child = hejagen(*arguments, cwd=cwd, store=store)
    said, _ = child.communicate(timeout=600)
    return child.returncode, said


def one_is_built(child: subprocess.Popen[str]) -> bool:
    """Wait until a fleet says that it has built its first layer; what it warns of stands before."""
    assert child.stdout
    return any(re.search(r": \d+ pages, ", line) for line in iter(child.stdout.readline, ""))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The example layers, with a second language and a template of their own, and two more."""
    return [*synthetic(tmp_path_factory.mktemp("layers"), 2, DAY), *EXAMPLES]


@pytest.fixture(scope="module")
def alone(layers: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What `build` makes of each layer in a process of its own, where nothing is remembered from another."""
    here = tmp_path_factory.mktemp("alone")
    for layer in layers:
        code, said = ended("build", "--layer", str(layer), "--out", layer.name, *EDITIONS, cwd=here)
        assert code == 0, said
    return {layer.name: contents(here / layer.name) for layer in layers}


@pytest.fixture(scope="module")
def together(layers: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a fleet of the layers was built."""
    here = tmp_path_factory.mktemp("together")
    code, said = ended("fleet", *map(str, layers), *EDITIONS, cwd=here, store=STORE)
    assert code == 0 and "Built 4 of 4" in said, said
    return here


def test_each_is_as_alone(together: Path, alone: dict[str, dict[str, bytes]]) -> None:
    """Processes that remember what layers have in common write the same bytes as those that do not."""
    for name, files in alone.items():
        assert contents(together / "fleet" / name) == files


def test_the_page_tells_what_layers_change(together: Path) -> None:
    """What is replaced, patched and hidden stands there with the names of the layers, and each edition has a link."""
    page = lxml.html.document_fromstring((together / "fleet/index.html").read_text("utf-8"))
    rows = {
        row.findtext("th/code"): [text.strip() for text in row.xpath("td/text()") if text.strip()]
        for row in page.xpath("//section[2]//tbody/tr")
    }
    assert rows["exercises/sist-i-talarlistan"] == ["3", "lappar: kommun-000, kommun-001", "ersätter: storhamn"]
    assert "ersätter: kommun-000, kommun-001" in rows["exercises/fredagsraden"]
    assert rows["pages/aktionsforskning"][1].startswith("gömmer: ")
    assert int(next(iter(rows.values()))[0]) == max(int(row[0]) for row in rows.values())
    assert page.xpath("//a[@href='kommun-001/web/index.html']/text()") == ["HEJA Kommun-001"]
    assert "kommun-001/content/sv/exercises/egen-001.md:1:1" in page.text_content()


def test_what_has_not_changed_is_left(together: Path, layers: list[Path]) -> None:
    """A fleet that is ordered once more leaves the folders where they are and tells the same; --fresh builds anew."""
    before = {layer.name: (together / "fleet" / layer.name).stat().st_ino for layer in layers}
    page = (together / "fleet/index.html").read_text("utf-8")
    code, said = ended("fleet", *map(str, layers), *EDITIONS, cwd=together, store=STORE)
    assert code == 0 and "Built 4 of 4" in said, said
    assert {layer.name: (together / "fleet" / layer.name).stat().st_ino for layer in layers} == before
    assert (together / "fleet/index.html").read_text("utf-8") == page
    ended("fleet", str(layers[0]), *EDITIONS, "--fresh", cwd=together, store=STORE)
    assert (together / "fleet" / layers[0].name).stat().st_ino != before[layers[0].name]


def test_one_that_fails_stops_no_other(together: Path, layers: list[Path], tmp_path: Path) -> None:
    """Its last good build stays, its error is told with file and line, the page says so, the command ends with 1."""
    bad = tmp_path / layers[0].name
    bad.mkdir()
    (bad / "site.yaml").write_text("nmae: Fel\n", "utf-8")
    before, other = contents(together / "fleet" / bad.name), together / "fleet" / layers[1].name / "web/index.html"
    other.unlink()
    code, said = ended("fleet", str(bad), str(layers[1]), "--edition", "web", cwd=together)
    assert code == 1 and f'{bad.name}/site.yaml:1:1: error: unknown key "nmae"' in said and "Built 1 of 2" in said
    assert contents(together / "fleet" / bad.name) == before and other.is_file()
    assert "Inte byggd: ett fel" in (together / "fleet/index.html").read_text("utf-8")


def test_wrong_usage_changes_nothing(layers: list[Path], tmp_path: Path) -> None:
    """Two layers of one name, a folder with somebody's files, and a cluster that is not there: a message, 2 or 1."""
    real = tmp_path / "own" / layers[0].name
    real.mkdir(parents=True)
    (real / "site.yaml").write_text("name: Egen\n", "utf-8")
    for arguments, expected, words in (
        ((str(layers[0]), str(real)), 2, "have the same name"),
        ((str(layers[0]), "--out", str(tmp_path / "own")), 2, "files that hejagen did not make"),
        ((str(layers[0]), "--dask", "tcp://127.0.0.1:9"), 1, "No Dask scheduler answers at tcp://127.0.0.1:9"),
    ):
        code, said = ended("fleet", *arguments, cwd=tmp_path)
        assert (code, words in said, "Traceback" in said) == (expected, True, False), said
    assert list((tmp_path / "fleet").glob("[!.]*")) == []


def test_ctrl_c_leaves_nothing_half(layers: list[Path], tmp_path: Path) -> None:
    """What has begun is put away, the rest is as it was, the command says how far it came and can be run again."""
    child = hejagen("fleet", *map(str, layers), "--edition", "web", cwd=tmp_path)
    assert one_is_built(child)
    workers = psutil.Process(child.pid).children()
    child.send_signal(signal.SIGINT)
    said = child.stdout.read()
    assert child.wait(30) == 130 and re.search(r"Stopped: [1-3] of 4 are built", said) and "Traceback" not in said, said
    assert not any(worker.is_running() for worker in workers)
    built = [folder for folder in (tmp_path / "fleet").iterdir() if not folder.name.startswith(".")]
    assert built and all((folder / "web/index.html").is_file() for folder in built)
    assert ended("fleet", str(layers[0]), "--edition", "web", cwd=tmp_path)[0] == 0


@contextmanager
def failing(error: Exception) -> Iterator[Submit]:
    """Where every order ends in an error of whoever took it."""
    task: Future[Outcome] = Future()
    task.set_exception(error)
    yield lambda order: task


def test_what_dask_says_of_an_order_is_its_fault(tmp_path: Path) -> None:
    """An order that has cost Dask several workers has that as its fault."""
    error = KilledWorker("fill", SimpleNamespace(address="tcp://x"), 3)
    (outcome,) = fleet([Order(tmp_path, tmp_path / "out", (), DAY)], lambda: failing(error))
    assert outcome.fault and "tcp://x" in outcome.fault.message


def test_a_lost_scheduler_is_told(tmp_path: Path) -> None:
    """Dask cancels what is left when its scheduler is lost."""
    with pytest.raises(HejagenError, match="Start it again"):
        list(fleet([Order(tmp_path, tmp_path / "out", (), DAY)], lambda: failing(CancelledError())))


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C comes in another way")
def test_ctrl_c_while_processes_start(tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to all its processes: nothing is raised in those that build."""
    names = [name for name in "abcdef" if (tmp_path / name / "layouts").mkdir(parents=True) is None]
    child = hejagen("fleet", *names, cwd=tmp_path, start_new_session=True)
    until(lambda: len(psutil.Process(child.pid).children()) > 1)
    os.killpg(child.pid, signal.SIGINT)
    said, _ = child.communicate(timeout=60)
    assert (child.returncode, "Traceback" in said) == (130, False), said


@pytest.mark.skipif(sys.platform != "linux", reason="only there")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    """A folder's name may be any bytes: the page is written all the same."""
    name = os.fsdecode(b"odd\xff")
    (tmp_path / name / "layouts").mkdir(parents=True)
    code, said = ended("fleet", name, cwd=tmp_path)
    assert code == 1 and "Built 0 of 1" in said and (tmp_path / "fleet/index.html").is_file(), said


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a Dask scheduler with two workers, processes of their own, and what kills one of them."""
    note = folder / "scheduler.json"
    common = ("--scheduler-file", str(note), "--no-dashboard")
    quiet = {"cwd": folder, "env": ENVIRONMENT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = []

    def start(part: tuple[str, ...], *options: str) -> None:
        started.append(subprocess.Popen([sys.executable, *part, *common, *options], **quiet))  # type: ignore[call-overload]

    try:
        start(DASK[0], "--host", "127.0.0.1", "--port", "0")
        until(note.is_file)
        for _ in range(2):
            start(DASK[1], "--nthreads", "1", "--no-nanny")
        yield json.loads(note.read_text("utf-8"))["address"], started[-1].kill
    finally:
        for process in started:
            process.kill()
            process.wait()


def until(done: Callable[[], bool]) -> None:
    """Wait until something is so, half a minute at most."""
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_cluster_builds_the_same(layers: list[Path], alone: dict[str, dict[str, bytes]], tmp_path: Path) -> None:
    """Two Dask workers write the same bytes, also when one of them is killed in the middle."""
    with cluster(tmp_path) as (address, kill):
        child = hejagen("fleet", *map(str, layers), *EDITIONS, "--dask", address, cwd=tmp_path)
        assert one_is_built(child)
        kill()
        said = child.stdout.read()
        assert child.wait(120) == 0 and "Built 4 of 4" in said, said
    for name, files in alone.items():
        assert contents(tmp_path / "fleet" / name) == files
