"""No regular expression hangs: what it takes grows with the length of a text, and not with its square."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import hejagen

SEARCHES = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
"""Methods that try a pattern at every place of a text."""
BOUNDED = {
    "hejagen.commands.reference_pages.PLACE": "reads only the pages of this repository",
    "hejagen.reading.yaml_reader.AMBIGUOUS": "is asked about a hundred characters at most",
    "hejagen.search.bundle.SILENT": "reads finished pages, in which every element has its end",
    "hejagen.theme.script.TOKEN": "is not asked again after a comment without an end",
}
"""Patterns that the square of a text's length would tell on, and why they never meet a long one."""
SHORT, LONG = 2_000, 16_000
"""Characters of the two texts that are compared. What is linear takes 8 times as long, what is a square 64 times."""
NOISE = 0.004
"""Seconds below which nothing is compared."""
CATEGORIES = {codes.CATEGORY_SPACE: " ", codes.CATEGORY_DIGIT: "1", codes.CATEGORY_NOT_WORD: "-"}


def characters(items: Any) -> list[str]:
    """Some characters that a set in brackets stands for."""
    if items[0][0] is codes.NEGATE:
        literals = {chr(value) for code, value in items if code is codes.LITERAL}
        return [next(one for one in "a1 -é" if one not in literals)]
    made = {
        codes.LITERAL: chr,
        codes.RANGE: lambda ends: chr(ends[0]),
        codes.CATEGORY: lambda name: CATEGORIES.get(name, "a"),
    }
    return [made[code](value) for code, value in items]


def parts(parsed: Any) -> tuple[str, list[str]]:
    """A text that a parsed pattern stands for, and texts that parts of it do: what a long text may be made of."""
    text, inside = "", []
    for code, value in parsed:
        if code is codes.LITERAL:
            text += chr(value)
        elif code in (codes.NOT_LITERAL, codes.ANY):
            text += "b" if value == ord("a") else "a"
        elif code is codes.IN:
            text += characters(value)[0]
            inside += characters(value)[:6]
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            body, more = parts(value[2])
            inside += [body, text + body, *more]
            text += body * max(value[0], 1)
        else:
            branches = {
                codes.BRANCH: lambda v: v[1],
                codes.SUBPATTERN: lambda v: [v[3]],
                codes.ATOMIC_GROUP: lambda v: [v],
            }
            looks = {codes.ASSERT: lambda v: [v[1]], codes.ASSERT_NOT: lambda v: [v[1]]}
            for number, branch in enumerate({**branches, **looks}.get(code, lambda v: [])(value)):
                body, more = parts(branch)
                inside += [body, *more]
                text += body if number == 0 and code in branches else ""
    return text, inside


def units(pattern: re.Pattern[Any]) -> list[str]:
    """What long texts for a pattern are made of, repeated: texts for its parts, and beginnings of one for all of it."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    text, inside = parts(parser.parse(written, pattern.flags & ~re.UNICODE))
    return [unit for unit in dict.fromkeys([*inside, *(text[:end] for end in range(1, 25)), text]) if unit]


def patterns() -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Every pattern of the program by its name, with the method that tries it at most places of those that are used."""
    trees = {}
    for info in pkgutil.walk_packages(hejagen.__path__, "hejagen."):
        if not info.name.endswith("__main__"):
            file = importlib.import_module(info.name).__file__
            trees[info.name] = ast.parse(Path(file or "").read_text("utf-8"))
    used: dict[tuple[str, str], set[str]] = {}
    imported: dict[tuple[str, str], str] = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                imported |= {(module, name.asname or name.name): node.module or "" for name in node.names}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used.setdefault((module, node.value.id), set()).add(node.attr)
                if node.value.id == "re" and node.attr in {*SEARCHES, "match", "fullmatch"}:
                    used.setdefault((module, "re"), set())
    for (module, name), source in imported.items():
        used.setdefault((source, name), set()).update(used.get((module, name), ()))
    for module, tree in trees.items():
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, re.Pattern) and (module, name) not in imported:
                methods = used.get((module, name), set())
                at_start = methods & {"match", "fullmatch"} and not methods & SEARCHES
                yield f"{module}.{name}", value, min(methods & {"match", "fullmatch"}) if at_start else "finditer"
        for node in ast.walk(tree):
            match node:
                case ast.Call(ast.Attribute(ast.Name("re"), method), [ast.Constant(str(written)), *_]) if (
                    method != "compile"
                ):
                    name = "finditer" if method in SEARCHES else method
                    yield f"{module}:{node.lineno}", re.compile(written), name


def seconds(pattern: re.Pattern[Any], method: str, unit: str, length: int) -> float:
    """How much processor time a pattern takes: the most of two, with and without a sign at the end that stops it."""
    best = []
    for end in ("", "\0"):
        written = unit * (length // len(unit)) + end
        text: Any = written if isinstance(pattern.pattern, str) else written.encode()
        begun = time.process_time()
        for _ in pattern.finditer(text) if method == "finditer" else (getattr(pattern, method)(text),):
            pass
        best.append(time.process_time() - begun)
    return max(best)


def square(pattern: re.Pattern[Any], method: str) -> str:
    """A unit whose repetition takes the square of the time, or nothing. Asked again when in doubt."""
    for unit in units(pattern):
        if seconds(pattern, method, unit, LONG) > NOISE:
            short, long = (min(seconds(pattern, method, unit, length) for _ in range(3)) for length in (SHORT, LONG))
            if long > 20 * short:
                return unit
    return ""


@pytest.mark.slow
def test_time_grows_with_the_length() -> None:
    """Repeated eight times as often, no part of what a pattern stands for takes twenty times as long."""
    every = list(patterns())
    assert len(every) > 120
    assert BOUNDED.keys() <= {name for name, _, _ in every}
    slow = {name: square(pattern, method) for name, pattern, method in every if name not in BOUNDED}
    assert {name: unit for name, unit in slow.items() if unit} == {}


def test_a_square_is_seen() -> None:
    """Blanks before a sign that does not come, an opening without its end, and what may be none."""
    for written in (r"\s*,", r"<!--.*?-->", r"a*b"):
        assert square(re.compile(written), "finditer"), written
