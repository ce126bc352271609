"""The command `reference`: docs/reference, made from the program itself."""

from pathlib import Path

import click

from hejagen.commands.ui import Command


@click.command(cls=Command)
@click.option("--write", is_flag=True, help="Write the files into docs/reference.")
@click.pass_context
def reference(context: click.Context, write: bool) -> None:
    """Print the reference that is made from the program itself: rules, commands, schemas."""
    from hejagen.commands.reference_pages import filled_pages, reference_files

    command = context.find_root().command
    assert isinstance(command, click.Group)
    folder = Path("docs/reference")
    for name, text in {**reference_files(command), **(filled_pages(folder) if write else {})}.items():
        if write:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        else:
            click.echo(f"=== {name}\n{text}")
