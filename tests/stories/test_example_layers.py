"""The example layers: what their documentation says they show is there, in every edition, without a warning.

They stand on today's content. When it changes under them, `hejagen upgrade layers/NAME` says what, and
`hejagen upgrade accept NAME` records that somebody has looked: run them and commit the lock."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from babel.messages.pofile import read_po

from hejagen.editions import EDITIONS
from hejagen.layers.lock import read_lock
from hejagen.layers.stack import stack
from hejagen.layers.survey import survey
from hejagen.pipeline import build, read
from hejagen.upgrade.drift import drift
from tests.conftest import DAY, EXAMPLES, ROOT
from tests.helpers import Examples, asked_for, edition_of

pytestmark = pytest.mark.slow

FINNISH = "layers/hallvaara/layouts/locale/fi/LC_MESSAGES/messages.po"
NOT_PUBLISHED = ("gallery", "reports", "upgrade", "commands")
"""Folders and modules whose words no reader meets."""
SAMI = "bures-boahtin/index.html"


def pages(root: Path) -> Iterator[tuple[str, Any]]:
    """Path and tree of every page below a folder."""
    for path in sorted(root.rglob("index.html")):
        yield path.relative_to(root).as_posix(), lxml.html.parse(path).getroot()


def language(element: Any) -> str:
    """The language of an element: the nearest that is marked."""
    return str(element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0])


def catalogue(path: str) -> dict[Any, Any]:
    """Words by message id."""
    with (ROOT / path).open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


@pytest.mark.parametrize("layer", EXAMPLES, ids=lambda path: path.name)
def test_nothing_has_changed_below(layer: Path) -> None:
    """The layer has seen what it stands on."""
    found = survey(stack((layer,)))
    top = found.layers.layers[-1]
    items = drift(found, top, read_lock(found.layers, top)[0])
    told = ", ".join(f"{item.key} ({item.kind})" for item in items)
    assert not items, f"{told}: read, then run `hejagen upgrade accept` for each, in layers/{layer.name}"


def test_they_build_without_a_warning(examples: Examples) -> None:
    """Every edition of both, from the project's folder; the README is no page."""
    for name, built in examples.items():
        assert built.warnings == () and {path.name for path in built.folders} == {"web", "offline", "single"}
        words = read((ROOT / "layers" / name,), DAY).site.contents["sv"]
        assert "readme" not in {key.lower() for key in words.pages}


@pytest.mark.parametrize(
    ("layer", "hidden"), [("storhamn", ("aktionsforskning", "tre-matt-en-sida")), ("hallvaara", ("aktionsforskning",))]
)
def test_what_is_hidden_is_nowhere(examples: Examples, layer: str, hidden: tuple[str, ...]) -> None:
    """No page, link or data of any edition names it."""
    for edition in examples[layer].folders:
        for path in edition.rglob("*.html"):
            text = path.read_text("utf-8")
            for name in hidden:
                assert f"/{name}/" not in text and f'"{name}"' not in text, f"{path}: {name}"


def test_the_city_has_what_it_has_changed(examples: Examples) -> None:
    """Patches with set, append and remove; own words; an override; a template built upon; logo, form and statement."""
    web = edition_of(examples, "storhamn")

    def text(path: str) -> str:
        return (web / path / "index.html").read_text("utf-8")

    patched = text("ovningar/hindret-som-bor-nagon-annanstans")
    assert "Hindret som bor i en annan förvaltning" in patched and "Hindret som bor någon annanstans" not in patched
    assert "Stadens telefonlista" in patched and "en antecknar" not in patched
    assert 'id="ord-bolag"' in text("ordlista")
    assert "Bibliotekschefen Yasmin" in text("ovningar/sist-i-talarlistan")
    own = text("ovningar/folj-arendet-over-gransen")
    assert "Sätt i gång med klocka" in own and "Stöd i staden" in own and "Hur säkert vet vi?" in own
    assert own.index('id="stod-i-staden"') < own.index("</main>")
    assert "Följ ärendet över gränsen" in text("program/over-forvaltningsgransen")
    assert 'alt="Storhamns stad"' in text(".")
    assert 'action="https://e-tjanst.storhamn.example/heja/synpunkt"' in text("aterkoppling")
    statement = text("tillganglighet")
    assert "Stadsledningskontoret" in statement and "HEJA Innovation" not in statement


def test_the_languages_lead_to_each_other(examples: Examples) -> None:
    """Each page leads to itself in the other language, else to that language's start page, in that language's words."""
    web = edition_of(examples, "hallvaara")
    for path, tree in pages(web):
        if not tree.xpath("//header//nav"):
            continue  # a page that leads a group by the clock
        (link,) = tree.xpath("//*[@class='header__languages']/a")
        other = "sv" if path.startswith("fi/") else "fi"
        assert (link.get("hreflang"), link.get("lang")) == (other, other)
        assert link.text.strip() == {"sv": "Svenska", "fi": "Suomi"}[other]
    pairs = {
        "index.html": "fi/index.html",
        "ovningar/fredagsraden/index.html": "fi/harjoitukset/fredagsraden/index.html",
        "tillganglighet/index.html": "fi/saavutettavuus/index.html",
        "om/index.html": "fi/om/index.html",
        "workshop/index.html": "fi/index.html",
        SAMI: "fi/index.html",
    }
    for path, target in pairs.items():
        link = lxml.html.parse(web / path).xpath("//*[@class='header__languages']/a/@href")[0].partition("#")[0]
        assert ((web / path).parent / link / "index.html").resolve() == (web / target).resolve(), path


def test_all_words_of_the_interface_are_finnish() -> None:
    """A word that is new in the interface needs its Finnish too, with the same places to fill in."""
    finnish = set(catalogue(FINNISH))
    assert asked_for(*NOT_PUBLISHED) - finnish == set(), f"not in {FINNISH}"
    site = (ROOT / "layers/hallvaara/site.yaml").read_text("utf-8")
    assert [key for key in finnish - asked_for() if key not in site] == [], (
        "neither a word of the interface nor a text of site.yaml"
    )


def test_no_swedish_is_left_in_finnish_pages(examples: Examples) -> None:
    """No word of the Swedish interface, no English message id and no text of site.yaml stands unmarked there."""
    swedish, finnish = catalogue("layouts/locale/sv/LC_MESSAGES/messages.po"), catalogue(FINNISH)

    def texts(found: Mapping[Any, Any]) -> set[str]:
        return {text for value in found.values() for text in ([value] if isinstance(value, str) else value)}

    foreign = (texts(swedish) | {key for key in swedish if isinstance(key, str)}) - texts(finnish)
    foreign |= {key for key in finnish if key not in swedish}
    seen: set[str] = set()
    for path, tree in pages(edition_of(examples, "hallvaara") / "fi"):
        assert tree.get("lang") == "fi"
        for text in tree.xpath(
            "//text()[not(parent::script)] | //body//@aria-label | //@*[starts-with(name(), 'data-text')]"
        ):
            said = " ".join(text.split()).rstrip(".")
            seen.add(said)
            if said and language(text.getparent()) == "fi":
                assert said not in foreign and f"{said}." not in foreign, f"fi/{path}: {said}"
    assert {
        "Siirry sisältöön",
        "Oma harjoittelu",
        "Hae",
        "Kirjoita meille tästä sivusta",
    } <= seen
    statement = (edition_of(examples, "hallvaara") / "fi/saavutettavuus/index.html").read_text("utf-8")
    assert "täyttää osittain" in statement and "kolme työpäivää" in statement and "24. marraskuuta 2026" in statement


def test_addresses_tell_the_language_of_the_page(tmp_path: Path) -> None:
    """With the site's address known, what robots are told is so for a page in a third language, each way; and links of
    the Finnish 404 page lead to Finnish pages."""
    top = tmp_path / "layer"
    shutil.copytree(EXAMPLES[1], top)
    site = (top / "site.yaml").read_text("utf-8").replace("extends: hejagen", f'extends: "{ROOT}"')
    (top / "site.yaml").write_text(f"{site}\nurl: https://h.example/heja/\n", "utf-8")
    sami = (top / "content/sv/pages/bures-boahtin.md").read_text("utf-8")
    other = sami.replace("id: bures-boahtin", "id: buorre-beaivi").replace("Bures boahtin", "Buorre beaivi")
    (top / "content/fi/pages/bures-boahtin.md").write_text(sami, "utf-8")
    (top / "content/sv/pages/buorre-beaivi.md").write_text(other, "utf-8")
    (top / "content/fi/pages/buorre-beaivi.md").write_text(other.replace("language: se\n", ""), "utf-8")
    web = build((top,), tmp_path / "out", (EDITIONS["web"],), DAY, exercises=("fredagsraden",)).folders[0]
    alternates = {
        path: {
            link.get("hreflang"): link.get("href").partition("/heja/")[2] for link in tree.xpath("//link[@hreflang]")
        }
        for path, tree in pages(web)
    }
    assert alternates[SAMI] == alternates[f"fi/{SAMI}"] == {}, "the same language twice"
    both = {"se": "buorre-beaivi/", "fi": "fi/buorre-beaivi/"}
    assert alternates["buorre-beaivi/index.html"] == alternates["fi/buorre-beaivi/index.html"] == both
    for link in lxml.html.parse(web / "fi/404.html").xpath("//a/@href[starts-with(., '/')]"):
        target = web / link.removeprefix("/heja/").partition("#")[0]
        assert (target if target.suffix else target / "index.html").is_file(), link


def test_what_is_not_translated_is_marked(tmp_path: Path) -> None:
    """A text of site.yaml that the Finnish catalogue lacks is shown in Swedish, and marked so."""
    top = tmp_path / "layer"
    shutil.copytree(EXAMPLES[1], top)
    site = (top / "site.yaml").read_text("utf-8").replace("extends: hejagen", f'extends: "{ROOT}"')
    site = site.replace("tagline: Övningar", "tagline: Andra övningar")
    service = "kind: link\n  url: https://e-tjanst.hallvaara.example/\n  label: Säg vad du tycker"
    (top / "site.yaml").write_text(site.replace("kind: mailto", service), "utf-8")
    web = build((top,), tmp_path / "out", (EDITIONS["web"],), DAY, exercises=("fredagsraden",)).folders[0]
    footer = lxml.html.parse(web / "fi/index.html").xpath("//footer//p[span]")[0]
    assert footer[0].get("lang") == "sv" and footer[0].text.startswith("Andra övningar")
    button = lxml.html.parse(web / "fi/palaute/index.html").xpath("//a[@class='btn']/span")[0]
    assert button.get("lang") == "sv" and button.text == "Säg vad du tycker"


def test_the_sami_page_is_marked(examples: Examples) -> None:
    """Title and text are in Northern Sami, everything around them in Swedish (WCAG 2.2, 3.1.1 and 3.1.2)."""
    tree = lxml.html.parse(edition_of(examples, "hallvaara") / SAMI).getroot()
    assert tree.get("lang") == "se"
    assert language(tree.xpath("//main")[0]) == "se" and language(tree.xpath("//h1")[0]) == "se"
    for path in ("//body/a", "//header", "//footer", "//nav", "//p[@class='meta']", "//p[@data-live]"):
        assert {language(element) for element in tree.xpath(path)} == {"sv"}, path
    assert language(tree.xpath("//nav//span[@aria-current]")[0]) == "se"
    assert tree.xpath("//main//a[contains(., 'ruoŧagillii')]/@hreflang") == ["sv"]


def test_links_to_the_sami_page_are_marked(examples: Examples) -> None:
    """Wherever its title is a link, in the footer and in a text, in all three editions."""
    for edition in examples["hallvaara"].folders:
        found = 0
        for path in edition.rglob("*.html"):
            tree = lxml.html.parse(path).getroot()
            for link in tree.xpath("//a[normalize-space()='Bures boahtin']"):
                assert (link.get("lang"), link.get("hreflang")) == ("se", "se"), path
                found += 1
        assert found


def test_one_file_keeps_its_languages_apart(examples: Examples) -> None:
    """Every part says its language; menus in both are there, one of them hidden, and no id is used twice."""
    (file,) = edition_of(examples, "hallvaara", "single").glob("*.html")
    tree = lxml.html.parse(file).getroot()
    parts = {part.get("data-route"): part for part in tree.xpath("//*[@data-route]")}
    assert {part.get("lang") for part in parts.values()} == {"sv", "fi"}
    assert parts["fi/"].get("lang") == "fi" and parts["bures-boahtin/"].get("lang") == "sv"
    assert {language(heading) for heading in parts["bures-boahtin/"].xpath(".//h1|.//h2")} == {"se"}
    assert [(header.get("lang"), header.get("hidden")) for header in tree.xpath("//body/header")] == [
        ("sv", None),
        ("fi", ""),
    ]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_two_languages_give_the_same_bytes(examples: Examples) -> None:
    """Pagefind tells its languages in any order; the search has them sorted, so that every build is alike."""
    core = (edition_of(examples, "hallvaara") / "search/core.js").read_text("utf-8")
    entry = json.loads(json.loads(core.split("put('pagefind-entry.json',")[1].split(");\n")[0]))
    assert list(entry["languages"]) == ["fi", "sv"]
