"""The page that holds all pages."""

from collections import defaultdict

import lxml.html
import pytest

from hejagen.pipeline import Built

pytestmark = pytest.mark.slow


def test_no_two_parts_share_a_group_of_radio_buttons(built: Built) -> None:
    """A choice in one part leaves those of all others as they are: a group without a form is within one part."""
    folder = next(folder for folder in built.folders if folder.name == "single")
    (page,) = folder.glob("*.html")
    groups = defaultdict(list)
    for part in lxml.html.document_fromstring(page.read_bytes()).xpath("//main/*[@data-route]"):
        alone = part.xpath(".//input[@type='radio'][not(ancestor::form)][not(@form)]")
        assert all(radio.get("name") for radio in alone), part.get("data-route")
        for name in {radio.get("name") for radio in alone}:
            groups[name].append(part.get("data-route"))
    assert len(groups) > 5
    assert {name: routes for name, routes in groups.items() if len(routes) > 1} == {}
