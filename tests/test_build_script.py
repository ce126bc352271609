"""build.py, run for real on a tiny project whose locks name no package, so that no network is needed."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import programs

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-spelling.lock", "requirements-test.lock", "requirements-axe.lock")
OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": ""}
PACKAGE = "absent==1.0 --hash=sha256:" + "0" * 64 + "\n"
ANSWER = """import os, sys
print("hejagen", sys.argv[1:], os.getcwd())
sys.exit(7 if "seven" in sys.argv else 0)
"""

pytestmark = [pytest.mark.skipif(os.name == "nt", reason="POSIX paths"), pytest.mark.slow]


def lay(folder: Path) -> Path:
    """Make a tiny project with the real build.py in it."""
    (folder / "src/hejagen").mkdir(parents=True)
    (folder / "src/hejagen/__init__.py").touch()
    (folder / "src/hejagen/__main__.py").write_text(ANSWER)
    (folder / "pyproject.toml").touch()
    for lock in LOCKS:
        (folder / lock).touch()
    shutil.copy(ROOT / "build.py", folder)
    return folder


def run(
    folder: Path, *args: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run build.py and return what it said."""
    return subprocess.run(
        [sys.executable, str(folder / "build.py"), *args],
        cwd=cwd or folder, env=os.environ | (env or {}), capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def pretend(folder: Path, setting: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run build.py in a Python about which one thing is otherwise."""
    start = f"sys.argv = ['build.py', *{args}]; runpy.run_path('build.py', run_name='__main__')"
    code = f"import runpy, sys; {setting}; {start}"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A project without .venv, in a folder with a space and Swedish letters in its name."""
    return lay(tmp_path / "Åsas övningar")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a whole .venv. Tests leave it whole."""
    folder = lay(tmp_path_factory.mktemp("made") / "a project")
    assert run(folder).returncode == 0
    return folder


def test_old_python_can_read_it() -> None:
    """build.py holds no f-string, annotation or other syntax that Python 3.6 or 2.7 stumbles on."""
    tree = ast.parse((ROOT / "build.py").read_text("utf-8"), feature_version=(3, 4))
    late = (ast.JoinedStr, ast.AnnAssign, ast.Nonlocal, ast.YieldFrom, ast.Await, ast.NamedExpr)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, late)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [f.name for f in functions if f.returns or f.args.kwonlyargs or any(a.annotation for a in f.args.args)]
    assert (ROOT / "build.py").read_bytes().isascii()


def test_old_python_is_told(fresh: Path) -> None:
    """Python 3.6 is told which version is needed, and nothing is made."""
    done = pretend(fresh, "sys.version_info = (3, 6, 15, 'final', 0)")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.6" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (fresh / ".venv").exists()


def test_missing_ensurepip_is_told(fresh: Path, tmp_path: Path) -> None:
    """A Python without ensurepip, as Debian's without python3-venv, is told what to install."""
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow/ensurepip.py").write_text("raise ImportError")
    done = run(fresh, env={"PYTHONPATH": str(tmp_path / "shadow")})
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_first_run_builds(fresh: Path) -> None:
    """The first run makes .venv and builds, in a folder with any name, and leaves the command hejagen there."""
    done = run(fresh)
    assert (done.returncode, "hejagen ['build']" in done.stdout) == (0, True), done.stderr
    launched = subprocess.run([fresh / ".venv/bin/hejagen", "check"], cwd="/", capture_output=True, text=True)
    assert "hejagen ['check'] /" in launched.stdout


def test_no_network_is_told(fresh: Path) -> None:
    """Without a network it says so, quotes pip from the log, and the next run does what was left."""
    (fresh / "requirements.lock").write_text(PACKAGE)
    done = run(fresh, env=OFFLINE)
    assert done.returncode == 1
    assert "network" in done.stderr
    assert "Nothing is lost" in done.stderr
    assert "absent" in (fresh / ".setup.log").read_text()
    assert "Traceback" not in done.stderr
    (fresh / "requirements.lock").write_text("")
    assert run(fresh).returncode == 0


def test_tests_without_network_leave_the_build(made: Path) -> None:
    """When the packages for the tests cannot be had, the site can still be built at once."""
    (made / "requirements-axe.lock").write_text(PACKAGE)
    try:
        assert run(made, "lint", env=OFFLINE).returncode == 1
        done = run(made, "check", env=OFFLINE)
        assert (done.returncode, done.stderr) == (0, "")
    finally:
        (made / "requirements-axe.lock").write_text("")


def test_later_runs_start_at_once(made: Path) -> None:
    """With .venv whole, build.py adds less than 0.3 s and says nothing of its own."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        done = run(made, "check")
        taken.append(time.perf_counter() - start)
        assert (done.returncode, done.stderr) == (0, "")
    assert min(taken) < 0.3


def test_arguments_and_exit_code_pass_through(made: Path, tmp_path: Path) -> None:
    """hejagen gets the arguments as they are and the folder one stands in; its exit code comes back."""
    done = run(made, "new", "exercise", "Två ord", "seven", cwd=tmp_path)
    assert done.stdout == f"hejagen ['new', 'exercise', 'Två ord', 'seven'] {tmp_path}\n"
    assert done.returncode == 7


def test_help_names_its_own_commands(made: Path) -> None:
    """--help tells of test and lint, which hejagen itself does not know."""
    done = run(made, "--help")
    assert "build.py test" in done.stdout
    assert "build.py lint" in done.stdout
    assert "hejagen ['--help']" in done.stdout


def test_half_made_is_made_anew(fresh: Path) -> None:
    """A .venv left by an interrupted install is made anew, with nothing of the old in it."""
    assert run(fresh).returncode == 0
    for mark in (fresh / ".venv").glob("ready-*"):
        mark.unlink()
    (fresh / ".venv/made").unlink()
    (fresh / ".venv/left").touch()
    assert "hejagen ['build']" in run(fresh).stdout
    assert not (fresh / ".venv/left").exists()


def test_broken_python_is_made_anew(made: Path) -> None:
    """A .venv whose Python has gone, as after an upgrade of the system, is made anew."""
    python = made / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/gone/python3")
    done = run(made)
    assert (done.returncode, "hejagen ['build']" in done.stdout) == (0, True), done.stderr


def test_pips_own_settings_do_not_lead_past(fresh: Path, tmp_path: Path) -> None:
    """Someone whose pip installs for the user gets what is needed in .venv all the same."""
    (tmp_path / "pip.conf").write_text("[install]\nuser = true\n")
    (fresh / "requirements.lock").write_text(PACKAGE)
    found = run(fresh, env={**OFFLINE, "PIP_CONFIG_FILE": str(tmp_path / "pip.conf")})
    assert "--user" not in found.stderr and "--user" not in (fresh / ".setup.log").read_text()


def test_moved_folder_is_made_anew(fresh: Path) -> None:
    """A project that is moved uses its own source, not that in the old place."""
    assert run(fresh).returncode == 0
    moved = fresh.rename(fresh.with_name("moved"))
    done = run(moved)
    assert "Setting up" in done.stderr
    assert "hejagen ['build']" in done.stdout


def test_changed_lock_is_installed_each_time(made: Path) -> None:
    """A lock that is changed and changed back is installed both times: an old stamp does not come back to life."""
    lock = made / "requirements.lock"
    lock.write_text("# changed\n")
    assert "Setting up" in run(made).stderr
    lock.write_text("")
    assert "Setting up" in run(made).stderr


def test_two_at_once_share_the_work(fresh: Path) -> None:
    """Of two first runs at once, one waits for the other, and both build."""
    command = [sys.executable, "build.py", "check"]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(command, cwd=fresh, stdout=pipe, stderr=pipe, text=True) for _ in range(2)]
    said = [process.communicate(timeout=600) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    told = "".join(stderr for _, stderr in said)
    assert (told.count("Setting up"), told.count("Waiting")) == (1, 1)


def test_ctrl_c_is_told(fresh: Path) -> None:
    """Ctrl-C while .venv is made gives a message and 130, and the next run makes it whole."""
    process = subprocess.Popen(
        [sys.executable, "build.py"], cwd=fresh, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    assert "Setting up" in process.stderr.readline()
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, "Stopped." in told, "Traceback" in told) == (130, True, False), told
    assert run(fresh).returncode == 0


def test_unwritable_place_is_told(fresh: Path) -> None:
    """Where .venv cannot be made, a message says so."""
    (fresh / ".venv.lock").mkdir()
    done = run(fresh)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_programs_are_never_left_out_silently() -> None:
    """Without browsers and servers, where they cannot be installed, the tests stop and say how to get them."""
    alone = "import os, shutil; os.geteuid = lambda: 1000; shutil.which = lambda *_, **__: None; "
    code = alone + "from tests.programs import main; main(['-m', 'not browser'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    for word in ("nginx", "apache2-bin", "sudo apt install", "not browser and not server"):
        assert word in done.stderr
    assert "firefox-esr" not in done.stderr.splitlines()[0]
    assert programs.missing("-m not browser and not server") == []
    assert programs.missing(" ".join(programs.GROUPS["plain"])) == []


def test_an_installed_server_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While Debian installs nginx, services may not start; afterwards they may again, and nginx is switched off."""
    commands = tmp_path / "bin"
    commands.mkdir()
    policy, told = tmp_path / "policy-rc.d", tmp_path / "told"
    for name in ("apt-get", "update-rc.d"):
        (commands / name).write_text(f'#!/bin/sh\n"{policy}"; echo "{name} $? $*" >> "{told}"\n')
        (commands / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")
    monkeypatch.setattr(programs, "POLICY", policy)
    programs.apt(["nginx", "apache2-bin"])
    rows = told.read_text().splitlines()
    assert [row.split()[:2] for row in rows] == [["apt-get", "101"], ["apt-get", "101"], ["update-rc.d", "101"]]
    assert rows[1].endswith("install -y --no-install-recommends nginx apache2-bin")
    assert rows[2].endswith("nginx disable")
    assert not policy.exists()


def test_locks_agree() -> None:
    """The lock for the tests holds every package of the lock for building, in the same version, all with hashes."""

    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text("utf-8")
        found = re.findall(r"^([a-z][^\s=]*==\S+)", text, re.MULTILINE)
        assert len(found) == len(re.findall(r"^[a-z].*\\\n    --hash=sha256:", text, re.MULTILINE))
        assert "://" not in text
        return set(found)

    assert pins("requirements.lock") < pins("requirements-test.lock")
    assert pins("requirements-axe.lock")
