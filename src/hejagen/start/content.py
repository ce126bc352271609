"""Starts a new exercise, program or page: a file that says what goes where, with an id made of its title."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from itertools import count
from pathlib import Path
from types import MappingProxyType

from hejagen.errors import HejagenError, cannot
from hejagen.languages import language
from hejagen.layers.stack import base_layer
from hejagen.messages import Message, say
from hejagen.urls import slugify

FOLDERS: Mapping[str, tuple[str, str]] = {
    "exercise": ("exercises", ".md"),
    "program": ("programs", ".yaml"),
    "page": ("pages", ".md"),
}
"""Folder below content/<lang> and ending of each kind of file."""
CODE = re.compile(r"(?m)^(code: )([A-Z]+)\d+")
"""The code in a starting file: its key, and its letters."""
HEADING = re.compile(r"(?m)^## (.+)")
USED = re.compile(r"(?m)^code: *[\"']?([A-Z0-9]+)")


QUESTIONS: Mapping[str, Message] = {
    "sees": say("What does somebody see who passes the window?"),
    "left": say("What is left on the table afterwards?"),
    "trap": say("How does it usually go wrong, and what does the leader say then?"),
    "differs": say("How does it differ from the exercise that is most like it?"),
}
"""What whoever begins an exercise should be able to answer before writing it."""
USUAL_FORM = "samtal_i_par"
"""What people do in an exercise whose author has not said it yet."""


def create(
    kind: str,
    title: str,
    lang: str,
    root: Path,
    form: str = "",
    answers: Mapping[str, str] = MappingProxyType({}),
    headings: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """Write the starting file below root/content and return its path. An exercise begins from what people do, its
    `form`, and holds the `answers` to QUESTIONS as comments. `headings` are those of the language by the Swedish ones.
    Raises HejagenError; never writes over a file."""
    folder, ending = FOLDERS[kind]
    if not re.fullmatch("[a-z]{2}", lang):
        raise HejagenError(say('"{lang}" is not the name of a language: write two letters, such as sv.', lang=lang))
    name = slugify(title, language(lang).addresses)[:60].strip("-")
    if not name:
        raise HejagenError(say("The title has no letters to make an address of."))
    target = root / "content" / lang / folder / (name + ending)
    text = files("hejagen").joinpath(f"start/starters/{kind}{ending}").read_text("utf-8")
    for question in QUESTIONS:
        text = text.replace(f"{question.upper()}_HERE", _on_one_line(answers.get(question) or "") or "…")
    text = HEADING.sub(lambda heading: f"## {headings.get(heading[1], heading[1])}", text)
    text = text.replace("FORM_HERE", form or USUAL_FORM)
    # A text in JSON is a text in YAML, whatever stands in it.
    written = json.dumps(_on_one_line(title), ensure_ascii=False)
    text = CODE.sub(lambda code: f"{code[1]}{_free_code(code[2], root)}", text)
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


def _free_code(letters: str, root: Path) -> str:
    """Return a code with these letters that neither the layer nor the base has, such as NY02."""
    used: set[str] = set()
    for folder in (root, base_layer().folder):
        for path in (*folder.glob("content/*/exercises/*.md"), *folder.glob("content/*/programs/*.yaml")):
            with suppress(OSError, UnicodeDecodeError):
                used.update(USED.findall(path.read_text("utf-8")))
    return next(code for number in count(1) if (code := f"{letters}{number:02}") not in used)


def _on_one_line(text: str) -> str:
    """Return a text without line breaks and signs that nobody sees."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", text).split())
