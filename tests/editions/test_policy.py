"""The security policies of the editions."""

from dataclasses import replace

import pytest

from hejagen.editions import offline, single
from hejagen.editions.policy import hosted, on_disk
from hejagen.model.settings import Form
from hejagen.model.site import Site
from hejagen.pipeline import read
from hejagen.rendering.policy import NONE, SELF, Policy
from tests.conftest import DAY, ROOT

SERVER = "https://svar.example:8443"


@pytest.fixture(scope="module")
def form() -> Site:
    """A site whose form is sent to another server, and whose script asks that server."""
    site = read((ROOT,), DAY).site
    way = Form(kind="form", address="a@b.se", action=f"{SERVER}/a?b=c", answers="json")
    return replace(site, config=site.config.model_copy(update={"feedback": way}))


def test_a_directive_is_replaced_where_it_stands_or_added_at_the_end() -> None:
    """Each change gives a new policy; taking away what is not there is an error and no silence."""
    first = Policy({"default-src": (NONE,), "img-src": (SELF,)})
    assert str(first.with_("default-src", SELF)) == "default-src 'self'; img-src 'self'"
    assert str(first.with_("font-src", SELF)) == "default-src 'none'; img-src 'self'; font-src 'self'"
    assert str(first.without("img-src")) == "default-src 'none'"
    assert str(first) == "default-src 'none'; img-src 'self'"
    with pytest.raises(KeyError):
        first.without("media-src")


def test_the_forms_server_is_let_in_by_every_edition(form: Site) -> None:
    """Scheme, host and port of the address stand in form-action and connect-src, and nothing else of it does."""
    alone = single.policy(form, "", [])
    for policy in (hosted(form), on_disk(form), offline.policy(form), alone):
        assert policy.directives["form-action"][-1] == policy.directives["connect-src"][-1] == SERVER
    assert alone.directives["connect-src"] == (SERVER,)


def test_the_one_page_loads_nothing() -> None:
    """Script and style are known by their hashes, and no file of the site is asked for."""
    policy = single.policy(read((ROOT,), DAY).site, "p{}", ["a()", "b()"])
    assert policy.directives["connect-src"] == (NONE,)
    assert [len(policy.directives[name]) for name in ("script-src", "style-src")] == [2, 1]
    assert [name for name, sources in policy.directives.items() if SELF in sources] == ["form-action"]
