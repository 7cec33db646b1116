"""A small FastCGI client, written from the specification and from nothing of the gateway's."""

import socket
import struct
from dataclasses import dataclass, field

BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR, DATA = range(1, 9)
GET_VALUES, GET_VALUES_RESULT, UNKNOWN_TYPE = 9, 10, 11
RESPONDER = 1
KEEP_CONN = 1


def record(kind, request_id, content=b"", padding=0):
    header = struct.pack(">BBHHBB", 1, kind, request_id, len(content), padding, 0)
    return header + content + b"\xaa" * padding


def pair(name, value):
    return _length(name) + _length(value) + name + value


def pairs(params):
    return b"".join(
        pair(name if isinstance(name, bytes) else name.encode(), value if isinstance(value, bytes) else value.encode())
        for name, value in (params.items() if isinstance(params, dict) else params)
    )


def _length(data):
    return bytes([len(data)]) if len(data) < 128 else struct.pack(">I", len(data) | 0x80000000)


def begin(request_id=1, keep=False, role=RESPONDER):
    return record(BEGIN_REQUEST, request_id, struct.pack(">HB5x", role, KEEP_CONN if keep else 0))


def stream(kind, request_id, data, size=8192):
    records = [record(kind, request_id, data[at : at + size]) for at in range(0, len(data), size)]
    return b"".join(records) + record(kind, request_id)


def request(params=(), body=b"", request_id=1, keep=False, size=8192):
    """A whole request as bytes."""
    return (
        begin(request_id, keep)
        + stream(PARAMS, request_id, pairs(environment(params, body)), size)
        + stream(STDIN, request_id, body, size)
    )


def environment(params=(), body=b""):
    """What every web server sends, changed by `params`; a value of None leaves the name out."""
    usual = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    usual.update(params)
    return {name: value for name, value in usual.items() if value is not None}


@dataclass
class Response:
    head: bytes = b""
    body: bytes = b""
    stderr: bytes = b""
    app_status: int = -1
    protocol_status: int = -1
    kinds: list = field(default_factory=list)

    @property
    def status(self):
        return self.header("Status")

    def header(self, name):
        values = self.headers(name)
        return values[0] if values else None

    def headers(self, name):
        lines = (line.partition(b": ") for line in self.head.split(b"\r\n"))
        return [value.decode("latin-1") for key, _, value in lines if key.lower() == name.lower().encode()]


class Connection:
    """One connection to the gateway."""

    def __init__(self, sock, patience=30):
        self.sock = sock
        sock.settimeout(patience)
        self.buffer = b""

    def send(self, data):
        self.sock.sendall(data)

    def read_record(self):
        """The next record as (kind, id, content), or None at the end of the connection."""
        header = self._exactly(8)
        if header is None:
            return None
        version, kind, request_id, length, padding, _ = struct.unpack(">BBHHBB", header)
        assert version == 1
        content = self._exactly(length + padding)
        return kind, request_id, content[:length]

    def response(self, request_id=1):
        """Reads until the end of the request."""
        response = Response()
        stdout = b""
        while True:
            read = self.read_record()
            assert read is not None, f"the connection ended in the answer, after {stdout!r}"
            kind, read_id, content = read
            assert read_id == request_id
            response.kinds.append((kind, len(content)))
            if kind == STDOUT:
                stdout += content
            elif kind == STDERR:
                response.stderr += content
            elif kind == END_REQUEST:
                response.app_status, response.protocol_status = struct.unpack(">IB3x", content)
                break
        response.head, _, response.body = stdout.partition(b"\r\n\r\n")
        return response

    def get(self, params=(), body=b"", **options):
        """Sends a request and reads its answer."""
        self.send(request(params, body, **options))
        return self.response(options.get("request_id", 1))

    def is_at_end(self):
        """True if the gateway closes the connection without another byte."""
        try:
            return self.buffer == b"" and self.sock.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self):
        self.sock.close()

    def _exactly(self, count):
        while len(self.buffer) < count:
            data = self.sock.recv(65536)
            if not data:
                assert self.buffer == b"", f"the connection ended in a record: {self.buffer!r}"
                return None
            self.buffer += data
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken


def connect_unix(path):
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(path)
    return Connection(sock)


def connect_tcp(host, port):
    return Connection(socket.create_connection((host, port)))
