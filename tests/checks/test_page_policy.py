"""Whatever a layer's template writes into a page, nothing of it runs, loads or sends what the site does not."""

from pathlib import Path

import pytest

from hejagen.checks.page_policy import page_policy
from hejagen.editions.policy import hosted
from hejagen.model.site import Origin
from hejagen.output import File
from hejagen.pipeline import read
from tests.conftest import DAY, OWN
from tests.helpers import layer

pytestmark = pytest.mark.build

HEAD = '<meta http-equiv="Content-Security-Policy" content="{}">'
PAGE = "<!DOCTYPE html><html lang=sv><head>{}<title>a</title></head><body><main>{}</main></body></html>"
WRONG = {
    "<meta http-equiv=refresh content='0;url=https://x.example/'>": "an order to the browser",
    "<meta http-equiv=content-security-policy content=a>": "not exactly the policy",
    "<base href=https://x.example/>": "an element base",
    "<a href='JavaScript:alert(1)'>a</a>": "an address that is a script",
    "<a href=' java\nscript:alert(1)'>a</a>": "an address that is a script",
    "<svg><a xlink:href='javascript:a()'>a</a></svg>": "an address that is a script",
    "<svg><animate attributeName=href to='javascript:a()'/></svg>": "an address that is a script",
    "<form action=https://x.example/a></form>": "a form is sent to https://x.example/a",
    "<form action=//x.example></form>": "a form is sent to //x.example",
    "<button formaction=http://x.example>a</button>": "a form is sent to",
    "<iframe srcdoc=a></iframe>": "another page or program in it",
    "<embed src=a>": "another page or program in it",
    "<object data=a></object>": "another page or program in it",
    "<svg><use href=https://x.example/a.svg#a /></svg>": "loads https://x.example/a.svg#a",
    "<svg><image xlink:href='//x.example/a.png'/></svg>": "loads //x.example/a.png",
    "<video poster=https://x.example/a.png></video>": "loads",
    "<img srcset='https://x.example/a.png 2x'>": "loads",
    "<table background=https://x.example/a.png></table>": "loads",
    "<a ping=https://x.example/ href=a>a</a>": "loads",
    "<script src=files/sv/a.js></script>": "a script that is none of the site's",
}
RIGHT = """<a href=https://x.example/>a</a><a href=mailto:a@b.se>a</a><img src="data:image/png;base64,AA">
<form action=/api></form><form action=#></form><script src=../assets/a.js></script><svg><use href=#a /></svg>"""


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A layer with a template of its own."""
    folder = layer(tmp_path_factory.mktemp("layer"))
    (folder / "layouts/pages").mkdir(parents=True)
    (folder / "layouts/pages/page.html").write_text('{% extends "!pages/page.html" %}')
    return folder


def told(top: Path, head: str, body: str) -> list[str]:
    """What is said of a page with this in its head and this in its body."""
    loaded = read((OWN, top), DAY)
    policy = hosted(loaded.site)
    page = PAGE.format(head.replace("{}", str(policy)), body)
    files = [File("a/index.html", page.encode(), Origin("page.html", "top"))] * 2
    return [problem.message for problem in page_policy(loaded.survey.layers, files, policy)]


@pytest.mark.parametrize("body", WRONG)
def test_what_a_page_may_not_have_is_told_once(body: str, top: Path) -> None:
    """One message for each fault of a template, on however many pages it is."""
    assert [WRONG[body] in message for message in told(top, HEAD, body)].count(True) == 1


def test_what_a_page_may_have(top: Path) -> None:
    """Links to other sites, forms of the site and pictures in the page are told by nobody."""
    assert told(top, HEAD, RIGHT) == []


@pytest.mark.parametrize(
    "head", ["", HEAD * 2, HEAD.replace("{}", "default-src *"), "<script src=assets/a.js></script>" + HEAD]
)
def test_a_page_carries_its_policy(head: str, top: Path) -> None:
    """It has the program's policy, once, before all that the policy is for."""
    assert any("policy" in message for message in told(top, head, ""))
