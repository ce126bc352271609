"""What a build and a page cost:

    python3 build.py bench

Every figure is the median of several whole processes, and every time is told as a ratio too: to the bare minimum, a
process that parses the same Markdown and fills one small template for each text, timed in turn with the build in the
same run, so that a slow machine or a busy one changes both.
"""

import gzip
import os
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
BARE = """
import pathlib, jinja2, markdown_it, sys
markdown = markdown_it.MarkdownIt("commonmark")
template = jinja2.Environment(autoescape=True).from_string("<!doctype html><title>{{ title }}</title>{{ html }}")
for path in pathlib.Path("content").rglob("*.md"):
    html = template.render(title=path.stem, html=markdown.render(path.read_text("utf-8")))
    pathlib.Path(sys.argv[1], path.stem + ".html").write_text(html, "utf-8")
"""
BUILD = """
import pathlib, sys
import hejagen.pipeline
from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from hejagen.commands.today import today
edition = EDITIONS["web"]
if "--no-search" in sys.argv:
    hejagen.pipeline.search_files = lambda files, engine: ()
build((pathlib.Path("."),), pathlib.Path(sys.argv[1]) / "dist", (edition,), today())
"""
COMMAND = """
import sys
from hejagen.commands.main import main
main(sys.argv[2:], prog_name="hejagen")
"""


def measured(code: str, *arguments: str, store: str = "") -> tuple[float, float, float]:
    """Return wall seconds, CPU seconds of the process and its children, and peak memory in MB of a new Python.

    `store` is the folder of the store; without one, everything is made anew.
    """
    folder = tempfile.mkdtemp()
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(ROOT)
        os.environ["HEJAGEN_CACHE"] = store
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.execv(sys.executable, [sys.executable, "-c", code, folder, *arguments])
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    shutil.rmtree(folder)
    if status:
        raise SystemExit("a measured process failed")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def median(rows: list[tuple[float, float, float]], column: int) -> float:
    """Return the median of a column."""
    return statistics.median(row[column] for row in rows)


def weight(site: Path, page: str) -> dict[str, int]:
    """Return the compressed bytes of a page and of what it loads at first view, by kind."""
    html = (site / page).read_text("utf-8")
    found = {"html": len(gzip.compress(html.encode()))}
    patterns = {
        "css": r'<link rel="stylesheet" href="([^"]+)"',
        "js": r'<script src="([^"]+)"',
        "icon": r'<link rel="icon" href="([^"]+)"',
    }
    for kind, pattern in patterns.items():
        for address in re.findall(pattern, html):
            file = ((site / page).parent / address).resolve()
            found[kind] = found.get(kind, 0) + len(gzip.compress(file.read_bytes()))
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as store:
        measure(store)


def measure(store: str) -> None:
    """Measure and print, with a folder for the store of those that have one."""
    out = f"{store}/dist"
    cases: Mapping[str, Callable[[], tuple[float, float, float]]] = {
        "bare minimum": lambda: measured(BARE),
        "version": lambda: measured(COMMAND, "--version"),
        "build without search": lambda: measured(BUILD, "--no-search"),
        "build": lambda: measured(BUILD),
        "build from the store": lambda: measured(BUILD, store=store),
        "nothing changed": lambda: measured(COMMAND, "build", "--edition", "web", "--out", out, store=store),
    }
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in cases}
    for _ in range(RUNS + 1):
        for name, run in cases.items():
            rows[name].append(run())
    print(f"{RUNS} runs each after one that is not counted, taken in turn; medians. {os.cpu_count()} cores.")
    print(f"{'':22} {'wall s':>8} {'cpu s':>8} {'ratio':>7} {'peak MB':>8}")
    bare = median(rows["bare minimum"][1:], 0)
    for name, found in rows.items():
        wall, cpu, memory = (median(found[1:], column) for column in range(3))
        print(f"{name:22} {wall:8.3f} {cpu:8.3f} {wall / bare:6.1f}x {memory:8.0f}")
    page_weights()


def page_weights() -> None:
    """Print what the pages weigh over the wire."""
    from hejagen.commands.today import today
    from hejagen.editions import EDITIONS
    from hejagen.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        site = build((ROOT,), Path(folder) / "dist", (EDITIONS["web"],), today()).folders[0]
        pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        weights = {page: weight(site, page) for page in pages}
        heaviest = max(weights, key=lambda page: sum(weights[page].values()))
        exercises = [page for page in pages if page.startswith("ovningar/") and page.count("/") == 2]
        print(f"\nFirst view, gzip: {len(pages)} pages, heaviest {heaviest}")
        for page in (heaviest, max(exercises, key=lambda page: sum(weights[page].values()))):
            parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in weights[page].items())
            print(f"  {page}: {sum(weights[page].values()) / 1000:.1f} kB in {len(weights[page])} requests ({parts})")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
