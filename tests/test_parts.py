"""The small parts: addresses, colours, compounds, layers."""

from pathlib import Path

import pytest

from hejagen.languages import language
from hejagen.layers.stack import Layer, Layers
from hejagen.model.settings import Brand
from hejagen.rendering.links import MAX_MAILTO, mailto
from hejagen.theme.colour import contrast
from hejagen.theme.tokens import PAIRS, schemes
from hejagen.urls import relative, root_of, slugify
from hejagen.words.compounds import Vocabulary


@pytest.mark.parametrize(
    ("start", "target", "link"),
    [
        ("index.html", "om/index.html", "om/"),
        ("om/index.html", "index.html", "../"),
        ("om/index.html", "om/index.html", "./"),
        ("om/index.html", "om/index.html#a", "#a"),
        ("ovningar/a/index.html", "assets/site.css", "../../assets/site.css"),
        ("a/index.html", "b/index.html#c", "../b/#c"),
    ],
)
def test_links_are_relative(start: str, target: str, link: str) -> None:
    """A link leads from one file to another without naming the root."""
    assert relative(start, target) == link


def test_copies_on_disk_name_the_file() -> None:
    """With index_links a link to a folder names its index.html."""
    assert relative("om/index.html", "index.html", index_links=True) == "../index.html"
    assert root_of("ovningar/a/index.html") == "../../"


def test_slugs_are_ascii() -> None:
    """Letters are written as the language says, all else becomes hyphens."""
    assert slugify("Åtgärder på ön: 3 sätt!", language("sv").addresses) == "atgarder-pa-on-3-satt"
    assert slugify("Váldde oktavuođa", language("se").addresses) == "valdde-oktavuoda"
    assert slugify("Plain – so plain") == "plain-so-plain"


def test_compounds_give_their_last_part() -> None:
    """A search for the last part of a compound finds it; plain words are left alone."""
    words = Vocabulary(["innovationsledning ledning innovation kommunplan"], "sv")
    assert words.parts("Innovationsledning i en kommunplan") == ("ledning", "plan")
    assert words.parts("fredag och måndag") == ()


def test_headings_break_between_the_parts_of_a_word() -> None:
    """A long compound gets a soft hyphen before its last part, and a word of two letters keeps to the next."""
    words = Vocabulary(["tillgänglighet"], "sv")
    assert words.headline("Tillgänglighetsredogörelse") == "Tillgänglighets\u00adredogörelse"
    assert words.headline("Öva en stund i taget") == "Öva en\u00a0stund i\u00a0taget"


def test_the_brand_passes_in_both_schemes() -> None:
    """Every pair of tokens reaches its contrast: 7:1 for text."""
    brand = Brand(deep="#2b2a6e", strong="#9f1239", glow="#ffd54a", leaf="#0b5d4b", pale="#bfe3f5")
    for scheme in schemes(brand):
        for above, below, least in PAIRS:
            assert contrast(scheme.tokens[above], scheme.tokens[below]) >= least, (above, below)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21, a colour on itself 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_mail_addresses_are_never_too_long() -> None:
    """Å costs six characters encoded; the body is cut before mail programs would."""
    made = mailto("a@example.org", "Ämne & mer", "å\n" * 2000)
    assert len(made) <= MAX_MAILTO
    assert "subject=%C3%84mne%20%26%20mer" in made and "%0A" in made


def test_upper_layers_win(tmp_path: Path) -> None:
    """Of files with the same path the top layer's is read; the others add."""
    for name, files in {"low": ["a.md", "b.md"], "top": ["b.md", "c.md"]}.items():
        folder = tmp_path / name / "content"
        folder.mkdir(parents=True)
        for file in files:
            (folder / file).write_text(name)
    layers = Layers((Layer("low", tmp_path / "low"), Layer("top", tmp_path / "top")))
    assert {path: source.layer for path, source in layers.find("content").items()} == {
        "content/a.md": "low", "content/b.md": "top", "content/c.md": "top",
    }  # fmt: skip


def test_windows_line_ends_and_marks_are_nothing_special(tmp_path: Path) -> None:
    """CRLF and a byte order mark make no difference."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_bytes(b"\xef\xbb\xbfett\r\ntv\xc3\xa5\r\n")
    layers = Layers((Layer("one", tmp_path),))
    assert layers.text(layers.find("content")["content/a.md"]) == ("ett\ntvå\n", [])
