"""What is left out of styles and scripts is nothing that a browser reads."""

import re
from typing import Any

from rjsmin import jsmin

from hejagen.theme.css import small
from hejagen.theme.filter import filter_style
from tests.conftest import ROOT

RULES = r"""
const rules = (text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\s+/g, " "));
};
return arguments[0].map(rules);
"""


def test_a_small_style_says_the_same(chrome: Any) -> None:
    """Every style of the base gives a browser the same rules before and after."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "layouts").rglob("*.css"))] + [filter_style()]
    long, short = (chrome.execute_script(RULES, each) for each in (texts, [small(text) for text in texts]))
    assert long == short and sum(map(len, long)) > 50


def test_a_small_script_is_a_script(chrome: Any) -> None:
    """Every script of the base still parses, and has no template in a template: blanks in the inner one would go."""
    parse = "try { new Function(arguments[0]); return ''; } catch (error) { return error.message; }"
    for path in sorted((ROOT / "layouts").rglob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(r"`[^`]*\$\{[^`}]*`", text), path
        assert chrome.execute_script(parse, jsmin(text)) == "", path
