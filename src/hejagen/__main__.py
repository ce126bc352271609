"""`python -m hejagen` is the same as `hejagen`."""

import sys

FAULT = 70
"""How the command ends when hejagen itself is at fault (EX_SOFTWARE of sysexits.h)."""


def run() -> None:
    """Run the command; whatever ends it, the last words say what to do."""
    try:
        from hejagen.commands.main import main

        main(prog_name="hejagen")
    except KeyboardInterrupt:
        from hejagen.errors import Stopped

        _end(f"\n{Stopped()}", Stopped.exit_code)
    except Exception as error:
        if isinstance(error, ImportError) and (error.name or "hejagen").split(".")[0] != "hejagen":
            _end(
                f"A package is missing or broken: {error}.\n"
                "Remove the folder .venv and run build.py again; nothing of yours is in it.",
                1,
            )
        from hejagen.errors import report_fault

        _end(report_fault(error), FAULT)


def _end(words: str, code: int) -> None:
    sys.stderr.write(f"{words}\n")
    sys.exit(code)


if __name__ == "__main__":
    run()
