"""Files of counts: merged in any order, hidden where they would point somebody out, refused with a reason."""

import json
import os
import random
from pathlib import Path
from typing import Any

import lxml.etree
import pytest

from hejagen.errors import HejagenError
from hejagen.responses.counts import MAX_BYTES, Counts, Refused, parse, read_file
from hejagen.responses.merge import merge
from hejagen.responses.show import picture, table
from tests.helpers import run

WHOLE: dict[str, Any] = {
    "format": "heja-counts",
    "version": 1,
    "site": "heja",
    "made": "2026-W48",
    "exercises": {"fredagsraden": {"done": 3, "returned": 1}},
    "weeks": {"2026-W46": {"done": 3, "returned": 1}},
    "check": {"instrument": "kollen", "version": "0.2", "rounds": {"before": {"q05": 1, "q01": None}}},
}


def file_of(**changes: Any) -> bytes:
    """A file as a page writes it, with some keys changed."""
    return json.dumps({**WHOLE, **changes}).encode()


def somebody(number: int, place: int | None = 0, item: str = "q05") -> Counts:
    """The counts of one person, told apart by a number, who has answered one item."""
    exercises = {"fredagsraden": {"done": number, "returned": 0}}
    check = {**WHOLE["check"], "rounds": {"before": {item: place}}}
    return parse(file_of(exercises=exercises, check=check))


def test_a_file_that_a_page_writes_is_read() -> None:
    """All that is documented is there afterwards."""
    counts = parse(file_of(), "heja")
    assert counts.exercises["fredagsraden"].done == 3 and counts.weeks["2026-W46"].returned == 1
    assert counts.answers == {"before": {"q05": 1, "q01": None}}


DEEP = b"[" * 100_000
HOSTILE: list[tuple[str, bytes, str]] = [
    ("empty", b"", "no JSON"),
    ("list", b"[]", "no object"),
    ("no text", b"\xff\xfe\x00", "not UTF-8"),
    ("cut", file_of()[:-5], "no JSON"),
    ("deep", DEEP, "deeper"),
    ("deep in a text", b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", "deeper"),
    ("not a number", b'{"format": NaN}', "no count"),
    ("infinite", b'{"format": -Infinity}', "no count"),
    ("fraction", file_of(version=1.0), "no count"),
    ("exponent", b'{"version": 1e400}', "no count"),
    ("huge number", b'{"version": ' + b"9" * 5000 + b"}", "5000 digits"),
    ("key twice", b'{"format": "heja-counts", "format": "heja-counts"}', "twice"),
    ("key twice below", file_of().replace(b'"returned": 1', b'"returned": 1, "done": 2'), "twice"),
    ("other format", file_of(format="heja-progress"), "no file of counts"),
    ("newer", file_of(version=2), '"version" is not 1'),
    ("true", file_of(version=True), '"version" is not 1'),
    ("other site", file_of(site="sundby"), 'from the site "sundby"'),
    ("own key", file_of(note="hej"), '"note"'),
    ("terminal codes", file_of(**{"\x1b[2J": 1}), "\\u001b"),
    ("missing", json.dumps({k: v for k, v in WHOLE.items() if k != "weeks"}).encode(), '"weeks"'),
    ("free text", file_of(exercises={"Min anteckning!": {"done": 1, "returned": 0}}), "cannot have"),
    ("negative", file_of(exercises={"a": {"done": -1, "returned": 0}}), "from 0 to"),
    ("too many", file_of(exercises={"a": {"done": 10_001, "returned": 0}}), "from 0 to"),
    ("a day", file_of(weeks={"2026-11-24": {"done": 1, "returned": 0}}), "cannot have"),
    ("no such week", file_of(made="2026-W54"), "cannot have"),
    ("no count", file_of(exercises={"a": 1}), "no object"),
    ("remembered", file_of(check={**WHOLE["check"], "rounds": {"recalled": {}}}), "recalled"),
    ("a place too far", file_of(check={**WHOLE["check"], "rounds": {"after": {"q05": 10}}}), "from 0 to 9"),
    ("a place that is true", file_of(check={**WHOLE["check"], "rounds": {"after": {"q05": True}}}), "from 0 to 9"),
    ("surrogate", b'{"\\ud800": 1}', "no file of counts"),
]


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_no_page_writes_is_refused(data: bytes, reason: str) -> None:
    """Each is refused with its reason, and nothing else is raised."""
    with pytest.raises(Refused) as refused:
        parse(data, "heja")
    assert reason in refused.value.message


def test_changed_bytes_raise_nothing_else() -> None:
    """A file with some bytes changed is read or refused."""
    chance = random.Random(20261127)
    for _ in range(2000):
        data = bytearray(file_of())
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            parse(bytes(data))
        except Refused as refused:
            assert refused.message.isprintable()


def test_only_small_regular_files_are_opened(tmp_path: Path) -> None:
    """Links, pipes, folders, large files and names that cannot be are refused, without waiting for them."""
    (tmp_path / "file").write_bytes(file_of())
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b" " * (MAX_BYTES + 1))
    assert read_file(tmp_path / "file") == file_of()
    for name, reason in (
        ("link", "link"),
        ("pipe", "pipe"),
        (".", ""),
        ("large", "larger"),
        ("none", "read"),
        ("\0", "name"),
    ):
        with pytest.raises(Refused) as refused:
            read_file(tmp_path / name)
        assert reason in refused.value.message
    with pytest.raises(Refused):
        read_file(Path("/dev/zero"))


def test_the_order_of_files_does_not_matter() -> None:
    """Random groups give the same summary, table and picture however they are shuffled, and added in parts."""
    chance = random.Random(7)
    for _ in range(50):
        size = chance.randint(6, 20)
        answers = [(chance.choice([0, 1, 2, None]), chance.choice(["q05", "q01", "q16"])) for _ in range(size)]
        group = [somebody(chance.randint(0, 4), *answer) for answer in answers]
        wanted = merge(group)
        chance.shuffle(group)
        assert merge(group) == wanted
        assert table(merge(group)) == table(wanted) and picture(merge(group)) == picture(wanted)


def test_a_group_under_six_is_refused() -> None:
    """Five files give no summary."""
    with pytest.raises(HejagenError, match="There are 5 files to count, and at least 6 are needed"):
        merge([somebody(1)] * 5)


def test_what_could_point_somebody_out_is_hidden() -> None:
    """An exercise that five have done, an item that five have answered, and one where all are alike show no numbers."""
    summary = merge([*(somebody(1, 0) for _ in range(5)), somebody(0, None)])
    assert summary.exercises == {"fredagsraden": None}
    assert summary.items[0].hidden == "fewer than six had an occasion" and summary.items[0].places == {}
    assert merge([somebody(1, 2)] * 6).items[0].hidden == "all answered alike"
    shown = merge([*(somebody(1, 2) for _ in range(5)), somebody(2, 0)])
    assert shown.items[0].places == {0: 1, 2: 5}
    assert "<6" in table(summary) and "fewer than six" in picture(summary)


def test_the_picture_is_safe_in_a_page() -> None:
    """It is well-formed, has no style, script, id or link, and no other colours than black and white."""
    root = lxml.etree.fromstring(picture(merge([somebody(n, n % 3) for n in range(1, 13)])).encode())
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "title", "rect", "g", "text", "path"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not names & {"id", "style", "class", "href", "onload"}
    assert {element.get("fill") for element in root.iter()} <= {None, "#000", "#fff"}


def test_the_command_names_what_it_refuses(tmp_path: Path) -> None:
    """Good files are counted, bad ones and a copy are named with a reason, and the picture is written."""
    for number in range(6):
        (tmp_path / f"{number}.json").write_bytes(file_of(exercises={"a": {"done": number + 1, "returned": 0}}))
    (tmp_path / "copy.json").write_bytes((tmp_path / "0.json").read_bytes())
    (tmp_path / "bad.json").write_text('{"format": NaN}', "utf-8")
    names = sorted(path.name for path in tmp_path.iterdir())
    done = run("responses", *names, "--out", "out.svg", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "bad.json: not counted: NaN is no count" in done.stderr and "the same as another file" in done.stderr
    assert "6 people" in done.stdout and "21" in done.stdout
    assert (tmp_path / "out.svg").read_text("utf-8").startswith("<svg")
    few = run("responses", *names[:3], folder=tmp_path)
    assert few.returncode == 1 and "at least 6 are needed" in few.stderr and "Traceback" not in few.stderr


def test_the_name_of_a_file_does_not_paint_on_the_terminal(tmp_path: Path) -> None:
    """Signs for the terminal in a file's name are written as signs."""
    (tmp_path / "\x1b[2J.json").write_text("{}", "utf-8")
    done = run("responses", "\x1b[2J.json", folder=tmp_path)
    assert done.returncode == 1 and "\x1b" not in done.stderr and "\\x1b[2J.json: not counted" in done.stderr


def test_files_of_several_sites_are_not_mixed(tmp_path: Path) -> None:
    """Without --site all files must come from one site; with it the others are refused."""
    for number in range(7):
        site = "sundby" if number == 6 else "heja"
        (tmp_path / f"{number}.json").write_bytes(file_of(site=site, exercises={"a": {"done": number, "returned": 0}}))
    names = sorted(path.name for path in tmp_path.iterdir())
    mixed = run("responses", *names, folder=tmp_path)
    assert mixed.returncode == 1 and "heja, sundby" in mixed.stderr
    assert run("responses", *names, "--site", "heja", folder=tmp_path).returncode == 0
