"""The kinds of pages and what they say."""

from pathlib import Path
from typing import get_args

from hejagen.model.page_kinds import PAGE_KINDS, PageTemplate
from tests.conftest import ROOT
from tests.helpers import content, layer


def test_a_text_can_choose_each_kind_that_is_for_texts() -> None:
    """The choices of `template` in a page's front matter are the kinds that are texts."""
    assert set(get_args(PageTemplate)) == {kind.name for kind in PAGE_KINDS.values() if kind.text}


def test_each_kind_has_its_template() -> None:
    """Every kind is shown by a file in layouts/pages, and every file there is a kind."""
    assert {path.stem for path in (ROOT / "layouts/pages").glob("*.html")} == set(PAGE_KINDS)


def test_no_way_to_begin_leads_to_what_a_layer_hides(tmp_path: Path) -> None:
    """The start page has no way to begin that leads to a hidden program."""
    own = layer(tmp_path / "own", "name: Prov\nhide: [sex-arbetsplatstraffar]\n")
    links = [way.link for way in content(own).pages["index"].meta.ways]
    assert "program:starta-smatt" in links
    assert "program:sex-arbetsplatstraffar" not in links
