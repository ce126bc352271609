"""The accessibility statement: whose it is, how old it is, and what the recorded check says."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from hejagen.content.record import read_record, write_record
from hejagen.layers.stack import RECORD, stack
from hejagen.model.settings import CheckRun
from hejagen.pipeline import check, read, today
from hejagen.problems import BuildStopped
from tests.conftest import OWN, ROOT, STATEMENT
from tests.helpers import run


def rules(folders: tuple[Path, ...]) -> list[str]:
    """Place and rule of each error that stops the reading of a stack of layers."""
    with pytest.raises(BuildStopped) as stopped:
        read(folders)
    return [f"{problem.at.path} {problem.rule}" for problem in stopped.value.problems if problem.level == "error"]


def test_the_base_layer_speaks_for_itself() -> None:
    """The base layer alone passes with its own statement."""
    assert read((ROOT,)).site.base is None


def test_content_alone_cannot_be_published_in_our_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layer without a site.yaml would carry the base layer's statement: the message names the file to write."""
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "content/sv/pages/om.md").write_text((ROOT / "content/sv/pages/om.md").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert set(rules((tmp_path,))) == {"site.yaml statement-owner"}


def test_a_layer_on_a_layer_may_share_its_statement(tmp_path: Path) -> None:
    """What is taken over from a layer between may stand: a school board is part of its municipality."""
    (tmp_path / "site.yaml").write_text("name: Skolan övar\n", "utf-8")
    assert read((OWN, tmp_path)).site.config.accessibility.actor == "Sundby kommun"


def test_a_year_later_the_build_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """The age of the assessment is measured on the day of the build, which SOURCE_DATE_EPOCH may set."""
    assessed = read((ROOT,)).site.config.accessibility.assessed
    for days, message in ((340, "warning"), (367, "error")):
        day = date.fromordinal(assessed.toordinal() + days)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str((day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400))
        assert today() == day
        if message == "warning":
            assert "statement-age" in {problem.rule for problem in read((ROOT,)).warnings}
        else:
            assert "site.yaml statement-age" in {name.rpartition("/")[2] for name in rules((ROOT,))}


def test_records_of_other_tools_are_kept(tmp_path: Path) -> None:
    """Each tool has one entry, the newest; a file that cannot be read is written anew."""
    (tmp_path / RECORD).write_text("not json")
    for tool, found in (("axe-core", 3), ("hejagen", 0), ("axe-core", 0)):
        write_record(tmp_path, CheckRun(tool=tool, version="1", date=date(2026, 11, 24), pages=9, violations=found))
    rows = json.loads((tmp_path / RECORD).read_text("utf-8"))["checks"]
    assert [(row["tool"], row["violations"]) for row in rows] == [("axe-core", 0), ("hejagen", 0)]


def test_the_base_layers_record_is_not_the_layers(tmp_path: Path) -> None:
    """What was found on the base alone says nothing about a layer on top of it."""
    assert read_record(stack(()))[0] is not None
    assert read_record(stack((OWN,)))[0] is None


def test_full_conformance_needs_a_recorded_check(tmp_path: Path) -> None:
    """A claim is refused until the check is recorded; then the build passes and the page says what was found."""
    claim = STATEMENT.replace("  actor:", "  conformance: full\n  faults: []\n  actor:")
    (tmp_path / "site.yaml").write_text(claim, "utf-8")
    refused = run("build", folder=tmp_path)
    assert refused.returncode == 1 and "[statement-record]" in refused.stderr
    recorded = run("check", "--record", folder=tmp_path)
    assert recorded.returncode == 0 and RECORD in recorded.stdout, recorded.stderr
    built = run("build", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "dist/web/tillganglighet/index.html").read_text("utf-8")
    assert "helt förenlig" in page and "granskade programmet hejagen" in page
    assert f"{check((tmp_path,))[0]} sidor" in page and "Det hittade 0 fel" in page


def test_a_failed_check_is_recorded_too(tmp_path: Path) -> None:
    """When the check finds errors, the record says how many."""
    (tmp_path / "site.yaml").write_text(STATEMENT + 'brand: {deep: "#eeeeee"}\n', "utf-8")
    assert run("check", "--record", folder=tmp_path).returncode == 1
    assert json.loads((tmp_path / RECORD).read_text("utf-8"))["checks"][0]["violations"] == 1


def test_a_record_is_not_written_through_a_link(tmp_path: Path) -> None:
    """A layer whose record is a link to a file of somebody's own leaves that file as it is."""
    top = tmp_path / "layer"
    top.mkdir()
    (top / "site.yaml").write_text(STATEMENT, "utf-8")
    (tmp_path / "own").write_text("mine")
    (top / RECORD).symlink_to(tmp_path / "own")
    done = run("check", "--record", "--layer", str(top), folder=tmp_path)
    assert done.returncode == 1 and "leads out" in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "own").read_text() == "mine"


def test_downloads_are_published_and_declared(tmp_path: Path) -> None:
    """A declared file is offered under its own name, and the page tells of those that are not accessible."""
    page = (
        '---\nid: mallar\ntitle: Mallar\nsummary: Mallar.\nlast_reviewed: "2026-11-24"\n---\n\n[Mall](files/a.docx) '
        "och [en del av den](../files/a.docx#del).\n"
    )
    for name, text in {
        "content/sv/pages/mallar.md": page,
        "content/sv/files/a.docx": "x",
        "site.yaml": STATEMENT
        + "  documents:\n    - {file: a.docx, accessible: false, why: Den är gammal., alternative: Ring oss.}\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert run("build", folder=tmp_path).returncode == 0
    web = tmp_path / "dist/web"
    assert next((web / "assets/files/sv").glob("a.*.docx")).read_text() == "x"
    assert 'href="../assets/files/sv/a.' in (web / "mallar/index.html").read_text("utf-8")
    assert re.search(r'href="../assets/files/sv/a.\w+.docx#del"', (web / "mallar/index.html").read_text("utf-8"))
    assert "Filen a.docx" in (web / "tillganglighet/index.html").read_text("utf-8")
