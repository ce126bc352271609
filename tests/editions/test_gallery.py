"""The gallery: an edition for those who work with the design."""

import re
from pathlib import Path

import pytest

from hejagen.editions import DEFAULT, EDITIONS
from hejagen.pipeline import build
from hejagen.problems import BuildStopped
from hejagen.theme.assets import SHEETS
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import COMPONENT_EXAMPLES

pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery of the real content."""
    return build((ROOT,), tmp_path_factory.mktemp("gallery") / "dist", (EDITIONS["gallery"],), DAY).folders[0]


def test_the_gallery_is_built_when_asked_for() -> None:
    """It is an edition like the others, but not one that is published."""
    assert "gallery" in EDITIONS and "gallery" not in {edition.name for edition in DEFAULT}


def test_every_example_has_a_page(gallery: Path) -> None:
    """Each example of each component is shown, and the first page leads to it."""
    start = (gallery / "index.html").read_text("utf-8")
    for component, example, _ in COMPONENT_EXAMPLES:
        path = f"{component}/{example.replace(' ', '-')}/index.html"
        assert (gallery / path).is_file() and f'href="{path}"' in start


def test_every_example_has_all_styles(gallery: Path) -> None:
    """Styles that the site loads on some pages alone are on every page of the gallery: an example may be of any."""
    page = (gallery / "worksheet" / "usual" / "index.html").read_text("utf-8")
    linked = {Path(name).name.split(".")[0] for name in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)}
    assert {Path(sheet).stem for sheet in SHEETS} <= linked


def test_the_brand_is_shown_with_its_contrast(gallery: Path) -> None:
    """Every pair of both schemes stands in a table with its contrast, and covers of all areas are drawn twice."""
    page = (gallery / "brand" / "index.html").read_text("utf-8")
    assert "link #2b2a6e" in page and "12.4:1" in page and "link #bfe3f5" in page
    for area in ("context", "leadership", "planning", "support", "operation", "evaluation", "improvement"):
        assert page.count(f'class="cover a-{area}"') >= 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("summary: Ny.\nparams: []\na11y: Text.\n", '"examples" is missing'),
        ("summary: Ny.\nparams: []\na11y: Text.\nexamples: [{params: {}}]\n", '"name" is missing'),
        (
            "summary: Ny.\nparams: {text: Orden.}\na11y: Text.\nexamples: [{name: a, params: {}}]\n",
            'params: "{"text": "Orden."}" is not a list',
        ),
    ],
)
def test_a_component_that_is_badly_described_is_told(tmp_path: Path, text: str, message: str) -> None:
    """A layer's own component must say what it takes and have examples to be shown."""
    folder = tmp_path / "layouts" / "components" / "ny"
    folder.mkdir(parents=True)
    (folder / "ny.yaml").write_text(text)
    with pytest.raises(BuildStopped) as stopped:
        build((OWN, tmp_path), tmp_path / "dist", (EDITIONS["gallery"],), DAY)
    assert [problem.message for problem in stopped.value.problems] == [message]


def test_html_of_an_example_is_html(gallery: Path) -> None:
    """A parameter of the type html is not escaped: the picture is drawn, not spelt out."""
    page = (gallery / "page-header" / "picture" / "index.html").read_text("utf-8")
    assert "<svg aria-hidden='true'>" in page and "&lt;svg" not in page
