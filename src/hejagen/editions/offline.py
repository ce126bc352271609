"""The offline copy: one zip that is unpacked and opened from a disk, without network."""

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import lxml.html

from hejagen.editions.alike import Split, share_hidden, split
from hejagen.editions.disk import START, disk_pages, without_online_only, without_social
from hejagen.editions.policy import on_disk
from hejagen.editions.script_words import STRICT, with_words_in_scripts
from hejagen.languages import language
from hejagen.layers.stack import Layers
from hejagen.model.site import Site
from hejagen.output import File
from hejagen.problems import Problem
from hejagen.rendering.cores import in_order
from hejagen.rendering.edition import Edition, Medium, Output
from hejagen.rendering.pages import Page, file_page
from hejagen.rendering.policy import SELF, Policy
from hejagen.store.folder import Together

ALIKE, SITE = re.compile(r"assets/alike\.\w+\.js"), re.compile(r"assets/site\.[\w.]+\.js")
STORED = (".png", ".jpg", ".webp", ".woff2", ".zip")
"""Endings of files that are already compressed."""


def policy(site: Site) -> Policy:
    """Return the policy of pages on a disk. It also allows the vault, which is a hidden frame."""
    return on_disk(site).with_("frame-src", SELF)


def zip_name(site: Site) -> str:
    """Return the name of the zip."""
    return language(site.config.languages[0]).zip_name.format(id=site.config.id)


def read_me_name(site: Site) -> str:
    """Return the name of the text to read first."""
    return language(site.config.languages[0]).read_me


def offline_pages(site: Site, layers: Layers, every: tuple[Page, ...]) -> tuple[tuple[Page, ...], list[Problem]]:
    """Return the pages of the site, the vault, and the text to read first."""
    shown, problems = disk_pages(site, layers, every)
    vault = file_page(site, "editions/offline/vault.html")
    read_me = replace(file_page(site, "editions/offline/read-me.txt"), path=read_me_name(site))
    return (*shown, vault, read_me), problems


def finish(site: Site, files: tuple[File, ...], built: date) -> Output:
    """Return the zip, its checksum in the format of `sha256sum`, and the same files in a folder."""
    folder = site.config.id
    read_me = read_me_name(site)
    shown = _shorter(with_words_in_scripts(without_online_only(site, without_social(files))))
    texts = {file.path: _for_windows(file.data) if file.path == read_me else file.data for file in shown}
    paths = sorted(texts, key=lambda path: (path != START, path != read_me, path))
    copies = tuple(File(f"{folder}/{path}", texts[path]) for path in paths)
    packed = pack(copies, built)
    checksum = f"{hashlib.sha256(packed).hexdigest()}  {zip_name(site)}\n"
    downloads = (File(zip_name(site), packed), File(f"{zip_name(site)}.sha256", checksum.encode()))
    return Output((*downloads, *copies), downloads)


def _shorter(files: tuple[File, ...]) -> tuple[File, ...]:
    """Return the files with pages in fewer signs, and what is hidden on many pages in the script that they all load."""
    pages = [file for file in files if file.path.endswith(".html") and b"assets/site." in file.data]
    parts = _split.each(((file.data.decode(),) for file in pages), in_order)
    htmls, alike = share_hidden({file.path: part for file, part in zip(pages, parts, strict=True)})
    (place,) = (file for file in files if ALIKE.fullmatch(file.path))

    def shorter(file: File) -> File:
        if file.path in htmls:
            return File(file.path, htmls[file.path], file.origin)
        if SITE.fullmatch(file.path):
            return File(file.path, f"{STRICT}{alike}{place.data.decode()}{file.data.decode()}".encode())
        return file

    return tuple(shorter(file) for file in files if file is not place)


@Together
def _split(html: str) -> Split:
    tree = lxml.html.document_fromstring(html)
    return split(tree, tree.find("body"), "<!DOCTYPE html>")


def pack(files: tuple[File, ...], built: date) -> bytes:
    """Return a zip of the files in their order.

    The same files and day give the same bytes on every machine with the same zlib: the zip does not depend on clock,
    time zone, umask or user.
    """
    day = min(max(built, FIRST_DAY), LAST_DAY)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for file in files:
            entry = zipfile.ZipInfo(file.path, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if file.path.endswith(STORED) else zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.data, compresslevel=9)
    return buffer.getvalue()


def _for_windows(text: bytes) -> bytes:
    """Return a text that old versions of Notepad can open: with a byte order mark and Windows line ends."""
    return b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")


EDITION = Edition(
    name="offline",
    summary="a zip that is unpacked and opened from a disk",
    policy=policy,
    pages=offline_pages,
    finish=finish,
    medium=Medium(from_disk=True),
    scripts={
        "alike.js": ("layouts/editions/alike.js",),
        "vault.js": ("layouts/scripts/entries.js", "layouts/editions/offline/vault.js"),
    },
)
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2107, 12, 31)
"""The first and last day that a zip can store (APPNOTE.TXT 4.4.6). Other days are moved to the nearest of them."""
