"""A layer on top of a region's, which can change."""

from pathlib import Path

import pytest

from tests.helpers import decide, exercise, layer

SITE = """name: Kommun
extends: ../region
hide: [gomd]
patch:
  exercises/lappad:
    title: {was: Lappad, set: Vår}   # en lapp
    materials: {append: [En penna]}
"""


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """The layer below: three exercises and a template."""
    names = {"egen": "Egen", "gomd": "Gömd", "lappad": "Lappad"}
    texts = {name: exercise(name, title, f"REG0{n}") for n, (name, title) in enumerate(names.items())}
    made = layer(tmp_path / "region", "name: Region\n", **texts)
    (made / "layouts/pages").mkdir(parents=True)
    (made / "layouts/pages/page.html").write_text('{% extends "!pages/page.html" %}\n')
    return made


@pytest.fixture
def kommun(region: Path) -> Path:
    """The layer: it replaces, hides and patches, and has recorded it all."""
    text = exercise("egen", "Egen", "REG00").replace("fem minuter på fredagar", "sex minuter på fredagar")
    made = layer(region.parent / "kommun", SITE, egen=text)
    decide(made)
    return made
