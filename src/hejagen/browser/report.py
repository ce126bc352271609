"""The report of a check in a browser: JSON for programs, and a page of its own for people."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from hejagen.browser.finding import LEVELS, Found, note
from hejagen.browser.run import Examination
from hejagen.layers.survey import Survey
from hejagen.messages import Words, told
from hejagen.rendering.report import filled
from hejagen.words.translate import Translator

TEMPLATE = "reports/check.html"
MOST_PAGES = 12
"""How many pages with the same fault are named in the page for people; the JSON has all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Findings that are alike, said once: one of them, and the pages where it is found."""

    found: Found
    pages: tuple[str, ...]
    count: int


def faults(rows: Mapping[str, tuple[Found, ...]]) -> tuple[Fault, ...]:
    """Return the findings by page as faults: the gravest first, then those on most pages. Alike are findings of one
    rule on one element, wherever on the page it stands."""
    alike: dict[tuple[str, str, str], list[tuple[str, Found]]] = {}
    for path, findings in rows.items():
        for row in findings:
            last = row.selector.rpartition(" > ")[2].partition(":nth")[0]
            alike.setdefault((row.rule, last, row.level), []).append((path, row))
    every = []
    for group in alike.values():
        pages = tuple(dict.fromkeys(path for path, _ in group))
        best = next((row for _, row in group if row.shot), group[0][1])
        every.append(Fault(best, pages[:MOST_PAGES], len(pages)))
    return tuple(sorted(every, key=lambda fault: (LEVELS.index(fault.found.level), -fault.count, fault.found.rule)))


def as_json(examination: Examination, day: date) -> str:
    """Return all that was found, and with what, as JSON."""
    pages = [asdict(page) for page in examination.pages]
    facts = {"date": day.isoformat(), "browser": examination.browser, "axe": examination.axe, "of": examination.of}
    return json.dumps({**facts, "pages": pages}, ensure_ascii=False, indent=1) + "\n"


def as_html(surveyed: Survey, words: Translator, spoken: Words, examination: Examination, day: date) -> str:
    """Return the page for people, in the language of the site, with findings in that of messages.

    Its pictures lie in the folder `shots` beside it.
    """
    return filled(
        surveyed.layers,
        words,
        TEMPLATE,
        site=surveyed.settings.name,
        day=words.date(day),
        examination=examination,
        note=lambda found: told(note(found), spoken),
        faults=faults({page.path: page.findings for page in examination.pages}),
        judged=faults({page.path: page.open for page in examination.pages}),
    )
