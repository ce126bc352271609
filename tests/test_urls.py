"""Addresses: links from file to file, and names made of titles."""

import pytest

from hejagen.languages import language
from hejagen.urls import relative, root_of, slugify


@pytest.mark.parametrize(
    ("start", "target", "link"),
    [
        ("index.html", "om/index.html", "om/"),
        ("om/index.html", "index.html", "../"),
        ("om/index.html", "om/index.html", "./"),
        ("om/index.html", "om/index.html#a", "#a"),
        ("ovningar/a/index.html", "assets/site.css", "../../assets/site.css"),
        ("a/index.html", "b/index.html#c", "../b/#c"),
        ("a/b/index.html", "a/index.html", "../"),
        ("a/b/index.html", "a/b.css", "../b.css"),
        ("a/b/c/index.html", "a/x/b/c/d.css", "../../x/b/c/d.css"),
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
