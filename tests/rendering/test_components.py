"""Each example of each component gives the HTML in tests/golden. To write it anew, run with HEJAGEN_UPDATE=1."""

import os
from typing import Any

import pytest
from markupsafe import Markup

from hejagen.layers.stack import stack
from hejagen.rendering.templates import environment
from hejagen.words.translate import translator
from tests.conftest import ROOT
from tests.helpers import COMPONENT_EXAMPLES

GOLDEN = ROOT / "tests" / "golden"
AROUND = ("filter", "program-tracker")
"""Components that are put around something."""


@pytest.mark.parametrize(
    ("name", "example", "params"), COMPONENT_EXAMPLES, ids=[f"{n}: {e}" for n, e, _ in COMPONENT_EXAMPLES]
)
def test_example(name: str, example: str, params: dict[str, Any]) -> None:
    """A component's example is rendered as it was when somebody last looked at it."""
    layers = stack(())
    made = environment(layers)
    words, _ = translator(layers, "sv")
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    macro = name.replace("-", "_")
    load = f'{{% from "components/{name}/{name}.html" import {macro} as it %}}'
    call = "{% call it(**params) %}INNER{% endcall %}" if name in AROUND else "{{ it(**params) }}"
    html = str(Markup(made.from_string(load + call).render(params=params))).strip() + "\n"
    golden = GOLDEN / name / f"{example}.html"
    if os.environ.get("HEJAGEN_UPDATE"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(html, "utf-8")
    assert html == golden.read_text("utf-8")
