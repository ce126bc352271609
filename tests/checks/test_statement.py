"""The accessibility statement: whose it is, how old it is, and what the recorded check says."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hejagen.checks import BUILDING, PUBLISHING, RECORDING, Checks, run_on_site
from hejagen.checks.claims import CLAIMS, CONFORMS
from hejagen.commands.today import today
from hejagen.content.record import read_record, write_record
from hejagen.editions import EDITIONS
from hejagen.errors import WrongUsage
from hejagen.fleet.order import Order, fill
from hejagen.layers.fingerprint import fingerprint
from hejagen.layers.folder import RECORD
from hejagen.layers.stack import stack
from hejagen.model.settings import PARTS, TRIALS, CheckRun, Trial
from hejagen.model.site import Origin, Record, Site
from hejagen.pipeline import gather, make, read
from hejagen.preview import State, rebuild
from hejagen.problems import BuildStopped
from hejagen.rendering.pages import pages
from hejagen.start.layer import Owner, create_layer
from tests.conftest import DAY, OWN, ROOT, STATEMENT
from tests.helpers import Examples, edition_of, run

pytestmark = pytest.mark.build


def rules(folders: tuple[Path, ...]) -> list[str]:
    """Place and rule of each error that stops the reading of a stack of layers."""
    with pytest.raises(BuildStopped) as stopped:
        read(folders, DAY)
    return [f"{problem.at.path} {problem.rule}" for problem in stopped.value.problems if problem.level == "error"]


def test_the_base_layer_speaks_for_itself() -> None:
    """The base layer alone passes with its own statement."""
    assert read((ROOT,), DAY).site.base is None


def test_content_alone_cannot_be_published_in_our_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layer without a site.yaml would carry the base layer's statement: the message names the file to write."""
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "content/sv/pages/om.md").write_text((ROOT / "content/sv/pages/om.md").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert set(rules((tmp_path,))) == {"site.yaml statement-owner"}


def test_a_layer_on_a_layer_may_share_its_statement(tmp_path: Path) -> None:
    """What is taken over from a layer between may stand: a school board is part of its municipality."""
    (tmp_path / "site.yaml").write_text("name: Skolan övar\n", "utf-8")
    assert read((OWN, tmp_path), DAY).site.config.accessibility.actor == "Sundby kommun"


@pytest.fixture(scope="module")
def base() -> Site:
    """The base layer's site."""
    return read((ROOT,), DAY).site


def ran(part: str = "axe", violations: int = 0, content: str = "", **more: Any) -> CheckRun:
    """A part of a check of all nine pages of a site."""
    facts = {"tool": "axe-core", "version": "1", "date": DAY, "pages": 9, "of": 9, **more}
    return CheckRun.model_validate({**facts, "part": part, "violations": violations, "content": content})


def dated(site: Site, today: date, assessed: date, checked: date) -> Site:
    """A site on a day, assessed on one and checked with one tool on another."""
    statement = site.config.accessibility.model_copy(update={"assessed": assessed, "updated": assessed})
    config = site.config.model_copy(update={"accessibility": statement})
    return replace(
        site, config=config, today=today, record=Record((ran(date=checked),), Origin(RECORD, "base"), "", True)
    )


def levels(site: Site, purpose: Checks) -> list[str]:
    """Rules and levels of what is found about days."""
    rules = ("record-age", "statement-age", "statement-dates", "statement-record")
    return sorted(f"{found.rule} {found.level}" for found in run_on_site(purpose, site) if found.rule in rules)


@pytest.mark.parametrize(
    ("day", "today", "level"),
    [
        ("2026-11-24", "2027-10-25", None),
        ("2026-11-24", "2027-10-26", "warning"),
        ("2026-11-24", "2027-11-24", "warning"),
        ("2026-11-24", "2027-11-25", "error"),
        ("2027-02-28", "2028-02-28", "warning"),
        ("2027-02-28", "2028-02-29", "error"),
        ("2028-02-29", "2029-02-28", "warning"),
        ("2028-02-29", "2029-03-01", "error"),
        ("2027-12-31", "2028-12-31", "warning"),
        ("2027-12-31", "2029-01-01", "error"),
    ],
)
def test_twelve_months_end_what_is_published(base: Site, day: str, today: str, level: str | None) -> None:
    """The last month is told; the day after twelve months stops what is to be published, and no build."""
    site = dated(base, date.fromisoformat(today), date.fromisoformat(day), date.fromisoformat(day))
    told = ["record-age", "statement-age"] if level else []
    assert levels(site, PUBLISHING) == [f"{rule} {level}" for rule in told]
    assert levels(site, BUILDING) == [f"{rule} warning" for rule in told]
    assert levels(site, RECORDING) == []


@pytest.mark.parametrize("days", [0, 1, 2, 400])
@pytest.mark.parametrize("purpose", [BUILDING, PUBLISHING])
def test_a_date_in_the_future_is_told(base: Site, purpose: Checks, days: int) -> None:
    """Somewhere it is tomorrow already. Later dates are slips in the statement, and a lie in the record."""
    day = DAY + timedelta(days=days)
    late = ["statement-dates warning", "statement-dates warning"] if days > 1 else []
    assert levels(dated(base, DAY, day, DAY), purpose) == late
    assert levels(dated(base, DAY, DAY, day), purpose) == (["statement-record error"] if days > 1 else [])


def test_the_last_day_of_all_is_a_day(base: Site) -> None:
    """The last date that can be written is told as any other that is in the future, also on the page."""
    site = dated(base, DAY, date.max, DAY)
    assert levels(site, BUILDING) == ["statement-dates warning"] * 2
    assert site.config.accessibility.due == date.max


LATE = date(DAY.year + 2, 1, 1)
"""A day on which all statements are too old."""


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """A municipality's layer, assessed when all the others were."""
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer/site.yaml").write_text(STATEMENT, "utf-8")
    return tmp_path / "layer"


@pytest.mark.slow
def test_an_old_assessment_stops_no_build(layer: Path) -> None:
    """A build, a preview and a fleet warn of it and go on; so does a new layer on a base that nobody has assessed."""
    done = run("build", "--edition", "web", folder=layer, day=LATE)
    assert done.returncode == 0, done.stderr
    assert "warning: the assessment is from" in done.stderr and (layer / "dist/web/index.html").is_file()
    state, said = State(), []
    rebuild((layer,), layer / "dist", LATE, state, said.append)
    assert state.trouble == "" and "[statement-age]" in said[0] and said[-1].startswith("Built ")
    outcome = fill(Order(layer, layer.parent / "fleet", (), LATE))
    assert outcome.fault is None and [problem.rule for problem in outcome.warnings] == ["statement-age"]
    owner = Owner("Sundviks kommun", "Sundviks kommun", "heja@sundvik.example", "#5a1846", extends=layer)
    assert create_layer("sundvik", owner, layer.parent / "sundvik", LATE) > 4


@pytest.mark.slow
def test_an_old_assessment_is_not_published(layer: Path) -> None:
    """`check` ends with 1, and so does `check --record`: it records what the pages came to; age is no fault there."""
    assert run("check", folder=layer).returncode == 0
    for arguments in (("check",), ("check", "--record")):
        done = run(*arguments, folder=layer, day=LATE)
        assert done.returncode == 1 and "site.yaml:10:13: error: the assessment is from" in done.stderr, done.stderr
    (row,) = json.loads((layer / RECORD).read_text("utf-8"))["checks"]
    assert row["date"] == LATE.isoformat() and row["violations"] == 0 and row["pages"] > 60


@pytest.mark.slow
def test_a_new_record_takes_the_place_of_an_old_one(layer: Path) -> None:
    """What `check` says of an old record, `check --record` mends, unless another tool's is old too."""
    for part, code in (("rules", 0), ("axe", 1)):
        write_record(layer, [ran(part, tool=part, date=date(2020, 2, 29))])
        done = run("check", folder=layer)
        assert done.returncode == 1 and f"the check with {part} is from 2020-02-29" in done.stderr
        assert run("check", "--record", folder=layer).returncode == code


@pytest.mark.slow
def test_the_page_tells_that_the_assessment_is_old(examples: Examples) -> None:
    """It names the day by which a new one is due, and says so itself when that day is past, in each language."""
    loaded = read((ROOT / "layers/hallvaara",), LATE)
    every = pages(loaded.site)
    late = {file.path: file.data for file in make(loaded, every, gather(loaded, every), EDITIONS["web"]).files}
    fresh = edition_of(examples, "hallvaara")
    for path, due, old in (
        ("tillganglighet/index.html", "En ny ska göras senast den 24 november 2027.", "är mer än tolv månader gammal."),
        ("fi/saavutettavuus/index.html", "viimeistään 24. marraskuuta 2027.", "yli kaksitoista kuukautta vanha."),
    ):
        before = (fresh / path).read_text("utf-8")
        assert due in before and old not in before
        assert due in late[path].decode() and old in late[path].decode()


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("1795737600", "2026-11-27"), ("0", "1970-01-01"), ("-1", "1969-12-31"), ("951782400", "2000-02-29")],
)
def test_a_build_is_repeated_on_its_day(monkeypatch: pytest.MonkeyPatch, epoch: str, day: str) -> None:
    """SOURCE_DATE_EPOCH gives the day, in UTC wherever the computer is."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == date.fromisoformat(day)


@pytest.mark.parametrize("epoch", ["x", "1.5", "²", "9" * 30, "999999999999"])
def test_what_is_no_day_is_told(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """What SOURCE_DATE_EPOCH cannot mean is wrong usage, and not read as today."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(WrongUsage, match="not seconds since 1970"):
        today()


def test_records_of_other_parts_are_kept(tmp_path: Path) -> None:
    """Each part has one entry, the newest; a file that cannot be read is written anew."""
    (tmp_path / RECORD).write_text("not json")
    for part, count in (("axe", 3), ("rules", 0), ("axe", 0)):
        write_record(tmp_path, [ran(part, count)])
    rows = json.loads((tmp_path / RECORD).read_text("utf-8"))["checks"]
    assert [(row["part"], row["violations"]) for row in rows] == [("rules", 0), ("axe", 0)]


def test_only_the_record_of_the_top_layer_counts(tmp_path: Path) -> None:
    """What was found on the base, or on a layer between, says nothing about a layer on top of it."""
    assert read_record(stack(()))[0] is not None
    assert read_record(stack((OWN,)))[0] is None
    between, top = layered(tmp_path, "between", STATEMENT), layered(tmp_path, "top", "name: Skolan\n")
    write_record(between, [ran(content=fingerprint(stack((between,))))])
    record, _ = read_record(stack((between,)))
    assert record and record.checks
    assert read_record(stack((between, top)))[0] is None


def layered(folder: Path, name: str, settings: str) -> Path:
    """A layer with these settings."""
    (folder / name).mkdir()
    (folder / name / "site.yaml").write_text(settings, "utf-8")
    return folder / name


def test_a_record_is_about_what_the_pages_are_made_from(layer: Path) -> None:
    """Another text, style, setting or held-back exercise ends what a record proves; the statement itself may change."""
    before = fingerprint(stack((layer,)))
    site = layer / "site.yaml"
    site.write_text(STATEMENT.replace("answer_within: ", "answer_within: högst "), "utf-8")
    assert fingerprint(stack((layer,))) == before
    site.write_bytes((STATEMENT + 'brand: {colour: "#336699"}\n').encode())
    seen = {before, fingerprint(stack((layer,)))}
    (layer / "layouts/styles").mkdir(parents=True)
    (layer / "layouts/styles/own.css").write_bytes(b"a {\n}\n")
    seen.add(styled := fingerprint(stack((layer,))))
    (layer / "upstream.lock.json").write_text("{}", "utf-8")
    seen.add(fingerprint(stack((layer,))))
    assert len(seen) == 4
    (layer / "upstream.lock.json").unlink()
    (layer / "layouts/styles/own.css").write_bytes(b"a {\r\n}\r\n")
    assert fingerprint(stack((layer,))) == styled


def proven(layer: Path) -> list[str]:
    """What is said of a layer that claims full conformance, and whose record and trials prove it."""
    tried = "".join(
        f'    - {{method: {method}, by: Maja Lind, date: "{DAY}", tools: Firefox, passed: true}}\n' for method in TRIALS
    )
    claim = STATEMENT.replace("  actor:", f"  conformance: full\n  faults: []\n  trials:\n{tried}  actor:")
    (layer / "site.yaml").write_text(claim, "utf-8")
    content = fingerprint(stack((layer,)))
    write_record(layer, [ran(part, content=content) for part in PARTS])
    return said(layer)


def said(*layers: Path) -> list[str]:
    """What the rule about the record says of layers, with the level."""
    try:
        problems = read(layers, DAY).warnings
    except BuildStopped as stopped:
        problems = stopped.problems
    return [f"{problem.level}: {problem.message}" for problem in problems if problem.rule == "statement-record"]


def claimed(base: Site, trials: str = "keyboard magnification screen_reader", **changes: Any) -> list[str]:
    """What the rule about the record says of a site that claims full conformance, whose record is without faults but
    for these changes."""
    tried = tuple(
        Trial.model_validate({"method": method, "by": "Maja Lind", "date": DAY, "tools": "Firefox", "passed": True})
        for method in trials.split()
    )
    statement = {"conformance": "full", "faults": (), "trials": tried}
    accessibility = base.config.accessibility.model_copy(update=statement)
    runs = tuple(ran(part, **{"content": "now", **changes}) for part in PARTS)
    site = replace(
        base,
        config=base.config.model_copy(update={"accessibility": accessibility}),
        record=Record(runs, Origin(RECORD, "base"), "now", True),
    )
    return [str(row.message) for row in run_on_site(BUILDING, site) if row.rule == "statement-record"]


def test_full_conformance_needs_a_whole_record_and_a_person(base: Site) -> None:
    """Every part of the check on this content, all pages, without faults; and three protocols of a person."""
    assert claimed(base) == []
    assert "axe-core found 1 faults" in claimed(base, violations=1)[0]
    assert "examined only 8 of 9 pages" in claimed(base, pages=8)[0]
    assert "not recorded for the site as it is now: rules, axe, keyboard, view" in claimed(base, content="old")[0]
    assert "no person has tried it by screen_reader" in claimed(base, "keyboard magnification")[0]
    assert len(claimed(base, "")) == 3


def test_a_record_changed_by_hand_is_noticed(layer: Path) -> None:
    """One figure of it changed stops the build; without its seal it proves nothing."""
    assert proven(layer) == []
    write_record(layer, [ran("axe", 3, content=fingerprint(stack((layer,))))])
    record = json.loads((layer / RECORD).read_text("utf-8"))
    record["checks"][1]["violations"] = 0
    (layer / RECORD).write_text(json.dumps(record), "utf-8")
    assert "error: the record is not as the program wrote it" in said(layer)[0]
    del record["seal"]
    (layer / RECORD).write_text(json.dumps(record), "utf-8")
    problems = said(layer)
    assert problems[0].startswith("warning: ") and "these parts of the check" in problems[1]


def test_what_a_layer_below_has_tried_is_not_inherited(layer: Path) -> None:
    """A layer on top of one that may say "full" must try and check itself."""
    proven(layer)
    top = layered(layer.parent, "top", "name: Skolan\n")
    assert len(said(layer, top)) == 4


def test_old_trials_are_told_as_age(base: Site) -> None:
    """What full conformance rests on is no older than twelve months; a build only warns."""
    trial = Trial(method="keyboard", by="Maja Lind", date=DAY, tools="Firefox", passed=True)
    config = base.config.accessibility.model_copy(update={"conformance": "full", "trials": (trial,)})
    site = replace(base, config=base.config.model_copy(update={"accessibility": config}), today=LATE)
    for purpose, level in ((PUBLISHING, "error"), (BUILDING, "warning")):
        assert level in [row.level for row in run_on_site(purpose, site) if row.rule == "trial-age"]


@pytest.mark.slow
def test_the_page_says_no_more_than_its_record(layer: Path) -> None:
    """A layer without a record claims nothing; with one, what it proves; with one of other content, that it is old."""
    keys, numbers = "Allt går att nå med tangentbord", "på 9 av 9 sidor. Det hittade 0 fel."
    page = statement_of(layer)
    assert keys not in page and "Det hittade" not in page and "Ingen granskning med program är sparad." in page
    assert "Inget prov av en person" in page
    assert proven(layer) == []
    page = statement_of(layer)
    assert keys in page and numbers in page and "helt förenlig" in page
    assert "provade en person webbplatsen med skärmläsare (Firefox). Allt som provades gick att göra." in page
    (layer / "site.yaml").write_text(STATEMENT + "tagline: En annan\n", "utf-8")
    page = statement_of(layer)
    assert keys not in page and numbers not in page and "Den har ändrats sedan dess." in page


def test_what_must_be_proven_is_what_the_template_says() -> None:
    """The sentences that the rule looks for are those of the page."""
    text = (ROOT / "layouts/pages/accessibility.html").read_text("utf-8")
    assert all(sentence in text for sentence in (CONFORMS, *CLAIMS.values()))


def statement_of(layer: Path) -> str:
    """The text of a layer's statement."""
    loaded = read((layer,), DAY)
    every = pages(loaded.site)
    files = make(loaded, every, gather(loaded, every), EDITIONS["web"]).files
    data = next(file.data for file in files if file.path == "tillganglighet/index.html")
    return " ".join(re.sub(r"<[^>]+>", "", data.decode()).split())


@pytest.mark.slow
@pytest.mark.parametrize(
    "lie",
    ["Allt går att göra med tangentbord.", "Allt går att nå med <b>tangentbord</b>, och det syns var du är.",
     "Webbplatsen är helt förenlig med lagen om tillgänglighet till digital offentlig service."],
)  # fmt: skip
def test_a_template_of_a_layer_cannot_claim_more(layer: Path, lie: str) -> None:
    """What the layer's own page says without a record stops the build."""
    text = (ROOT / "layouts/pages/accessibility.html").read_text("utf-8")
    (layer / "layouts/pages").mkdir(parents=True)
    own = layer / "layouts/pages/accessibility.html"
    own.write_text(text.replace('<h2 id="test">', f'<p>{lie}</p>\n    <h2 id="test">'), "utf-8")
    with pytest.raises(BuildStopped) as stopped:
        statement_of(layer)
    assert [problem.rule for problem in stopped.value.problems] == ["statement-proof"]


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


@pytest.mark.slow
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
