"""The faults that break a body: resets, stalls, wrong bytes, unasked gzip; and checksums in the answer."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import time
from base64 import b64encode

import pytest

from marscd_plugin.sandbox.faults import parse_plan
from marscd_plugin.sandbox.server import SandboxServer

BODY = bytes(range(256)) * 1000
PATH = "/PDS/RDR/A.JP2"


@pytest.fixture
def serve(tmp_path):
    (tmp_path / "pds" / "RDR").mkdir(parents=True)
    (tmp_path / "pds" / "RDR" / "A.JP2").write_bytes(BODY)
    servers = []

    def start(*rules, **more):
        servers.append(SandboxServer(tmp_path, plan=parse_plan({"seed": 1, "rules": list(rules)}), **more).start())
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def ask(server, timeout=5.0):
    """(headers, what came of the body, the fault that ended it)."""
    connection = http.client.HTTPConnection(server.url.split("//")[1], timeout=timeout)
    came = b""
    try:
        connection.request("GET", PATH)
        answer = connection.getresponse()
        headers = dict(answer.getheaders())
        while piece := answer.read1(4096):
            came += piece
        return headers, came, None
    except (OSError, http.client.HTTPException) as error:
        return headers, came, error
    finally:
        connection.close()


def test_a_reset(serve):
    server = serve({"match": "*", "times": 1, "fault": "reset", "bytes": 3000})
    headers, came, error = ask(server)
    # A reset may overtake the bytes that were sent before it.
    assert headers["Content-Length"] == str(len(BODY)) and len(came) <= 3000
    assert isinstance(error, ConnectionResetError)
    assert ask(server)[1] == BODY and server.plan.met == {"reset": 1}


def test_a_stall_ends_with_the_reader_or_the_connection(serve):
    server = serve({"match": "*", "times": 2, "fault": "stall", "bytes": 3000, "seconds": 0.5})
    _, came, error = ask(server, timeout=0.1)
    assert came == BODY[:3000] and isinstance(error, TimeoutError)
    begun = time.monotonic()
    assert ask(server)[1] == BODY[:3000]
    assert time.monotonic() - begun >= 0.5


def test_one_wrong_byte(serve):
    server = serve({"match": "*", "times": 1, "fault": "corrupt"})
    _, came, _ = ask(server)
    assert len(came) == len(BODY) and [n for n in range(len(BODY)) if came[n] != BODY[n]] == [len(BODY) // 2]


def test_gzip_that_nobody_asked_for(serve):
    server = serve({"match": "*", "times": 1, "fault": "gzip"})
    headers, came, _ = ask(server)
    assert headers["Content-Encoding"] == "gzip" and gzip.decompress(came) == BODY
    assert headers["Content-Length"] == str(len(came))


def test_checksums_are_stated_where_they_are_wanted(serve):
    assert "Repr-Digest" not in ask(serve())[0]
    stated = ask(serve(digests=("*.JP2",)))[0]["Repr-Digest"]
    assert stated == f"sha-256=:{b64encode(hashlib.sha256(BODY).digest()).decode()}:"
