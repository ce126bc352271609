"""Settings: what the layers' site.yaml come to."""

from pathlib import Path

from hejagen.layers.stack import stack
from hejagen.layers.survey import survey
from hejagen.model.settings import Brand

BASE = {"deep": "#2b2a6e", "strong": "#9f1239", "glow": "#ffd54a", "leaf": "#0b5d4b", "pale": "#bfe3f5"}


def settings(tmp_path: Path, *texts: str) -> tuple[Brand, object]:
    """The brand, and the origin of site.yaml, of layers on top of the base."""
    folders = []
    for number, text in enumerate(texts):
        folders.append(tmp_path / str(number))
        folders[-1].mkdir()
        (folders[-1] / "site.yaml").write_text(text, "utf-8")
    surveyed = survey(stack(tuple(folders)))
    return surveyed.settings.brand, surveyed.origin


def test_one_colour_starts_anew(tmp_path: Path) -> None:
    """A layer with a colour does not inherit what is set by hand below it; layers on top of it may set some again."""
    brand, origin = settings(
        tmp_path, 'brand: {leaf: "#123524", colour: "#9f1239"}\n', 'brand: {glow: "#ffe08a"}\nname: Ovan\n'
    )
    assert (brand.colour, brand.leaf, brand.glow, brand.deep) == ("#9f1239", "#123524", "#ffe08a", None)
    assert str(origin.at("brand", "colour")).endswith("0/site.yaml:1:34")  # type: ignore[attr-defined]


def test_without_a_colour_the_five_are_inherited(tmp_path: Path) -> None:
    """A layer that sets one of the five by hand keeps the other four."""
    brand, _ = settings(tmp_path, 'brand: {deep: "#123a5c"}\n')
    assert brand.colour is None and brand.strong == BASE["strong"]
