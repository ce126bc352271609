"""The command that counts what readers have handed in: `responses`."""

from pathlib import Path

import click

from hejagen.commands.ui import Command, tell
from hejagen.errors import HejagenError, cannot
from hejagen.messages import say


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--site", default="", metavar="ID", help="Count only files of the site with this id. Default: of any one."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write a picture too, as SVG.")
def responses(files: tuple[Path, ...], site: str, out: Path | None) -> None:
    """Merge FILES of counts that at least six readers have handed in, and print a table that points nobody out.

    A file that cannot be counted is refused with a reason, and the rest are counted.
    """
    from hejagen.responses.counts import Counts, Refused, parse, read_file
    from hejagen.responses.merge import merge
    from hejagen.responses.show import picture, table

    group: dict[bytes, Counts] = {}
    for file in files:
        try:
            data = read_file(file)
            if data in group:
                raise Refused(say("it is the same as another file"))
            group[data] = parse(data, site)
        except Refused as refused:
            name = click.format_filename(file)
            tell(say("{file}: not counted: {reason}", file=name, reason=refused.message), err=True)
    sites = sorted({counts.site for counts in group.values()})
    if len(sites) > 1:
        message = say("The files come from several sites: {sites}.", sites=", ".join(sites))
        raise HejagenError(message, say("Choose one with --site."))
    summary = merge(group.values())
    click.echo(table(summary), nl=False)
    if out is None:
        return
    try:
        out.write_text(picture(summary), "utf-8")
    except OSError as error:
        raise cannot("write", error, str(out)) from None
    tell(say("Wrote {file}.", file=click.format_filename(out)))
