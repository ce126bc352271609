"""What the copy from a disk costs its reader, in Chromium and Firefox:

    python3 build.py bench offline

Median of several starts: milliseconds until START.html can be used, and until the first result of a first search."""

import statistics
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
RUNS = 5
READY = "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
SEARCH = """
const done = arguments[arguments.length - 1], start = performance.now();
const results = document.querySelector("[data-role='results']");
const told = () => results.children.length && done(performance.now() - start);
new MutationObserver(told).observe(results, { childList: true });
document.getElementById("sokord").value = "ledning";
document.querySelector("heja-search form").requestSubmit();
"""


def measured(driver: Any, folder: str) -> tuple[float, float]:
    """Return milliseconds to a usable start page and to a first result."""
    driver.get(f"{folder}/START.html")
    ready = float(driver.execute_script(READY))
    driver.get(f"{folder}/sok/index.html")
    return ready, float(driver.execute_async_script(SEARCH))


def main() -> None:
    """Build, unpack, measure and print."""
    from hejagen.commands.today import today
    from hejagen.editions import EDITIONS
    from hejagen.pipeline import build
    from tests.browser.drivers import chromium, firefox
    from tests.browser.helpers import geckodriver

    with tempfile.TemporaryDirectory() as place:
        editions = (EDITIONS["offline"], EDITIONS["single"])
        built = build((ROOT,), Path(place) / "dist", editions, today())
        copy = next(built.folders[0].glob("*.zip"))
        one = next(built.folders[1].glob("*.html"))
        with zipfile.ZipFile(copy) as packed:
            packed.extractall(place)
            core = next(entry for entry in packed.infolist() if entry.filename.endswith("search/core.js"))
        print(f"zip {copy.stat().st_size / 1000:.0f} kB, search/core.js {core.compress_size / 1000:.0f} kB compressed")
        print(f"one file {one.stat().st_size / 1000:.0f} kB")
        folder = (Path(place) / built.site.config.id).as_uri()
        for name, start in (("Chromium", chromium), ("Firefox", lambda: firefox(geckodriver()))):
            rows = []
            for _ in range(RUNS):
                with start() as driver:
                    rows.append(measured(driver, folder))
            ready, found = (statistics.median(row[column] for row in rows) for column in range(2))
            print(f"{name}: usable after {ready:.0f} ms, first result {found:.0f} ms after asking")


if __name__ == "__main__":
    main()
