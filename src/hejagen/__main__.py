"""`python -m hejagen` is the same as `hejagen`."""

import sys

from hejagen.errors import Stopped

try:
    from hejagen.commands.main import main

    main(prog_name="hejagen")
except KeyboardInterrupt:
    sys.stderr.write(f"\n{Stopped()}\n")
    sys.exit(Stopped.exit_code)
except ImportError as error:
    if (error.name or "hejagen").split(".")[0] == "hejagen":
        raise  # a fault of ours
    sys.stderr.write(f"A package is missing or broken: {error}.\n")
    sys.stderr.write("Remove the folder .venv and run build.py again; nothing of yours is in it.\n")
    sys.exit(1)
