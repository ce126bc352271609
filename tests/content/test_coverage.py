"""What exercises cover is counted from the content, layer upon layer."""

from dataclasses import replace
from pathlib import Path

from lxml import html

from hejagen.content.coverage import coverage
from tests.conftest import EXAMPLES
from tests.helpers import content, exercise, layer, run


def test_the_base_has_no_gaps() -> None:
    """The sixty exercises reach the goals that they were planned with."""
    covered = coverage(content())
    assert covered.exercises == len(content().exercises)
    assert [(table.rows_are, row.id, row.verdict) for table, row in covered.gaps] == []


def test_cells_add_up() -> None:
    """Each exercise has one area and one span of time: their cells are all exercises, once."""
    covered = coverage(content())
    table = next(table for table in covered.tables if (table.rows_are, table.columns_are) == ("area", "time"))
    assert sum(sum(row.cells) for row in table.rows) == covered.exercises
    assert all(sum(row.cells) == row.total for row in table.rows)


def test_a_gap_is_named() -> None:
    """A behaviour with too few exercises is named as a gap, once although it is in two tables."""
    whole = content()
    rest = {name: e for name, e in whole.exercises.items() if "switch_mode" not in e.meta.trained_behaviours}
    gaps = coverage(replace(whole, exercises=rest)).gaps
    assert [(row.id, row.verdict) for table, row in gaps if table.rows_are == "behaviour"] == [("switch_mode", "few")]


def test_a_layer_counts_its_own(tmp_path: Path) -> None:
    """What a layer adds is counted, and as its own."""
    folder = layer(tmp_path / "lager", egen=exercise("egen", "Egen"))
    covered = coverage(content(folder))
    assert covered.own == 1
    voice = next(row for table in covered.tables for row in table.rows if row.id == "invite_voice")
    assert (voice.own, "PRO01" in voice.codes) == (1, True)


def test_page(tmp_path: Path) -> None:
    """The page is whole: a caption and scoped headers for each table, no script, no link out, kept from search."""
    done = run("coverage", "--layer", str(EXAMPLES[0]), "--out", str(tmp_path / "c.html"))
    assert done.returncode == 0, done.stderr
    page = html.parse(str(tmp_path / "c.html")).getroot()
    tables = page.findall(".//table")
    assert len(tables) == 8
    assert all(table.find("caption") is not None for table in tables)
    assert all(cell.get("scope") in ("row", "col") for cell in page.iter("th"))
    assert all(row.findall("th") for table in tables for row in table.iter("tr"))
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert not page.findall(".//script")
    assert all(link.get("href").startswith("#") for link in page.iter("a"))
    assert page.get("lang") == "sv"
