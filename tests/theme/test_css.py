"""What of a style is told before browsers have to read it: they would drop it, and what stands after it, in silence."""

import pytest

from hejagen.theme.css import style_faults
from tests.conftest import ROOT

WRONG = {
    "a{": "1:2 a { that is not closed",
    "a{}\n}": "2:1 a } that closes nothing",
    "a:not(b{}": "1:6 a ( that is not closed",
    "a{b:(c}": "1:5 a ( that is not closed",
    "a{b:c)}": "1:6 a ) that closes nothing",
    "a{b:c'}\n}": "1:6 a ' without its end",
    'a{b:"c\\"\n}': '1:5 a " without its end',
    "a{} /*": "1:5 a comment without its end",
    "\\\na{}": "1:1 a \\ with nothing after it",
    "@import '//x.example/a.css';": "1:1 the style loads @import '//x.example/a.css",
    "a{b:url(https://x.example/c)}": "1:5 the style loads url(https://x.example/c",
    "a{b:image-set('https://x.example/c' 1x)}": "1:15 the style loads https://x.example/c",
    'a{b:image-set("//x.example/c" 1x)}': "1:15 the style loads //x.example/c",
}
RIGHT = (
    "a[href^='https://x.example']{b:url('data:image/png;base64,AA==')}",
    "a::after{content:'\\201D' \"}\" '\\''} .b\\:c{}",
    "/* it's ( */ a{b:'c\\\nd'}",
)


@pytest.mark.parametrize("style", WRONG)
def test_what_browsers_would_drop_is_told(style: str) -> None:
    """With its line and column, and once."""
    (problem,) = style_faults(style, "x.css")
    assert f"{problem.at.line}:{problem.at.column} {problem.message}" == WRONG[style]


@pytest.mark.parametrize("style", RIGHT)
def test_what_only_looks_wrong_is_read(style: str) -> None:
    """Signs in texts, escapes and comments are none, and what links are told by loads nothing."""
    assert list(style_faults(style, "x.css")) == []


def test_our_own_styles_are_read() -> None:
    """Not one of the base's styles has a fault."""
    for path in (ROOT / "layouts").rglob("*.css"):
        assert list(style_faults(path.read_text("utf-8"), path.name)) == []
