"""Messages in the language of whoever runs the command: the program's own catalogues, and which language to choose."""

import gettext
import io
import locale
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from hejagen.errors import HejagenError
from hejagen.messages import ENGLISH, SPOKEN, Words
from hejagen.store.folder import remembered


@lru_cache
def speaker(lang: str) -> Words:
    """Return the program's catalogue of a language, or English when there is none."""
    if lang not in SPOKEN or lang == "en":
        return ENGLISH
    return gettext.GNUTranslations(io.BytesIO(_catalogue(lang)))


@remembered
def _catalogue(lang: str) -> bytes:
    """Return the program's catalogue in the format that gettext reads. It is a part of the program."""
    from hejagen.words.translate import compiled  # loads what takes longer than a build with nothing changed

    path = f"words/locale/{lang}/LC_MESSAGES/hejagen.po"
    return compiled(files("hejagen").joinpath(path).read_text("utf-8"), lang, path)[0]


def language_for(folders: tuple[Path, ...]) -> str:
    """Return the language for those who work in these layers: the first of the site, if messages are spoken in it, else
    that of the system."""
    from hejagen.layers.settings import merged_settings
    from hejagen.layers.stack import stack

    try:
        origin, _ = merged_settings(stack(folders))
        first = origin.root.get("languages", 0) if origin.root and folders else None
    except (HejagenError, OSError):
        first = None
    return spoken(first.value if first else "")


def spoken(first: object) -> str:
    """Return the first language of a site if messages are spoken in it, else that of the system."""
    return first if isinstance(first, str) and first in SPOKEN else system_language()


def system_language() -> str:
    """Return the first language of the system's settings that messages are spoken in, else English."""
    # Of the variables, the first that is set holds (POSIX, "Environment Variables"); Windows has none of them.
    names = [os.environ[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)]
    names = (names[0] if names else locale.getlocale()[0] or "").split(":")
    codes = (name[:2].lower() for name in names)
    return next((code for code in codes if code in SPOKEN), "en")
