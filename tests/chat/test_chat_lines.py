"""Servers that are no proper ones."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from knowledge.chat import ChatError, FaultCode, Message, open_chat
from tests.chat.server import ChatServer


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that does as the function says with each connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    try:
                        serve(line)
                    except OSError:
                        continue

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def drip(line: socket.socket) -> None:
    while True:
        line.sendall(b"H")
        time.sleep(0.02)


def babble(line: socket.socket) -> None:
    line.recv(1000)
    line.sendall(b"SSH-2.0-scripted\r\n\r\n")


def hang_up(line: socket.socket) -> None:
    line.recv(10)


def code(server: ChatServer, address: str, seconds: float) -> tuple[FaultCode, float]:
    """Why there is no reply, and after how long."""
    chat = open_chat(server.settings(CHAT_BASE_URL=address))
    assert chat is not None
    began = time.monotonic()
    with pytest.raises(ChatError) as raised:
        chat.reply([Message(role="user", text="Hello?")], most_tokens=9, seconds=seconds)
    return raised.value.code, time.monotonic() - began


def test_headers_that_drip_in_are_cut_at_the_deadline(server: ChatServer) -> None:
    with listening(drip) as address:
        found, took = code(server, address, 0.4)
    assert found == "timeout"
    assert took < 4


@pytest.mark.parametrize("serve", [babble, hang_up])
def test_what_speaks_no_http_is_malformed(
    server: ChatServer, serve: Callable[[socket.socket], None]
) -> None:
    with listening(serve) as address:
        found, _ = code(server, address, 5)
    assert found == "malformed"


def test_a_name_that_is_looked_up_for_ever_is_cut_at_the_deadline(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        end.wait(20)
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    found, took = code(server, "http://localhost:9/v1", 0.4)
    end.set()
    assert found == "unreachable"
    assert took < 4


def test_the_next_address_of_a_name_is_tried(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.address.rpartition(":")[2])
    found = [(10, 1, 6, "", ("::1", port, 0, 0)), (2, 1, 6, "", ("127.0.0.1", port))]
    real = socket.getaddrinfo

    def look_up(host: str, *more: object, **named: object) -> object:
        return found if host == "model.lan" else real(host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    chat = open_chat(server.settings(CHAT_BASE_URL=f"http://model.lan:{port}"))
    assert chat is not None
    assert chat.reply([Message(role="user", text="Hello?")], most_tokens=9, seconds=5).text
    assert server.asked[0].headers["host"] == f"model.lan:{port}"
