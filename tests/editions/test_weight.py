"""Copies to carry around stay small."""

from hejagen.pipeline import Built


def test_the_copies_stay_within_their_limits(built: Built) -> None:
    """The zip takes at most 2 MB and the file with all pages in one at most 3 MB."""
    folders = {folder.name: folder for folder in built.folders}
    (packed,) = folders["offline"].glob("*.zip")
    (page,) = folders["single"].glob("*.html")
    assert packed.stat().st_size < 2_000_000
    assert page.stat().st_size < 3_000_000
