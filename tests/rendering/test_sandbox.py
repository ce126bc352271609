"""Templates cannot use up the computer: whatever takes too much time or memory ends in a message."""

import gc
import sys
import time
from pathlib import Path

import psutil
import pytest
from jinja2.exceptions import SecurityError

from hejagen.layers.stack import base_layer, stack
from hejagen.rendering import sandbox
from hejagen.rendering.sandbox import OverLimit, limited
from hejagen.rendering.templates import environment
from tests.helpers import layer, stopped

pytestmark = pytest.mark.build


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    """What other tests have left, such as drivers of browsers, is thrown away before: what their destructors raise is
    lost, the end of the time too."""
    gc.collect()


TEMPLATES = environment(stack((base_layer().folder,)))
NESTED = "{% set ns = namespace(s=[1]) %}{% for i in [0] * 64 %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}"
DOUBLED = "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in [0] * 64 %}{% set ns.s = ns.s SIGN ns.s %}{% endfor %}"
LONG = "{% set l = [0] * 9000 %}"
LOOPS = LONG + "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}"
TWINS = (
    "\n{% set n = namespace(a=(1,), b=(1,)) %}"
    "{% for i in [0] * 64 %}{% set n.a = (n.a, n.a) %}{% set n.b = (n.b, n.b) %}{% endfor %}\n"
)
STEPS = [TWINS + "{{ {n.a: 1} }}", TWINS + "{{ n.a == n.b }}", TWINS + "{{ n.a < n.b }}"]
"""One step in C code, with tuples in tuples, on line 3."""
TOO_LARGE = [
    "{{ range(10 ** 9) }}",
    "{{ 9 ** 9 ** 9 }}",
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
    "{{ [1] | tojson(indent=3000000000) }}",
    DOUBLED.replace("SIGN", "~"),
    DOUBLED.replace("SIGN", "+"),
    "{% set s = 'x' * 999999 %}{% set ns = namespace(l=[]) %}" + LONG
    + "{% for a in l %}{% set ns.l = [ns.l, s[loop.index :]] %}{% endfor %}",
]  # fmt: skip
TOO_LONG = [
    "{{ ('x' * 9999) | replace('x', 'y' * 9999) }}",
    "{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
    "{{ ([1] * 9999) | join('y' * 9999) }}",
    "{{ ('y' * 9999).join(['a'] * 9999) }}",
    "{% for a in [0] * 9999 %}" + "x" * 3000 + "{% endfor %}",
]
ENDLESS = [
    LOOPS,
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}" + "{% endfor %}" * 3,
    "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    "{% set s = '<' * 99999 %}" + LONG + "{% for a in l %}{% for b in l %}{{ s | upper }}{% endfor %}{% endfor %}",
    "{{ [1] | slice(3000000000) | list }}",
    "{{ lipsum(n=1000000) }}",
    NESTED + "{{ ns.s }}",
    NESTED + "{{ ns.s | tojson }}",
    NESTED + "{{ 'a' ~ ns.s }}",
    NESTED + "{{ ns.s | string | length }}",
]


def fill(text: str) -> str:
    """What a template comes to, under the limits: Jinja works out what it can when it compiles."""
    with limited():
        template = TEMPLATES.from_string(text)
    return sandbox.fill(TEMPLATES, template, {})


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited there only")
@pytest.mark.parametrize("text", [*TOO_LARGE, *TOO_LONG])
def test_what_is_too_large_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing takes more memory than a page may, and no page becomes too long."""
    monkeypatch.setattr(sandbox, "MAX_MEMORY", 200_000_000)
    with pytest.raises((SecurityError, OverLimit, OverflowError)):
        fill(text)


@pytest.mark.parametrize("text", ENDLESS)
@pytest.mark.slow
def test_what_never_ends_is_stopped(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has so many seconds of work and no more."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)
    with pytest.raises(OverLimit, match="seconds"):
        fill(text)


@pytest.mark.skipif(sys.platform != "linux", reason="no process apart in other systems")
@pytest.mark.parametrize(
    ("name", "step"), [*(("pages/page", step) for step in STEPS), ("components/cover/cover", STEPS[0])]
)
@pytest.mark.slow
def test_one_step_that_never_ends_is_told(
    name: str, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python itself cannot be told, the system ends the process apart; the one that builds says at which line."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 1.0)
    monkeypatch.setattr(sandbox, "LAST_SECONDS", 0.2)
    path = layer(tmp_path / "sjö") / f"layouts/{name}.html"
    path.parent.mkdir(parents=True)
    path.write_text(step)
    before = psutil.Process().children()  # of other tests
    (problem,) = stopped(tmp_path / "sjö")
    assert problem.rule == "template-variable" and "more than 1 seconds" in str(problem.message)
    assert problem.at.path.endswith(f"sjö/layouts/{name}.html") and problem.at.line == 3
    assert psutil.Process().children() == before


def test_waiting_is_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that was stopped with Ctrl-Z, or that others keep waiting, goes on afterwards."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)
    with limited():
        time.sleep(0.5)


def test_the_limits_end_with_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after a page may take the time and the memory that it needs."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)
    monkeypatch.setattr(sandbox, "MAX_MEMORY", 10_000_000)
    with limited():
        pass
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass
    assert len(bytearray(300_000_000)) == 300_000_000


def test_what_templates_need_is_there() -> None:
    """The usual ways to write a text are not in the way of the limits."""
    text = "{{ ('a' * 60000) | truncate(400) | length }} {{ 'abc' | center(9) }} {{ ['a', 'b'] | join(', ') }}"
    assert fill(text) == "400    abc    a, b"
    assert fill("{{ '%d %s' | format(3, 'b') }} {{ 'a.b'.split('.') | last }} {{ 1 + 2 }} {{ 7 % 4 }}") == "3 b b 3 3"


def test_a_page_that_never_ends_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build stops at the template's line, after one page and not after all."""
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.5)
    top = layer(tmp_path / "top")
    (top / "layouts/pages").mkdir(parents=True)
    (top / "layouts/pages/page.html").write_text(f"\n{LOOPS}\n")
    (problem,) = stopped(top)
    assert problem.rule == "template-variable" and "without end" in problem.message
    assert problem.at.path.endswith("layouts/pages/page.html") and problem.at.line == 2


def test_a_page_that_is_too_long_is_told_with_its_file(tmp_path: Path) -> None:
    """No line is to blame, but the template is named."""
    top = layer(tmp_path / "top")
    (top / "layouts/pages").mkdir(parents=True)
    (top / "layouts/pages/page.html").write_text(TOO_LONG[0])
    (problem,) = stopped(top)
    assert problem.at.path.endswith("top/layouts/pages/page.html") and "characters" in problem.message


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
