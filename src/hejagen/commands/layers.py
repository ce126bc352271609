"""The commands for those who have a layer: `layers` and `upgrade`."""

from pathlib import Path

import click

from hejagen import __version__
from hejagen.commands.ui import (
    FOLDER,
    Command,
    CommandGroup,
    current_folder,
    layer_folders,
    layer_option,
    like,
    note_layers,
    tell,
    words,
)
from hejagen.errors import WrongUsage
from hejagen.messages import say, told
from hejagen.problems import visible


@click.command(cls=Command)
@layer_option
def layers(layers: tuple[Path, ...]) -> None:
    """Show the layers, and what each one adds, replaces, patches, hides or holds back."""
    from hejagen.layers.stack import stack
    from hejagen.layers.survey import survey

    surveyed = survey(stack(layer_folders(layers)))
    widest = max((len(step.key) for step in surveyed.steps), default=0)
    for layer in surveyed.layers.layers:
        count = len(surveyed.layers.files[layer.name])
        tell(say("{layer}  ({folder}, {count} files)", layer=layer.name, folder=layer.folder, count=count))
        for step in surveyed.of(layer):
            if layer is not surveyed.layers.layers[0]:
                click.echo(visible(f"  {step.verb:8} {step.key:{widest}} {step.at}"))


class _WithDefault(CommandGroup):
    """A group whose first subcommand is meant when none is named: `upgrade sundsvall` is `upgrade show sundsvall`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["show", *args])


@click.group(cls=_WithDefault)
def upgrade() -> None:
    """Tell what has changed below a layer since somebody last looked, in the site's first language.

    `hejagen upgrade LAYER` is short for `hejagen upgrade show LAYER`.
    """


@upgrade.command()
@click.argument("layer", required=False, type=FOLDER, callback=note_layers)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
              help="How the report is written.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write the report into.")
@click.pass_context
def show(context: click.Context, layer: Path | None, form: str, out: Path | None) -> None:
    """Report, and end with 0 when there is nothing to do, 1 when there is something to look at, 2 for wrong usage.

    LAYER is the layer's folder; without it, the folder you stand in.
    """
    from hejagen.output import put
    from hejagen.start.companions import asked_version
    from hejagen.upgrade import report
    from hejagen.upgrade.drift import drift
    from hejagen.upgrade.opened import open_layer

    opened = open_layer(layer or current_folder())
    items = drift(opened.survey, opened.layer, opened.lock)
    groups = report.groups(opened.survey, opened.layer, items, opened.words)
    if form == "html":
        text = report.as_html(opened.survey, groups, opened.layer, opened.words)
    else:
        text = {"text": report.as_text, "json": report.as_json}[form](groups, opened.layer, opened.words)
    if out:
        put(out.parent, out.name, f"{text}\n".encode())
    else:
        click.echo(text)
    if form == "text" and (asked := asked_version(opened.layer.folder)) not in ("", __version__):
        message = say(
            "requirements.txt asks for hejagen {asked}, and this is {version}.", asked=asked, version=__version__
        )
        tell(say("{message} {hint}", message=message, hint=say("hejagen upgrade accept --all writes the new one.")))
    context.exit(1 if items else 0)


@upgrade.command("accept")
@click.argument("names", metavar="[ITEM]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Accept all that can be accepted.")
@click.option("--merge", is_flag=True, help="First take over what has changed below into your text.")
@click.option(
    "--layer", type=FOLDER, callback=note_layers, help="The layer's folder; without it, the folder you stand in."
)
@click.pass_context
def accept_items(
    context: click.Context, names: tuple[str, ...], everything: bool, merge: bool, layer: Path | None
) -> None:
    """Lock that you have looked at an ITEM, by the name that the report gives it, such as exercises/fredagsraden.

    Texts that are written over are kept in .upstream/before in the layer.
    """
    from hejagen.start.companions import put_schemas, renew_requirements
    from hejagen.upgrade.accept import accept, tidied
    from hejagen.upgrade.drift import drift
    from hejagen.upgrade.opened import open_layer
    from hejagen.upgrade.report import reason

    if bool(names) == everything:
        raise click.UsageError(told(say("name the items to accept, or write --all"), words()))
    opened = open_layer(layer or current_folder())
    items = drift(opened.survey, opened.layer, opened.lock)
    keys = [item.key for item in items]
    for name in names:
        if name not in keys:
            raise WrongUsage(say('There is nothing to accept called "{key}".', key=name), like(name, keys))
    chosen = tuple(item for item in items if everything or item.key in names)
    lock = tidied(opened.survey, opened.layer, opened.lock) if everything else opened.lock
    decided = accept(opened.survey, opened.layer, lock, chosen, merge=merge)
    put_schemas(opened.layer.folder)
    if renew_requirements(opened.layer.folder):
        tell(say("requirements.txt asks for hejagen {version} now.", version=__version__))
    for item, left in decided:
        click.echo(visible(f"{item.key}: {reason(left, opened.words)}"))
    context.exit(1 if any(left for _, left in decided) else 0)
