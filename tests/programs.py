"""Sees to it that the browsers and servers of the tests are there, then runs pytest with the same arguments. On Debian
as root it installs what is missing, elsewhere it says how."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

PROGRAMS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "browser": {
        "chromium": ["chromium", "chromium-browser", "google-chrome"],
        "chromium-headless-shell": ["chromium-headless-shell", "chrome-headless-shell"],
        "chromium-driver": ["chromedriver"],
        "firefox-esr": ["firefox-esr", "firefox"],
        "webkit2gtk-driver": ["WebKitWebDriver"],
        "xvfb": ["Xvfb"],
    },
    "server": {"nginx": ["nginx"], "apache2-bin": ["apache2", "httpd"]},
}
"""By the mark of the tests that need them: Debian's packages, and the commands that show that they are there."""
SPARED = "chromium-headless-shell"
"""Without it the tests take three times as long, with Chromium in its place."""
SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
"""Where servers are too, for those who are not root."""
POLICY = Path("/usr/sbin/policy-rc.d")
"""While this file ends with 101, Debian starts no service that it installs."""
PARALLEL = ("-n", str(min((os.cpu_count() or 1) + 1, 5)), "--dist", "loadfile", "--no-loadscope-reorder")
"""A file of tests at a time in each process: one more than there are cores, since browsers wait much, and in the order
of the folders, which begins with what takes longest. `-n 0` among the arguments puts them in one row."""
APT = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]


def missing(asked: str) -> list[str]:
    """Return Debian's names of the packages that are not here. What pytest is asked to leave out, such as
    "not browser", is not needed."""
    wanted: dict[str, Sequence[str]] = {}
    for mark, packages in PROGRAMS.items():
        wanted |= {} if f"not {mark}" in asked else packages
    return [package for package, names in wanted.items() if not any(shutil.which(name, path=SBIN) for name in names)]


def apt(packages: Sequence[str]) -> None:
    """Install Debian's packages. A web server among them is neither started nor set to start with the computer."""
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n", "utf-8")
        POLICY.chmod(0o755)
    try:
        _run([*APT, "update"])
        _run([*APT, "install", "-y", "--no-install-recommends", *packages])
        if "nginx" in packages:
            _run(["update-rc.d", "nginx", "disable"])
    finally:
        if ours:
            POLICY.unlink()


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                          env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})  # fmt: skip
    if done.returncode:
        last = "\n    ".join((done.stdout + done.stderr).strip().splitlines()[-3:])
        raise SystemExit(f"Could not run: {' '.join(command)}\n    {last}")


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian\n" in release.read_text("utf-8") and os.geteuid() == 0


HEAVY = ("browser", "server", "slow")
"""The marks of tests that need other programs or many seconds."""
PLAIN = " and ".join(f"not {mark}" for mark in HEAVY)
GROUPS: Mapping[str, Sequence[str]] = {
    "quick": ("-m", f"{PLAIN} and not build", "--ignore=tests/browser"),
    "plain": ("-m", PLAIN, "--ignore=tests/browser"),
    "heavy": ("-m", " or ".join(HEAVY)),
}
"""What `test NAME` runs. `plain` and `heavy` are all tests together, each in one of them, and `.ci/run` runs them so:
`plain` as of another day, see `.ci/days`, and `heavy` as of today, since no certificate that a server or an installer
shows is valid on other days. `quick` is the part of `plain` that needs no built site; it ends within a minute on two
cores. Without a name, all tests run."""


def main(arguments: Sequence[str]) -> int:
    """Return pytest's exit code. Ends with a message when programs are missing that cannot be installed."""
    if arguments and arguments[0] in GROUPS:
        arguments = [*GROUPS[arguments[0]], *arguments[1:]]
    debian = _is_debian()
    if packages := [name for name in missing(" ".join(arguments)) if debian or name != SPARED]:
        if not debian:
            raise SystemExit(
                f"The tests need programs that are not here: {', '.join(packages)}.\n"
                f"On Debian: sudo apt install {' '.join(packages)}\n"
                "Elsewhere: install Chromium (or Chrome) with its chromedriver, Firefox, WebKitGTK with its driver,\n"
                "Xvfb, nginx and Apache, on the PATH.\n"
                "To run the other tests only: python3 build.py test -m 'not browser and not server'\n"
                "or, within a minute: python3 build.py test quick"
            )
        sys.stderr.write(f"Installing {', '.join(packages)} ...\n")
        apt(packages)
    return pytest.main([*PARALLEL, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
