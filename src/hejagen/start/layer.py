"""Starts a layer of a municipality's own: a handful of small files that build at once."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import get_args

from hejagen import __version__
from hejagen.content.brand_files import clean_logo
from hejagen.content.raster import Refused
from hejagen.errors import HejagenError, cannot
from hejagen.languages import MAIN, language
from hejagen.layers.stack import BASE, MAX_PICTURE
from hejagen.messages import NOTHING, Message, say
from hejagen.model.base import Email, Hex
from hejagen.pipeline import read
from hejagen.upgrade.accept import accept
from hejagen.urls import slugify

FILES: Mapping[str, str] = {
    "site.yaml": "site.yaml",
    "README.md": "README.md",
    "messages.po": f"layouts/locale/{MAIN}/LC_MESSAGES/messages.po",
    "gitignore": ".gitignore",
    "requirements.txt": "requirements.txt",
}
"""The starters, and where each one lies in a layer."""
LOGOS = (".svg", ".png")
FORMS: Mapping[str, str] = {"email": get_args(Email)[1].pattern, "colour": get_args(Hex)[1].pattern, "logo": ""}
"""The pattern of those answers that have a form; a logo is looked for and measured."""
QUESTIONS: Mapping[str, Message] = {
    "organisation": say("Name of the organisation"),
    "actor": say("Who answers for accessibility"),
    "email": say("Email for questions"),
    "phone": say("Telephone (may be empty)"),
    "colour": say("A colour, such as #5a1846"),
    "logo": say("Logo, a file (may be empty)"),
}
"""What is asked for, by the name of the option that answers it."""
FITTING: Mapping[str, Message] = {
    "email": say("Write an address, such as name@example.org."),
    "colour": say("Write # and six of the characters 0-9 and a-f, such as #5a1846."),
    "logo": say("Write the way to an SVG or PNG of at most {megabytes} MB.", megabytes=MAX_PICTURE // 1_000_000),
}
"""How an answer must look."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the layer is. `colour` is such as #5a1846; `extends` is the folder of the layer below (None = the base)."""

    organisation: str
    actor: str
    email: str
    colour: str
    phone: str = ""
    logo: Path | None = None
    extends: Path | None = None


def create_layer(name: str, owner: Owner, folder: Path, today: date) -> int:
    """Write the layer into a folder that is not there yet, and return its number of files.

    The layer is read and checked before it is put in place. Raises HejagenError when it cannot be made,
    BuildStopped when what the owner told does not pass the checks. Either way nothing is left behind.
    """
    refuse(name, folder)
    if owner.logo and (wrong := fault("logo", str(owner.logo))):
        raise HejagenError(wrong)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder.parent))
    except OSError as error:
        raise cannot("write", error, str(folder)) from None
    try:
        work.chmod(0o755)
        for path, data in _files(name, owner, folder, today):
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_bytes(data)
        surveyed = read((work,), today).survey
        accept(surveyed, surveyed.layers.layers[-1], None, ())
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return sum(path.is_file() for path in folder.rglob("*"))


def refuse(name: str, folder: Path) -> None:
    """Raise HejagenError when a layer cannot have this name, or not lie there."""
    if slugify(name) != name:
        better = slugify(name, language(MAIN).addresses) or "x"
        raise HejagenError(
            say(
                '"{name}" is no name for a layer: write a-z, 0-9 and hyphens, such as {better}.',
                name=name,
                better=better,
            )
        )
    if folder.exists() or folder.is_symlink():
        raise HejagenError(say("{folder} is there already; nothing was changed.", folder=folder))


def fault(key: str, answer: str) -> Message:
    """Return what is wrong with an answer, and what to write; NOTHING when it fits.

    `key` is a field of Owner. Raises HejagenError for a logo that the system does not let us read.
    """
    if key == "logo":
        file = Path(answer)
        fits = file.suffix.lower() in LOGOS and file.is_file() and file.stat().st_size <= MAX_PICTURE
        if fits:
            return _refused_logo(file)
    else:
        fits = bool(re.match(FORMS[key], answer.strip()))
    return NOTHING if fits else say('"{answer}" does not fit. {form}', answer=answer, form=FITTING[key])


def _refused_logo(file: Path) -> Message:
    try:
        clean_logo(file.name, file.read_bytes())
    except Refused as refused:
        at = f"{file}:{refused.line}"
        return say("{at}: {reason}; {hint}.", at=at, reason=refused.message, hint=refused.hint)
    except OSError as error:
        raise cannot("read", error, str(file)) from None
    return NOTHING


def _files(name: str, owner: Owner, folder: Path, today: date) -> Iterator[tuple[str, bytes]]:
    values = _values(name, owner, folder, today)
    for starter, path in FILES.items():
        text = files("hejagen").joinpath(f"start/starters/layer/{starter}").read_text("utf-8")
        rows = (_filled(row, values) for row in text.split("\n"))
        yield path, "\n".join(row for row in rows if row is not None).encode()
    if owner.logo:
        yield f"brand/logo{owner.logo.suffix.lower()}", owner.logo.read_bytes()


def _filled(row: str, values: Mapping[str, str]) -> str | None:
    """A row with its values; None for a row that holds only a value that is not told."""
    for place, value in values.items():
        if row.strip() == place and not value:
            return None
        row = row.replace(place, value)
    return row


def _values(name: str, owner: Owner, folder: Path, today: date) -> Mapping[str, str]:
    def quoted(text: str) -> str:
        return json.dumps(text.strip(), ensure_ascii=False)

    said = language(MAIN).new_layer
    assert said is not None
    full = owner.organisation if re.match(r"(?i)heja\b", owner.organisation) else f"HEJA {owner.organisation}".strip()
    below = Path(os.path.relpath(owner.extends.resolve(), folder.resolve())).as_posix() if owner.extends else BASE
    logo = f"  logo: {{file: logo{owner.logo.suffix.lower()}, alt: {quoted(owner.organisation)}}}" if owner.logo else ""
    return {
        "EXTENDS_HERE": quoted(below) if owner.extends else below,
        "ID_HERE": f"heja-{name.removeprefix('heja-')}"[:60].rstrip("-"),
        "NAME_HERE": quoted(full if len(full) <= 40 else owner.organisation[:40]),
        "TAGLINE_HERE": quoted(said.tagline.format(organisation=owner.organisation)),
        "ORGANISATION_HERE": quoted(owner.organisation),
        "ORGANISATION_PLAIN": " ".join(owner.organisation.split()),
        "ACTOR_HERE": quoted(owner.actor),
        "EMAIL_HERE": quoted(owner.email),
        "PHONE_HERE": f"  phone: {quoted(owner.phone)}" if owner.phone else "",
        "COLOUR_HERE": f"colour: {quoted(owner.colour)}",
        "LOGO_HERE": logo,
        "TODAY_HERE": quoted(today.isoformat()),
        "VERSION_HERE": __version__,
    }
