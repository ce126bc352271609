"""`hejagen layers` and `hejagen upgrade`."""

from pathlib import Path

from tests.helpers import run


def test_layers_are_shown(tmp_path: Path) -> None:
    """Each layer is listed with what it adds, replaces, patches and hides, with the id and the place."""
    patch = "hide: [workshop]\npatch: {exercises/fredagsraden: {title: {was: Fredagsraden, set: Raden}}}\n"
    (tmp_path / "site.yaml").write_text(f"name: Sundby\n{patch}")
    (tmp_path / "content/sv/pages").mkdir(parents=True)
    (tmp_path / "content/sv/pages/ny.md").write_text("x")
    out = run("layers", folder=tmp_path).stdout
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[-4:] == [
        "hides pages/workshop site.yaml:2:8",
        "adds pages/ny content/sv/pages/ny.md:1:1",
        "patches exercises/fredagsraden#title site.yaml:3:34",
        "merges site.yaml site.yaml:1:1",
    ]
