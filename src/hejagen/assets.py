"""Styles, scripts and pictures become files with their content's hash in the name, so that browsers may keep them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hejagen import brand, cover
from hejagen.layers import Layers
from hejagen.model import Site
from hejagen.output import File
from hejagen.problems import Problem

STYLES = ("layers", "tokens", "reset", "base", "pages", "utilities", "print")
"""Files in layouts/styles, in order. The cascade layers decide what wins, not the order."""
BUNDLES: Mapping[str, tuple[str, ...]] = {"search.js": ("search",), "offline.js": ("offline",)}
"""Scripts of components that only one page loads. All the others are joined in site.js."""
FIRST_SCRIPTS = ("store.js", "announce.js")
"""Scripts in layouts/scripts that the others need."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The files, and their paths in the site by plain name, such as site.css."""

    files: tuple[File, ...]
    paths: Mapping[str, str]


def assets(site: Site, layers: Layers, specs: Iterable[cover.CoverSpec]) -> tuple[Assets, list[Problem]]:
    """Return the styles, scripts, icon and covers of a site."""
    problems: list[Problem] = []
    plain: dict[str, bytes] = {
        "site.css": _styles(site, layers, problems).encode(),
        "site.js": _scripts(layers, None, problems).encode(),
        "icon.svg": cover.icon_svg(_palette(brand.schemes(site.config.brand)[0].covers["leadership"])).encode(),
    }
    for bundle, components in BUNDLES.items():
        plain[bundle] = _scripts(layers, components, problems).encode()
    plain.update(_covers(site, specs))
    plain.update(_images(site, layers))
    paths = {name: _hashed(name, data) for name, data in plain.items()}
    return Assets(tuple(File(paths[name], data) for name, data in plain.items()), paths), problems


def _hashed(name: str, data: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"


def _join(layers: Layers, names: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    for name in names:
        for source in layers.all_of(name)[-1:]:
            text, found = layers.text(source)
            problems.extend(found)
            yield text if text.endswith("\n") else text + "\n"


def _styles(site: Site, layers: Layers, problems: list[Problem]) -> str:
    files = [f"layouts/styles/{name}.css" for name in STYLES]
    components = layers.find("layouts/components", ".css")
    parts = [*_join(layers, files[:2], problems), brand.stylesheet(site.config.brand)]
    parts.extend(_join(layers, [*files[2:], *components], problems))
    return "".join(parts)


def _scripts(layers: Layers, components: Iterable[str] | None, problems: list[Problem]) -> str:
    """Join the scripts of the named components, or, for None, all the shared ones and those of no other bundle."""
    if components is not None:
        names = [f"layouts/components/{name}/{name}.js" for name in components]
    else:
        apart = {f"layouts/components/{name}/{name}.js" for names in BUNDLES.values() for name in names}
        first = [f"layouts/scripts/{name}" for name in FIRST_SCRIPTS]
        shared = [*layers.find("layouts/scripts", ".js"), *layers.find("layouts/components", ".js")]
        names = [*first, *(name for name in shared if name not in apart and name not in first)]
    return '"use strict";\n' + "".join(_join(layers, names, problems))


def _palette(colours: tuple[str, ...]) -> Mapping[int, str]:
    return dict(enumerate(colours))


def cover_names(spec: cover.CoverSpec) -> tuple[str, str, str]:
    """Return the plain names of a cover's three files: light, dark and lines (for forced colours)."""
    return f"covers/{spec.id}.svg", f"covers/{spec.id}-dark.svg", f"covers/{spec.id}-lines.svg"


def _covers(site: Site, specs: Iterable[cover.CoverSpec]) -> Iterator[tuple[str, bytes]]:
    light, dark = brand.schemes(site.config.brand)
    for spec in specs:
        names = cover_names(spec)
        yield names[0], cover.file_svg(spec, _palette(light.covers[spec.area])).encode()
        yield names[1], cover.file_svg(spec, _palette(dark.covers[spec.area])).encode()
        yield names[2], cover.file_svg(spec, _palette(light.covers[spec.area]), outline=True).encode()


def _images(site: Site, layers: Layers) -> Iterator[tuple[str, bytes]]:
    """Pictures that the texts show: content/<lang>/images/x.png is named images/<lang>/x.png."""
    for lang in site.contents:
        folder = f"content/{lang}/images"
        for path, source in layers.find(folder).items():
            yield f"images/{lang}/{path.removeprefix(folder + '/')}", layers.data(source)
