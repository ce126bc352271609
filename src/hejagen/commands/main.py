"""The `hejagen` command and all that belongs to it."""

import click

from hejagen import __version__
from hejagen.commands.coverage import coverage
from hejagen.commands.fleet import fleet
from hejagen.commands.layers import layers, upgrade
from hejagen.commands.new import new
from hejagen.commands.reference import reference
from hejagen.commands.responses import responses
from hejagen.commands.site import build, check, serve, spelling
from hejagen.commands.ui import Group, note_language
from hejagen.messages import SPOKEN

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="hejagen")
@click.option("--lang", type=click.Choice(SPOKEN), is_eager=True, expose_value=False, callback=note_language,
              help="Language of messages. Default: HEJAGEN_LANG, the site's first, the computer's.")  # fmt: skip
def main() -> None:
    """Build HEJA Innovation: learning content in, an accessible site out.

    Run in a folder with a site.yaml of your own, that folder is the layer on top.
    """


for command in (build, check, spelling, coverage, serve, new, layers, upgrade, fleet, responses, reference):
    main.add_command(command)
