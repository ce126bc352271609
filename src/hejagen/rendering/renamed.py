"""What templates called things before version 0.2, so that a layer's own template is told the name of today."""

import re
from collections.abc import Mapping

UNKNOWN = re.compile(r"'(\w+)' (?:is undefined|object is not callable)")
RENAMED: Mapping[str, str] = {
    "Links": "links.resolve(html)",  # links(html) was a function
    "absolute": "links.absolute(target)",
    "after_weeks": "phrases.after_weeks(number)",
    "asset": "links.asset(name)",
    "behaviour_links": "links.behaviours(behaviours)",
    "cover_of": "pages[key].cover",
    "cover_urls": "links.cover(spec)",
    "crumbs": "links.crumbs()",
    "download_rows": "cards.downloads()",
    "downloads": "cards.downloads()",
    "empty_cover": "cards.empty_cover()",
    "example_part": "cards.example(section)",
    "exercise_cards": "cards.exercises(exercises)",
    "exercise_range": "phrases.exercise_range()",
    "exercise_steps": "cards.steps(exercise, mode)",
    "exercise_toc": "links.contents(exercise)",
    "exercises_count": "phrases.exercises(number)",
    "filter_choices": "cards.filter_fields()",
    "formats_text": "phrases.formats(formats)",
    "group_figure": "phrases.group_size(size)",
    "headline": "phrases.headline(text)",
    "kind_label": "phrases.kind()",
    "kind_labels": "phrases.kinds()",
    "listing": "cards.training(behaviour), cards.in_area(area) or cards.references(ids)",
    "labelled": "cards.labelled(section)",
    "languages": "links.languages()",
    "mailto_url": "links.mailto()",
    "menu_links": "links.menu(column)",
    "need_rows": "cards.needs(needs)",
    "own_logo": "links.logo()",
    "page_by": "pages[key]",
    "page_exists": "key in pages",
    "page_of": "links.to_single(template) or links.single(template)",
    "program_cards": "cards.programs()",
    "program_covers": "progress.covers()",
    "program_items": "progress.programs(places)",
    "roles_text": "phrases.roles(roles)",
    "short_exercises": "cards.for_beginners(number)",
    "sorted_exercises": "cards.by_length()",
    "sorted_terms": "cards.terms()",
    "stop": "phrases.stop(text)",
    "time_text": "phrases.time(minutes)",
    "told": "phrases.setting(text)",
    "training_catalogue": "heja.catalogue, in scripts",
    "url": "links.to(target)",
    "way_covers": "cards.entry_covers()",
    "week_items": "cards.week(week)",
    "weeks_text": "phrases.weeks(number)",
    "write_url": "links.write()",
}
"""The new name by the old one, as Jinja's message names it."""


def new_name(message: str) -> str | None:
    """Return what the thing is called today that Jinja's message says is not there, or None."""
    unknown = UNKNOWN.fullmatch(message)
    return RENAMED.get(unknown[1]) if unknown else None
