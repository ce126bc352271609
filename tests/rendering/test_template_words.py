"""What other programs say of templates and drawings is said in our words, which can be translated."""

import pytest

from hejagen.content.raster import Refused
from hejagen.content.svg import parse_svg
from hejagen.layers.stack import base_layer, stack
from hejagen.rendering.template_words import in_our_words
from hejagen.rendering.templates import environment

TEMPLATES = environment(stack((base_layer().folder,)))
TOLD = {
    "{{ nix }}": 'there is no "nix" here',
    "{{ {}.nix }}": 'a value of the kind dict has no "nix"',
    "{{ [1][7] }}": 'a value of the kind list has no "7"',
    "{{ 1 | nix }}": 'there is no filter "nix"',
    "{{ 1 is nix }}": 'there is no test "nix"',
    "{% nix %}": 'there is no tag "nix" here',
    "{% if 1 %}": '"if" is not closed: "endif" is missing',
    "{% block a %}{% if 1 %}{% endblock %}": '"endblock" stands inside "if", which is not closed',
    "{# nix": "a comment is not closed: #} is missing",
    "{% if %}": "a value is missing before %}",
    "{{ (1 }}": "} stands where ) should",
    "{{ 'a' }": '"}" stands where it cannot',
    "{{ 1 ? 2 }}": '"?" stands where it cannot',
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": 'the block "a" is there twice',
    "{{ 1 // 0 }}": "a number is divided by zero",
}


@pytest.mark.parametrize("template", TOLD)
def test_a_mistake_is_told_in_our_words(template: str) -> None:
    """Jinja's own words are English, and for those who know it."""
    with pytest.raises(Exception) as raised:
        TEMPLATES.from_string(template).render()
    assert in_our_words(str(raised.value)) == TOLD[template]


XML = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}'
SVG_TOLD = {
    "<g></svg>": "<g> on line 1 is not closed before what is around it",
    "<g>": "the file ends in the middle",
    "</svg><g/>": "something stands after its end",
    "a & b</svg>": "the sign & must be written &amp;",
    "&nbsp;</svg>": "XML has no &nbsp;",
    "<g id=a/></svg>": "a value stands without quotation marks, or without the last one",
    '<g id="a" id="b"/></svg>': "id is there twice in one tag",
    '<use xlink:href="#a"/></svg>': "nothing says what xlink: before a name means",
    "\x0b</svg>": "it holds a character that XML does not allow",
    "a < b</svg>": "the sign < must be written &lt;",
}


@pytest.mark.parametrize("inside", SVG_TOLD)
def test_why_a_drawing_cannot_be_read(inside: str) -> None:
    """So are those of libxml."""
    with pytest.raises(Refused) as refused:
        parse_svg(XML.format(inside).encode())
    assert refused.value.message == f"the SVG cannot be read: {SVG_TOLD[inside]}"
