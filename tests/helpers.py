"""What tests of several rooms use: layers to build, commands to run, and what is said of them."""

import struct
import subprocess
import zlib
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from babel.messages.extract import extract
from click.testing import CliRunner
from jinja2.ext import babel_extract

from hejagen.checks import BUILDING, PUBLISHING, SPELLING
from hejagen.checks import rule as name_of
from hejagen.commands.main import main
from hejagen.content.selection import select
from hejagen.editions import EDITIONS
from hejagen.layers.lock import read_lock
from hejagen.layers.stack import Layer, stack
from hejagen.layers.survey import Survey, survey
from hejagen.model.site import Content
from hejagen.pipeline import Built, build, gather, make, published, read
from hejagen.problems import BuildStopped, Problem
from hejagen.rendering.pages import pages
from hejagen.upgrade.accept import accept, tidied
from hejagen.upgrade.drift import Item, drift
from hejagen.words.labels import message_ids
from tests.conftest import DAY, OWN, ROOT, as_of

MESSAGES_DAY = date(2026, 11, 25)
"""The day of bad input: messages name it, or say how old something is."""
WEB = (EDITIONS["web"],)
ONE = ("fredagsraden",)
"""What is chosen where one exercise shows the same as all: a site with it and the pages around it."""
HANGING = "{% set n = namespace(a=(1,)) %}{% for i in [0] * 64 %}{% set n.a = (n.a, n.a) %}{% endfor %}\n{{ {n.a: 1} }}"
"""A template with one step in C code that never ends, on line 2."""
STARTERS = ROOT / "tests" / "starters"
"""An exercise, a page and a program without fault. Nearly everything that tests write is one of them, with changes."""
MessageId = str | tuple[str, ...]
JINJA = {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false", "trimmed": "true"}
Examples = Mapping[str, Built]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
COMPONENTS = ROOT / "layouts" / "components"
COMPONENT_EXAMPLES = [
    (folder.name, example["name"], example["params"])
    for folder in sorted(COMPONENTS.iterdir())
    for example in yaml.safe_load((folder / f"{folder.name}.yaml").read_text("utf-8"))["examples"]
]


def run(
    *arguments: str, folder: Path = ROOT, day: date = DAY, answers: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run hejagen in a folder, on a day, with answers to its questions. It is run in this process: a fault of the
    program itself is raised here."""
    around = as_of(day)
    runner = CliRunner(env={name: around[name] for name in ("SOURCE_DATE_EPOCH", "HEJAGEN_LANG")})
    with chdir(folder):
        done = runner.invoke(main, arguments, input=answers, prog_name="hejagen", catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def layer(folder: Path, site: str = "name: Prov\n", **files: str) -> Path:
    """A layer with a site.yaml and exercises, each by its file's name."""
    (folder / "content/sv/exercises").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(site, "utf-8")
    for name, text in files.items():
        (folder / f"content/sv/exercises/{name}.md").write_text(text, "utf-8")
    return folder


def starter(kind: str, changes: Mapping[str, str]) -> str:
    """The text of an exercise, a page or a program by the name of its folder, each key of `changes` replaced by its
    value. A key stands there once."""
    return replaced(next(STARTERS.glob(f"{kind}.*")), changes)


def replaced(path: Path, changes: Mapping[str, str]) -> str:
    """The text of a file, each key of `changes` replaced by its value. A key stands there once."""
    text = path.read_text("utf-8")
    for was, now in changes.items():
        assert text.count(was) == 1, f"{was!r} stands {text.count(was)} times in {path}"
        text = text.replace(was, now)
    return text


def exercise(name: str, title: str, code: str = "PRO01") -> str:
    """The text of an exercise."""
    return starter("exercises", {"id: prov\n": f"id: {name}\n", "title: Prov\n": f"title: {title}\n", "NY01": code})


def content(*folders: Path) -> Content:
    """What the layers come to in Swedish."""
    return read((OWN, *folders), DAY).site.contents["sv"]


def stopped(*folders: Path) -> tuple[Problem, ...]:
    """The errors that stop a build of the layers. Of the exercises all are read, and the pages of one are made."""
    with pytest.raises(BuildStopped) as caught:
        build((OWN, *folders), folders[-1].parent / "out", WEB, DAY, exercises=ONE)
    assert not (folders[-1].parent / "out").exists()
    return tuple(problem for problem in caught.value.problems if problem.level == "error")


def problems_of(layer: Path, rule: str = "") -> tuple[Problem, ...]:
    """All that a build says of a layer on top of the base and of a layer that says who publishes it. When the `rule`
    has spoken before pages are made, none are made; else those of a single exercise, and those without."""
    try:
        purposes = (BUILDING, PUBLISHING, SPELLING)
        needing = (checks for checks in purposes if rule in map(name_of, (*checks.stops, *checks.warns)))
        loaded = published(read((OWN, layer), MESSAGES_DAY, next(needing, BUILDING)))
        if rule and rule in {problem.rule for problem in loaded.warnings}:
            return loaded.warnings
        loaded = replace(loaded, site=select(loaded.site, (), ONE))
        every = pages(loaded.site)
        made = make(loaded, every, gather(loaded, every), EDITIONS["web"])
    except BuildStopped as stopped:
        return stopped.problems
    return loaded.warnings + made.warnings


def looked(folder: Path) -> tuple[Survey, Layer, tuple[Item, ...]]:
    """The survey of a layer and what has happened below it."""
    found = survey(stack((folder,)))
    top = found.layers.layers[-1]
    lock, problems = read_lock(found.layers, top)
    assert not problems
    return found, top, drift(found, top, lock)


def drifted(folder: Path) -> list[tuple[str, str]]:
    """Kind and key of what has happened."""
    return [(item.kind, item.key) for item in looked(folder)[2]]


def change(file: Path, old: str, new: str) -> None:
    """Change a text, which must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def asked_for(*left_out: str) -> set[MessageId]:
    """Every message id in templates and program, but for folders by name."""
    found: set[MessageId] = set(message_ids())
    for path in (ROOT / "layouts").rglob("*"):
        if path.suffix in (".html", ".xml", ".txt", ".webmanifest") and path.parent.name not in left_out:
            with path.open("rb") as file:
                for _, _, message, _ in babel_extract(file, ("_", "gettext", "ngettext"), [], JINJA):
                    parts = (message,) if isinstance(message, str) else tuple(m for m in message if isinstance(m, str))
                    found.add(parts[0] if len(parts) == 1 else parts)
    for path in (path for path in (ROOT / "src").rglob("*.py") if path.parent.name not in left_out):
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, {"_": None, "gettext": None, "ngettext": (1, 2)}):
                found.add(message if isinstance(message, str) else tuple(message))
    return found


def png(width: int, height: int) -> bytes:
    """A whole PNG, all of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x66\x33\x99" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def edition_of(examples: Examples, layer: str, edition: str = "web") -> Path:
    """An edition of a layer."""
    return next(path for path in examples[layer].folders if path.name == edition)


def decide(folder: Path, *, merge: bool = False) -> list[tuple[str, str]]:
    """Accept all; return what was left with the reason."""
    found, top, items = looked(folder)
    lock = tidied(found, top, read_lock(found.layers, top)[0])
    return [(item.key, reason) for item, reason in accept(found, top, lock, items, merge=merge) if reason]
