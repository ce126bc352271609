"""The output folder: replaced whole, never somebody else's, and one build at a time."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hejagen import output
from hejagen.errors import HejagenError, WrongUsage
from hejagen.output import File, new_folder

HOLD = """
import sys, time
from pathlib import Path
from hejagen.output import File, new_folder
with new_folder(Path(sys.argv[1]), "heja") as new:
    (new / "web").mkdir()
    print("begun", flush=True)
    time.sleep(60)
"""
"""A build that has begun to write and does not end."""


def write(dist: Path, site: str = "heja", **files: str) -> None:
    """Build a folder with some files, web__index=... for web/index."""
    with new_folder(dist, site) as new:
        for name, text in files.items():
            path = new / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


def texts(dist: Path) -> dict[str, str]:
    """The files of a folder by path, without the marker."""
    return {
        path.relative_to(dist).as_posix(): path.read_text()
        for path in sorted(dist.rglob("*"))
        if path.is_file() and path.name != output.MARKER
    }


def test_a_folder_of_others_is_never_replaced(tmp_path: Path) -> None:
    """A folder, file or link that we did not make stays as it is."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("three years")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    for name in ("mine", "link", "mine/thesis.txt"):
        with pytest.raises(WrongUsage), new_folder(tmp_path / name, "heja"):
            pass
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "three years"


def test_a_folder_caught_between_two_renames_comes_back(tmp_path: Path) -> None:
    """If the machine stopped in the middle of the swap, the old build is put back before the next one begins."""
    old = tmp_path / ".dist-old"
    old.mkdir()
    (old / ".hejagen").write_text("x")
    (old / "index.html").write_text("old")
    with pytest.raises(RuntimeError), new_folder(tmp_path / "dist", "heja"):
        raise RuntimeError
    assert (tmp_path / "dist" / "index.html").read_text() == "old"


def test_the_other_editions_stay(tmp_path: Path) -> None:
    """A build of one edition replaces that edition whole, and leaves the others of the same site in place."""
    dist = tmp_path / "dist"
    write(dist, web__index="old", web__gone="old", offline__zip="old", hosting="old")
    write(dist, web__index="new")
    assert texts(dist) == {"web/index": "new", "offline/zip": "old", "hosting": "old"}


def test_a_file_that_is_as_it_was_keeps_its_time(tmp_path: Path) -> None:
    """What has not changed since the last build is the same file, so that copying to a server takes what has; the last
    build is never written in."""
    dist = tmp_path / "dist"

    def build(*files: File) -> None:
        with new_folder(dist, "heja") as new:
            output.write(files, new / "web", dist / "web")

    build(File("same", b"1"), File("other", b"1"))
    os.utime(dist / "web/same", (0, 0))
    with pytest.raises(OSError, match="stopped"), new_folder(dist, "heja") as new:
        output.write((File("same", b"1"), File("same", b"2")), new / "web", dist / "web")
        raise OSError("stopped")
    assert texts(dist) == {"web/same": "1", "web/other": "1"}
    build(File("same", b"1"), File("other", b"2"), File("new", b"3"))
    assert texts(dist) == {"web/same": "1", "web/other": "2", "web/new": "3"}
    assert (dist / "web/same").stat().st_mtime == 0 < (dist / "web/other").stat().st_mtime


def test_nothing_of_another_site_stays(tmp_path: Path) -> None:
    """What was built of another site is not mixed with this one's."""
    dist = tmp_path / "dist"
    write(dist, site="heja", web__index="base", offline__zip="base")
    write(dist, site="heja-sundvik", web__index="sundvik")
    assert texts(dist) == {"web/index": "sundvik"}


@pytest.mark.slow
def test_there_is_always_a_whole_build(tmp_path: Path) -> None:
    """Whoever reads while a new build takes the old one's place finds one of the two: where the system can, the swap is
    one step."""
    dist = tmp_path / "dist"
    write(dist, web__index="0")
    if not output._exchanged(dist, dist):
        pytest.skip("this system exchanges no folders")
    missing, ended = [], threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                (dist / "web" / "index").read_text()
            except FileNotFoundError as error:
                missing.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        write(dist, web__index=str(number))
    ended.set()
    reader.join()
    assert not missing and texts(dist) == {"web/index": "199"}


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """A process that is in the middle of a build into tmp_path/dist."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "dist")], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert process.stdout and process.stdout.readline() == "begun\n"
    return process


def test_a_killed_build_leaves_nothing_behind(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    """The build after one that was killed removes its folder and its lock at once."""
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert len(list(tmp_path.glob(".dist-*"))) == 2
    write(tmp_path / "dist", web__index="new")
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_the_second_build_waits(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    """Two builds into one folder take turns: the second begins when the first has ended."""
    threading.Timer(0.5, holder.kill).start()
    write(tmp_path / "dist", web__index="second")
    assert holder.wait() and texts(tmp_path / "dist") == {"web/index": "second"}


def test_a_build_that_goes_on_is_named(
    tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits in vain is told which process writes, and nothing of its work is touched."""
    monkeypatch.setattr(output, "PATIENCE", 0.3)
    with pytest.raises(HejagenError, match=f"process {holder.pid}"):
        write(tmp_path / "dist")
    assert len(list(tmp_path.glob(".dist-new-*/web"))) == 1
    holder.kill()
    holder.wait()
