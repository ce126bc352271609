"""A build is whole or not at all, the same every time, and says what is wrong."""

import gzip
import hashlib
import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hejagen.content.weeks import weeks
from hejagen.editions import DEFAULT
from hejagen.output import File, new_folder
from hejagen.pipeline import Built, Snapshot, build, page_ahead, read
from hejagen.problems import BuildStopped
from hejagen.search.pagefind import make_index
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import ONE, WEB

pytestmark = pytest.mark.build


def content_of(folder: Path) -> dict[str, str]:
    """Hash of each file by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def layer(folder: Path, **files: str) -> Path:
    """A layer with a few files; __ in a name stands for a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_pictures_of_the_first_screen_are_asked_for_at_once(site: Path) -> None:
    """The first three covers in the list of exercises do not wait for the layout; all others do."""
    lazy = [
        ["lazy" in tag for tag in re.findall(r"<img [^>]*covers[^>]*>", (site / page).read_text("utf-8"))]
        for page in ("ovningar/index.html", "ovningar/fredagsraden/index.html")
    ]
    assert lazy[0][:4] == [False, False, False, True] and all(lazy[0][3:]) and lazy[1] and all(lazy[1])


@pytest.mark.slow
def test_two_builds_are_the_same(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content gives the same bytes, in every edition, the search too, without anything from the store."""
    monkeypatch.setenv("HEJAGEN_CACHE", "")
    make_index.cache_clear()
    again = build((ROOT,), tmp_path / "dist", DEFAULT, DAY)
    for first, second in zip(built.folders, again.folders, strict=True):
        assert content_of(second) == content_of(first)


def test_a_failed_build_leaves_the_last_good_one(tmp_path: Path) -> None:
    """An error in the content changes nothing in dist and leaves nothing behind."""
    dist = tmp_path / "dist"
    build((ROOT,), dist, WEB, DAY, exercises=ONE)
    before = content_of(dist)
    bad = layer(tmp_path / "bad", content__sv__pages__om_dot_md="---\nid: om\n---\n")
    with pytest.raises(BuildStopped):
        build((ROOT, OWN, bad), dist, WEB, DAY, exercises=ONE)
    assert content_of(dist) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad", "dist"]


def test_a_stopped_build_leaves_the_last_good_one(tmp_path: Path) -> None:
    """Ctrl-C in the middle of writing changes nothing in dist."""
    dist = tmp_path / "dist"
    build((ROOT,), dist, WEB, DAY, exercises=ONE)
    before = content_of(dist)
    with pytest.raises(KeyboardInterrupt), new_folder(dist, "heja") as new:
        (new / "half.html").write_text("half")
        raise KeyboardInterrupt
    assert content_of(dist) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_layer_replaces_adds_and_hides(tmp_path: Path) -> None:
    """The same path replaces, a new path adds, an id in `hide` is gone, own colours, words and templates hold."""
    page = '---\nid: vi\ntitle: Vi i Sundby\nsummary: Om oss.\nmenu: about\nlast_reviewed: "2026-11-24"\n---\nHej.\n'
    extra = '{% extends "!pages/page.html" %}{% block head %}<meta name="sundby" content="ja">{% endblock %}'
    words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Exercises"\nmsgstr "Pass"\n'
    own = layer(
        tmp_path / "sundby",
        site_dot_yaml='name: Sundby övar\nbrand: {deep: "#123a5c"}\nhide: [pa-distans-men-med]\n',
        content__sv__pages__vi_dot_md=page,
        layouts__pages__page_dot_html=extra,
        layouts__locale__sv__LC_MESSAGES__messages_dot_po=words,
    )
    web = build((ROOT, OWN, own), tmp_path / "dist", WEB, DAY, exercises=ONE).folders[0]
    page = (web / "vi" / "index.html").read_text("utf-8")
    assert 'name="sundby"' in page and "Sundby övar" in page and ">Pass<" in page
    assert not (web / "program" / "pa-distans-men-med").exists()
    assert "#123a5c" in next((web / "assets").glob("site.*.css")).read_text()


def test_links_are_relative(site: Path) -> None:
    """No page links to the server's root, so that any sub-path works."""
    for page in site.rglob("*.html"):
        assert 'href="/' not in page.read_text("utf-8") and 'src="/' not in page.read_text("utf-8")


def test_sitemap_and_feed_need_an_address(site: Path, tmp_path: Path) -> None:
    """With an address there are sitemap, feed and canonical links; without one, nothing is made up."""
    assert not (site / "sitemap.xml").exists()
    own = layer(tmp_path / "own", site_dot_yaml="url: https://ova.sundby.example/heja/\n")
    web = build((ROOT, OWN, own), tmp_path / "dist", WEB, DAY, exercises=ONE).folders[0]
    assert "https://ova.sundby.example/heja/ovningar/fredagsraden/" in (web / "sitemap.xml").read_text()
    assert 'href="/heja/om/"' in (web / "404.html").read_text(), "servers show the 404 page at any depth"
    assert "<entry>" in (web / "feed.atom").read_text()
    assert 'rel="canonical" href="https://ova.sundby.example/heja/om/"' in (web / "om" / "index.html").read_text()


def first_view(page: Path) -> tuple[int, int, int]:
    """What a page's first view takes: bytes over the wire, bytes of script, and requests. Lazy pictures come later."""
    html = page.read_text("utf-8")
    styles, scripts = (
        [packed((page.parent / name).resolve()) for name in re.findall(pattern, html)]
        for pattern in (r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', r'<script src="([^"]+)"')
    )
    images = [tag for tag in re.findall(r"<img [^>]*>", html) if "lazy" not in tag]
    return packed(page) + sum(styles + scripts), sum(scripts), 1 + len(styles + scripts + images)


@cache
def packed(path: Path) -> int:
    """How many bytes a file takes over the wire."""
    return len(gzip.compress(path.read_bytes()))


def test_every_exercise_is_light(site: Path) -> None:
    """The first view of each is at most 45 kB over the wire in at most 5 requests, script at most 17 kB."""
    views = {page.parent.name: first_view(page) for page in (site / "ovningar").glob("*/index.html")}
    heavy = {name: view for name, view in views.items() if view[0] > 45_000 or view[1] > 17_000 or view[2] > 5}
    assert len(views) >= 60 and heavy == {}


def structured(page: Path) -> dict[str, dict[str, Any]]:
    """The schema.org data of a page, by kind."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.S)
    assert found
    return {str(entry["@type"]): entry for entry in json.loads(found[1])["@graph"]}


def test_steps_say_what_the_text_says(site: Path) -> None:
    """For machines each step has the words of the source, those that the glossary explains too."""
    count = 0
    for page in sorted((site / "ovningar").glob("*/index.html")):
        source = (ROOT / "content/sv/exercises" / f"{page.parent.name}.md").read_text("utf-8")
        part = re.search(r"\n## Gör så här\n(.*?)\n## ", source, re.S)
        assert part
        for step, text in zip(
            structured(page)["['LearningResource', 'HowTo']"]["step"], part[1].split("\n### ")[1:], strict=True
        ):
            plain = re.sub(r"^\d+\. |^- |^> ?|\*\*|`|\[([^]]*)\]\([^)]*\)", r"\1", text.split("\n", 1)[1], flags=re.M)
            assert words(step["text"]) == words(plain), page
            count += 1
    assert count > 50


def words(text: str) -> list[str]:
    """The words of a text, without its signs, which are set by the program."""
    return re.findall(r"\w+", text)


def test_machines_are_told_what_a_program_costs(tmp_path: Path) -> None:
    """A course has its work in minutes and costs nothing; the trail has addresses when the site has one."""
    own = layer(tmp_path / "own", site_dot_yaml="url: https://ova.sundby.example/heja\n")
    web = build((ROOT, OWN, own), tmp_path / "dist", WEB, DAY, programs=("starta-smatt",)).folders[0]
    found = structured(web / "program/starta-smatt/index.html")
    work = found["Course"]["hasCourseInstance"]["courseWorkload"]
    program = read((ROOT, OWN, own), DAY).site.contents["sv"]
    minutes = sum(week.leader for week in weeks(program, program.programs["starta-smatt"]))
    assert work == f"PT{minutes}M" and minutes > 30
    assert found["Course"]["offers"]["price"] == 0
    trail = found["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in trail] == [
        f"https://ova.sundby.example/heja/{path}" for path in ("", "program/", "program/starta-smatt/")
    ]
    missing = (web / "404.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in missing
    assert 'rel="canonical"' not in missing and "og:url" not in missing


def test_the_policy_names_the_forms_server_only(tmp_path: Path) -> None:
    """Of the address that the form is sent to, scheme, host and port stand in the security policy."""
    own = layer(
        tmp_path / "own",
        site_dot_yaml="feedback: {kind: form, address: a@b.se, action: 'https://svar.example:8443/a?b=c'}\n",
    )
    web = build((ROOT, OWN, own), tmp_path / "dist", WEB, DAY, exercises=ONE).folders[0]
    page = html.unescape((web / "aterkoppling/index.html").read_text("utf-8"))
    assert re.search(r"form-action 'self' https://svar\.example:8443[; ]", page)
    assert 'action="https://svar.example:8443/a?b=c"' in page


def test_a_saved_page_is_that_of_the_build(tmp_path: Path) -> None:
    """The page of a text that was saved is, ahead of the build, the one that the build makes; of an exercise, and of
    pages with and without lists. There is none where facts have changed, a layer patches the text, or it has HTML."""
    own, top = layer(tmp_path / "own", site_dot_yaml="extends: hejagen\n"), tmp_path / "top"
    layer(top, site_dot_yaml="patch: {exercises/en-kvart-pa-golvet: {title: {was: En kvart på golvet, set: Kvart}}}\n")
    names = ("exercises/fredagsraden.md", "pages/om.md", "pages/index.md", "exercises/en-kvart-pa-golvet.md")
    files = [own / "content/sv" / name for name in names]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((ROOT / file.relative_to(own)).read_text("utf-8"), "utf-8")
    snapshots: list[Snapshot] = []

    def built() -> Path:
        chosen = ("fredagsraden", "en-kvart-pa-golvet")
        return build((OWN, own, top), tmp_path / "dist", WEB, DAY, exercises=chosen, keep=snapshots.append).folders[0]

    def saved(file: Path, text: str) -> File | None:
        file.write_text(text, "utf-8")
        return page_ahead(snapshots[-1], file)

    built()
    texts = [file.read_text("utf-8") for file in files]
    ahead = [saved(file, f"{text}\nOm nyordsledning.\n") for file, text in zip(files, texts, strict=True)]
    assert ahead.pop() is None and None not in ahead
    folder = built()
    for page in ahead:
        assert page and b"nyordsledning" in page.data and page.data == (folder / page.path).read_bytes()
    assert saved(files[1], texts[1].replace("title: ", "title: Allt ", 1)) is None
    assert saved(files[1], f"{texts[1]}\n<b>fet</b>\n") is None
    assert page_ahead(snapshots[-1], own / "site.yaml") is None
