"""What templates get, and what docs/reference/templates.md says of it."""

import re
from collections.abc import Mapping
from gettext import NullTranslations
from typing import Any

import pytest
from jinja2 import DictLoader, UndefinedError
from lxml.html import fragment_fromstring

from hejagen.commands.reference_pages import NAMESPACES
from hejagen.editions import EDITIONS
from hejagen.layers.stack import stack
from hejagen.pipeline import gather, read
from hejagen.rendering.pages import SUBJECTS, Page, pages
from hejagen.rendering.renamed import RENAMED, new_name
from hejagen.rendering.render import rendering_of, site_environment, values, without_indentation
from hejagen.rendering.templates import environment
from hejagen.words.translate import Translator
from tests.conftest import DAY, ROOT

PAGE = (ROOT / "docs/reference/templates.md").read_text("utf-8")


def section(heading: str) -> str:
    """The part of the page below a heading."""
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def names_in(heading: str) -> set[str]:
    """The names in the first column of the table below a heading, without what is in brackets."""
    cells = [re.split(r"(?<!\\)\|", line)[1] for line in section(heading).splitlines() if line.startswith("| ")][1:]
    return {name for cell in cells for name in re.findall(r"`(\w+)[`(]", re.sub(r" \(.*?\)", "", cell))}


@pytest.fixture(scope="module")
def by_page() -> Mapping[str, tuple[Page, dict[str, Any]]]:
    """Every page of the hosted site by key, with the values that its template gets."""
    loaded = read((ROOT,), DAY)
    every = pages(loaded.site)
    shown, _ = EDITIONS["web"].pages(loaded.site, loaded.survey.layers, every)
    templates, made = gather(loaded, every)
    rendering = rendering_of(loaded.site, shown, made.paths, EDITIONS["web"], loaded.words, templates, ())
    return {page.key: (page, values(rendering, page)) for page in shown}


def test_the_values_of_every_page_are_those_on_the_page(by_page: Mapping[str, tuple[Page, dict[str, Any]]]) -> None:
    """No value is left out of the documentation, and none is in it that templates do not get."""
    page, given = by_page["page:om"]
    assert set(given) - set(page.context) - set(SUBJECTS.values()) == names_in("Values of every page")


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("`pages/exercise.html`", "exercise:fredagsraden"),
        ("`pages/program.html`", "program:starta-smatt"),
        ("`pages/behaviour.html`", "behaviour:invite_voice"),
        ("`pages/area.html`", "area:leadership"),
        ("all others in `pages/`", "page:om"),
    ],
)
def test_the_values_of_a_kind_are_those_on_the_page(
    row: str, key: str, by_page: Mapping[str, tuple[Page, dict[str, Any]]]
) -> None:
    """What an exercise, a program, a behaviour, an area and a text get besides."""
    (line,) = (line for line in section("Values of a kind of page").splitlines() if line.startswith(f"| {row} |"))
    page = by_page[key][0]
    assert {SUBJECTS[type(page.subject)], *page.context} == set(re.findall(r"`(\w+)`", re.sub(r" \(.*?\)", "", line)))


def test_what_components_know_is_on_the_page() -> None:
    """Names and filters of every template beside Jinja's own are in the last table."""
    loaded = read((ROOT,), DAY)
    layers = loaded.survey.layers
    plain, ours = environment(layers), site_environment(loaded.site, layers, loaded.words["sv"])
    names = names_in("In components and pages") - {"number", "value"} - set(plain.globals)
    assert set(ours.globals) - set(plain.globals) - {"gettext", "pgettext", "npgettext"} == names
    assert set(ours.filters) - set(plain.filters) == set(re.findall(r"\\\| (\w+)`", PAGE))


WORDS = """
{{ _("Home") }}|{{ _("Home") }}|{{ _("<b> & 100 %%") }}|{{ _("%(a)s <b>", a="<i>") }}|{{ _("%(a)s <b>", a=2) }}
{% trans name="<i>" %}A {{ name }}{% endtrans %}|{{ ("<" ~ _("Home")) }}
{% autoescape false %}{{ _("<b> & 100 %%") }}|{{ _("%(a)s <b>", a="<i>") }}{% endautoescape %}
"""


def test_words_are_those_of_jinja_but_escaped() -> None:
    """Values and signs of percent are as Jinja's own gettext of the new style gives them; the words are escaped too."""
    loaded = read((ROOT,), DAY)
    ours = site_environment(loaded.site, loaded.survey.layers, loaded.words["sv"])
    escaped, unescaped = ours.from_string(WORDS).render().strip().rsplit("\n", 1)
    assert (
        escaped == ("Hem|Hem|&lt;b&gt; &amp; 100 %|&lt;i&gt; &lt;b&gt;|2 &lt;b&gt;\nA &lt;i&gt;|&lt;Hem")
        and unescaped == "<b> & 100 %|<i> <b>"
    )


def test_a_namespace_gives_nothing_that_is_not_on_the_page(by_page: Mapping[str, tuple[Page, dict[str, Any]]]) -> None:
    """What the four hold besides methods begins with an underscore, which the sandbox keeps from templates."""
    _, given = by_page["page:om"]
    for name, namespace in NAMESPACES.items():
        public = {member for member in dir(given[name]) if not member.startswith("_")}
        assert public == set(re.findall(rf"`{name}\.(\w+)\(", PAGE)) == {m for m in vars(namespace) if m[0] != "_"}


def test_an_old_name_is_told_with_the_new_one(by_page: Mapping[str, tuple[Page, dict[str, Any]]]) -> None:
    """A layer's template that uses a name of before is told what it is called now."""
    made, (_, given) = environment(stack(())), by_page["page:om"]
    for name in {*RENAMED, "links"} - {"Links"}:
        with pytest.raises((UndefinedError, TypeError)) as caught:
            made.from_string(f"{{{{ {name}('x') }}}}").render(given)
        assert new_name(str(caught.value)) == RENAMED.get(name, RENAMED["Links"])


SPOILT = "\"><meta http-equiv=refresh content=0> & 'so' %(num)s"
ASKED = '<p title="{{ _("a %(num)s", num="<i>") }}">{{ ngettext("a %(num)s", "b %(num)s", 2) }}</p>'


def test_what_a_catalogue_says_is_text() -> None:
    """A translation is shown as it is written, in a page as in a text file, and ends no attribute."""
    translations = NullTranslations()
    translations.gettext = lambda message: SPOILT  # type: ignore[method-assign]
    translations.ngettext = lambda one, many, number: SPOILT  # type: ignore[method-assign]
    loaded = read((ROOT,), DAY)
    ours = site_environment(loaded.site, loaded.survey.layers, Translator("sv", translations))
    page = fragment_fromstring(ours.from_string(ASKED).render())
    assert (page.get("title"), page.text) == (SPOILT % {"num": "<i>"}, SPOILT % {"num": 2}) and len(page) == 0
    ours.loader = DictLoader({"a.txt": '{{ _("a %(num)s", num=1) }}'})
    assert ours.get_template("a.txt").render() == SPOILT % {"num": 1}


def test_indentation_is_left_out_where_it_is_not_text() -> None:
    """Blank lines and indentation of templates go; a line break between words stays, and lines that are shown stay."""
    shown = "<pre>\n  a\n\n  b</pre>"
    html = f"<p>\n  One\n\n  <b>two</b>\n</p>\n  {shown}\n  <textarea>\n  x </textarea>\n"
    assert without_indentation(html) == f"<p>\nOne\n<b>two</b>\n</p>\n{shown}\n<textarea>\n  x </textarea>\n"
