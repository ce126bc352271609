"""What scripts know of exercises and programs."""

import json
import re
from pathlib import Path
from typing import Any

from hejagen.pipeline import gather, read
from hejagen.rendering.pages import pages
from tests.conftest import DAY, EXAMPLES, OWN, ROOT
from tests.helpers import exercise, layer


def catalogues(*folders: Path) -> dict[str, dict[str, Any]]:
    """The data in each file of the catalogue, by the file's plain name."""
    loaded = read(folders, DAY)
    made = gather(loaded, pages(loaded.site)).assets
    data = {file.path: file.data for file in made.files}
    found = {name: data[path].decode() for name, path in made.paths.items() if name.startswith("catalogue")}
    calls = {name: re.search(r'\nheja\.add\("..",(.*)\);\n\Z', "\n" + text) for name, text in found.items()}
    return {name: json.loads(call[1]) for name, call in calls.items() if call}


def test_it_holds_every_exercise_and_program() -> None:
    """Both files hold the same exercises and programs as the content, and no value is empty."""
    content = read((ROOT, OWN), DAY).site.contents["sv"]
    files = catalogues(ROOT, OWN)
    assert set(files) == {"catalogue.sv.js", "catalogue-details.sv.js"}
    for data in files.values():
        assert data["exercises"].keys() == content.exercises.keys()
        assert data["programs"].keys() == content.programs.keys()
        values = [value for entry in data["exercises"].values() for value in entry.values()]
        assert not [value for value in values if value in (None, [], "", False)]


def test_each_language_has_its_own() -> None:
    """In a site in two languages, titles and paths are those of the language."""
    files = catalogues(EXAMPLES[1])
    fi = files["catalogue.fi.js"]["exercises"]
    assert fi and all(entry["path"].startswith("fi/") for entry in fi.values())
    assert not [entry for entry in files["catalogue.sv.js"]["exercises"].values() if entry["path"].startswith("fi/")]


def test_no_text_ends_the_script(tmp_path: Path) -> None:
    """A title with the end tag of a script cannot end the script of a page that holds the catalogue."""
    own = layer(tmp_path / "own", prov=exercise("prov", '"</script>Prov"'))
    loaded = read((OWN, own), DAY)
    texts = [file.data for file in gather(loaded, pages(loaded.site)).assets.files if "/catalogue" in file.path]
    assert texts and not [text for text in texts if b"</script" in text]
