"""Checks look and yield; the gate decides. Every rule is a function in a table here: its name in kebab-case is
the rule's name, its docstring the rule's line in the reference. Read content.py first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

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
    statement.statement_age,
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
RECORDING_CHECKS: Sequence[SiteCheck] = tuple(check for check in SITE_CHECKS if check is not statement.statement_record)
"""The same while a check is recorded: what asks for the record cannot stand in its way."""

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


def run_on_made(made: html.Made) -> list[Problem]:
    """Return all problems of what an edition came to."""
    found = run(FILE_CHECKS, made)
    html.forget()
    return found


def rule(check: Callable[..., object]) -> str:
    """Return the name of a check's rule."""
    return check.__name__.replace("_", "-")
