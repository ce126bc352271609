"""Write styles, scripts and pictures as files with a hash of the content in the name, for browsers to cache."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import resvg_py
from rjsmin import jsmin

from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.store.folder import remembered
from hejagen.theme import tokens
from hejagen.theme.covers import draw
from hejagen.theme.css import small, style_faults
from hejagen.theme.filter import filter_style
from hejagen.theme.script import repeated_names, script_faults

STYLES = (
    "layers", "tokens", "reset", "base", "layout", "surfaces", "text", "buttons", "pages", "lists", "utilities",
    "print",
)  # fmt: skip
"""Files in layouts/styles, in order. The cascade layers decide what wins, not the order."""
ICON = (180, 180)
"""Size in pixels of the icon for home screens that cannot show SVG."""
SOCIAL = (1200, 630)
"""Size in pixels of the picture for social media."""
ITEM = (800, 420)
"""The same for the picture of an exercise or a program. Each takes a quarter of the time of a large and smooth one."""
SCRIPTS, COMPONENTS = "layouts/scripts/", "layouts/components/"
FIRST_SCRIPTS = (f"{SCRIPTS}entries.js", f"{SCRIPTS}store.js", f"{SCRIPTS}announce.js")
"""Scripts that the others need."""
ENGINE = f"{COMPONENTS}search/engine.js"
"""The beginning of the script files of the search."""
CATALOGUE = f"{SCRIPTS}catalogue.js"
"""The beginning of the script files that hold the catalogue."""
FILTER = f"{COMPONENTS}filter/filter.css"
"""The style that the generated rules for each choice are added to."""
BUNDLES: Mapping[str, tuple[str, ...]] = {
    "guide.js": (f"{SCRIPTS}picture.js", f"{SCRIPTS}guide.js", f"{COMPONENTS}guide/guide.js"),
    "search.js": (f"{SCRIPTS}picture.js", f"{COMPONENTS}search/search.js"),
    "feedback.js": (f"{COMPONENTS}feedback/feedback.js",),
    "filter.js": (f"{COMPONENTS}filter/filter.js",),
    "assessment.js": (
        f"{SCRIPTS}answers.js",
        f"{COMPONENTS}assessment/assessment.js",
        f"{COMPONENTS}assessment-change/assessment-change.js",
        f"{COMPONENTS}suggestions/suggestions.js",
    ),
    "team.js": (f"{SCRIPTS}codes.js", f"{COMPONENTS}team-counts/team-counts.js"),
    "returning.js": (f"{SCRIPTS}progress.js", f"{COMPONENTS}progress-strip/progress-strip.js"),
    "training.js": (
        f"{SCRIPTS}progress.js",
        f"{SCRIPTS}practice.js",
        f"{COMPONENTS}training/training.js",
        f"{COMPONENTS}practice-picture/practice-picture.js",
        f"{COMPONENTS}counts-file/counts-file.js",
    ),
    "program.js": (
        f"{COMPONENTS}program-tracker/program-tracker.js",
        f"{COMPONENTS}program-dates/program-dates.js",
    ),
    "follow-up.js": (f"{SCRIPTS}picture.js", f"{COMPONENTS}follow-up/follow-up.js"),
    "listen.js": (f"{COMPONENTS}listen/listen.js",),
    "worksheet.js": (f"{COMPONENTS}worksheet/worksheet.js",),
    "run.js": (f"{SCRIPTS}pace.js", f"{COMPONENTS}run/run.js"),
    "agenda.js": (f"{SCRIPTS}session.js", f"{COMPONENTS}agenda/agenda.js"),
}
"""Scripts that only some pages load. All others are joined in site.js."""
SHEETS: Mapping[str, tuple[str, ...]] = {
    "guide.css": (f"{COMPONENTS}guide/guide.css",),
    "follow-up.css": (f"{COMPONENTS}follow-up/follow-up.css",),
    "run.css": (f"{COMPONENTS}run/run.css",),
    "agenda.css": (f"{COMPONENTS}agenda/agenda.css",),
    "worksheet.css": (f"{COMPONENTS}worksheet/worksheet.css",),
    "training.css": (f"{COMPONENTS}training/training.css", f"{COMPONENTS}practice-picture/practice-picture.css"),
    "assessment.css": (
        f"{COMPONENTS}assessment/assessment.css",
        f"{COMPONENTS}assessment-change/assessment-change.css",
        f"{COMPONENTS}team-counts/team-counts.css",
        f"{COMPONENTS}suggestions/suggestions.css",
    ),
}
"""Styles that only some pages load. All others are joined in site.css."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The files, and their paths in the site by plain name, such as site.css."""

    files: tuple[File, ...]
    paths: Mapping[str, str]
    engine: str
    """The script that begins the files of the search."""
    catalogue: str
    """The script that begins the files of the catalogue."""


def assets(site: Site, layers: Layers, specs: Sequence[draw.CoverSpec]) -> tuple[Assets, list[Problem]]:
    """Return the styles, scripts, icons, covers and brand files of a site, and the problems in them."""
    problems: list[Problem] = []
    font_files = {f"brand/{name}": data for name, data in site.brand_files.fonts.items()}
    fonts = {
        name.removeprefix("brand/"): hashed(name, data).removeprefix("assets/") for name, data in font_files.items()
    }
    plain: dict[str, bytes] = {
        "site.css": _styles(site, layers, fonts, problems).encode(),
        "site.js": _scripts(layers, None, problems).encode(),
        **font_files,
        **dict(_pictures(site, specs)),
    }
    for bundle, names in BUNDLES.items():
        plain[bundle] = _scripts(layers, names, problems).encode()
    for sheet, names in SHEETS.items():
        plain[sheet] = small("".join(_join(layers, names, problems))).encode()
    alike: dict[str, str] = {}
    for names, drawings in _covers(site, specs):
        if drawings[0] == drawings[1]:
            alike[names[1]] = names[0]
        plain.update((name, data) for name, data in zip(names, drawings, strict=True) if name not in alike)
    plain.update(_images(site, layers, problems))
    paths = {name: hashed(name, data) for name, data in plain.items()}
    files = tuple(File(paths[name], data) for name, data in plain.items())
    paths |= {name: paths[same] for name, same in alike.items()}
    engine, catalogue = (_scripts(layers, (name,), problems) for name in (ENGINE, CATALOGUE))
    return Assets(files, paths, engine, catalogue), problems


def with_scripts(
    shared: Assets, layers: Layers, scripts: Mapping[str, tuple[str, ...]]
) -> tuple[Assets, list[Problem]]:
    """Return the assets with the scripts of an edition. `scripts` holds the files to join, by plain name."""
    problems: list[Problem] = []
    plain = {name: _scripts(layers, files, problems).encode() for name, files in scripts.items()}
    return with_files(shared, plain), problems


def with_files(shared: Assets, plain: Mapping[str, bytes]) -> Assets:
    """Return the assets with more files. `plain` holds what is in each, by plain name."""
    paths = {name: hashed(name, data) for name, data in plain.items()}
    files = tuple(File(paths[name], data) for name, data in plain.items())
    return replace(shared, files=(*shared.files, *files), paths={**shared.paths, **paths})


def _pictures(site: Site, specs: Sequence[draw.CoverSpec]) -> Iterator[tuple[str, bytes]]:
    """Yield the icon, the logo of the brand, and the picture for social media if the site has an address."""
    light = tokens.schemes(site.config.brand)[0].covers
    icon = draw.icon_svg(site.drawings, _palette(light["leadership"]))
    yield "icon.svg", icon.encode()
    yield "icon.png", png(icon, *ICON)
    if logo := site.brand_files.logo:
        yield f"brand/{logo.name}", logo.data
    if site.config.url and specs:
        spec = min(specs, key=lambda spec: (spec.area != "leadership", spec.participation == "individual", spec.id))
        yield "social.png", png(draw.social_svg(spec, _palette(light[spec.area])), *SOCIAL)
        for spec in specs:
            yield f"social/{spec.id}.png", png(draw.social_svg(spec, _palette(light[spec.area])), *ITEM, crisp=True)


@lru_cache(maxsize=512)
@remembered
def png(svg: str, width: int, height: int, *, crisp: bool = False) -> bytes:
    """Return a drawing as a PNG of a width and height in pixels. Fonts are not read, because drawings have no text.

    With `crisp` edges are not smoothed: half the time, and a fifth of the size.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        height=height,
        skip_system_fonts=True,
        shape_rendering="crisp_edges" if crisp else "geometric_precision",
    )


def hashed(name: str, data: bytes) -> str:
    """Return the path of a file by its plain name, with a hash of what is in it."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    return f"assets/{folder}{slash}{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"


def _join(layers: Layers, names: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    for name in names:
        for source in layers.all_of(name)[-1:]:
            text, unreadable = layers.text(source)
            problems.extend(unreadable)
            if name.endswith(".css"):
                problems.extend(style_faults(text, source.shown))
            elif source.layer != layers.layers[0].name:  # a test reads those of the base
                problems.extend(script_faults(text, source.shown))
            yield text if text.endswith("\n") else text + "\n"


def _styles(site: Site, layers: Layers, fonts: Mapping[str, str], problems: list[Problem]) -> str:
    files = [f"layouts/styles/{name}.css" for name in STYLES]
    parts = [*_join(layers, files[:2], problems), tokens.stylesheet(site.config.brand, fonts)]
    parts.extend(_join(layers, files[2:], problems))
    apart = {name for sheet in SHEETS.values() for name in sheet}
    for name in layers.find("layouts/components", ".css"):
        if name in apart:
            continue
        parts.extend(_join(layers, [name], problems))
        parts.extend([filter_style()] if name == FILTER else ())
    return small("".join(parts))


def _scripts(layers: Layers, names: Iterable[str] | None, problems: list[Problem]) -> str:
    """Return the named scripts joined, or, for None, all scripts that are in no bundle."""
    if names is None:
        apart = {ENGINE, CATALOGUE, *FIRST_SCRIPTS, *(name for bundle in BUNDLES.values() for name in bundle)}
        shared = [*layers.find("layouts/scripts", ".js"), *layers.find("layouts/components", ".js")]
        names = [*FIRST_SCRIPTS, *(name for name in shared if name not in apart)]
    parts = {name: "".join(_join(layers, [name], problems)) for name in names}
    shown = {source.shown: parts[name] for name in parts for source in layers.all_of(name)[-1:]}
    problems.extend(() if problems else repeated_names(shown))
    return _small_script('"use strict";\n' + "".join(parts.values()))


@lru_cache(maxsize=64)
def _small_script(script: str) -> str:
    return f"{jsmin(script)}\n"


def _palette(colours: tuple[str, ...]) -> Mapping[int, str]:
    return dict(enumerate(colours))


def cover_names(name: str) -> tuple[str, str, str]:
    """Return the plain names of the three files of the cover with an id: light, dark and lines (for forced colours)."""
    return f"covers/{name}.svg", f"covers/{name}.dark.svg", f"covers/{name}.lines.svg"


Drawings = tuple[bytes, bytes, bytes]
"""A cover as light, dark and lines."""
Colours = tuple[tuple[str, tuple[str, ...]], ...]
"""The cover colours of each area."""


def _covers(site: Site, specs: Sequence[draw.CoverSpec]) -> Iterator[tuple[tuple[str, str, str], Drawings]]:
    """Yield the names and the drawings of each cover. In some areas the light and the dark one are the same."""
    light, dark = (tuple(scheme.covers.items()) for scheme in tokens.schemes(site.config.brand))
    for spec, drawings in zip(specs, _drawn(tuple(specs), light, dark), strict=True):
        yield cover_names(spec.id), drawings


@lru_cache(maxsize=4)
@remembered
def _drawn(specs: tuple[draw.CoverSpec, ...], light: Colours, dark: Colours) -> tuple[Drawings, ...]:
    palettes = [{area: _palette(colours) for area, colours in scheme} for scheme in (light, dark)]
    return tuple(
        (
            draw.file_svg(spec, palettes[0][spec.area]).encode(),
            draw.file_svg(spec, palettes[1][spec.area]).encode(),
            draw.file_svg(spec, palettes[0][spec.area], outline=True).encode(),
        )
        for spec in specs
    )


def _images(site: Site, layers: Layers, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield pictures and downloads of the texts: content/<lang>/images/x.png becomes images/<lang>/x.png."""
    for lang, content in site.contents.items():
        for name, picture in content.images.items():
            yield f"images/{lang}/{name}", picture.data
        folder = f"content/{lang}/files"
        for path, source in layers.find(folder).items():
            data, unreadable = layers.data(source)
            problems.extend(unreadable)
            yield f"files/{lang}/{path.removeprefix(folder + '/')}", data
