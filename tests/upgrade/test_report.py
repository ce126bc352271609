"""The report of an upgrade, in each of its forms."""

import json
from pathlib import Path

import pytest

from tests.helpers import change, run

MINE = "content/sv/exercises/egen.md"


def test_the_command_in_three_forms(region: Path, kommun: Path) -> None:
    """Text and JSON on standard output, HTML in a file; 0 = nothing to do, 1 = look here, 2 = wrong usage."""
    calm = run("upgrade", str(kommun))
    assert calm.returncode == 0 and calm.stdout.startswith("Inget att göra")
    change(region / MINE, "Veckor går fort", "<script>alert(1)</script> Dagar")
    text = run("upgrade", folder=kommun)
    assert text.returncode == 1 and "Ändrat under er (1)" in text.stdout and "+<script>" in text.stdout
    made = json.loads(run("upgrade", str(kommun), "--format", "json").stdout)
    assert made["layer"] == "kommun" and made["items"][0]["kind"] == "changed" and made["items"][0]["conflicts"] == 0
    page = kommun.parent / "rapport.html"
    assert run("upgrade", str(kommun), "--format", "html", "--out", str(page)).returncode == 1
    html = page.read_text("utf-8")
    assert (
        '<html lang="sv">' in html and "&lt;script&gt;alert" in html and "<script" not in html and "http://" not in html
    )
    for arguments in (("upgrade",), ("upgrade", "accept"), ("upgrade", "accept", "x", "--layer", str(kommun))):
        assert run(*arguments).returncode == 2, arguments
    done = run("upgrade", "accept", "exercises/egen", "--merge", "--layer", str(kommun))
    assert done.returncode == 0 and "antecknat" in done.stdout
    assert run("upgrade", str(kommun)).returncode == 0


def test_without_git_there_are_two_diffs(region: Path, kommun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has changed below, and what the layer changed."""
    change(region / MINE, "Veckor går fort", "Dagar går fort")
    monkeypatch.setenv("PATH", str(kommun))
    (item,) = json.loads(run("upgrade", str(kommun), "--format", "json").stdout)["items"]
    assert not item["merged"] and "+Dagar" in item["changed"] and "sex minuter" in item["yours"]
