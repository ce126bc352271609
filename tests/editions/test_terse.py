"""HTML in few signs, and hidden elements that stand once."""

import json

import lxml.html
import pytest

from hejagen.editions.alike import share_hidden, split
from hejagen.editions.terse import terse

CASES = (
    ('<p class="a b" id="x">Ett</p>\n<p id="">Två</p>\n', '<p class="a b" id=x>Ett<p id>Två</p>'),
    ("<ul>\n<li>Ett</li>\n<li><p>Två</p>\n</li>\n</ul>", "<ul><li>Ett<li><p>Två</ul>"),
    ("<p>Med <a href='#/x/'>en länk</a>\n<b>och</b>  mer</p>", "<p>Med <a href=#/x/>en länk</a> <b>och</b> mer</p>"),
    ('<svg><path d="M0 0"></path><use href="#a"></use></svg>', '<svg><path d="M0 0"/><use href=#a /></svg>'),
    ("<heja-x><p>Ett</p>\n</heja-x>", "<heja-x><p>Ett</p></heja-x>"),
    ("<textarea>\n  Ett\n</textarea><pre> a\n b</pre>", "<textarea>\n  Ett\n</textarea><pre> a\n b</pre>"),
    ("<i title=\"a > b &amp; 'c'\" hidden>x</i>", "<i title=\"a > b &amp; 'c'\" hidden>x</i>"),
    ("<dl><dt>A</dt> <dd>B</dd></dl>", "<dl><dt>A<dd>B</dl>"),
    ("<td><p>Ett</p></td><td>2</td></tr>", "<td><p>Ett<td>2</tr>"),
)


@pytest.mark.parametrize(("long", "short"), CASES)
def test_signs_that_browsers_do_without_are_left_out(long: str, short: str) -> None:
    """Quotes, end tags and blanks go where the standard says that they may, and stay elsewhere."""
    assert terse(long) == short


def test_what_only_scripts_show_stands_once() -> None:
    """Alike but for the ids of its part, what is hidden is written once with its neighbours; what can be seen stays."""
    hidden = '<p class="acts"><i id="d{0}-a" hidden aria-describedby="d{0}-b">Bara skript visar.</i></p>'
    silent = f'{hidden}<div data-role="next"></div><template><i id="d{{0}}-c"></i></template>'
    html = "".join(
        f'<div data-ids="d{n}-">{silent.format(n)} syns<p hidden>Kort</p><p>Syns</p></div>' for n in range(3)
    )
    parts = lxml.html.fragment_fromstring(html, create_parent=True)
    htmls, script = share_hidden({part.get("data-ids"): split(part, part) for part in parts})
    assert script.startswith("(window.heja??={}).alike=")
    shapes = json.loads(script.partition(".alike=")[2].rstrip(";\n"))
    assert shapes == [terse(silent.format("").replace("d-", "~-"))]
    assert htmls == {
        f"d{n}-": f"<div data-ids=d{n}-><template data-as=0></template> syns<p hidden>Kort</p><p>Syns</div>".encode()
        for n in range(3)
    }
