"""Starts a new exercise, program or page: a file that says what goes where, with an id made of its title."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from hejagen.errors import HejagenError, cannot
from hejagen.languages import language
from hejagen.messages import say
from hejagen.urls import slugify

FOLDERS: Mapping[str, tuple[str, str]] = {
    "exercise": ("exercises", ".md"),
    "program": ("programs", ".yaml"),
    "page": ("pages", ".md"),
}
"""Folder below content/<lang> and ending of each kind of file."""


def create(kind: str, title: str, lang: str, root: Path) -> Path:
    """Write the starting file below root/content and return its path. Raises HejagenError; never writes over a file."""
    folder, ending = FOLDERS[kind]
    if not re.fullmatch("[a-z]{2}", lang):
        raise HejagenError(say('"{lang}" is not the name of a language: write two letters, such as sv.', lang=lang))
    name = slugify(title, language(lang).addresses)[:60].strip("-")
    if not name:
        raise HejagenError(say("The title has no letters to make an address of."))
    target = root / "content" / lang / folder / (name + ending)
    text = files("hejagen").joinpath(f"start/starters/{kind}{ending}").read_text("utf-8")
    # A text in JSON is a text in YAML, whatever stands in it.
    written = json.dumps(" ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", title).split()), ensure_ascii=False)
    text = text.replace("ID_HERE", name).replace('"TITLE_HERE"', written)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise HejagenError(say("{target} is there already; nothing was changed.", target=target)) from None
    except OSError as error:
        raise cannot("write", error, str(target)) from None
    return target
