"""Pictures of texts, seen."""

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By

from hejagen.editions import EDITIONS
from hejagen.pipeline import build
from tests.conftest import DAY, OWN, ROOT
from tests.helpers import SVG, png
from tests.server import Handler


def test_pictures_are_drawn(chrome: Any, tmp_path: Path) -> None:
    """A PNG and an SVG of a layer are drawn in the page, in their own size."""
    layer = tmp_path / "layer"
    (layer / "content/sv/images").mkdir(parents=True)
    (layer / "content/sv/pages").mkdir(parents=True)
    page = (ROOT / "content/sv/pages/om.md").read_text("utf-8").split("\n---\n")[0]
    text = "\n---\n\n![En rabatt](images/a.png)\n\n![En bänk](images/b.svg)\n"
    (layer / "content/sv/pages/om.md").write_text(page + text, "utf-8")
    (layer / "content/sv/images/a.png").write_bytes(png(60, 40))
    (layer / "content/sv/images/b.svg").write_text(SVG.format('viewBox="0 0 80 50"', '<path d="M0 0h80v50z"/>'))
    web = build((ROOT, OWN, layer), tmp_path / "dist", (EDITIONS["web"],), DAY).folders[0]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(web), types={}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        chrome.get(f"http://127.0.0.1:{server.server_port}/om/")
        sizes = []
        for picture in chrome.find_elements(By.CSS_SELECTOR, "main img"):
            chrome.execute_async_script("arguments[0].decode().then(arguments[1], arguments[1])", picture)
            drawn = chrome.execute_script("return arguments[0].naturalWidth", picture)
            sizes.append((drawn > 0, picture.size["width"], picture.size["height"]))
        assert sizes == [(True, 60, 40), (True, 80, 50)]
    finally:
        server.shutdown()
