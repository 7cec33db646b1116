"""The FastCGI side, over every transport. Docstrings name the statements that a test proves."""

import json
import os
import socket
import struct
import threading

import fcgi_client as fcgi
import pytest


def test_a_parameter_may_be_cut_anywhere_over_two_records(gateway):
    """F1, D5, P61."""
    connection = gateway("fixtures:environ_as_json").connect()
    stream = fcgi.pairs(fcgi.environment({"HTTP_COOKIE": "c" * 300}))
    cookie = stream.index(b"HTTP_COOKIE")
    for at in range(cookie - 8, cookie + 20):
        connection.send(
            fcgi.begin(keep=True)
            + fcgi.record(fcgi.PARAMS, 1, stream[:at])
            + fcgi.record(fcgi.PARAMS, 1, stream[at:])
            + fcgi.record(fcgi.PARAMS, 1)
            + fcgi.record(fcgi.STDIN, 1)
        )
        environ = json.loads(connection.response().body)
        assert environ["HTTP_COOKIE"] == ["str", repr("c" * 300)]


def test_a_request_may_arrive_byte_by_byte(gateway):
    """F2."""
    connection = gateway("fixtures:echo").connect()
    for byte in fcgi.request(body=b"hello", keep=True):
        connection.send(bytes([byte]))
    assert connection.response().body == b"hello"


def test_broken_parameters_are_answered_and_the_connection_goes_on(gateway):
    """F4, F5: 400 for a length past the end, 431 for a limit; no error text, which IIS would turn into 500 (D7)."""
    connection = gateway("fixtures:hello").connect()
    huge = struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF)
    for stream, status in [(b"\x05\x05ab", "400 Bad Request"), (huge, "431 Request Header Fields Too Large")]:
        connection.send(fcgi.begin(keep=True) + fcgi.stream(fcgi.PARAMS, 1, stream) + fcgi.record(fcgi.STDIN, 1))
        response = connection.response()
        assert (response.status, response.stderr, response.app_status) == (status, b"", 0)
    assert connection.get(keep=True).body == b"hello"


@pytest.mark.parametrize("bytes_", [b"GET / HTTP/1.1\r\n\r\n", fcgi.record(fcgi.BEGIN_REQUEST, 1, b"short")])
def test_whoever_does_not_speak_fastcgi_is_sent_away(gateway, bytes_):
    """F6, F7, S18: the connection closes without a byte."""
    served = gateway("fixtures:hello")
    connection = served.connect()
    connection.send(bytes_)
    assert connection.is_at_end()


def test_a_connection_is_kept_if_asked_and_closed_otherwise(gateway):
    """F16, F18, F23."""
    connection = gateway("fixtures:hello").connect()
    for keep in (True, True, False):
        response = connection.get(keep=keep)
        assert response.body == b"hello"
        ends = [(kind, length) for kind, length in response.kinds if kind != fcgi.STDOUT or length == 0]
        assert ends == [(fcgi.STDOUT, 0), (fcgi.END_REQUEST, 8)]
    assert connection.is_at_end()


def test_a_request_sent_ahead_of_time_is_not_lost(gateway):
    """F24, F12."""
    connection = gateway("fixtures:echo").connect()
    connection.send(
        fcgi.request(body=b"one", keep=True, request_id=1) + fcgi.request(body=b"two", keep=True, request_id=0xFFFF)
    )
    assert connection.response(1).body == b"one"
    assert connection.response(0xFFFF).body == b"two"


def test_management_records_are_answered_in_the_middle_of_a_request(gateway):
    """F13, F15."""
    served = gateway("fixtures:echo")
    connection = served.connect()
    asked = fcgi.pairs({"FCGI_MPXS_CONNS": "", "FCGI_MAX_CONNS": "", "OTHER": ""})
    params = fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(fcgi.environment(body=b"late")))
    connection.send(
        fcgi.begin() + params + fcgi.record(fcgi.GET_VALUES, 0, asked) + fcgi.record(99, 0, b"what") + b""
    )
    connections = b"1" if served.is_stream else b"1000"
    told = fcgi.pair(b"FCGI_MAX_CONNS", connections) + fcgi.pair(b"FCGI_MPXS_CONNS", b"0")
    assert connection.read_record() == (fcgi.GET_VALUES_RESULT, 0, told)
    assert connection.read_record() == (fcgi.UNKNOWN_TYPE, 0, b"\x63" + b"\0" * 7)
    connection.send(fcgi.stream(fcgi.STDIN, 1, b"late"))
    assert connection.response().body == b"late"


def test_an_abort_ends_the_request_and_not_the_connection(gateway, tmp_path):
    """F26, F27, W31."""
    told = tmp_path / "told"
    connection = gateway("fixtures:read_until_error").connect()
    params = fcgi.environment({"QUERY_STRING": str(told), "CONTENT_LENGTH": "100"})
    connection.send(fcgi.begin(keep=True) + fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(params)))
    connection.send(fcgi.record(fcgi.STDIN, 1, b"half") + fcgi.record(fcgi.ABORT_REQUEST, 1))
    assert connection.response().protocol_status == 0
    assert told.read_text().startswith("OSError: the client left")
    connection.send(fcgi.record(fcgi.ABORT_REQUEST, 1) + fcgi.record(fcgi.STDIN, 1, b"late"))
    assert connection.get({"QUERY_STRING": str(told)}, keep=True).body == b"complete"


def test_a_web_server_that_dies_in_a_record_cancels_the_request(gateway, tmp_path):
    """F25, W31: reading raises, nothing is written, and the gateway lives if it can be reached again."""
    told = tmp_path / "told"
    os.mkfifo(told)
    served = gateway("fixtures:read_until_error")
    connection = served.connect()
    params = fcgi.environment({"QUERY_STRING": str(told), "CONTENT_LENGTH": "100"})
    connection.send(fcgi.begin() + fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(params)))
    connection.send(fcgi.record(fcgi.STDIN, 1, b"x" * 50)[:20])
    connection.sock.shutdown(socket.SHUT_WR)
    with open(told) as opened:
        assert opened.read().startswith("OSError: the client left")
    assert connection.is_at_end()


def test_a_body_longer_or_shorter_than_announced(gateway, tmp_path):
    """F29: the surplus is ignored, a shortage raises."""
    connection = gateway("fixtures:read_until_error").connect()
    params = {"QUERY_STRING": str(tmp_path / "told"), "CONTENT_LENGTH": "10"}
    assert connection.get(params, b"x" * 15, keep=True).body == b"complete"
    body = connection.get(params, b"x" * 5, keep=True).body
    assert body == b"OSError: the request body ended 5 bytes before its `Content-Length`"


def test_a_body_without_a_length_is_read_to_its_end(gateway):
    """F30, W10."""
    connection = gateway("fixtures:echo").connect()
    assert connection.get({"CONTENT_LENGTH": ""}, b"chunked" * 5000, keep=True).body == b"chunked" * 5000


@pytest.mark.parametrize("length", ["", "100"])
def test_an_answer_that_was_given_up_ends(gateway, tmp_path, length):
    """F13, F26, W67: also if the web server goes on taking it, before and after the end of the request body."""
    os.mkfifo(told := tmp_path / "told")
    connection = gateway("fixtures:endless").connect()
    params = fcgi.environment({"QUERY_STRING": str(told), "CONTENT_LENGTH": length})
    connection.send(fcgi.begin(keep=True) + fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(params)))
    connection.send(fcgi.record(fcgi.STDIN, 1, b"some" if length else b""))
    assert connection.read_record()[0] == fcgi.STDOUT
    connection.send(fcgi.record(fcgi.GET_VALUES, 0, fcgi.pairs({"FCGI_MPXS_CONNS": ""})))
    while (record := connection.read_record())[0] == fcgi.STDOUT:
        pass
    assert record[0] == fcgi.GET_VALUES_RESULT
    connection.send(fcgi.record(fcgi.ABORT_REQUEST, 1))
    # Whoever reads the pipe lets `close()` go on, and only then the answer ends.
    reader = threading.Thread(target=told.read_text)
    reader.start()
    assert connection.response().app_status == 1
    reader.join()


def test_neither_side_waits_for_ever_when_both_write(gateway):
    """F31, D3, P53, S14: 20 MiB each way, not read by the application, in bounded memory."""
    connection = gateway("fixtures:large_answer").connect()
    # All of the request before the first byte of the answer.
    connection.send(fcgi.request(body=b"x" * (20 << 20), keep=True, size=32768))
    response = connection.response()
    answer, _, grown = response.body.rpartition(b" ")
    assert len(answer) == 20 << 20
    assert int(grown) < 8 * 1024, "KiB"
    assert connection.get(keep=True).app_status == 0


@pytest.mark.parametrize("keep", [True, False])
def test_the_end_of_an_answer_does_not_wait_for_ever_either(gateway, keep):
    """F31: the request is complete for us while the web server still sends its body."""
    connection = gateway("fixtures:returns").connect()
    connection.send(fcgi.request({"QUERY_STRING": "[b'x' * 250000]"}, b"x" * (20 << 20), keep=keep, size=32768))
    assert len(connection.response().body) == 250000


def test_forty_megabytes_are_read_in_bounded_memory(gateway):
    """W33, P53, P54: wfastcgi took 66 seconds for this."""
    connection = gateway("fixtures:count_body").connect()
    count, grown = connection.get(body=b"x" * (40 << 20), keep=True).body.split()
    assert int(count) == 40 << 20
    assert int(grown) < 8 * 1024, "KiB"


def test_ids_and_roles_that_cannot_be_served_are_refused(gateway):
    """F9, F10."""
    connection = gateway("fixtures:echo").connect()
    connection.send(fcgi.begin(3, keep=True, role=3))
    assert connection.read_record() == (fcgi.END_REQUEST, 3, b"\0\0\0\0\x03\0\0\0")
    params = fcgi.stream(fcgi.PARAMS, 1, fcgi.pairs(fcgi.environment(body=b"late")))
    connection.send(fcgi.begin(1, keep=True) + params + fcgi.begin(2, keep=True))
    assert connection.read_record() == (fcgi.END_REQUEST, 2, b"\0\0\0\0\x01\0\0\0")
    connection.send(fcgi.stream(fcgi.STDIN, 1, b"late"))
    assert connection.response().body == b"late"
