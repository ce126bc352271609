"""The documentation says what is true."""

import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hejagen import __version__
from hejagen.commands.main import main
from hejagen.commands.reference_pages import FILLED, filled_pages, reference_files
from hejagen.editions import EDITIONS
from hejagen.layers.patch import MAX_CHANGES
from hejagen.layers.stack import MAX_BYTES, MAX_CHAIN, MAX_FILES, MAX_PICTURE, stack
from hejagen.model.exercise import ExerciseMeta
from hejagen.pipeline import gather, make, read
from hejagen.rendering.pages import pages
from hejagen.upgrade.report import KIND_WORDS
from hejagen.words.translate import translator
from tests.conftest import DAY, EXAMPLES, OWN, ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]


@pytest.mark.parametrize("name", sorted(reference_files(main)))
def test_the_reference_is_fresh(name: str) -> None:
    """Rules, commands, keys and schemas in docs/reference are those of the program (`hejagen reference --write`)."""
    assert (DOCS / "reference" / name).read_text("utf-8") == reference_files(main)[name]


@pytest.mark.parametrize("name", FILLED)
def test_the_tables_in_pages_are_fresh(name: str) -> None:
    """What a page written by hand says of the program is what the program says (`hejagen reference --write`)."""
    assert (DOCS / "reference" / name).read_text("utf-8") == filled_pages(DOCS / "reference")[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture is there."""
    for target in re.findall(r"\]\(([^)#\s]+)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.S)):
        if "://" not in target and not target.startswith(("mailto:", "exercise:", "page:", "program:")):
            assert (page.parent / target).exists(), target


def test_every_yaml_file_names_its_schema() -> None:
    """Editors complete and check while one types: the first line names a schema that exists."""
    for path in [ROOT / "site.yaml", *(ROOT / "content").rglob("*.yaml"), *(ROOT / "content").rglob("*.md")]:
        lines = path.read_text("utf-8").splitlines()
        first = lines[1] if path.suffix == ".md" else lines[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
        assert found and (path.parent / found[1]).is_file(), path


def test_the_guide_for_writers_has_every_field() -> None:
    """The table of an exercise's fields in the Swedish guide has those of the model, and says which must be there."""
    guide = (DOCS / "how-to/skriva-ovning.md").read_text("utf-8").partition("## De fasta rubrikerna")[0]
    rows = re.findall(r"^\| `(\w+)` \| (ja|nej) \|", guide, re.M)
    fields = ExerciseMeta.model_fields.items()
    assert dict(rows) == {name: "ja" if field.is_required() else "nej" for name, field in fields}


def test_guides_and_examples_name_this_version() -> None:
    """The guide to publishing and the example layers install the version that this is."""
    guide = (DOCS / "how-to" / "publicera.md").read_text("utf-8")
    assert f"hejagen.git@v{__version__}" in guide
    for layer in EXAMPLES:
        assert f"hejagen=={__version__}" in (layer / "requirements.txt").read_text("utf-8")


def test_the_changelog_tells_of_this_version() -> None:
    """The newest version with a number in the changelog is the one that this is."""
    assert re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[0] == __version__


def test_the_readme_shows_the_two_commands() -> None:
    """Building and testing, as anyone would type them."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert "python3 build.py\n" in text and "python3 build.py test" in text


OWN_COMMANDS = {"test", "lint", "bench", "-h", "--help"}
"""What build.py does by itself."""
COMMAND = re.compile(r"(?:python3 (?:\.\./)*build\.py|hejagen)(?: (?P<rest>.*))?")
HOW_TO = sorted([ROOT / "README.md", *(DOCS / "how-to").glob("*.md"), *(DOCS / "tutorial").glob("*.md")])


def commands(text: str) -> Iterator[str]:
    """The commands of a page, in blocks and between backticks, without what starts the program. A command that is
    written short between backticks counts when it has an option."""
    blocks = "\n".join(re.findall(r"```text\n(.*?)```", text, re.S))
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    for line in [*blocks.splitlines(), *inline]:
        if found := COMMAND.fullmatch(line):
            yield found["rest"] or ""
        elif " --" in line and line.split()[0] in main.commands:
            yield line


def not_there(command: str) -> list[str]:
    """The words of a command that the program does not know."""
    words = shlex.split(command)
    node: click.Command = main
    if not words or words[0] in OWN_COMMANDS:
        return []
    while isinstance(node, click.Group):
        short = node.name == "upgrade" and not (words and words[0] in node.commands)
        name = "show" if short else words.pop(0) if words else ""
        if name not in node.commands:
            return [] if name in ("-h", "--help", "") else [name]
        node = node.commands[name]
    known = {option for parameter in node.params for option in parameter.opts}
    return [word for word in words if word.startswith("-") and word.split("=")[0] not in known]


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.name)
def test_every_command_is_there(page: Path) -> None:
    """Each command that a page tells to run exists, with its options."""
    assert {command: not_there(command) for command in commands(page.read_text("utf-8")) if not_there(command)} == {}


def test_the_commands_are_found() -> None:
    """The page of an afternoon has the commands that it is about; a wrong option would be seen."""
    found = list(commands((DOCS / "how-to/egen-kommun.md").read_text("utf-8")))
    assert {"new layer sundvik", "upgrade", "upgrade accept --all", "build --layer MAPP"} <= set(found)
    assert not_there("new layer sundvik --namn x") == ["--namn"] and not_there("bygg") == ["bygg"]


@pytest.mark.build
def test_the_afternoon_builds_as_it_is_written(tmp_path: Path) -> None:
    """The examples of the page, put together in one layer: hide, patch, a word and a template, without a remark."""
    text = (DOCS / "how-to/egen-kommun.md").read_text("utf-8")
    blocks = re.findall(r"```(yaml|html)\n(.*?)```", text, re.S)
    settings = [block for kind, block in blocks if kind == "yaml" and not block.startswith("extends")]
    assert [block.split(":")[0] for block in settings] == ["hide", "patch"]
    (template,) = (block for kind, block in blocks if kind == "html")
    (word,) = re.findall(r"```text\n(msgid .*?)```", text, re.S)
    files = {
        "site.yaml": "".join(settings),
        "layouts/pages/exercise.html": template,
        "layouts/locale/sv/LC_MESSAGES/messages.po": f'msgid ""\nmsgstr ""\n"Language: sv\\n"\n\n{word}',
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    loaded = read((OWN, tmp_path), DAY)
    every = pages(loaded.site)
    files_made, warnings = make(loaded, every, gather(loaded, every), EDITIONS["web"])
    assert loaded.warnings + warnings == ()
    exercises = loaded.site.contents["sv"].exercises
    assert exercises["sist-i-talarlistan"].meta.title == "Tala sist"
    texts = [file.data.decode() for file in files_made if file.path.endswith("index.html")]
    assert sum("<h2>Stöd i Sundvik</h2>" in text for text in texts) == len(exercises)
    assert any("Mina pass" in text for text in texts)


def test_every_row_of_the_report_is_explained() -> None:
    """The page of an afternoon has a row for each kind of thing that `upgrade` tells, by the words that it uses."""
    text = (DOCS / "how-to/egen-kommun.md").read_text("utf-8")
    table = text.partition("| rapporten säger |")[2].partition("\n\n")[0]
    rows = [row.split("|")[1].strip() for row in table.splitlines()[2:]]
    words, _ = translator(stack(()), "sv")
    titles = [words.gettext(title) for kind, (title, _, _) in KIND_WORDS.items() if kind != "no-lock"]
    assert all(any(title.startswith(row) for row in rows) for title in titles), titles
    assert all(any(title.startswith(row) for title in titles) for row in rows), rows


def test_the_limits_are_those_of_the_program() -> None:
    """Files, bytes, patched values and layers on top of each other: the page says the numbers that hold."""
    text = (DOCS / "how-to/egen-kommun.md").read_text("utf-8").partition("## Gränser")[2].replace("\u00a0", " ")
    files = f"{MAX_FILES:,}".replace(",", " ")
    sizes = [f"{limit // 1_000_000} MB" for limit in (MAX_BYTES, MAX_PICTURE)]
    assert all(said in text for said in (f"{files} filer", *sizes, f"{MAX_CHANGES} lappade", f"{MAX_CHAIN} lager"))


def test_what_passes_in_silence_is_explained() -> None:
    """Each reason for which the generator of bad input accepts silence stands in the page about it, and no other."""
    spec = importlib.util.spec_from_file_location("bad_inputs", ROOT / "bench" / "bad_inputs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses ask for it
    spec.loader.exec_module(module)
    table = (DOCS / "reference" / "bad-input.md").read_text("utf-8").partition("| why nothing need be said")[2]
    assert re.findall(r"^\| ([a-z].+?) \|", table, re.M) == list(module.ACCEPTED)
    used = {way.silent for ways in module.WAYS.values() for way in ways.values()} | {
        silent for _, silent in module.NASTY
    }
    assert {*used, *module.EASY.values(), *module.UNSEEN.values()} <= {"", *module.ACCEPTED}
