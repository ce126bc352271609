"""What a reader waits for, in Chromium:

    python3 build.py bench reader [NUMBER]

Builds the hosted edition, or one in which exercises are NUMBER together, serves it on loopback with nginx and
hosting/nginx.conf, and opens pages with an empty cache on a slow phone: the profile that Lighthouse has for mobile,
150 ms to the server and back, 1.6 Mbit/s down, and a processor four times slower than this one.

Each page is opened in turn with a bare one: the same text without style and script. The ratio is to that one's first
paint, so that a slow computer or a busy one changes both. All figures are medians of five.

kB is what goes over the wire, with headers. FCP is the first paint of content, LCP that of the largest, CLS what has
moved, and TBT the time over 50 ms of each long task after the first paint.
"""

import argparse
import statistics
import sys
import tempfile
import time
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html as parser

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "bench")]
RUNS = 5
EXERCISE = "ovningar/fredagsraden/"
PAGES = {
    "home": "",
    "list of exercises": "ovningar/",
    "an exercise": EXERCISE,
    "run mode": f"{EXERCISE}#korlage",
    "search": "sok/",
}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
QUICK = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
WORD = "ledning"
BETWEEN_KEYS = 0.12
BARE = """<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Text</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>{}</body></html>"""
WATCH = """
const seen = window.seen = { lcp: 0, cls: 0, tasks: [], last: 0 };
const watch = (type, tell) => new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  seen.last = performance.now();
  tell(entry);
})).observe({ type, buffered: true });
watch("largest-contentful-paint", ({ startTime }) => (seen.lcp = startTime));
watch("layout-shift", ({ value }) => (seen.cls += value));
watch("longtask", (task) => seen.tasks.push(task));
watch("resource", () => {});
"""
"""Stands in a page before all that is its own."""
MEASURED = """
const done = arguments[0], by = (type) => performance.getEntriesByType(type);
const waiting = setInterval(() => {
  const loaded = by("navigation")[0].loadEventEnd;
  if (!loaded || performance.now() - Math.max(loaded, seen.last) < 1500) return;
  clearInterval(waiting);
  const fcp = by("paint").find(({ name }) => name === "first-contentful-paint").startTime;
  const late = seen.tasks.filter(({ startTime, duration }) => startTime + duration > fcp);
  const over = ({ startTime, duration }) => Math.max(0, startTime + duration - Math.max(startTime, fcp) - 50);
  const files = [...by("navigation"), ...by("resource")];
  const sum = (list, size) => list.reduce((total, entry) => total + size(entry), 0);
  done([sum(files, ({ transferSize }) => transferSize), files.length, fcp, seen.lcp, seen.cls, sum(late, over)]);
}, 100);
"""
"""Bytes, requests, FCP, LCP, CLS and TBT, when nothing has happened for a while."""
LAST_KEY = """
const word = arguments[0], search = document.querySelector("heja-search");
const [field, results] = ["[name='q']", "[data-role='results']"].map((place) => search.querySelector(place));
let pressed;
window.answer = new Promise((done) => {
  new MutationObserver(() => {
    const ours = search.querySelector("[data-role='status']").textContent.includes(`”${word}”`);
    if (pressed && ours && results.children.length) done(performance.now() - pressed);
  }).observe(search, { childList: true, characterData: true, subtree: true });
});
field.addEventListener("input", ({ timeStamp }) => field.value === word && (pressed = timeStamp));
field.focus();
"""


def bare(page: Path) -> str:
    """Return a page with the text of another, and nothing else."""
    root = parser.parse(page).getroot()
    unseen = "ancestor::script or ancestor::template or ancestor::*[@hidden]"
    texts = root.body.xpath(f".//text()[normalize-space() and not({unseen})]")
    return BARE.format("\n".join(f"<p>{escape(' '.join(text.split()))}</p>" for text in texts))


def limit(driver: Any, network: dict[str, Any], slower: int) -> None:
    """Set how quick the network and the processor are."""
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", network)
    driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": slower})


def opened(driver: Any, address: str) -> None:
    """Open a page as if for the first time."""
    driver.get("about:blank")
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    driver.get(address)


def load(driver: Any, address: str) -> list[float]:
    """Return what MEASURED tells of a page."""
    opened(driver, address)
    return list(driver.execute_async_script(MEASURED))


def answers(driver: Any, address: str) -> list[float]:
    """Return milliseconds from the last key to the first result: of the first search on the page, and of the next."""
    opened(driver, address)
    times = []
    for word in (WORD, "möte"):
        field = driver.find_element("css selector", "heja-search [name='q']")
        field.clear()
        driver.execute_script(LAST_KEY, word)
        for letter in word:
            field.send_keys(letter)
            time.sleep(BETWEEN_KEYS)
        times.append(float(driver.execute_async_script("answer.then(arguments[0])")))
    return times


def medians(rows: list[list[float]]) -> list[float]:
    """Return the median of each column."""
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def measure(site: str) -> None:
    """Measure the site at an address and print the tables."""
    from hejagen.browser.start import show, started, tools

    loads: dict[str, list[list[float]]] = {}
    found: dict[str, list[list[float]]] = {}
    for _ in range(RUNS):
        with started(tools()) as driver:
            show(driver, 412, 823)
            driver.execute_cdp_cmd("Network.enable", {})
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
            limit(driver, SLOW, 4)
            for name, path in PAGES.items():
                loads.setdefault(name, []).append(load(driver, site + path))
                loads.setdefault(f"bare {name}", []).append(load(driver, f"{site}bare/{path.partition('#')[0]}"))
            found.setdefault("slow phone", []).append(answers(driver, site + PAGES["search"]))
            limit(driver, QUICK, 1)
            found.setdefault("this computer", []).append(answers(driver, site + PAGES["search"]))
    print("| | kB | requests | FCP, ms | LCP, ms | × bare | CLS | TBT, ms |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    for name in PAGES:
        size, requests, fcp, lcp, moved, blocked = medians(loads[name])
        ratio = lcp / medians(loads[f"bare {name}"])[2]
        print(f"| {name} | {size / 1000:.1f} | {requests:.0f} | {fcp:.0f} | {lcp:.0f}", end="")
        print(f" | {ratio:.1f} | {moved:.3f} | {blocked:.0f} |")
    print("\n| from the last key to the first result, ms | first search | next |\n|---|--:|--:|")
    for name, rows in found.items():
        print(f"| {name} | {' | '.join(f'{value:.0f}' for value in medians(rows))} |")


def main() -> None:
    """Build, serve, measure and print."""
    from hugo import our_layer, texts

    from hejagen.commands.today import today
    from hejagen.editions import EDITIONS
    from hejagen.pipeline import build
    from tests.hosts import nginx

    command = argparse.ArgumentParser(prog="build.py bench reader")
    command.add_argument("number", nargs="?", type=int)
    number = command.parse_args().number
    with tempfile.TemporaryDirectory() as place:
        layers = (ROOT,)
        if number:
            our_layer(Path(place) / "mangd", list(texts("exercises", ".md", number)))
            layers = (ROOT, Path(place) / "mangd")
        site = build(layers, Path(place) / "dist", (EDITIONS["web"],), today()).folders[0]
        for path in {path.partition("#")[0] for path in PAGES.values()}:
            page = site / "bare" / path / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(bare(site / path / "index.html"), "utf-8")
        with nginx(site.parent) as address:
            measure(urljoin(address, "/"))


if __name__ == "__main__":
    main()
