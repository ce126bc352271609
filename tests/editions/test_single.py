"""The page that holds all pages."""

from collections import defaultdict
from pathlib import Path

import lxml.html
import pytest

from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.conftest import DAY, ROOT, STATEMENT
from tests.helpers import layer

pytestmark = pytest.mark.build

SCALES = ("minsta-steget-fore-fredag", "testet-som-far-plats-pa-en-vecka", "tank-om-det-redan-har-misslyckats")
"""Exercises whose worksheets get a scale."""
SCALE = '  - {kind: "scale", title: "Hur säkra är ni?", steps: ["lite", "mycket"]}\n'


def test_no_two_parts_share_a_group_of_radio_buttons(tmp_path: Path) -> None:
    """A choice in one part leaves those of all others as they are: a group without a form is within one part."""
    over = layer(tmp_path / "over", STATEMENT)
    (over / "content/sv/worksheets").mkdir()
    for name in SCALES:
        sheet = Path(f"content/sv/worksheets/{name}.yaml")
        (over / sheet).write_text((ROOT / sheet).read_text("utf-8") + SCALE, "utf-8")
    folder = build((ROOT, over), tmp_path / "dist", (EDITIONS["single"],), DAY, exercises=SCALES).folders[0]
    (page,) = folder.glob("*.html")
    groups = defaultdict(list)
    for part in lxml.html.document_fromstring(page.read_bytes()).xpath("//main/*[@data-route]"):
        for name in set(part.xpath(".//input[@type='radio'][not(ancestor::form)][not(@form)]/@name")):
            groups[name].append(part.get("data-route"))
    assert sum("arbetsblad/" in routes[0] for routes in groups.values()) >= 2
    assert {name: routes for name, routes in groups.items() if len(routes) > 1} == {}
