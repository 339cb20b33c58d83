"""Addresses that are never dialled. None of these tests has a server to reach."""

from ipaddress import ip_address

import pytest

from ingest.fetch import Fetcher, Surroundings
from knowledge.errors import FailedSourceError, RejectedSourceError
from knowledge.web import why_not_public
from tests.ingest.fetch.web import Names

LOOPBACK = "127.0.0.1, a loopback address"
METADATA = "a metadata service"
REFUSED = [
    # spellings of IPv4 addresses
    ("http://127.0.0.1/", LOOPBACK),
    ("http://127.0.0.1./", LOOPBACK),
    ("http://127.1/", LOOPBACK),
    ("http://127.0.1/", LOOPBACK),
    ("http://2130706433/", LOOPBACK),
    ("http://017700000001/", LOOPBACK),
    ("http://0x7f000001/", LOOPBACK),
    ("http://0X7F.1/", LOOPBACK),
    ("http://0177.0.0.1/", LOOPBACK),
    ("http://0x7f.0.0.0x1/", LOOPBACK),
    ("http://127.255.255.254/", "a loopback address"),
    ("http://①②⑦.⓪.⓪.①/", LOOPBACK),
    ("http://１２７.０.０.１/", LOOPBACK),  # noqa: RUF001
    ("http://127。0。0。1/", LOOPBACK),
    ("http://4294967297/", "a number that is no IPv4 address"),
    ("http://256.1.1.1/", "a number that is no IPv4 address"),
    ("http://1.2.3.4.5/", "a number that is no IPv4 address"),
    ("http://127.0.0.09/", "a number that is no IPv4 address"),
    ("http://%31%32%37.0.0.1/", "host name is malformed"),
    ("http://127.0.0.1%00.example.org/", "host name is malformed"),
    # kinds of IPv4 addresses
    ("http://0.0.0.0/", "an unspecified address"),
    ("http://0/", "an unspecified address"),
    ("http://0.1.2.3/", "an unspecified address"),
    ("http://10.0.0.1/", "10.0.0.1, a private address"),
    ("http://172.16.0.1/", "a private address"),
    ("http://172.31.255.255/", "a private address"),
    ("http://192.168.1.1/", "a private address"),
    ("http://100.64.0.1/", "a carrier's private address"),
    ("http://169.254.1.1/", "a link-local address"),
    ("http://169.254.169.254/latest/meta-data/", METADATA),
    ("http://2852039166/", METADATA),
    ("http://0xA9FEA9FE/", METADATA),
    ("http://0251.0376.0251.0376/", METADATA),
    ("http://169.254.170.2/", METADATA),
    ("http://100.100.100.200/", METADATA),
    ("http://168.63.129.16/", METADATA),
    ("http://192.0.0.192/", METADATA),
    ("http://192.0.0.8/", "a reserved address"),
    ("http://192.0.2.1/", "a documentation address"),
    ("http://198.51.100.1/", "a documentation address"),
    ("http://203.0.113.1/", "a documentation address"),
    ("http://198.18.0.1/", "a benchmarking address"),
    ("http://192.88.99.1/", "a tunnel address"),
    ("http://224.0.0.1/", "a multicast address"),
    ("http://239.255.255.250/", "a multicast address"),
    ("http://240.0.0.1/", "a reserved address"),
    ("http://255.255.255.255/", "a broadcast address"),
    # IPv6, and IPv4 inside it
    ("http://[::1]/", "::1, a loopback address"),
    ("http://[0:0:0:0:0:0:0:1]/", "::1, a loopback address"),
    ("http://[::]/", "an unspecified address"),
    ("http://[fe80::1]/", "a link-local address"),
    ("http://[fe80::1%25eth0]/", "names a zone"),
    ("http://[::1%lo]/", "names a zone"),
    ("http://[fec0::1]/", "a site-local address"),
    ("http://[fc00::1]/", "a private address"),
    ("http://[fd12:3456::1]/", "a private address"),
    ("http://[fd00:ec2::254]/", METADATA),
    ("http://[fd20:ce::254]/", METADATA),
    ("http://[ff02::1]/", "a multicast address"),
    ("http://[2001:db8::1]/", "a documentation address"),
    ("http://[3fff::1]/", "a documentation address"),
    ("http://[100::1]/", "outside the public range"),
    ("http://[4000::1]/", "outside the public range"),
    ("http://[::ffff:127.0.0.1]/", f"an IPv6 form of {LOOPBACK}"),
    ("http://[::ffff:7f00:1]/", f"an IPv6 form of {LOOPBACK}"),
    ("http://[::FFFF:A9FE:A9FE]/", f"an IPv6 form of 169.254.169.254, {METADATA}"),
    ("http://[::ffff:0:127.0.0.1]/", "outside the public range"),
    ("http://[::127.0.0.1]/", f"an IPv6 form of {LOOPBACK}"),
    ("http://[::8.8.8.8]/", "outside the public range"),
    ("http://[64:ff9b::10.0.0.1]/", "an IPv6 form of 10.0.0.1, a private address"),
    ("http://[64:ff9b:1::8.8.8.8]/", "a private address"),
    ("http://[2002:7f00:1::]/", f"an IPv6 form of {LOOPBACK}"),
    ("http://[2002:808:808::]/", "a tunnel address"),
    ("http://[2001:0:808:808::80ff:fffe]/", f"an IPv6 form of {LOOPBACK}"),
    ("http://[2001:0:808:808::f7f7:f7f7]/", "a tunnel address"),
    ("http://[2606:4700::5efe:10.0.0.1]/", "an IPv6 form of 10.0.0.1, a private address"),
    ("http://[2606:4700::200:5efe:8.8.8.8]/", "a tunnel address"),
    ("http://[::1", "malformed"),
    ("http://[::1]evil/", "malformed"),
    ("http://[localhost]/", "malformed"),
    # names
    ("http://localhost/", "a name of a local network"),
    ("http://LOCALHOST./", "a name of a local network"),
    ("http://ⓁⓄⒸⒶⓁⒽⓄⓈⓉ/", "a name of a local network"),
    ("http://app.localhost/", "a name of a local network"),
    ("http://localhost.localdomain/", "a name of a local network"),
    ("http://printer.local/", "a name of a local network"),
    ("http://router.home.arpa/", "a name of a local network"),
    ("http://metadata.google.internal/", "a name of a local network"),
    ("http://intranet/", "a name of a local network"),
    ("http://127.0.0.1.nip.example/", "leads to 127.0.0.1, a loopback address"),
    ("http://private.example/", "private.example leads to 10.1.2.3, a private address"),
    ("http://mixed.example/", "leads to 192.168.0.9, a private address"),
    ("http://mixed-six.example/", "leads to fd00::1, a private address"),
    ("http://scoped.example/", "a link-local address"),
    ("http://metadata.example/", METADATA),
    # what stands around the host
    ("http://example.org@127.0.0.1/", "a user name or a password"),
    ("http://example.org:80@127.0.0.1/", "a user name or a password"),
    ("http://127.0.0.1#@example.org/", LOOPBACK),
    ("http://127.0.0.1?@example.org/", LOOPBACK),
    ("http://example.org\\@127.0.0.1/", "a backslash"),
    ("http:\\\\127.0.0.1/", "a backslash"),
    ("http://127.0.0.1\\.example.org/", "a backslash"),
    ("http://exa mple.org/", "malformed"),
    ("http://exa\tmple.org/", "control characters"),
    ("http://example.org\r\nHost: 127.0.0.1/", "control characters"),
    ("http://example.org／@127.0.0.1/", "malformed"),  # noqa: RUF001
    ("http://a..example/", "host name is malformed"),
    ("http://.example/", "host name is malformed"),
    ("http:///path", "no http:// or https:// in front|names no host"),
    ("http:127.0.0.1/", "names no host"),
    ("http://:80/", "names no host"),
    # ports
    ("http://example.org:22/", "port 22"),
    ("http://example.org:25/", "port 25"),
    ("http://example.org:6379/", "port 6379"),
    ("http://example.org:0/", "port 0"),
    ("http://example.org:65536/", "port 65536"),
    ("http://example.org:99999999/", "malformed"),
    ("http://example.org:80x/", "malformed"),
    ("http://example.org:８０/", "malformed"),  # noqa: RUF001
    # schemes
    ("file:///etc/passwd", "not file"),
    ("ftp://example.org/a", "not ftp"),
    ("gopher://example.org/", "not gopher"),
    ("javascript:alert(1)", "not javascript"),
    ("data:text/html,hello", "not data"),
    ("example.org/a", "no http:// or https:// in front"),
    ("localhost:8080/a", "no http:// or https:// in front"),
    ("//127.0.0.1/", "no http:// or https:// in front"),
    ("", "no http:// or https:// in front"),
    ("http://example.org/" + "a" * 9000, "more than 8192 characters"),
    ("http://" + "a." * 130 + "example/", "host name is malformed"),
    ("http://\ud800.example/", "control characters"),
]


def make_names() -> Names:
    return Names(
        {
            "private.example": [["10.1.2.3"]],
            "mixed.example": [["93.184.216.34", "192.168.0.9"]],
            "mixed-six.example": [["93.184.216.34", "fd00::1"]],
            "scoped.example": [["fe80::1%2"]],
            "metadata.example": [["169.254.169.254"]],
            "127.0.0.1.nip.example": [["127.0.0.1"]],
            "nowhere.example": [[]],
        }
    )


@pytest.mark.parametrize(("url", "reason"), REFUSED, ids=[ascii(url)[:60] for url, _ in REFUSED])
def test_an_address_that_is_not_public_is_refused_with_its_reason(url: str, reason: str) -> None:
    fetcher = Fetcher(allow_private=False, surroundings=Surroundings(resolve=make_names()))
    with fetcher, pytest.raises(RejectedSourceError) as caught:
        fetcher.fetch(url)
    assert any(each in str(caught.value) for each in reason.split("|"))


def test_a_refused_address_tells_the_setting_that_allows_it() -> None:
    fetcher = Fetcher(allow_private=False, surroundings=Surroundings(resolve=make_names()))
    with pytest.raises(RejectedSourceError, match="INGEST_ALLOW_PRIVATE=1"):
        fetcher.fetch("http://private.example/")


@pytest.mark.parametrize("host", ["unknown.example", "nowhere.example"])
def test_a_name_without_an_address_is_a_failure_and_no_refusal(host: str) -> None:
    fetcher = Fetcher(allow_private=False, surroundings=Surroundings(resolve=make_names()))
    with pytest.raises(FailedSourceError, match=host):
        fetcher.fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses_are_public(address: str) -> None:
    assert why_not_public(ip_address(address)) is None
