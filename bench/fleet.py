"""What it costs to build a whole country's layers at once:

    python3 build.py bench fleet [NUMBER]

Makes 290 layers (or NUMBER) with the full content under them, each with its own colour, an exercise of its own, one
replaced, one patched and a hidden page, and builds hosted site, search and zip of all. Told are seconds, peak memory of
all processes together, and the ratio to building some of them one by one, in a process each, in the same run.
"""

import colorsys
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
EDITIONS = ("--edition", "web", "--edition", "offline")
ALONE = 5
"""How many are built one by one to compare with."""
CHANGES = """
hide: [aktionsforskning]
patch:
  exercises/sist-i-talarlistan:
    title: {{was: Sist i talarlistan, set: Tala sist i {name}}}
"""


def synthetic(folder: Path, number: int, day: date) -> Iterator[Path]:
    """Make layers below a folder, assessed on a day, and yield their folders: kommun-000 and so on."""
    from hejagen.start.layer import Owner, create_layer

    first = folder / "kommun-000"
    create_layer(first.name, Owner("Kommun-000", "Kommun-000", "heja@kommun-000.example", "#000000"), first, day)
    for place in range(number):
        layer = folder / f"kommun-{place:03}"
        if place:
            shutil.copytree(first, layer)
        yield layer
    for place in range(number):
        _fill(folder / f"kommun-{place:03}", f"{place:03}", place / number)


def _fill(layer: Path, digits: str, hue: float) -> None:
    """Give a copy of the first layer its own name, colour and content."""
    colour = "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, 0.3, 0.6))
    for path in layer.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8").replace("ommun-000", f"ommun-{digits}").replace("#000000", colour)
            path.write_text(text, "utf-8")
    settings = layer / "site.yaml"
    changes = CHANGES.format(name=f"Kommun {digits}")
    settings.write_text(settings.read_text("utf-8").replace("\nhide: []\n", changes), "utf-8")
    exercises = layer / "content/sv/exercises"
    exercises.mkdir(parents=True)
    base = ROOT / "content/sv/exercises"
    own = (base / "fredagsraden.md").read_text("utf-8").replace("fredagsraden", f"egen-{digits}")
    own = re.sub(r"^title: .*$", f"title: Egen rad {digits}", own, count=1, flags=re.M)
    own = re.sub(r"^code: .*$", f"code: KOM{digits}", own, count=1, flags=re.M)
    (exercises / f"egen-{digits}.md").write_text(own, "utf-8")
    replaced = (base / "fredagsraden.md").read_text("utf-8").rstrip() + f"\n\nSå gör vi i Kommun {digits}.\n"
    (exercises / "fredagsraden.md").write_text(replaced, "utf-8")


def measured(*arguments: str, cwd: Path) -> tuple[float, float]:
    """Return seconds and peak memory in MB, all processes together, of a command of ours."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "hejagen", *arguments]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, env={"PYTHONPATH": str(ROOT / "src")}) as child:
        peak = [0.0]
        watch = threading.Thread(target=_watch, args=(child.pid, peak), daemon=True)
        watch.start()
        if child.wait():
            raise SystemExit(f"{' '.join(arguments[:2])} ended with {child.returncode}")
        seconds = time.perf_counter() - start
        watch.join()
    return seconds, peak[0]


def _watch(pid: int, peak: list[float]) -> None:
    try:
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            every = [process, *process.children(recursive=True)]
            peak[0] = max(peak[0], sum(_memory(one) for one in every) / 1e6)
            time.sleep(0.2)
    except psutil.NoSuchProcess:
        return


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def main() -> None:
    """Make, build, measure and print."""
    from hejagen.commands.today import today

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 290
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        layers = list(synthetic(here / "layers", number, today()))
        alone = [
            measured("build", "--layer", str(layer), "--out", str(here / "alone" / layer.name), *EDITIONS, cwd=here)[0]
            for layer in layers[:: max(1, number // ALONE)][:ALONE]
        ]
        seconds, memory = measured("fleet", *map(str, layers), *EDITIONS, cwd=here)
        one = statistics.median(alone)
        print(f"{number} layers, hosted site with search, and zip, on {psutil.cpu_count()} cores")
        print(f"{seconds:.0f} s in all, {seconds / number:.2f} s a layer, {memory:.0f} MB at most")
        print(f"alone, in a process of its own: {one:.2f} s a layer, {one * number / seconds:.1f} times as long")


if __name__ == "__main__":
    main()
