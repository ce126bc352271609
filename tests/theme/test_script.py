"""What of a layer's scripts is told before a browser has to read them."""

import time

import pytest

from hejagen.theme.script import repeated_names, script_faults
from tests.conftest import ROOT

WRONG = {
    "})();": "1:1 a } that closes nothing",
    "(a]": "1:3 a ] that closes nothing",
    "a(\n function b() {": "2:15 a { that is not closed",
    "a = `b": "1:5 a ` without its end",
    "a = `${b": "1:6 a { that is not closed",
    "a = 'b\nc';": "1:5 a ' without its end",
    "a = 1; /* b": "1:8 a /* without its end",
    "a = /b;": "1:5 a / without its end",
    "let a = ;": "1:9 nothing stands between = and ;",
    "f(a =>)": "1:7 nothing stands between => and )",
    "import a from 'b';": '1:1 "import" works in modules only',
    "export default 1;": '1:1 "export" works in modules only',
    "await a;": '1:1 "await" stands outside a function',
    "a.b()\n import c from 'd';": '2:2 "import" works in modules only',
    "a b;": "1:3 no sign stands between a and b",
    "[a]b": "1:4 no sign stands between ] and b",
    "if (a) return;": '1:8 "return" stands outside a function',
}
RIGHT = (
    "const a = `b${ {c: `}${1}`}.c }}`; d(/[/'}]\\/`/g, 4 / 2 / 1);",
    "a.return(); ({ import: 1, await: 2 }); import('b'); function* c() { yield }",
    "for (const a of b) if (a in c) async (d) => new E\nclass F extends G { static async h() {} get i() {} }",
    "const { import: a, get: b } = c; let export_ = 'd' in e;",
    "a = b ? /}/ : c++ / 2; for (;;) { d = [1, 2,]; }",
    "// it's (\n/* ` */ a = 'b\\'(' + \"c\\\nd\";",
)


@pytest.mark.parametrize("script", WRONG)
def test_what_no_browser_can_read_is_told(script: str) -> None:
    """The first fault is told, with its line and column."""
    (problem,) = script_faults(script, "x.js")
    assert f"{problem.at.line}:{problem.at.column} {problem.message}" == WRONG[script]


@pytest.mark.parametrize("script", RIGHT)
def test_what_only_looks_wrong_is_read(script: str) -> None:
    """Brackets in texts, templates, comments and regular expressions are none."""
    assert script_faults(script, "x.js") == ()


def test_our_own_scripts_are_read() -> None:
    """Not one of the base's scripts has a fault, and no two declare the same name for all."""
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "layouts").rglob("*.js")}
    assert [problem for name, text in texts.items() for problem in script_faults(text, name)] == []
    assert [*repeated_names(texts)] == []


def test_two_scripts_that_declare_the_same_name() -> None:
    """The second one is told; names inside functions are their own."""
    texts = {"a.js": "const x = 1; (() => { let y = 1; })();", "b.js": "let y = 2;\n class x {}"}
    (problem,) = repeated_names(texts)
    assert str(problem.at) == "b.js:2:8" and "a.js" in problem.message


@pytest.mark.parametrize("part", ["/*", "'", "/", "/[", "`${", "{", "a/", "`", "$", "\\"])
def test_the_time_grows_with_the_length(part: str) -> None:
    """A script without end is told as soon as a good one is read."""
    before = time.process_time()
    script_faults(part * 200_000, "x.js")
    assert time.process_time() - before < 5
