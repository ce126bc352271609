"""What of a page is searched."""

import pytest

from hejagen.search.bundle import words_of


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p class="lead">Ett <a\n  href="../tva/">två</a></p>', "<p>Ett <a>två</a></p>"),
        ("<div data-pagefind-ignore><div>bort</div> bort</div> kvar", " kvar"),
        ('<h2 id="a" data-pagefind-weight="5">Tre</h2>', '<h2 id="a" data-pagefind-weight="5">Tre</h2>'),
        ('<label for="x">Steg</label>', "<span>Steg</span>"),
        ('<script type="application/json">{"a": "<b>"}</script>text', "text"),
        ("<p>1 &lt; 2 <br/>och</p>", "<p>1 &lt; 2 <br>och</p>"),
    ],
)
def test_only_words_are_searched(html: str, words: str) -> None:
    """Attributes, scripts and what is marked as ignored are left out, so that editions have the same index."""
    assert words_of(html) == words
