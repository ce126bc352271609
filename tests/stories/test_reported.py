"""What authors and strangers have put into layers, and what hejagen makes of it: a message with its place, or the page
that they meant. Never a traceback."""

import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from hejagen.model.document import Document
from hejagen.pipeline import read
from hejagen.preview import State, rebuild
from hejagen.problems import Problem, as_text
from tests.conftest import DAY, ROOT, STATEMENT
from tests.helpers import layer, problems_of, starter

pytestmark = pytest.mark.build

EXERCISE, PAGE = "content/sv/exercises/prov.md", "content/sv/pages/provsida.md"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural={};\\n"\n'
CUT = "purpose: Läs avsnitt #3"
TOLD: Mapping[str, tuple[str, bytes, str]] = {
    "a space of no width in an address": (
        "site.yaml",
        "email: heja@sundvik.example\u200b\n".encode(),
        "site.yaml:1:28: error: an invisible character, U+200B [not-text]",
    ),
    "a mark that turns the direction": (
        PAGE,
        starter("pages", {"title: Provsida": "title: Provsida\u202e"}).encode(),
        "an invisible character, U+202E [not-text]",
    ),
    "a sentence cut by a number sign": (
        EXERCISE,
        starter("exercises", {"purpose: Skriv vad läsaren övar på och varför, i en mening.": CUT}).encode(),
        'warning: "#3" is not read: what follows # is a comment [yaml-ambiguous]',
    ),
    "a no-break space after a colon": (
        EXERCISE,
        starter("exercises", {"level: foundation": "level:\u00a0foundation"}).encode(),
        "prov.md:12:7: error: an invisible character, U+00A0 [not-text]",
    ),
    "a no-break space in a key": (
        EXERCISE,
        starter("exercises", {"level: foundation": "level\u00a0: foundation"}).encode(),
        "prov.md:12:6: error: an invisible character, U+00A0 [not-text]",
    ),
    "a patch without what it is now": (
        "site.yaml",
        b"patch:\n  exercises/fredagsraden:\n    title: Veckoraden\n",
        'hint: write what it is now and what it is to be: {was: "\u2026", set: "\u2026"}',
    ),
    "a patch with an empty was": (
        "site.yaml",
        b"patch:\n  exercises/fredagsraden:\n    title: {was: , set: Veckoraden}\n",
        'error: "was" is empty [patch-form]\n  hint: write was: "Fredagsraden"',
    ),
    "a behaviour that does not exist": (
        EXERCISE,
        starter("exercises", {"trained_behaviours: [invite_voice]": "trained_behaviours: [xyz]"}).encode(),
        "switch_mode, test_small",
    ),
    "an escape in extends": ("site.yaml", b'extends: "a\\0b"\n', "an invisible character, U+0000 [not-text]"),
    "a rule for plurals that divides by zero": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("(n/(n-1))").encode(),
        "[catalogue]",
    ),
    "a rule for plurals that asks for forms that are not there": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n").encode(),
        "messages.po:2:1: error: its rule for plurals asks for form 199, which is not there [catalogue]",
    ),
    "a placeholder as wide as the memory": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + b'\nmsgid "%(num)s min"\nmsgstr "%(num)999999999s min"\n',
        'messages.po:5:9: error: "%(num)9" is no placeholder [catalogue]',
    ),
    "a percent sign in a catalogue": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + '\nmsgid "Exercises"\nmsgstr "%% är 100 %"\n'.encode(),
        'messages.po:5:19: error: a lone "%" [catalogue]',
    ),
    "a text that stands twice in a catalogue": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + b'\nmsgid "Exercises"\nmsgstr "A"\n\nmsgid ""\n"Exer"\n"cises"\nmsgstr "B"\n',
        'messages.po:7:1: error: "Exercises" stands twice [catalogue]',
    ),
    "a context in a catalogue": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + b'\nmsgctxt "menu"\nmsgid "Exercises"\nmsgstr "A"\n',
        "messages.po:5:1: error: msgctxt is not read [catalogue]",
    ),
    "a text that is marked as fuzzy": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + b'\n#, fuzzy\nmsgid "Exercises"\nmsgstr "A"\n',
        "messages.po:5:1: error: a text that is marked as fuzzy is not read [catalogue]",
    ),
    "a placeholder that no script fills in": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + b'\nmsgid "of {weeks} in {title}"\nmsgstr "av {veckor}"\n',
        'messages.po:4:1: error: the English text has no placeholder "veckor" [catalogue]',
    ),
    "an escape that is none in a catalogue": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        PO.format("n != 1").encode() + b'\nmsgid "Exercises"\nmsgstr "Pass\\x"\n',
        'messages.po:5:13: error: "\\x" means nothing [catalogue]',
    ),
    "a number of thousands of digits in a template": (
        "layouts/pages/page.html",
        b"{{ " + b"9" * 4400 + b" }}",
        "layouts/pages/page.html:1:1: error: the template holds a number with thousands of digits [template-syntax]",
    ),
    "a macro that takes less than it is called with": (
        "layouts/components/footer/footer.html",
        b"{% macro footer() %}<p>Hej</p>{% endmacro %}",
        "which it is called with [template-variable]\n  hint: begin layouts/components/footer/footer.html as the base",
    ),
    "half a character in a template": (
        "layouts/pages/page.html",
        b'{{ "\\ud800" }}',
        "layouts/pages/page.html:1:1: error: the template writes half a character [template-variable]",
    ),
}


LONG: Mapping[str, tuple[str, bytes, str]] = {
    "comments without an end": ("layouts/components/x/x.css", b"/*\n" * 60_000, "[style-syntax]"),
    "a catalogue of everything": (
        "layouts/locale/sv/LC_MESSAGES/messages.po",
        (PO.format("n!=1") + "\n" + "".join(f'msgid "a{n}"\nmsgstr "b"\n\n' for n in range(6000))).encode(),
        "[catalogue]",
    ),
    "a number without an end": ("site.yaml", b"zz: [" + b"1_" * 9_000 + b"1]\n", "[unknown-key]"),
}


def written(folder: Path, path: str, data: bytes) -> Path:
    """A layer with one file of its own."""
    top = layer(folder / "layer", STATEMENT)
    (top / path).parent.mkdir(parents=True, exist_ok=True)
    (top / path).write_bytes(data)
    return top


@pytest.mark.parametrize("case", TOLD)
def test_it_is_told_at_its_place(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a message with file, line and rule."""
    path, data, expected = TOLD[case]
    top = written(tmp_path, path, data)
    monkeypatch.chdir(top)
    problems: list[Problem] = problems_of(top)
    assert any(expected in as_text(problem) for problem in problems), [as_text(problem) for problem in problems]


@pytest.mark.slow
@pytest.mark.parametrize("case", LONG)
def test_what_is_long_is_told_soon(case: str, tmp_path: Path) -> None:
    """No pattern takes the square of what it reads: each has its message after a few seconds of work."""
    path, data, expected = LONG[case]
    top = written(tmp_path, path, data)
    before = time.process_time()
    problems = problems_of(top)
    assert any(expected in as_text(problem) for problem in problems), [as_text(problem) for problem in problems]
    assert time.process_time() - before < 20


def test_an_empty_font_is_told(tmp_path: Path) -> None:
    """A font file without content stops the build with a message."""
    top = written(tmp_path, "brand/a.woff2", b"")
    (top / "brand/OFL.txt").write_text("OFL")
    (top / "site.yaml").write_text("brand:\n  fonts:\n    - {file: a.woff2, family: A, licence: OFL.txt}\n")
    assert any("a.woff2 is empty" in problem.message for problem in problems_of(top))


def text_of(tmp_path: Path, path: str, text: str) -> Document:
    """The text of a layer's exercise or page, as it is read."""
    content = read((written(tmp_path, path, text.encode()),), DAY).site.contents["sv"]
    return content.exercises["prov"].body if path == EXERCISE else content.pages["provsida"].body


def test_a_text_with_a_warning_is_published(tmp_path: Path) -> None:
    """A number sign that cuts a sentence is told of, and takes no file away: no text, patched or not, and no list."""
    cut = {"purpose: Skriv vad läsaren övar på och varför, i en mening.": CUT}
    top = written(tmp_path, EXERCISE, starter("exercises", cut).encode())
    assert read((top,), DAY).site.contents["sv"].exercises["prov"].meta.purpose == "Läs avsnitt"
    own = layer(tmp_path / "own", STATEMENT + "patch: {exercises/prov: {level: {was: foundation, set: advanced}}}\n")
    loaded = read((top, own), DAY)
    assert loaded.site.contents["sv"].exercises["prov"].meta.level == "advanced"
    assert [problem.rule for problem in loaded.warnings].count("yaml-ambiguous") == 1
    more = "  - id: ord\n    term: Ett ord #två\n    term_en: word\n    definition: En mening.\n"
    terms = (ROOT / "content/sv/glossary.yaml").read_text("utf-8") + more
    (own / "content/sv/glossary.yaml").write_text(terms, "utf-8")
    assert "Ett ord" in str(read((top, own), DAY).site.contents["sv"])


def test_letters_written_in_two_parts_are_one(tmp_path: Path) -> None:
    """Decomposed letters, as macOS gives them, are read as the same headings and words."""
    text = starter("exercises", {})
    parts = text.replace("å", "a\u030a").replace("ä", "a\u0308").replace("ö", "o\u0308")
    assert parts != text and text_of(tmp_path, EXERCISE, parts) == text_of(tmp_path / "two", EXERCISE, text)


def test_spaces_after_the_front_matter_are_nothing(tmp_path: Path) -> None:
    """Nobody sees them: the text is the same."""
    text = starter("pages", {})
    assert text_of(tmp_path, PAGE, text.replace("\n---\n", "\n---  \n")) == text_of(tmp_path / "two", PAGE, text)


def test_a_colon_after_the_bold_label(tmp_path: Path) -> None:
    """It may stand inside the bold text or after it."""
    text = starter("exercises", {})
    assert ":**" in text
    read_both = [
        [
            (item.label, item.html)
            for section in text_of(tmp_path / str(number), EXERCISE, each).sections
            for item in section.items
        ]
        for number, each in enumerate((text, text.replace(":**", "**:")))
    ]
    assert read_both[0] == read_both[1]


@pytest.mark.parametrize("title", ['Säg "nej" högt', "Använd Grow's frågor"])
def test_quotation_marks_in_the_title_of_a_step(title: str, tmp_path: Path) -> None:
    """The same words in the facts and in the heading are the same, whatever Markdown makes of their marks."""
    changes = {"title: Skriv själva": f"title: {title}", "### Skriv själva": f"### {title}"}
    top = written(tmp_path, EXERCISE, starter("exercises", changes).encode())
    assert "step-titles" not in {problem.rule for problem in problems_of(top, "older-exercise")}


@pytest.mark.parametrize("word", ["İmplementera", "ımplementera", "InnovationSledarſkap", "prototyp\u0130"])
def test_letters_that_only_look_alike(tmp_path: Path, word: str) -> None:
    """Turkish i and long s match i and s when case is ignored, but stop nothing."""
    assert word in text_of(tmp_path, PAGE, f"{starter('pages', {})}\n\n{word} är ett ord.\n").html


def test_a_preview_survives_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a text does to the program, the open pages say what happened and wait for the next save."""
    state, said = State(), list[str]()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    rebuild((ROOT,), tmp_path / "dist", "no day", state, said.append)  # type: ignore[arg-type]
    assert "a fault in hejagen" in state.trouble and "Not rebuilt." in said[-1]


def test_a_wrong_entry_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list with one wrong entry is not too short as well."""
    top = written(tmp_path, "site.yaml", b"languages: [svenska]\n")
    monkeypatch.chdir(top)
    (problem,) = problems_of(top)
    assert problem.rule == "wrong-form"
