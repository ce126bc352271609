"""Real web servers on loopback, as temporary processes, with the files that a build writes for them."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from hejagen.editions.hosting import PLACE

PATH = "/kommun/lärstöd%20(ny)+1/"
"""Where the site lies on the servers of the tests, as an author writes it: with signs that servers decode or quote."""
SBIN = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
MODULES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2")
NGINX = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{
        listen 127.0.0.1:{port};
        location ~ \\.(js|css)$ {{ return 500; }}  # as other applications of the same host may have
        include {folder}/heja.conf;
    }}
}}
"""
APACHE = """ServerRoot {folder}
ServerName larstod.example
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors.log
Mutex fcntl:{folder} default
<IfModule !unixd_module>
LoadModule unixd_module {modules}/mod_unixd.so
</IfModule>
{load}
{user}
TypesConfig /dev/null
DocumentRoot {folder}/www
"""
INCLUDED = "Include {folder}/heja.conf\n"
HTACCESS = """<Directory {folder}/www>
    Require all granted
    AllowOverride FileInfo
    Options FollowSymLinks
    RewriteEngine On
    RewriteCond %{{REQUEST_FILENAME}} !-f
    RewriteCond %{{REQUEST_FILENAME}} !-d
    RewriteRule . - [R=503,L]
</Directory>
"""


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name, path=SBIN):
            return found
    raise FileNotFoundError(f"{names[0]} is not here: python3 build.py test installs it or says how")


def _lay(dist: Path, folder: Path, snippet: str) -> int:
    """Copy the site to where the servers of an IT department have it. Return a free port."""
    shutil.copytree(dist / "web", folder / "www" / unquote(PATH).strip("/"))
    (folder / "site").symlink_to(folder / "www" / unquote(PATH).strip("/"))
    text = (dist / "hosting" / snippet).read_text("utf-8")
    (folder / "heja.conf").write_text(text.replace(PLACE, f"{folder}/site"), "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[str]:
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            if process.poll() is not None:
                assert process.stderr
                raise AssertionError(process.stderr.read() + (log.read_text("utf-8") if log.exists() else ""))
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}{quote(PATH, safe='/%')}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that a server may read which gives up the rights of root."""
    with tempfile.TemporaryDirectory(prefix="host-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def nginx(dist: Path) -> Iterator[str]:
    """Yield the address of a site that nginx serves by hosting/nginx.conf."""
    with _folder() as folder:
        port = _lay(dist, folder, "nginx.conf")
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), "utf-8")
        # nginx names its usual log before it has read where ours is: -e sets both.
        command = [_program("nginx"), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors.log")]
        with _running(command, port, folder / "errors.log") as address:
            yield address


@contextmanager
def apache(dist: Path, rest: str = INCLUDED, modules: tuple[str, ...] = ("filter", "deflate")) -> Iterator[str]:
    """Yield the address of a site that Apache serves by hosting/apache.conf; for HTACCESS by the site's .htaccess."""
    with _folder() as folder:
        port = _lay(dist, folder, "apache.conf")
        place = next(path for path in MODULES if Path(path).is_dir())
        names = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", *modules)
        load = "\n".join(f"LoadModule {name}_module {place}/mod_{name}.so" for name in names)
        user = "User nobody" if os.geteuid() == 0 else ""
        text = APACHE.format(folder=folder, port=port, modules=place, load=load, user=user)
        (folder / "apache.conf").write_text(text + rest.format(folder=folder), "utf-8")
        command = [_program("apache2", "httpd"), "-f", str(folder / "apache.conf"), "-DFOREGROUND"]
        with _running(command, port, folder / "errors.log") as address:
            yield address


HOSTS = {
    "nginx": nginx,
    "apache": apache,
    "htaccess": lambda dist: apache(dist, HTACCESS, modules=("rewrite",)),
}
"""The ways to serve the site that are really run. The last is a web hotel with a publishing system above the site."""
