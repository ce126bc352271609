"""The commands for those who have a layer of their own: `new layer` and `upgrade`."""

from pathlib import Path
from typing import Any

import click

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class _WithDefault(click.Group):
    """A group whose first subcommand is meant when none is named: `upgrade sundsvall` is `upgrade show sundsvall`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["show", *args])


@click.group(cls=_WithDefault)
def upgrade() -> None:
    """Tell what has changed below a layer since somebody last looked, in Swedish for the layer's editors.

    `hejagen upgrade LAYER` is short for `hejagen upgrade show LAYER`.
    """


@upgrade.command()
@click.argument("layer", required=False, type=FOLDER)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
              help="How the report is written.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write the report into.")
def show(layer: Path | None, form: str, out: Path | None) -> None:
    """Report, and end with 0 when there is nothing to do, 1 when there is something to look at, 2 for wrong usage.

    LAYER is the layer's folder; without it, the folder you stand in.
    """
    from hejagen import report
    from hejagen.cli import _told
    from hejagen.drift import drift
    from hejagen.templates import problem_of

    with _told("text"):
        found, top, lock, words = _open(layer)
        items = drift(found, top, lock)
        made = report.groups(found, top, items, words)
        if form == "html":
            try:
                text = report.as_html(found, made, top, words)
            except Exception as error:
                raise click.ClickException(str(problem_of(error, report.TEMPLATE).message)) from None
        else:
            text = {"text": report.as_text, "json": report.as_json}[form](made, top, words)
        if out:
            out.write_text(text + "\n", "utf-8")
        else:
            click.echo(text)
    raise SystemExit(1 if items else 0)


@upgrade.command("accept")
@click.argument("names", metavar="[ITEM]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Accept all that can be accepted.")
@click.option("--merge", is_flag=True, help="First take over what has changed below into your text.")
@click.option("--layer", type=FOLDER, help="The layer's folder; without it, the folder you stand in.")
def accept_items(names: tuple[str, ...], everything: bool, merge: bool, layer: Path | None) -> None:
    """Lock that you have looked at an ITEM, by the name that the report gives it, such as exercises/fredagsraden.

    Texts that are written over are kept in .upstream/before in the layer.
    """
    from hejagen.cli import _told
    from hejagen.drift import drift
    from hejagen.report import reason
    from hejagen.upgrade import accept, tidied

    if bool(names) == everything:
        raise click.UsageError("name the items to accept, or write --all")
    with _told("text"):
        found, top, lock, words = _open(layer)
        items = drift(found, top, lock)
        missing = [name for name in names if name not in {item.key for item in items}]
        if missing:
            raise click.UsageError(words.gettext("there is nothing to accept called %(key)s") % {"key": missing[0]})
        chosen = tuple(item for item in items if everything or item.key in names)
        try:
            told = accept(found, top, tidied(found, top, lock) if everything else lock, chosen, merge=merge)
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    for item, left in told:
        click.echo(f"{item.key}: {reason(left, words)}")
    raise SystemExit(1 if any(left for _, left in told) else 0)


def _open(layer: Path | None) -> tuple[Any, Any, Any, Any]:
    """The survey, the layer on top, its record and the words of the main language. Raises BuildStopped."""
    from hejagen.i18n import translator
    from hejagen.layers import is_layer, stack
    from hejagen.lock import read_lock
    from hejagen.problems import gate
    from hejagen.survey import survey

    folder = layer or Path.cwd()
    if not is_layer(folder):
        raise FileNotFoundError(folder)
    found = survey(stack((folder,)))
    if len(found.layers.layers) == 1:
        raise click.UsageError("this is the base itself; name the folder of a layer")
    words, problems = translator(found.layers, found.settings.languages[0])
    lock, faults = read_lock(found.layers, found.layers.layers[-1])
    gate([*problems, *faults])
    return found, found.layers.layers[-1], record, words
