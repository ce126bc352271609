"""Each example of each component gives the HTML in tests/golden. To write it anew, run with HEJAGEN_UPDATE=1."""

import os
from functools import cache
from typing import Any

import pytest
from jinja2 import nodes

from hejagen.editions.gallery import arguments
from hejagen.languages import language
from hejagen.layers.stack import stack
from hejagen.model.component import ComponentFile, Example
from hejagen.reading.schema import validate
from hejagen.reading.yaml_reader import read_yaml
from hejagen.rendering.templates import environment
from hejagen.words.translate import translator
from tests.conftest import ROOT
from tests.helpers import COMPONENT_EXAMPLES, COMPONENTS

NAMES = sorted(folder.name for folder in COMPONENTS.iterdir())
GOLDEN = ROOT / "tests" / "golden"
TYPES = {"array": list, "boolean": bool, "html": str, "integer": int, "object": dict, "string": str}
"""Types of parameters, and what their values are in YAML."""


@cache
def described(name: str) -> ComponentFile:
    """Return what a component's YAML file says of it."""
    path = COMPONENTS / name / f"{name}.yaml"
    about, problems = validate(ComponentFile, read_yaml(path.read_text("utf-8"), path.name), path.name)
    assert about, problems
    return about


@pytest.mark.parametrize("name", NAMES)
def test_its_parameters_are_the_macros(name: str) -> None:
    """The YAML file names the macro's parameters in order, and requires those that have no default."""
    source = (COMPONENTS / name / f"{name}.html").read_text("utf-8")
    macros = {macro.name: macro for macro in environment(stack(())).parse(source).find_all(nodes.Macro)}
    macro = macros[name.replace("-", "_")]
    required = len(macro.args) - len(macro.defaults)
    assert [(param.name, param.required) for param in described(name).params] == [
        (arg.name, number < required) for number, arg in enumerate(macro.args)
    ]


@pytest.mark.parametrize(
    ("name", "example", "params"), COMPONENT_EXAMPLES, ids=[f"{n}: {e}" for n, e, _ in COMPONENT_EXAMPLES]
)
def test_an_example_gives_what_is_required(name: str, example: str, params: dict[str, Any]) -> None:
    """An example has every required parameter, no unknown one, and values of the type that the YAML file says."""
    known = {param.name: param for param in described(name).params}
    assert {key for key, param in known.items() if param.required} <= set(params) <= set(known)
    for key, value in params.items():
        assert type(value) is TYPES[known[key].type], key


@pytest.mark.parametrize(
    ("name", "example", "params"), COMPONENT_EXAMPLES, ids=[f"{n}: {e}" for n, e, _ in COMPONENT_EXAMPLES]
)
def test_example(name: str, example: str, params: dict[str, Any]) -> None:
    """A component's example is rendered as it was when somebody last looked at it."""
    layers = stack(())
    made = environment(layers)
    made.globals["anchor"] = language("sv").anchor
    words, _ = translator(layers, "sv")
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    macro = name.replace("-", "_")
    load = f'{{% from "components/{name}/{name}.html" import {macro} as it %}}'
    call = "{% call it(**params) %}INNER{% endcall %}" if described(name).around else "{{ it(**params) }}"
    values = arguments(described(name), Example(name=example, params=params))
    html = made.from_string(load + call).render(params=values).strip() + "\n"
    golden = GOLDEN / name / f"{example}.html"
    if os.environ.get("HEJAGEN_UPDATE"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(html, "utf-8")
    assert html == golden.read_text("utf-8")
