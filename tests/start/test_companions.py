"""What lies in a layer for tools follows the program."""

import json
import re
from pathlib import Path

import pytest

from hejagen import __version__
from hejagen.start.content import create
from tests.conftest import ROOT
from tests.helpers import layer, run

NAMED = re.compile(r"yaml-language-server: \$schema=(\S+)")


@pytest.fixture
def sundvik(tmp_path: Path) -> Path:
    """A layer away from the project."""
    return layer(tmp_path / "sundvik")


@pytest.mark.parametrize("command", [("new", "page", "Om oss"), ("new", "copy", "exercises/fredagsraden")])
def test_the_schema_line_leads_to_the_schema(sundvik: Path, command: tuple[str, ...]) -> None:
    """What the first line of a new file or a copy names for editors is there, and is that of the program."""
    assert run(*command, folder=sundvik).returncode == 0
    (text,) = sundvik.glob("content/sv/*/*.md")
    named = text.parent / NAMED.findall(text.read_text("utf-8"))[0]
    assert named.read_bytes() == (ROOT / "docs/reference/schemas" / named.name).read_bytes()


def test_an_upgrade_renews_what_the_layer_asks_for(sundvik: Path) -> None:
    """An old version in requirements.txt is told, and written anew when the layer accepts; the rest of it stays."""
    assert run("upgrade", "accept", "--all", folder=sundvik).returncode == 0
    (sundvik / "requirements.txt").write_text("# program\nhejagen==0.0.1\n")
    said = run("upgrade", folder=sundvik)
    assert f"requirements.txt asks for hejagen 0.0.1, and this is {__version__}." in said.stdout
    assert (
        f"requirements.txt asks for hejagen {__version__} now."
        in run("upgrade", "accept", "--all", folder=sundvik).stdout
    )
    assert (sundvik / "requirements.txt").read_text() == f"# program\nhejagen=={__version__}\n"
    assert "requirements" not in run("upgrade", folder=sundvik).stdout


def test_a_new_code_is_free(sundvik: Path) -> None:
    """Each new exercise has a code that no other has."""
    texts = [create("exercise", title, "sv", sundvik).read_text("utf-8") for title in ("Ett", "Två", "Tre")]
    assert len({re.findall(r"(?m)^code: (\w+)", text)[0] for text in texts}) == 3


@pytest.mark.parametrize(("name", "organisation"), [("heja-lund", "HEJA Lund"), ("lund", "Lund")])
def test_the_name_is_not_said_twice(tmp_path: Path, name: str, organisation: str) -> None:
    """Whoever calls the layer or the organisation HEJA already has no heja-heja."""
    answers = ("--organisation", organisation, "--email", "a@lund.example", "--colour", "#5a1846")
    assert run("new", "layer", name, *answers, folder=tmp_path).returncode == 0
    text = (tmp_path / name / "site.yaml").read_text("utf-8")
    assert "\nid: heja-lund\n" in text and '\nname: "HEJA Lund"\n' in text


def test_a_new_layer_names_its_schema_and_one_telephone(tmp_path: Path) -> None:
    """The settings of a new layer lead to a schema that asks for no key; the telephone is the publisher's."""
    answers = ("--organisation", "Lund", "--email", "a@lund.example", "--colour", "#5a1846", "--phone", "046-00 00 00")
    assert run("new", "layer", "lund", *answers, folder=tmp_path).returncode == 0
    text = (tmp_path / "lund/site.yaml").read_text("utf-8")
    schema = json.loads((tmp_path / "lund" / NAMED.findall(text)[0]).read_bytes())
    assert "required" not in schema and "required" not in schema["$defs"]["Accessibility"]
    assert schema["$defs"]["Fault"]["required"] == ["what", "where", "why"]
    assert text.count("046-00 00 00") == 1
    assert run("build", "--edition", "web", folder=tmp_path / "lund").returncode == 0
    assert "Ring 046-00 00 00" in (tmp_path / "lund/dist/web/tillganglighet/index.html").read_text("utf-8")
