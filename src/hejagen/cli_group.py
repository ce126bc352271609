"""What all commands share: how they stop."""

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
