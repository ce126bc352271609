"""Checks look and yield; the gate decides. Every rule is a function in a table here: its name in kebab-case is
the rule's name, its docstring the rule's line in the reference. Read content.py first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from hejagen.checks import content, contrast, html, language, links, statement
from hejagen.model.site import Site
from hejagen.problems import Finding, Problem

T = TypeVar("T")

SiteCheck = Callable[[Site], Iterator[Finding]]
SITE_CHECKS: Sequence[SiteCheck] = (
    content.broken_reference,
    content.duplicate_title,
    content.duplicate_code,
    content.page_language,
    content.reserved_id,
    content.step_minutes,
    content.step_titles,
    content.missing_section,
    content.missing_adaptation,
    content.plan_wording,
    content.group_size,
    content.week_range,
    content.week_load,
    content.repeated_item,
    links.broken_link,
    links.empty_link,
    links.vague_link,
    links.missing_image,
    links.missing_alt,
    links.html_not_allowed,
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
    language.sample_text,
)
"""What a site must fulfil before pages are made of it."""
AGE_CHECKS: Sequence[SiteCheck] = (statement.statement_age, statement.record_age)
"""What a site no longer fulfils when nothing but time has gone by."""


class Checks(NamedTuple):
    """What a site is held against: what `stops`, and what only `warns`, whatever level its findings have."""

    stops: Sequence[SiteCheck]
    warns: Sequence[SiteCheck] = ()


BUILDING = Checks(SITE_CHECKS, warns=AGE_CHECKS)
"""For a build, a preview and a fleet: time alone stops none of them."""
PUBLISHING = Checks((*SITE_CHECKS, *AGE_CHECKS))
"""For what is to be published: `hejagen check`."""
RECORDING = Checks(tuple(check for check in SITE_CHECKS if check is not statement.statement_record))
"""While a check is recorded: neither what asks for the record nor age is a fault that it finds."""

FILE_CHECKS: Sequence[Callable[[html.Made], Iterator[Finding]]] = (
    html.page_basics,
    html.page_headings,
    html.anchor_taken,
    html.repeated_anchor,
    html.inline_code,
    html.other_origin,
    html.dead_link,
    html.statement_page,
)
"""What the finished pages must fulfil before they are written. Most faults here are a template's; `anchor_taken` is
told where the author's heading stands."""


def run(checks: Iterable[Callable[[T], Iterator[Finding]]], value: T) -> list[Problem]:
    """Return all problems that the checks find in a value."""
    return [finding.problem(rule(check)) for check in checks for finding in check(value)]


def run_on_site(checks: Checks, site: Site) -> list[Problem]:
    """Return all problems that checks find in a site, at the level that the checks give them."""
    return run(checks.stops, site) + [replace(problem, level="warning") for problem in run(checks.warns, site)]


def run_on_made(made: html.Made) -> list[Problem]:
    """Return all problems of what an edition came to."""
    found = run(FILE_CHECKS, made)
    html.forget()
    return found


def rule(check: Callable[..., object]) -> str:
    """Return the name of a check's rule."""
    return check.__name__.replace("_", "-")
