"""Reports for editors: pages that need no other file, and that are no part of the site."""

from typing import Any

from hejagen.layers.stack import Layers
from hejagen.problems import BuildStopped
from hejagen.rendering.cores import Ended, in_order
from hejagen.rendering.sandbox import fill
from hejagen.rendering.templates import environment, has_templates, problem_of, problem_of_stack
from hejagen.words.translate import Translator


def filled(layers: Layers, words: Translator, template: str, **values: Any) -> str:
    """Return a report's template filled in. Raises BuildStopped for a faulty template."""
    made = environment(layers)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]

    def report(lang: str) -> str:
        try:
            return fill(made, template, {"lang": lang, **values})
        except Exception as error:
            raise BuildStopped((problem_of(error, template),)) from None

    try:
        return next(in_order(report, (words.lang,), apart=has_templates(layers)))
    except Ended as ended:
        if problem := problem_of_stack(ended.stack, layers):
            raise BuildStopped((problem,)) from None
        raise
