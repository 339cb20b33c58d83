"""A package index on loopback that tells of vulnerabilities, in the form of PyPI's JSON.

It stands where programs look for PyPI itself by being their proxy.
"""

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

Releases = Mapping[str, Mapping[str, Any]]
"""What is told of "NAME/VERSION"; of others, that they are not there."""


def release(*vulnerabilities: str, fixed_in: str = "9.9") -> dict[str, Any]:
    """What an index tells of a release with these vulnerabilities."""
    told = [
        {"id": each, "aliases": [], "details": "It fails.", "fixed_in": [fixed_in]}
        for each in vulnerabilities
    ]
    return {"info": {}, "vulnerabilities": told}


@dataclass(frozen=True, kw_only=True)
class Index:
    """Where it is.

    Attributes:
        environment: the variables by which a program finds and trusts it.
    """

    environment: Mapping[str, str]


@contextmanager
def serving(releases: Releases, folder: Path) -> Iterator[Index]:
    """An index of these releases, while the block lasts; its certificate goes into the folder."""
    authority = trustme.CA()
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(self.path.partition(":")[0]).configure_cert(context)
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)
            self.close_connection = False

        def do_GET(self) -> None:
            _, _, name, version, _ = self.path.split("/")
            told = releases.get(f"{name}/{version}")
            body = json.dumps(told or {"message": "Not Found"}).encode()
            self.send_response(200 if told else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def finish(self) -> None:
            super().finish()
            self.connection.close()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        names = ("HTTPS_PROXY", "https_proxy")
        yield Index(
            environment={
                **dict.fromkeys(names, address),
                "NO_PROXY": "",
                "no_proxy": "",
                "REQUESTS_CA_BUNDLE": str(trusted),
            }
        )
    finally:
        server.shutdown()
        server.server_close()
