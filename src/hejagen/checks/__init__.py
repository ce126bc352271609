"""Checks yield findings; the gate decides whether the build stops. Read exercises.py first.

Every rule is a function in a table here. Its name in kebab-case is the name of the rule, and its docstring is the
line of the rule in the reference.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from hejagen.checks import (
    attributes,
    claims,
    collection,
    contrast,
    exercises,
    guide,
    html,
    language,
    links,
    names,
    programs,
    references,
    speech,
    spelling,
    statement,
    structure,
    styles,
    templates,
)
from hejagen.checks.edition import Fault, FinishedEdition, located
from hejagen.checks.outline import Outline, outline_of
from hejagen.checks.passed import Passed
from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.problems import Finding, Problem
from hejagen.rendering.cores import in_order

T = TypeVar("T")

SiteCheck = Callable[[Site], Iterator[Finding]]
SITE_CHECKS: Sequence[SiteCheck] = (
    references.broken_reference,
    references.unused_worksheet,
    references.duplicate_title,
    references.duplicate_code,
    references.page_language,
    references.reserved_id,
    statement.shared_id,
    exercises.step_minutes,
    exercises.step_titles,
    exercises.missing_section,
    exercises.repeated_section,
    exercises.section_order,
    exercises.older_exercise,
    exercises.law_bullets,
    exercises.missing_adaptation,
    exercises.plan_wording,
    exercises.group_size,
    programs.week_range,
    programs.week_load,
    programs.load_sum,
    programs.repeated_item,
    guide.guide_reference,
    guide.guide_answer,
    links.broken_link,
    links.empty_link,
    links.vague_link,
    links.missing_image,
    links.missing_alt,
    links.html_not_allowed,
    links.raw_markdown,
    links.heading_order,
    contrast.brand_contrast,
    contrast.logo_contrast,
    statement.statement_owner,
    statement.statement_dates,
    statement.statement_claim,
    statement.statement_record,
    statement.undeclared_download,
    statement.film_captions,
    language.lix,
    language.long_sentence,
    language.word_choice,
    language.repeated_sentence,
    language.sample_text,
)
"""Rules that a site must pass before it is rendered."""
AGE_CHECKS: Sequence[SiteCheck] = (statement.statement_age, statement.record_age, statement.trial_age)
"""Rules that a site fails only because time has passed."""

COLLECTION_CHECKS: Sequence[SiteCheck] = (
    collection.reused_name,
    collection.section_lix,
    collection.even_sentences,
    collection.writing_steps,
    collection.opening_verbs,
    collection.quota,
    collection.evidence_facts,
    collection.mixed_address,
    collection.ageing_year,
    collection.invitation_day,
    collection.similar_sentence,
    collection.unused_reference,
)
"""Rules about the exercises as a whole and their style. They only warn, when a site is checked to be published."""
SPELLING_CHECKS: Sequence[SiteCheck] = (spelling.misspelling, spelling.word_list)
"""Rules that need a dictionary, which is not installed where sites are only built."""


class Checks(NamedTuple):
    """Checks to run on a site: those that may stop a build, and those that only warn, whatever their level."""

    stops: Sequence[SiteCheck]
    warns: Sequence[SiteCheck] = ()


BUILDING = Checks(SITE_CHECKS, warns=AGE_CHECKS)
"""For a build, a preview and a fleet. Rules about age do not stop them."""
PUBLISHING = Checks((*SITE_CHECKS, *AGE_CHECKS, *COLLECTION_CHECKS))
"""For a site that will be published: `hejagen check`."""
SPELLING = Checks(SPELLING_CHECKS)
"""For `hejagen spelling`."""
RECORDING = Checks(tuple(check for check in SITE_CHECKS if check is not statement.statement_record))
"""While a check is recorded: without the rules about age and about the record itself."""

EditionCheck = Callable[[FinishedEdition], Iterator[Finding | Fault]]
PAGE_CHECKS: Sequence[EditionCheck] = (
    html.page_basics,
    html.page_headings,
    html.anchor_taken,
    html.repeated_anchor,
    html.inline_code,
    html.other_origin,
    html.statement_page,
    names.nameless,
    names.empty_words,
    names.vague_name,
    names.label_in_name,
    names.file_as_alt,
    names.joining_name,
    names.joined_words,
    names.nameless_group,
    structure.skip_link,
    structure.hidden_focus,
    structure.nested_controls,
    structure.landmarks,
    structure.table_headers,
    structure.html_form,
    structure.obsolete_element,
    attributes.aria_role,
    attributes.aria_attribute,
    attributes.tab_order,
    attributes.autocomplete_token,
    attributes.own_details,
    attributes.view_and_time,
    attributes.media_control,
    attributes.new_window,
    attributes.access_key,
    attributes.hidden_value,
    attributes.lang_value,
    speech.page_tongue,
    speech.part_tongue,
    speech.foreign_name,
)
"""Rules about finished pages that look at each page alone. Most faults are in templates; `anchor_taken` points at the
heading in the author's text."""
FILE_CHECKS: Sequence[EditionCheck] = (
    *PAGE_CHECKS,
    html.dead_link,
    claims.statement_proof,
    structure.same_title,
)
"""Rules that finished pages must pass before they are written."""

LAYER_CHECKS: Sequence[Callable[[Layers], Iterator[Finding]]] = (
    styles.focus_removed,
    styles.text_spacing,
    styles.text_size,
    styles.reflow,
    styles.raw_colour,
    styles.link_look,
    styles.small_target,
    styles.orientation_lock,
    styles.sticky_cover,
    styles.justified_text,
    styles.words_in_style,
    styles.hidden_label,
    styles.endless_motion,
    styles.key_trap,
    styles.mouse_only,
    styles.single_key,
    styles.context_change,
    styles.words_in_script,
    templates.unknown_block,
    templates.unused_template,
)
"""Rules about the styles, scripts and templates of all layers, held once for all editions."""


def run(checks: Iterable[Callable[[T], Iterator[Finding]]], value: T) -> list[Problem]:
    """Return all problems that the checks find in a value."""
    return [finding.problem(rule(check)) for check in checks for finding in check(value)]


def run_on_site(checks: Checks, site: Site) -> list[Problem]:
    """Return all problems that checks find in a site, at the level that the checks give them."""
    return run(checks.stops, site) + [replace(problem, level="warning") for problem in run(checks.warns, site)]


def run_on_edition(edition: FinishedEdition) -> list[Problem]:
    """Return all problems in the files of an edition. Pages that have passed before are only compared with others."""
    passed = Passed(edition)
    unseen = [path for path in edition.finished if path not in passed.outlines]
    seen = dict(zip(unseen, in_order(lambda path: _look(edition.alone(path)), unseen), strict=True))
    outlines = {path: passed.outlines.get(path) or seen[path].outline for path in edition.finished}
    edition = replace(edition, outlines=outlines)
    items = [
        (rule(check), item if isinstance(item, Finding) else Fault(edition.finished[path][0], *item))
        for number, check in enumerate(PAGE_CHECKS)
        for path in unseen
        for item in seen[path].items[number]
    ]
    items += [(rule(check), item) for check in FILE_CHECKS[len(PAGE_CHECKS) :] for item in check(edition)]
    problems = [item.problem(name) for name, item in items if isinstance(item, Finding)]
    faults = [(name, item) for name, item in items if isinstance(item, Fault)]
    if not problems:
        faulty = {fault.page.path for _, fault in faults}
        passed.keep({path: outline for path, outline in outlines.items() if path not in faulty})
    return [*problems, *located(faults, edition)]


class _Seen(NamedTuple):
    """What was seen of a page: its outline, and what each rule yields, of a fault all but the page."""

    outline: Outline
    items: list[list[Finding | tuple[Any, ...]]]


def _look(edition: FinishedEdition) -> _Seen:
    """Return what rules about single pages see in an edition of one page, in a form that other processes can send."""
    [(page, _, markup)] = edition.read
    items = [[item if isinstance(item, Finding) else item[1:] for item in check(edition)] for check in PAGE_CHECKS]
    return _Seen(outline_of(markup, page.path), items)


def rule(check: Callable[..., object]) -> str:
    """Return the name of a check's rule."""
    return check.__name__.replace("_", "-")
