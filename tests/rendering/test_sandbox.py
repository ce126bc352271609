"""Templates cannot use up the computer: what is too large is refused before it is made, what never ends is stopped."""

import threading
import time
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from hejagen.layers.stack import base_layer, stack
from hejagen.rendering import sandbox as sandbox
from hejagen.rendering.templates import environment
from tests.helpers import layer, stopped

TEMPLATES = environment(stack((base_layer().folder,)))
NESTED = "{% set ns = namespace(s=[1]) %}{% for i in [0] * 64 %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}"
DOUBLED = "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in [0] * 64 %}{% set ns.s = ns.s SIGN ns.s %}{% endfor %}"
LONG = "{% set l = [0] * 9000 %}"
LOOPS = LONG + "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}"


def fill(text: str) -> str:
    """What a template comes to, watched."""
    with sandbox.watched():
        return TEMPLATES.from_string(text).render()


@pytest.mark.parametrize(
    "text",
    [
        "{{ range(10 ** 9) }}",
        "{{ 'x' * 10000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 1000000000) }}",
        "{{ '{a:1000000000}'.format_map({'a': 1}) }}",
        "{{ 'x' | center(3000000000) }}",
        "{{ 'x' | attr('center')(3000000000) }}",
        "{{ ['x'] | map('center', 3000000000) | first }}",
        "{{ 'x'.center(3000000000) }}",
        "{{ 'x'.ljust(3000000000) }}",
        "{{ 'x'.zfill(3000000000) }}",
        "{{ '\t'.expandtabs(3000000000) }}",
        "{{ (1).to_bytes(3000000000, 'big') }}",
        "{{ 'a' | indent(width=3000000000, first=true) }}",
        "{{ [1] | batch(3000000000, 0) | list }}",
        "{{ [1] | slice(3000000000) | list }}",
        "{{ [1] | tojson(indent=3000000000) }}",
        "{{ lipsum(n=1000000) }}",
        "{{ ('x' * 9999) | replace('x', 'y' * 9999) }}",
        "{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
        "{{ ([1] * 9999) | join('y' * 9999) }}",
        "{{ ('y' * 9999).join(['a'] * 9999) }}",
        DOUBLED.replace("SIGN", "~"),
        DOUBLED.replace("SIGN", "+"),
        "{% set s %}{% for a in [0] * 9999 %}" + "x" * 3000 + "{% endfor %}{% endset %}",
        "{% for a in [0] * 9999 %}" + "x" * 3000 + "{% endfor %}",
    ],
)
def test_what_is_too_large_is_refused(text: str) -> None:
    """Nothing of the kind is begun: the answer comes at once."""
    start = time.monotonic()
    with pytest.raises((SecurityError, TemplateSyntaxError, UndefinedError)):
        fill(text)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "text",
    [
        LOOPS,
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
        "{% set s = '<' * 99999 %}" + LONG + "{% for a in l %}{% for b in l %}{{ s | upper }}{% endfor %}{% endfor %}",
        NESTED + "{{ ns.s }}",
        NESTED + "{{ ns.s | tojson }}",
        NESTED + "{{ 'a' ~ ns.s }}",
        NESTED + "{{ cycler(ns.s) }}",
    ],
)
def test_what_never_ends_is_stopped(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time ends it, or the size of what it makes."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)
    with pytest.raises((sandbox.Spent, SecurityError)):
        fill(text)


def test_memory_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small steps that keep what they make end long before the time is up."""
    monkeypatch.setattr(sandbox, "MAX_MEMORY", 50_000_000)
    grow = "{% set s = 'x' * 999999 %}{% set ns = namespace(l=[]) %}" + LONG
    grow += "{% for a in l %}{% set ns.l = [ns.l, s[loop.index :]] %}{% endfor %}"
    start = time.monotonic()
    with pytest.raises(sandbox.Spent):
        fill(grow)
    assert time.monotonic() - start < 10


def test_the_watch_stops_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two threads the one that loops is stopped; afterwards there is nothing left to come."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)
    told: list[type[BaseException]] = []

    def loop() -> None:
        try:
            fill(LOOPS)
        except sandbox.Spent as error:
            told.append(type(error))

    other = threading.Thread(target=loop)
    other.start()
    while other.is_alive():
        assert fill("{{ 'a' ~ 1 }}") == "a1"
    time.sleep(2 * sandbox.LOOKS)
    assert told == [sandbox.Spent]


def test_waiting_is_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that was stopped with Ctrl-Z, or that others keep waiting, goes on afterwards."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)
    with sandbox.watched():
        time.sleep(0.2 + 3 * sandbox.LOOKS)


def test_many_pages_may_count() -> None:
    """What one page uses is not taken from the next."""
    assert {fill("{% for n in range(9999) %}{% endfor %}ja") for _ in range(30)} == {"ja"}


def test_what_templates_need_is_there() -> None:
    """The usual ways to write a text are not in the way of the guards."""
    text = "{{ ('a' * 60000) | truncate(400) | length }} {{ 'abc' | center(9) }} {{ ['a', 'b'] | join(', ') }}"
    assert fill(text) == "400    abc    a, b"
    assert (
        fill("{{ 1700000000 | filesizeformat }} {{ 'a.b'.split('.') | last }} {{ 1 + 2 }} {{ 7 % 4 }}")
        == "1.7 GB b 3 3"
    )
    assert (
        fill("{{ [1, 2] + [3] }} {{ '<b>' ~ 1 }}{% set a = '<i>' | safe %}{{ a ~ '<b>' }}")
        == "[1, 2, 3] &lt;b&gt;1<i>&lt;b&gt;"
    )


def test_a_page_that_never_ends_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build stops at the template's line, after one page and not after all."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.5)
    top = layer(tmp_path / "top")
    (top / "layouts/pages").mkdir(parents=True)
    (top / "layouts/pages/page.html").write_text(f"\n{LOOPS}\n")
    (problem,) = stopped(top)
    assert problem.rule == "template-variable" and "without end" in problem.message
    assert problem.at.path.endswith("layouts/pages/page.html") and problem.at.line == 2


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''|attr('__class__') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ '{0.__class__.__mro__}'.format(5) }}",
        "{{ url.func }}{{ url.__globals__ }}",
        "{{ site.model_config.clear() }}",
        "{{ content.exercises.clear() }}",
        "{{ content.origins['glossary.yaml'].root.value.clear() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../etc/passwd' %}",
        "{% include '../site.yaml' %}",
        "{% import '/etc/passwd' as x %}",
        "{% extends '!../../../etc/passwd' %}",
        "{% for a in range(999999999) %}{% endfor %}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x' * 10000000000 }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ 1 / 0 }}",
    ],
)
def test_templates_cannot_reach_out(tmp_path: Path, text: str) -> None:
    """Python's insides, files and what is shared are out of reach: the build stops at the template's line."""
    top = layer(tmp_path / "top")
    (top / "layouts/pages").mkdir(parents=True)
    (top / "layouts/pages/page.html").write_text(f"\n{text}\n")
    found = stopped(top)
    assert all(problem.rule in ("template-variable", "template-missing", "template-syntax") for problem in found), found
    assert found[0].at.path.endswith("layouts/pages/page.html") and found[0].at.line == 2
