#!/usr/bin/env python3
"""The one command: sets up what hejagen needs, then runs it.

    python3 build.py                 build the site into dist/
    python3 build.py serve           preview while you write
    python3 build.py test [...]      run the tests (installs what they need)
    python3 build.py lint            run ruff and mypy
    python3 build.py --help          everything else is handed to hejagen

Only the standard library is used. This file is read by any Python 3, so that an old one gets a message, not an error.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
LOG = os.path.join(ROOT, ".setup.log")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
LOCKS = {
    "build": ["requirements.lock"],
    "test": ["requirements.lock", "requirements-test.lock", "requirements-axe.lock"],
}
"""What is installed for building and for testing. Every package is pinned and checked by its hash."""
WITHOUT_DEPENDENCIES = "requirements-axe.lock"
"""One package of which we only use a file: the current axe-core."""
PROGRAMS = {
    "chromium": ["chromium", "chromium-browser", "google-chrome"],
    "chromium-driver": ["chromedriver"],
    "firefox-esr": ["firefox-esr", "firefox"],
}
"""Debian's packages with the browsers for the tests, and the commands that show that they are there."""


class CannotGoOn(Exception):
    """Something is missing on this computer. The text says what to do."""


def main(arguments, version=sys.version_info[:2]):
    """Set up and hand over to hejagen, pytest or the linters. Returns the exit code."""
    try:
        check_python(version)
        command = arguments[0] if arguments else "build"
        kind = "test" if command in ("test", "lint") else "build"
        set_up(kind)
        if command == "test":
            install_browsers()
            return run([PYTHON, "-m", "pytest"] + arguments[1:])
        if command == "lint":
            return lint()
        return run([PYTHON, "-m", "hejagen"] + (arguments or ["build"]))
    except CannotGoOn as problem:
        sys.stderr.write("%s\n" % problem)
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on where it was.\n")
        return 130


def check_python(version):
    """Raise CannotGoOn when this Python is too old."""
    if tuple(version) < OLDEST:
        raise CannotGoOn(
            "This needs Python %d.%d or newer; this is Python %d.%d.\n"
            "Install a newer one from python.org or your system's packages, and run it by its name, such as:\n"
            "    python3.12 build.py" % (OLDEST + tuple(version))
        )


def stamp_of(kind):
    """Return what the environment must have been made from: the lock files, this file and this Python."""
    found = hashlib.sha256(sys.version.encode() + sys.executable.encode())
    for name in LOCKS[kind] + ["build.py", "pyproject.toml"]:
        with open(os.path.join(ROOT, name), "rb") as file:
            found.update(file.read())
    return found.hexdigest()


def is_ready(kind):
    """Tell whether .venv is whole. An environment for tests is good for building too."""
    for name in ("test", "build") if kind == "build" else (kind,):
        try:
            with open(os.path.join(VENV, "ready-" + name)) as file:
                if file.read() == stamp_of(name) and os.path.exists(PYTHON):
                    return True
        except OSError:
            continue
    return False


def set_up(kind):
    """Make .venv with everything that is locked. A half-made one is made anew; two at once wait for each other."""
    if is_ready(kind):
        return
    with Turn():
        if is_ready(kind):
            return
        say("Setting up (once, about a minute) ...")
        if not os.path.exists(os.path.join(VENV, "made")) or not works([PYTHON, "-c", "import pip"]):
            make_environment()
        for name in LOCKS[kind]:
            install(name)
        link_package()
        write(os.path.join(VENV, "ready-" + kind), stamp_of(kind))


def make_environment():
    """Make an empty .venv. Raises CannotGoOn when this Python cannot."""
    shutil.rmtree(VENV, ignore_errors=True)
    if not works([sys.executable, "-c", "import venv, ensurepip"]):
        raise CannotGoOn(
            "This Python has no module for virtual environments.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv\n"
            "Then run the same command again."
        )
    logged([sys.executable, "-m", "venv", VENV], "The folder .venv could not be made. May this folder be written to?")
    write(os.path.join(VENV, "made"), "")


def install(lock):
    """Install a lock file's packages, checking every hash."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    command += ["--no-deps"] if lock == WITHOUT_DEPENDENCIES else []
    logged(
        command + ["-r", os.path.join(ROOT, lock)],
        "The packages in %s could not be installed. Is there a network? Behind a proxy, set HTTPS_PROXY.\n"
        "Nothing is lost: run the same command again when the network is back." % lock,
    )


def link_package():
    """Let .venv find hejagen in src/, with a command of its own."""
    answer = subprocess.check_output([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    write(os.path.join(answer.decode().strip(), "hejagen-source.pth"), os.path.join(ROOT, "src") + "\n")
    if os.name != "nt":
        script = os.path.join(BIN, "hejagen")
        write(script, "#!%s\nfrom hejagen.cli import main\nmain(prog_name='hejagen')\n" % PYTHON)
        os.chmod(script, 0o755)


def install_browsers():
    """See to it that the browsers for the tests are there: on Debian as root by installing them, else by saying how."""
    missing = [package for package, names in PROGRAMS.items() if not any(shutil.which(name) for name in names)]
    if not missing:
        return
    if os.path.exists("/etc/debian_version") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Installing %s ..." % ", ".join(missing))
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        trouble = "The browsers could not be installed. Try: apt-get install " + " ".join(missing)
        logged(["apt-get", "update"], trouble)
        logged(["apt-get", "install", "-y", "--no-install-recommends"] + missing, trouble)
        return
    raise CannotGoOn(
        "The tests need browsers that are not here: %s.\n"
        "On Debian and Ubuntu: sudo apt install %s\n"
        "Elsewhere: install Chromium (or Chrome) with its chromedriver, and Firefox, so that they are on the PATH.\n"
        "To run the other tests only: python3 build.py test -m 'not browser'" % (", ".join(missing), " ".join(missing))
    )


def lint():
    """Run the linters; return the exit code of the first that fails."""
    for command in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]):
        code = subprocess.call([PYTHON, "-m"] + command, cwd=ROOT)
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
    """Run a command quietly, its words in .setup.log; raise CannotGoOn with `trouble` and the last of them if it fails."""
    try:
        with open(LOG, "ab") as log:
            code = subprocess.call(command, stdout=log, stderr=log, cwd=ROOT)
    except OSError as error:
        raise CannotGoOn("%s\n(%s)" % (trouble, error))
    if code:
        with open(LOG, "rb") as log:
            last = log.read().decode("utf-8", "replace").strip().splitlines()[-3:]
        raise CannotGoOn("%s\nThe last words, more in .setup.log:\n    %s" % (trouble, "\n    ".join(last)))


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
            raise CannotGoOn("This folder cannot be written to (%s). Copy the project to one of your own." % error.strerror)
        if os.name == "posix":
            import fcntl

            fcntl.flock(self.file, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_):
        self.file.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
