"""The site is served right: by real servers, with nothing but the files that the build wrote for them."""

import http.client
import re
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from hejagen.editions.hosting import IMMUTABLE, TYPES, headers, server_files, site_files
from hejagen.editions.policy import hosted
from hejagen.languages import language
from hejagen.model.base import SiteAddress
from hejagen.pipeline import Built
from hejagen.rendering.policy import Policy
from tests.conftest import ROOT
from tests.hosts import PATH

KEPT = tuple(f"{folder}/" for folder in IMMUTABLE)
FOR_HOSTS = {file.path for file in site_files(Policy({}), None, "sv")}


def files_of(web: Path) -> list[str]:
    """Paths of the site's own files."""
    paths = (path.relative_to(web).as_posix() for path in web.rglob("*") if path.is_file())
    return sorted(path for path in paths if path not in FOR_HOSTS)


class Client:
    """Asks a server over one connection, without following anything."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)

    def get(self, path: str, **sent: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return status, headers and body of a path on the host."""
        named = {name.replace("_", "-"): value for name, value in sent.items()}
        self.connection.request("GET", quote(path, safe="/%"), headers=named)
        answer = self.connection.getresponse()
        return answer.status, answer.msg, answer.read()


@pytest.fixture
def client(hosted: str) -> Client:
    """A client of a hosted site."""
    return Client(hosted)


def test_every_ending_has_a_type(published: Path) -> None:
    """The site holds no file whose content type is not in the table."""
    assert {Path(path).suffix for path in files_of(published / "web")} <= set(TYPES)


def test_what_may_be_kept_has_a_hash_in_its_name(published: Path) -> None:
    """No file that browsers keep for a year can change under its name."""
    kept = [path for path in files_of(published / "web") if path.startswith(KEPT)]
    assert {start for start in KEPT if any(path.startswith(start) for path in kept)} == set(KEPT)
    assert [path for path in kept if not re.search(r"[._/][0-9a-f]{7,10}\.\w+$", path)] == []


def test_types_caching_and_headers(client: Client, published: Path, built: Built) -> None:
    """Each file comes with its type and all headers, scripts too; only files with a hash in the name may be kept."""
    wanted = headers(hosted(built.site))
    for path in files_of(published / "web"):
        status, found, body = client.get(PATH + path)
        assert (status, found.get_all("Content-Type")) == (200, [TYPES[Path(path).suffix]]), path
        assert body == (published / "web" / path).read_bytes(), path
        cache = "public, max-age=31536000, immutable" if path.startswith(KEPT) else "no-cache"
        assert found.get_all("Cache-Control") == [cache], path
        assert {name: found.get_all(name) for name in wanted} == {name: [wanted[name]] for name in wanted}, path


def test_unchanged_pages_are_not_sent_again(client: Client) -> None:
    """A browser that asks anew for a page that it has is told so in a few bytes, with the policy."""
    _, found, _ = client.get(PATH)
    status, again, body = client.get(PATH, If_None_Match=found["ETag"])
    assert (status, body) == (304, b"")
    assert again["Cache-Control"] == "no-cache" and "Content-Security-Policy" in again


@pytest.mark.parametrize("path", ["", "ovningar", "ovningar/fredagsraden"])
def test_a_forgotten_slash_is_added(client: Client, path: str) -> None:
    """A folder without its slash leads to the same host with the slash, whatever the host is called outside."""
    status, found, _ = client.get((PATH + path).rstrip("/"), Host="utanfor.example")
    right = f"http://utanfor.example{PATH}{path}".rstrip("/") + "/"
    assert (status, unquote(urljoin("http://utanfor.example", found["Location"]))) == (301, unquote(right))
    assert client.get(urlsplit(found["Location"]).path)[0] == 200


@pytest.mark.parametrize("path", ["finns-inte", "finns/inte/alls/", "ovningar/finns-inte.html", "assets/site.0.css"])
def test_what_is_not_there_is_told_at_any_depth(client: Client, path: str) -> None:
    """The status is 404, and the site's own page comes with the policy; everything that it links to is there."""
    status, found, body = client.get(PATH + path)
    assert (status, found["Content-Type"]) == (404, TYPES[".html"])
    assert found.get_all("Cache-Control") == ["no-cache"] and "Content-Security-Policy" in found
    links = re.findall(r'(?:href|src)="(/[^"#]*)', body.decode())
    assert len(links) > 10 and {client.get(link)[0] for link in links} == {200}


@pytest.mark.parametrize("name", sorted(FOR_HOSTS - {".nojekyll"}))
def test_what_is_for_a_server_is_not_handed_out(client: Client, published: Path, name: str) -> None:
    """Rules for one kind of server are no pages of another's."""
    status, _, body = client.get(PATH + name)
    assert status in (403, 404) and body != (published / "web" / name).read_bytes()


def test_folders_are_not_listed(client: Client) -> None:
    """A folder without a page of its own is refused, and the refusal is not kept."""
    status, found, _ = client.get(PATH + "assets/")
    assert status in (403, 404) and "immutable" not in (found["Cache-Control"] or "")


@pytest.mark.parametrize("hosted", ["nginx", "apache"], indirect=True)
def test_texts_are_compressed(client: Client, published: Path) -> None:
    """Pages, styles, scripts and vector pictures are sent compressed."""
    for path in ["index.html", *(path for path in files_of(published / "web") if path.endswith((".css", ".js")))]:
        assert client.get(PATH + path, Accept_Encoding="gzip")[1]["Content-Encoding"] == "gzip", path


def test_web_config(published: Path, built: Built) -> None:
    """IIS, which we cannot run: well-formed, every type set anew, headers, caching, 404 page and default document."""
    root = etree.parse(published / "web" / "web.config").getroot()
    static = root.find("system.webServer/staticContent")
    maps = {row.get("fileExtension"): row.get("mimeType") for row in static.iter("mimeMap")}
    assert maps == dict(TYPES)
    assert [row.get("fileExtension") for row in static.iter("remove")] == list(TYPES)
    added = {row.get("name"): row.get("value") for row in root.iter("add") if row.get("name")}
    assert added == headers(hosted(built.site))
    assert root.find(".//files/add").get("value") == "index.html"
    missing = root.find(".//error")
    assert (missing.get("path"), missing.get("responseMode")) == (r"kommun\lärstöd (ny)+1\404.html", "File")
    assert static.find("clientCache").get("cacheControlMode") == "DisableCache"
    assert [row.get("path") for row in root.iter("location")] == list(IMMUTABLE)
    assert root.find("location//clientCache").get("cacheControlMaxAge") == "365.00:00:00"


def test_underscore_headers(published: Path, built: Built) -> None:
    """Hosts that read `_headers` get the same; no header comes from two rules, whose values some hosts join."""
    rules: dict[str, dict[str, str]] = {}
    for line in (published / "web" / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            rules[line] = {}
        elif line.strip() and not line.strip().startswith("#"):
            name, _, value = line.strip().partition(": ")
            rules[[*rules][-1]][name] = value
    assert rules["/*"] == headers(hosted(built.site))
    assert rules["/assets/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert (published / "web" / ".nojekyll").read_bytes() == b""


@pytest.mark.parametrize("lang", ["sv", "xx"])
def test_the_address_cannot_add_rules(lang: str) -> None:
    """An address in a layer's site.yaml adds nothing to a server's rules, not even when it is percent-encoded."""
    for url in ('https://x.example/a"$;}{\\#/', "https://x.example/a%22%24;%7D%7B%5C%23%0A%00/"):
        for file in (*site_files(Policy({}), url, lang), *server_files(Policy({}), url, lang)):
            name = file.path.rpartition("/")[2]
            assert name in (".nojekyll", "_headers") or b"a%22%24;%7D%7B%5C" in file.data, name
            assert b'/a"' not in file.data and b"a$" not in file.data and b"\\#" not in file.data, name


def test_xml_says_what_the_address_says() -> None:
    """What XML gives a meaning in an address is written so that IIS reads the address itself."""
    files = {file.path: file.data for file in site_files(Policy({}), "https://x.example/a&b'c/", "sv")}
    assert etree.fromstring(files["web.config"]).find(".//error").get("path") == r"a&b'c\404.html"


@pytest.mark.parametrize("path", ["/a$b", "/{a}", "/a%0Ab", "/a%22", "/a%E4", "/a?b", "/a#b", "/a\\b", "/[a]", "/a b"])
def test_an_address_that_servers_would_misread_is_refused(path: str) -> None:
    """No site can be published at an address that has no certain meaning in the files for servers."""
    with pytest.raises(ValidationError):
        TypeAdapter(SiteAddress).validate_python(f"https://x.example{path}")


@pytest.mark.parametrize("path", ["", "/", "/heja/", PATH, "/l%C3%A4r%20st%C3%B6d/", "/~a;b,c=@d'e!/"])
def test_letters_and_usual_signs_are_taken(path: str) -> None:
    """An address may have letters of any language, as typed or as browsers copy them, and the signs of RFC 3986."""
    assert TypeAdapter(SiteAddress).validate_python(f"https://x.example{path}")


def test_every_remark_has_its_swedish() -> None:
    """What layouts/hosting says to whoever runs a server is in the Swedish module, and nothing else is."""
    said = "".join(file.read_text("utf-8") for file in (ROOT / "layouts/hosting").iterdir())
    assert set(re.findall(r'remark\("(.+?)"\)', said)) == set(language("sv").server_remarks)
