"""What comes from the store is what would be made anew, whatever is changed between builds."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hejagen.content.record import write_record
from hejagen.content.selection import select
from hejagen.editions import EDITIONS
from hejagen.model.settings import CheckRun
from hejagen.output import File
from hejagen.pipeline import gather, make, read
from hejagen.problems import BuildStopped, Problem
from hejagen.rendering import render
from hejagen.rendering.pages import pages
from hejagen.rendering.reads import watched
from hejagen.rendering.shelf import Shelf
from hejagen.store.folder import store
from tests.conftest import DAY, OWN
from tests.helpers import exercise, starter

pytestmark = pytest.mark.slow
WORD = '\nmsgid "Home"\nmsgstr "{}"\n'
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: sv\\n"\n'
TEMPLATE = '{{% extends "!pages/{0}.html" %}}{{% block head %}}{{{{ super() }}}}<!-- {1} -->{{% endblock %}}'
"""A template of a layer that writes a comment."""
LOOKS = '{% extends "!pages/page.html" %}{% block head %}<!-- {% for e in content.exercises.values() %}' \
    '{{ e.body.passages | length }} {{ links.asset("site.css") }} {% endfor %}' \
    '{{ pages["exercise:fredagsraden"].context["sections"] | length }}-->{% endblock %}'  # fmt: skip
"""A template that looks into the texts of others."""
FAULTY = '{% extends "!pages/glossary.html" %}{% block main %}{{ super() }}<p id="a"></p><p id="a"></p>' \
    '<button></button><a href="../finns-inte/">Hit</a>{% endblock %}'  # fmt: skip


class City:
    """Two layers that somebody works on."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.lower, self.upper = folder / "lower", folder / "upper"
        self.upper_there = False
        self.number = 0
        for path in (self.lower, self.upper):
            (path / "content/sv/exercises").mkdir(parents=True)
            (path / "layouts/pages").mkdir(parents=True)
            (path / "layouts/locale/sv/LC_MESSAGES").mkdir(parents=True)
        (self.lower / "site.yaml").write_text("name: Nedre\n", "utf-8")
        (self.upper / "site.yaml").write_text("name: Övre\n", "utf-8")
        self._write("prov", exercise("prov", "Prov"))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The layers of today."""
        return (OWN, self.lower, *([self.upper] if self.upper_there else []))

    def _write(self, name: str, text: str) -> None:
        (self.lower / f"content/sv/exercises/{name}.md").write_text(text, "utf-8")

    def _any(self) -> Path:
        return self.random.choice(sorted((self.lower / "content/sv/exercises").glob("*.md")))

    def text(self) -> None:
        """A sentence more, with a compound that no text has had."""
        path = self._any()
        path.write_text(path.read_text("utf-8") + f"\nEn mening om ledningsprov och provledning {self.number}.\n")

    def title(self) -> None:
        """Another title."""
        path = self._any()
        lines = path.read_text("utf-8").splitlines(keepends=True)
        lines = [f"title: Innovationsövning {self.number}\n" if x.startswith("title:") else x for x in lines]
        path.write_text("".join(lines), "utf-8")

    def added(self) -> None:
        """One exercise more."""
        self._write(f"ny{self.number}", exercise(f"ny{self.number}", f"Ny {self.number}", f"NYA{self.number:02}"))

    def renamed(self) -> None:
        """An exercise with another id."""
        path = self._any()
        text = path.read_text("utf-8").replace(f"id: {path.stem}\n", f"id: bytt{self.number}\n")
        path.unlink()
        self._write(f"bytt{self.number}", text)

    def deleted(self) -> None:
        """One exercise less."""
        if len(list((self.lower / "content/sv/exercises").glob("*.md"))) > 1:
            self._any().unlink()

    def template(self) -> None:
        """A template of the layer's own, or none."""
        path = self.lower / f"layouts/pages/{self.random.choice(['page', 'exercise'])}.html"
        if path.exists():
            path.unlink()
        else:
            path.write_text(TEMPLATE.format(path.stem, self.number), "utf-8")

    def looks(self) -> None:
        """A template that looks into other texts."""
        (self.lower / "layouts/pages/page.html").write_text(LOOKS, "utf-8")

    def word(self) -> None:
        """Another word of the interface."""
        path = self.lower / "layouts/locale/sv/LC_MESSAGES/messages.po"
        path.write_text(HEAD + WORD.format(f"Hem {self.number}"), "utf-8")

    def brand(self) -> None:
        """Other colours and another name."""
        colour = self.random.choice(["#1d4f73", "#7a2048", "#2f5d3a"])
        (self.lower / "site.yaml").write_text(f'name: Stad {self.number}\nbrand:\n  colour: "{colour}"\n', "utf-8")

    def layers(self) -> None:
        """A layer added or removed."""
        self.upper_there = not self.upper_there

    def program(self) -> None:
        """A program of the layer's own, whose goal changes."""
        text = starter("programs", {}).replace("Prov", f"Prov {self.number}", 1)
        path = self.lower / "content/sv/programs"
        path.mkdir(exist_ok=True)
        name = next(line.split(": ")[1] for line in text.splitlines() if line.startswith("id:"))
        (path / f"{name}.yaml").write_text(text, "utf-8")

    def faulty(self) -> None:
        """A template of the glossary with faults of its own, and a link that leads nowhere."""
        (self.lower / "layouts/pages/glossary.html").write_text(FAULTY, "utf-8")

    def mended(self) -> None:
        """The template without faults."""
        (self.lower / "layouts/pages/glossary.html").write_text(TEMPLATE.format("glossary", 0), "utf-8")

    def record(self) -> None:
        """A record of a check, of some other state of the site."""
        run = CheckRun(tool="hejagen", version="1", date=DAY, pages=1, violations=0, of=1, content=str(self.number))
        write_record(self.lower, (run,))

    def edits(self) -> list[Callable[[], None]]:
        """Every kind of change once, in any order, and after that a fault that is mended, and a text once more."""
        kinds = [self.title, self.added, self.renamed, self.deleted, self.template, self.looks, self.word, self.brand,
                 self.layers, self.program, self.record]  # fmt: skip
        return [*self.random.sample(kinds, len(kinds)), self.faulty, self.mended, self.text]


def made(folders: tuple[Path, ...], *editions: str) -> object:
    """What editions of a few exercises come to, and the warnings; or the problems that stop them."""
    try:
        loaded = read(folders, DAY)
        own = [name for name, item in loaded.site.contents["sv"].exercises.items() if "lower" in item.origin.path]
        loaded = replace(loaded, site=watched(select(loaded.site, (), ("fredagsraden", *own))))
        every = pages(loaded.site)
        shared = gather(loaded, every)
        files: dict[str, File] = {}
        warnings: list[Problem] = []
        for edition in map(EDITIONS.__getitem__, editions):
            ours, about_pages = make(loaded, every, shared, edition)
            files |= {f"{edition.name}/{file.path}": file for file in edition.finish(loaded.site, ours, DAY).files}
            warnings += about_pages
    except BuildStopped as stopped:
        return stopped.problems
    return files, warnings


@pytest.mark.parametrize("seed", [1])
def test_kept_and_fresh_are_the_same(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each of a row of changes, a build with a store gives the same bytes as one without; also in a process that
    keeps what it made last, as a preview does."""
    city, done = City(tmp_path, seed), []
    for edit in (lambda: None, *city.edits()):
        edit()
        city.number += 1
        done.append(edit.__name__)
        monkeypatch.setenv("HEJAGEN_CACHE", str(tmp_path / "store"))
        monkeypatch.setattr(store(), "resident", True)
        editions = ("web", "offline", "single") if city.number % 4 == 1 else ("web",)
        kept = made(city.folders, *editions)
        monkeypatch.setenv("HEJAGEN_CACHE", "")
        assert kept == made(city.folders, *editions), done


def test_what_is_changed_back_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview has the pages of the last build in memory: it takes none of them for those of the build before."""
    monkeypatch.setenv("HEJAGEN_CACHE", str(tmp_path / "store"))
    monkeypatch.setattr(store(), "resident", True)
    city, site = City(tmp_path, 0), tmp_path / "lower/site.yaml"
    before = made(city.folders, "web")
    good = site.read_text("utf-8")
    site.write_text("name: En annan\n", "utf-8")
    assert made(city.folders, "web") != before
    site.write_text(good, "utf-8")
    assert made(city.folders, "web") == before


def test_a_changed_text_renders_its_own_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence more in one exercise renders its own pages, and the one that prints what exercises have to print."""
    monkeypatch.setenv("HEJAGEN_CACHE", str(tmp_path / "store"))
    rendered: list[str] = []
    monkeypatch.setattr(render, "Shelf", type("Noting", (Shelf,), {
        "add": lambda self, page, *rest: (rendered.append(page.key), Shelf.add(self, page, *rest))[1],
    }))  # fmt: skip
    city = City(tmp_path, 0)
    city.record()
    made(city.folders, "web")
    assert len(rendered) > 40
    rendered.clear()
    path = city.lower / "content/sv/exercises/prov.md"
    path.write_text(path.read_text("utf-8") + "\nDet är bra.\n", "utf-8")
    made(city.folders, "web")
    assert rendered and {key.partition(":")[2] for key in rendered} == {"prov", "passbyggaren", "tillganglighet"}, (
        rendered
    )
