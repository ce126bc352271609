"""What all commands share: where they stand, and how they stop."""

import os
from pathlib import Path

import click

from hejagen import STOPPED


class Group(click.Group):
    """Says the same sentence whenever it is stopped, also while it is still loading."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(f"\n{STOPPED}", err=True)
            raise SystemExit(130) from None


def standing() -> Path:
    """Return the folder we stand in. Raises UsageError where another seems to be meant: else the base would be built,
    and the layer's editor be told that all is well."""
    here = Path.cwd()
    if not (here / "site.yaml").exists():
        if other := sorted(path.name for path in here.glob("site.y*ml*")):
            raise click.UsageError(f"{other[0]} is not read: call it site.yaml")
        if above := next((folder for folder in here.parents if os.path.lexists(folder / "site.yaml")), None):
            raise click.UsageError(f"site.yaml is not here but in {above}: go there first, cd {os.path.relpath(above)}")
    return here
