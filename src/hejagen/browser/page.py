"""One page is looked at in a browser: by axe, with the Tab key, and in the ways that readers show it."""

import base64
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from hejagen.browser.finding import Found, Level
from hejagen.browser.start import axe_version, show
from hejagen.browser.states import State

LOOK = (Path(__file__).parent / "look.js").read_text("utf-8")
TAGS: dict[str, Level] = {
    "wcag2a": "A", "wcag21a": "A", "wcag22a": "A", "wcag2aa": "AA", "wcag21aa": "AA", "wcag22aa": "AA",
    "wcag2aaa": "AAA", "wcag21aaa": "AAA", "wcag22aaa": "AAA", "best-practice": "best",
}  # fmt: skip
"""The tags of axe's rules, with the level that each one stands for."""
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
"""The rules of axe whose answer depends on the colour scheme."""
LEAST = {"color-contrast": 4.5, "color-contrast-enhanced": 7.0}
"""The contrast that text must have by these rules, whatever its size."""
SMALL = (320, 256)
"""The window in CSS pixels in which Tab is pressed once more: 1280 by 1024 at 400 %."""
VIEWS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1280, "light", ()), (1280, "dark", COLOURS), (320, "light", ()), (320, "dark", COLOURS),
)  # fmt: skip
"""The widths in CSS pixels and the colour schemes in which axe looks at a page, and with what rules: all when none is
named. 320 px is also 400 % of 1280."""
ALONE = "for (const part of document.querySelectorAll('[data-route][hidden]')) part.remove()"
"""Leaves of the one file with the whole site the part that is shown. With all that is hidden, a look takes minutes."""
PLACES = ("target-size", "scrollable-region-focusable", "color-contrast", "link-in-text-block")
"""The rules of axe whose answer depends on the width of the window."""
VIEWS_OF_MORE = (VIEWS[0], (320, "dark", tuple(dict.fromkeys((*COLOURS, *PLACES)))))
"""The same for more pages of a kind that was looked at in all views: their words by all rules in one view, and the
other scheme and the other width in one more."""
SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
"""
"""The spacing that text must stand, WCAG 2.2, 1.4.12."""
LARGE = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(":root { font-size: 200% !important }");
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
"""
RESTYLED = {"text spacing": SPACING, "text alone": LARGE}
"""What a view with these words in its name does to the page."""
PLAIN = "document.adoptedStyleSheets = []"
ASKED = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => /^https?:/.test(n))"
MOST_STOPS = 600
"""Presses of Tab after which a page is given up."""
TAB = [{"type": kind, "value": "\ue004"} for kind in ("keyDown", "keyUp")]
"""A press of Tab, as WebDriver writes it."""
AT_ONCE = 40
"""Presses of Tab that are sent at once, when those that should lead through the page did not."""
SETTLED = 0.3
"""Seconds that a style may take to show or to hide something."""
SIZE = re.compile(r"(\d{1,4})(?: x (\d{1,4}))? px")
"""The width of a window, and its height, in the name of a view."""
MARGIN = 8
"""CSS pixels around an element in which its mark of focus is looked for."""


class Seen(NamedTuple):
    """Marks of focus that were measured already, by what decides how they look. Shared by all workers."""

    marks: dict[str, bool]
    lock: Lock


def examine(
    driver: Any,
    address: str,
    axe: str,
    seen: Seen,
    states: tuple[State, ...] = (),
    first: bool = True,
    shoot: Callable[[Found], Found] = lambda found: found,
) -> tuple[list[Found], list[Found]]:
    """Return what is found on the page at an address, and what a person must judge: as it opens, and in
    the `states`. The driver's window is left at any size. `shoot` is given each finding while the page is as it was
    found, and returns it with the name of a picture or as it is.

    Of pages of one kind only the `first` is looked at for what depends on its styles and not on its words."""
    known: set[tuple[str, str]] = set()
    show(driver, 1280)
    driver.get_log("browser")
    _open(driver, address)
    driver.execute_script(LOOK + ALONE)
    findings = [*_loaded(driver, address)]
    axe_version(driver, axe)
    judged: list[Found] = []
    for width, scheme, rules in VIEWS if first else VIEWS_OF_MORE:
        show(driver, width, prefers_color_scheme=scheme)
        rows, unsure = _axe(driver, rules, f"{width} px, {scheme}")
        findings += rows
        judged += unsure
    findings += _views(driver)
    show(driver, 1280)
    findings += _walk(driver, seen)
    if first:
        findings += _hovered(driver)
    show(driver, *SMALL)
    findings += _walk(driver, None)
    findings = [shoot(row) for row in _new(findings, known)]
    for state in states:
        for row in _in_state(driver, address, axe, state, judged):
            findings += map(shoot, _new([row], known))
    findings += _without_script(driver, address)
    return list(dict.fromkeys(findings)), list(dict.fromkeys(_new(judged, set())))


def _new(findings: Iterable[Found], known: set[tuple[str, str]]) -> Iterator[Found]:
    """Yield findings without those that an earlier view had too, which are `known` by rule and spot."""
    for row in findings:
        if (row.rule, row.selector) not in known or not row.selector:
            known.add((row.rule, row.selector))
            yield row


def _open(driver: Any, address: str) -> None:
    """Load a page anew. Without another page between, a browser goes from one part of a page to another in it."""
    if "#" in address:
        driver.get("about:blank")
    driver.get(address)


def _loaded(driver: Any, address: str) -> Iterator[Found]:
    """What loading a page brings: words in the console, calls elsewhere, cookies."""
    host = "/".join(address.split("/")[:3])
    for row in driver.get_log("browser"):
        if "favicon" not in row["message"]:
            yield Found("view", "AA", "console", "", row["message"][:200])
    for other in sorted({name for name in driver.execute_script(ASKED) if not name.startswith(host)}):
        yield Found("view", "AA", "elsewhere", "", other)
    for cookie in driver.get_cookies():
        yield Found("view", "AA", "cookie", "", cookie["name"])


def axe_rows(driver: Any, rules: tuple[str, ...] = ()) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what axe finds on the page that is shown, and what it could not decide. No `rules` = all with TAGS."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": list(TAGS)}
    options = {
        "runOnly": only,
        "resultTypes": ["violations", "incomplete"],
        "rules": {} if rules else {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
    }
    result = driver.execute_async_script(
        "const done = arguments[1]; axe.run(document, JSON.parse(arguments[0])).then("
        "({violations, incomplete}) => done({violations, incomplete}), (e) => done({error: String(e)}))",
        json.dumps(options),
    )
    return result["violations"], result["incomplete"]


def _axe(driver: Any, rules: tuple[str, ...], view: str) -> tuple[list[Found], list[Found]]:
    violations, unsure = axe_rows(driver, rules)
    findings = [_of_axe(rule, node, view) for rule in violations for node in rule["nodes"]]
    judged = []
    for rule in unsure:
        for node in rule["nodes"]:
            row = _of_axe(rule, node, view)
            ratio = driver.execute_script("return hejagenLook.contrast(arguments[0])", row.selector)
            if rule["id"] not in LEAST or ratio is None:
                judged.append(row)
            elif ratio < LEAST[rule["id"]] - 0.005:
                findings.append(replace(row, detail=f"{row.detail} ({ratio:.2f}:1)"))
    return findings, judged


def _of_axe(rule: dict[str, Any], node: dict[str, Any], view: str) -> Found:
    levels = [TAGS[tag] for tag in rule["tags"] if tag in TAGS]
    numbers = [tag.removeprefix("wcag") for tag in rule["tags"] if tag.removeprefix("wcag").isdigit()]
    criterion = ".".join((numbers[0][0], numbers[0][1], numbers[0][2:])) if numbers else ""
    target = node["target"][-1]
    selector = target if isinstance(target, str) else target[-1]
    return Found("axe", levels[0] if levels else "best", rule["id"], criterion, rule["help"], selector, view)


def _views(driver: Any) -> Iterator[Found]:
    """How a page stands narrow windows, large text, wide spacing, other colours and a wish for stillness."""
    tries = (
        ("320 px", (320, 900), "", ("wide", "cut"), "1.4.10"),
        ("320 px, text spacing", (320, 900), SPACING, ("wide", "cut"), "1.4.12"),
        ("740 x 360 px", (740, 360), "", ("wide",), "1.3.4"),
        ("1280 px, text alone 200 %", (1280, 900), LARGE, ("wide", "cut"), "1.4.4"),
    )
    size = (0, 0)
    for view, wanted, script, looks, criterion in tries:
        if wanted != size:
            show(driver, *(size := wanted))
        if script:
            driver.execute_script(script)
        for look in looks:
            for row in driver.execute_script(f"return hejagenLook.{look}()"):
                level: Level = "best" if script is LARGE else "AA"  # a browser's zoom, here 320 px, is enough for AA
                yield Found("view", level, look, criterion, row["words"], row["selector"], view)
        if script:
            driver.execute_script(PLAIN)
        if view == "320 px":
            for row in driver.execute_script("return hejagenLook.small(44)"):
                yield Found("view", "AAA", "small-target", "2.5.5", row["words"], row["selector"], view)
    show(driver, 1280, prefers_reduced_motion="reduce")
    for row in driver.execute_script("return hejagenLook.moving()"):
        yield Found("view", "AAA", "moving", "2.3.3", row["words"], row["selector"])


def _use(driver: Any, step: tuple[str, ...]) -> bool:
    """Use what a selector names, as soon as it is there: a press before may load it. Return whether it was."""
    for _ in range(20):
        driver.execute_script(LOOK)  # a press before may have led to another page
        if driver.execute_script("return hejagenLook.use(...arguments)", *step):
            return True
        time.sleep(0.1)
    return False


def _in_state(driver: Any, address: str, axe: str, state: State, judged: list[Found]) -> Iterator[Found]:
    """What is found when a page has been used: by axe, in a narrow window, and with Tab in the smallest one. What a
    person must judge is added to `judged`. The page stands as it does until all are fetched."""

    def named(rows: Iterable[Found]) -> Iterator[Found]:
        return (replace(row, view=f"{state.name}, {row.view}") for row in rows)

    show(driver, 1280)
    _open(driver, address)
    there = [_use(driver, step) for step in state.does]
    time.sleep(state.wait)
    driver.execute_script(LOOK)  # a press may have led to another page
    if there[-1]:
        axe_version(driver, axe)
        for width, scheme, rules in VIEWS[0], VIEWS[3]:
            show(driver, width, prefers_color_scheme=scheme)
            rows, unsure = _axe(driver, rules, f"{width} px, {scheme}")
            yield from named(rows)
            judged.extend(named(unsure))
        show(driver, 320)
        for look in ("wide", "cut"):
            for row in driver.execute_script(f"return hejagenLook.{look}()"):
                yield from named([Found("view", "AA", look, "1.4.10", row["words"], row["selector"], "320 px")])
        show(driver, *SMALL)
        yield from named(list(_walk(driver, None)))
    driver.execute_script("localStorage.clear(); sessionStorage.clear()")


def _walk(driver: Any, seen: Seen | None) -> Iterator[Found]:
    """Press Tab from the top of the page until the focus leaves it, and look at each stop. Without `seen`
    marks of focus are not measured: the window is SMALL, and it is asked what hides there."""
    stops = _stops(driver)
    for number, stop in enumerate(stops):
        stop["view"] = "1280 px" if seen else "320 x 256 px"
        if stop["again"] or number == MOST_STOPS:
            yield _key("trap", "2.1.2", "A", stop)
            break
        if stop["part"]:
            continue  # of a field that was looked at when the focus came to it
        if stop["out"]:
            yield _key("focus-out-of-sight", "2.4.11", "AA", stop)
        elif stop["covered"]:
            yield _key("focus-covered", "2.4.11", "AA", stop)
        elif stop["faded"]:
            yield _key("focus-invisible", "2.4.7", "AA", stop)
        elif seen and not _marked(driver, stop, seen):
            yield _key("focus-mark", "2.4.7", "AA", stop)
        elif seen and stop["cutBy"]:
            yield _key("focus-cut", "2.4.13", "AAA", stop)
    for row in driver.execute_script("return hejagenLook.disordered()"):
        yield _key("order", "2.4.3", "A", row)
    if seen is None:
        return
    for row in driver.execute_script("return hejagenLook.unreached()"):
        yield _key("unreached", "2.1.1", "A", row)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "forced-colors", "value": "active"}]})
    for row in driver.execute_script("return hejagenLook.gone()"):
        yield Found("view", "AA", "gone", "1.4.11", row["words"], row["selector"], "1280 px, forced colours")
    for stop in stops:
        stop["view"] = "1280 px, forced colours"
        if not stop["part"] and not _marked(driver, {**stop, "like": f"forced {stop['like']}"}, seen):
            yield _key("focus-mark", "2.4.7", "AA", stop)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def _stops(driver: Any) -> list[dict[str, Any]]:
    """Return where the focus stops, in order. The browser is sent many presses of Tab at once."""
    presses = driver.execute_script("return hejagenLook.begin()") + 2
    stops: list[dict[str, Any]] = []
    while len(stops) <= MOST_STOPS:
        driver.execute("actions", {"actions": [{"type": "key", "id": "tab", "actions": TAB * presses}]})
        presses = AT_ONCE
        walked = driver.execute_script("return hejagenLook.walked()")
        stops += walked["stops"]
        if walked["left"] or stops[-1]["again"]:
            break
    return stops


def _hovered(driver: Any) -> Iterator[Found]:
    """What a pointer shows above other content and Escape does not take away."""
    for target, over in driver.execute_script("return hejagenLook.hovers()"):
        before = driver.execute_script("return hejagenLook.shown(arguments[0])", target)
        _point(driver, driver.execute_script("return hejagenLook.middle(arguments[0])", over))
        time.sleep(SETTLED)
        if driver.execute_script("return hejagenLook.shown(arguments[0])", target) != before:
            for kind in ("rawKeyDown", "keyUp"):
                key = {"type": kind, "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27}
                driver.execute_cdp_cmd("Input.dispatchKeyEvent", key)
            time.sleep(SETTLED)
            for row in driver.execute_script("return hejagenLook.shown(arguments[0])", target):
                if row not in before:
                    yield Found("view", "AA", "hover-stays", "1.4.13", row["words"], row["selector"], "1280 px")
        _point(driver, {"x": 0, "y": 0})


def _point(driver: Any, spot: dict[str, float]) -> None:
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", **spot})


def _key(rule: str, criterion: str, level: Level, stop: dict[str, Any]) -> Found:
    return Found("keyboard", level, rule, criterion, stop["words"], stop["selector"], stop.get("view", "1280 px"))


def _marked(driver: Any, stop: dict[str, Any], seen: Seen) -> bool:
    """Whether a stop looks different with the focus: at least half of its edge differs by a contrast of 3:1.

    What has the same kind, classes and colours, also those around it, looks the same, and is measured once.
    """
    with seen.lock:
        known = seen.marks.get(stop["like"])
    if known is not None:
        return known
    box = driver.execute_script("return hejagenLook.refocus(arguments[0])", stop["selector"])
    if not box:
        return True  # it is gone since: it was there on the way of the Tab key only
    clip = {
        "x": max(0, box["x"] - MARGIN), "y": max(0, box["y"] - MARGIN),
        "width": min(box["width"], 1280) + 2 * MARGIN, "height": min(box["height"], 800) + 2 * MARGIN, "scale": 1,
    }  # fmt: skip
    with_focus = _picture(driver, clip)
    driver.execute_script("window.hejagenStop = document.activeElement; hejagenStop.blur()")
    without = _picture(driver, clip)
    count = driver.execute_async_script(
        "hejagenStop.focus({ preventScroll: true }); const done = arguments[2];"
        " hejagenLook.differing(arguments[0], arguments[1]).then(done, () => done(1e9))",
        without,
        with_focus,
    )
    marked = bool(count >= clip["width"] + clip["height"] - 4 * MARGIN)
    with seen.lock:
        seen.marks[stop["like"]] = marked
    return marked


def _picture(driver: Any, clip: dict[str, Any]) -> str:
    return str(driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "clip": clip})["data"])


def _without_script(driver: Any, address: str) -> Iterator[Found]:
    """What is left of a page whose scripts are not run."""
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        _open(driver, address)
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    if not driver.execute_script("return document.querySelector('main')?.innerText.trim() ?? ''"):
        yield Found("view", "AA", "without-script", "", "")


def picture(driver: Any, found: Found) -> bytes | None:
    """Return a PNG of the window with the spot of a finding marked, or None when the spot is not seen. The page is the
    one that is shown, as it stands."""
    size = SIZE.search(found.view)
    width, height = (size and size[1]) or 1280, (size and size[2]) or 900
    show(driver, int(width), int(height), prefers_color_scheme="dark" if "dark" in found.view else "light")
    driver.execute_script("".join(script for words, script in RESTYLED.items() if words in found.view))
    marked = driver.execute_script("return hejagenLook.mark(arguments[0])", found.selector)
    data = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"] if marked else ""
    driver.execute_script(f"hejagenLook.unmark(); {PLAIN}")
    return base64.b64decode(data) or None
