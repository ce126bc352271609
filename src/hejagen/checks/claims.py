"""Rules about what the finished accessibility statement claims: nothing that the site's record does not prove."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from hejagen.checks.edition import FinishedEdition
from hejagen.languages import language
from hejagen.messages import say
from hejagen.model.site import Site
from hejagen.problems import Finding, Location
from hejagen.words.translate import Translator

CLAIMS: Mapping[str, str] = {
    "keyboard": "Everything can be reached with a keyboard, and it shows where you are.",
    "view": "Everything can be read without script.",
}
"""By part of a check: the sentence of the page's template that is true only when it was passed. What earlier versions
said, and may stand in a layer's own template, is in the languages."""
CONFORMS = "The site is %(conformance)s with the act."
"""The sentence of the page's template that says how far it follows the law."""


def statement_proof(edition: FinishedEdition) -> Iterator[Finding]:
    """The finished accessibility page claims what no record of this site proves, such as that keys reach everything."""
    files = {file.path: file for file in edition.files}
    for page in edition.pages:
        file = files.get(page.path)
        if page.kind.name != "accessibility" or not file or not file.origin or not file.data.strip():
            continue
        page_text = Markup(file.data.decode("utf-8", "replace")).striptags().lower()
        for claim in _unproven(edition.site, page.lang, edition.words[page.lang]):
            if claim.lower() in page_text:
                message = say('the statement says "{claim}", which no record of this site proves', claim=claim)
                hint = say("remove it from the template, or run `hejagen check --record` and mend what it finds")
                yield Finding(Location(file.origin.path), message, hint)


def _unproven(site: Site, lang: str, words: Translator) -> Iterator[str]:
    """Yield what the statement must not say."""
    for part, claim in CLAIMS.items():
        if site.record is None or not site.record.passed(part):
            yield from (words.gettext(claim).rstrip("."), *language(lang).earlier_claims.get(part, ()))
    if site.config.accessibility.conformance != "full":
        before, _, _ = words.gettext(CONFORMS).partition("%(conformance)s")
        full = language(lang).conformance.get("full") or words.label("conformance", "full")
        yield before + full
