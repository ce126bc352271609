"""QR codes of addresses, for screens and paper."""

import io
from functools import lru_cache

QUIET = 4
"""Modules of light ground around the code. Source: ISO/IEC 18004, quiet zone."""


@lru_cache(maxsize=1024)
def qr_svg(address: str) -> str:
    """Return the QR code of an address as the inner part and box of an SVG: `viewBox="…"><path …/>`.

    The lowest level of correction gives the largest squares, which is what a phone needs at 16 mm on clean paper.
    """
    import segno  # with parts of the standard library that nothing else uses

    file = io.BytesIO()
    code = segno.make(address, error="l", boost_error=False, micro=False)
    code.save(
        file,
        kind="svg",
        border=QUIET,
        omitsize=True,
        xmldecl=False,
        svgns=False,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return file.getvalue().decode().removeprefix("<svg ").removesuffix("</svg>")
