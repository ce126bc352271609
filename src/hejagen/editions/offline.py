"""The copy to take along: one zip that is unpacked and opened from a disk, without network."""

import hashlib
import io
import zipfile
from datetime import date

from hejagen.editions.policy import on_disk
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.rendering.edition import Edition
from hejagen.rendering.pages import README, START
from hejagen.rendering.policy import SELF, Policy

STORED = (".png", ".jpg", ".webp", ".woff2", ".zip")
"""Endings of what is packed already."""


def policy(site: Site) -> Policy:
    """Return the policy of pages on a disk, which also lets the vault in, a hidden frame."""
    return on_disk(site).with_("frame-src", SELF)


def zip_name(site: Site) -> str:
    """Return the name of the zip."""
    return f"{site.config.id}-utan-nat.zip"


def finish(site: Site, files: tuple[File, ...], built: date) -> tuple[File, ...]:
    """Return the zip, its checksum as `sha256sum` writes it, and the same files as an open folder, to look at."""
    folder = site.config.id
    copies = tuple(File(f"{folder}/{file.path}", _for_windows(file)) for file in sorted(files, key=_order))
    packed = pack(copies, built)
    checksum = f"{hashlib.sha256(packed).hexdigest()}  {zip_name(site)}\n"
    return (File(zip_name(site), packed), File(f"{zip_name(site)}.sha256", checksum.encode()), *copies)


def pack(files: tuple[File, ...], built: date) -> bytes:
    """Return a zip of the files in their order. The same files and day give the same bytes on every machine with the
    same zlib: no clock, time zone, umask or user stands in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for file in files:
            entry = zipfile.ZipInfo(file.path, (built.year, built.month, built.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if file.path.endswith(STORED) else zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.data, compresslevel=9)
    return made.getvalue()


def _order(file: File) -> tuple[bool, bool, str]:
    return file.path != START, file.path != README, file.path


def _for_windows(file: File) -> bytes:
    """The text to read first opens in the oldest Notepad: with a byte order mark and its line ends."""
    text = file.data.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + text if file.path == README else file.data


EDITION = Edition(
    name="offline",
    folder="offline",
    policy=policy,
    finish=finish,
    from_disk=True,
    scripts=("vault.js",),
    texts=("vault.html", README),
    downloads=lambda site: (zip_name(site), f"{zip_name(site)}.sha256"),
)
