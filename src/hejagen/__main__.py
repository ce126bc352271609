"""`python -m hejagen` is the same as `hejagen`."""

from hejagen.cli import main

main(prog_name="hejagen")
