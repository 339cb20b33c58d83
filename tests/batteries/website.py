"""A small web server on loopback that sends the pages of a folder, slowly enough to be killed."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.batteries.processes import end, forked

HALF_WAY_SECONDS = 0.008


@contextmanager
def website(folder: Path) -> Iterator[str]:
    """Serves the folder from a process of its own; gives the address."""

    class Pages(BaseHTTPRequestHandler):
        """Sends a page in two halves, or 304 when the reader has it."""

        def do_GET(self) -> None:
            """One page, found by its name alone."""
            try:
                body = (folder / Path(self.path).name).read_bytes()
            except OSError:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.send_header("ETag", etag)
                self.end_headers()
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            self.end_headers()
            half = len(body) // 2
            self.wfile.write(body[:half])
            self.wfile.flush()
            time.sleep(HALF_WAY_SECONDS)
            self.wfile.write(body[half:])

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

        def handle(self) -> None:
            """A reader that was killed is no error."""
            try:
                super().handle()
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    process = forked(server.serve_forever, os.devnull)
    server.socket.close()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        end(process)
