#!/usr/bin/env python3
"""The one command: sets up what hejagen needs, then runs it.

    python3 build.py                 build the site into dist/
    python3 build.py serve           preview while you write
    python3 build.py test [...]      run the tests (installs what they need)
    python3 build.py test quick      run those that need no browser, server or built site, within a minute
    python3 build.py spelling        check the spelling of all Swedish texts (installs a dictionary)
    python3 build.py lint            run ruff, mypy and import-linter, and check the spelling
    python3 build.py bench           measure what a build and a page cost; also bench hugo, reader, offline, fleet,
                                     bad_inputs, fuzz
    python3 build.py --help          everything else is handed to hejagen

Only the standard library is used. This file is read by any Python 3, so that an old one gets a message, not an error.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
LOG = os.path.join(ROOT, ".setup.log")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
MADE = os.path.join(VENV, "made")
OLDEST = (3, 11)
LOCKS = {
    "build": ["requirements.lock"],
    "spelling": ["requirements.lock", "requirements-spelling.lock"],
    "test": ["requirements.lock", "requirements-spelling.lock", "requirements-test.lock", "requirements-axe.lock"],
}
"""What is installed for building, for the spelling and for testing. Every package is pinned and checked by its hash."""
KINDS = {"spelling": "spelling", "test": "test", "lint": "test", "bench": "test"}
"""What a command needs, if it is more than what building needs."""
WITHOUT_DEPENDENCIES = "requirements-axe.lock"
"""One package of which we only use a file: the current axe-core."""
LAUNCHERS = {
    "posix": ("hejagen", '#!/bin/sh\nexec "$(dirname "$0")/python" -P -m hejagen "$@"\n'),
    "nt": ("hejagen.cmd", '@"%~dp0python.exe" -P -m hejagen %*\n'),
}
"""The command in .venv, which stands a path with spaces in it."""


class CannotGoOn(Exception):
    """Something is missing on this computer. The text says what to do."""


def main(arguments, version=sys.version_info[:2]):
    """Set up and hand over to hejagen, pytest or the linters. Returns the exit code."""
    try:
        check_python(version)
        command = arguments[0] if arguments else "build"
        set_up("test" if "--browser" in arguments else KINDS.get(command, "build"))
        if command == "test":
            os.chdir(ROOT)
            return run([PYTHON, "-P", os.path.join("tests", "programs.py")] + arguments[1:])
        if command == "lint":
            return lint()
        if command == "bench":
            name, rest = (arguments[1], arguments[2:]) if len(arguments) > 1 else ("run", [])
            return run([PYTHON, "-P", os.path.join(ROOT, "bench", name + ".py")] + rest)
        if command in ("-h", "--help"):
            print(__doc__)
        return run([PYTHON, "-P", "-m", "hejagen"] + (arguments or ["build"]))
    except CannotGoOn as problem:
        sys.stderr.write("%s\n" % problem)
        return 1
    except OSError as error:
        sys.stderr.write("Cannot use %s: %s\n" % (error.filename or VENV, error.strerror))
        sys.stderr.write("May this folder be written to? If so, remove .venv and run the same command again.\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again: what was half done is done anew.\n")
        return 130


def check_python(version):
    """Raise CannotGoOn when this Python is too old."""
    if tuple(version) < OLDEST:
        raise CannotGoOn(
            "This needs Python %d.%d or newer; this is Python %d.%d.\n"
            "Install a newer one from python.org or your system's packages, and run it by its name, such as:\n"
            "    python3.12 build.py" % (OLDEST + tuple(version))
        )


def origin():
    """Return what .venv itself depends on: this Python and this folder."""
    return hashlib.sha256(sys.version.encode() + os.fsencode(ROOT)).hexdigest()


def stamp_of(kind):
    """Return what the environment must have been made from: its origin, the lock files and this file."""
    found = hashlib.sha256(origin().encode())
    for name in LOCKS[kind] + ["build.py", "pyproject.toml"]:
        with open(os.path.join(ROOT, name), "rb") as file:
            found.update(file.read())
    return found.hexdigest()


def stamped(kind):
    """Tell whether .venv holds this kind's packages, and has a Python that can be run."""
    return read(ready(kind)) == stamp_of(kind) and os.access(PYTHON, os.X_OK)


def ready(kind):
    """Return the path of the stamp."""
    return os.path.join(VENV, "ready-" + kind)


def is_ready(kind):
    """Tell whether .venv is whole. An environment for tests is good for building and spelling too."""
    return any(stamped(other) for other in LOCKS if set(LOCKS[kind]) <= set(LOCKS[other]))


def set_up(kind):
    """Make .venv with everything that is locked. A half-made one is made anew; two at once wait for each other."""
    if is_ready(kind):
        return
    with Turn():
        if is_ready(kind):
            return
        say("Setting up (once, less than a minute) ...")
        if read(MADE) != origin() or not works([PYTHON, "-c", "import pip"]):
            make_environment()
        for name in LOCKS:
            if not stamped(name) and os.path.exists(ready(name)):
                os.remove(ready(name))
        fill(kind)
        write(ready(kind), stamp_of(kind))


def fill(kind):
    """Install the packages. Meanwhile .venv does not count as made, so that one left half way is made anew."""
    os.remove(MADE)
    try:
        for name in LOCKS[kind]:
            install(name)
    except CannotGoOn:
        write(MADE, origin())  # pip stopped by itself, and put back what it had changed
        raise
    link_package()
    write(MADE, origin())


def make_environment():
    """Make an empty .venv. Raises CannotGoOn when this Python cannot."""
    python = getattr(sys, "_base_executable", sys.executable)
    if not works([python, "-c", "import venv; from ensurepip import version"]):
        raise CannotGoOn(
            "This Python has no module for virtual environments (ensurepip).\n"
            "On Debian and Ubuntu: sudo apt install python3-venv\n"
            "Then run the same command again."
        )
    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    logged([python, "-m", "venv", VENV], "The folder .venv could not be made. May this folder be written to?")
    write(MADE, origin())


def install(lock):
    """Install a lock file's packages, checking every hash."""
    os.environ["PIP_USER"] = "0"  # whoever has `user = true` in pip's settings would install past .venv
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--retries", "2", "--require-hashes"]
    command += ["--no-deps"] if lock == WITHOUT_DEPENDENCIES else []
    logged(
        command + ["-r", os.path.join(ROOT, lock)],
        "The packages in %s could not be installed. Is there a network? Behind a proxy, set HTTPS_PROXY.\n"
        "Nothing is lost: run the same command again when the network is back." % lock,
    )


def link_package():
    """Let .venv find hejagen in src/, with a command of its own."""
    paths = sysconfig.get_paths("venv", vars={"base": VENV, "platbase": VENV})
    source = os.path.relpath(os.path.join(ROOT, "src"), paths["purelib"])
    write(os.path.join(paths["purelib"], "hejagen-source.pth"), source + "\n")
    name, text = LAUNCHERS[os.name]
    write(os.path.join(BIN, name), text)
    os.chmod(os.path.join(BIN, name), 0o755)


def lint():
    """Run the linters; return the exit code of the first that fails."""
    imports = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache', '--no-logo'])"
    for name, command in (
        ("ruff check", ["-m", "ruff", "check"]),
        ("ruff format --check", ["-m", "ruff", "format", "--check"]),
        ("mypy", ["-m", "mypy"]),
        ("lint-imports", ["-c", imports]),
        ("spelling", ["-P", "-m", "hejagen", "spelling"]),
    ):
        say("-- " + name)
        code = subprocess.call([PYTHON] + command, cwd=ROOT)
        if code:
            return code
    return 0


def run(command):
    """Hand over to a command: in this process's place where the system can, so that nothing stands between."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


def works(command):
    """Tell whether a command ends well."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def logged(command, trouble):
    """Run a command quietly, its words in .setup.log. If it fails, raise CannotGoOn with `trouble` and the last."""
    try:
        with open(LOG, "wb") as log:
            code = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT)
    except OSError as error:
        raise CannotGoOn("%s\n(%s)" % (trouble, error))
    if code:
        with open(LOG, "rb") as log:
            last = log.read().decode("utf-8", "replace").strip().splitlines()[-3:]
        raise CannotGoOn("%s\nThe last words, more in .setup.log:\n    %s" % (trouble, "\n    ".join(last)))


def read(path):
    """Return a file's text, or None when it cannot be read."""
    try:
        with open(path) as file:
            return file.read()
    except (OSError, ValueError):
        return None


def write(path, text):
    """Write a text to a file. Raises CannotGoOn when it cannot be written."""
    try:
        with open(path, "w") as file:
            file.write(text)
    except OSError as error:
        raise CannotGoOn("Cannot write %s: %s" % (path, error.strerror))


def say(text):
    """Tell what goes on, at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


class Turn:
    """One set-up at a time: the second waits until the first is done."""

    def __enter__(self):
        try:
            self.file = open(os.path.join(ROOT, ".venv.lock"), "w")
        except OSError as error:
            raise CannotGoOn(
                "This folder cannot be written to (%s). Copy the project to one of your own." % error.strerror
            )
        if not self.taken():
            say("Waiting for another run of build.py, which is setting up ...")
            while not self.taken():
                time.sleep(0.2)
        return self

    def taken(self):
        """Lock the file if it is free. The system frees it when this process ends, however it ends."""
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def __exit__(self, *_):
        self.file.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
