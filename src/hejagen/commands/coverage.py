"""The command `coverage`: what the exercises cover, as a page for editors."""

from pathlib import Path

import click

from hejagen.commands.ui import Command, layer_folders, layer_option, tell
from hejagen.messages import say_number


@click.command(cls=Command)
@layer_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("coverage.html"),
    show_default=True,
    help="File to write the page into.",
)
def coverage(layers: tuple[Path, ...], out: Path) -> None:
    """Write a page about what the exercises cover: behaviours, areas, forms, sectors and time, and where the gaps are.

    It is for editors, in the site's first language, and no part of the site.
    """
    from hejagen.commands.today import today
    from hejagen.content.coverage import TIMES
    from hejagen.content.coverage import coverage as cover
    from hejagen.output import put
    from hejagen.pipeline import read
    from hejagen.rendering.report import filled

    day = today()
    loaded = read(layer_folders(layers), day)
    lang, content = next(iter(loaded.site.contents.items()))
    covered, words = cover(content), loaded.words[lang]
    text = filled(
        loaded.survey.layers,
        words,
        "reports/coverage.html",
        site=loaded.site.config,
        content=content,
        coverage=covered,
        times=TIMES,
        label=words.label,
        day=words.date(day),
    )
    put(out.parent, out.name, f"{text}\n".encode())
    tell(say_number("Written {out}: {number} gap.", "Written {out}: {number} gaps.", len(covered.gaps), out=out))
