"""Starts gateways the ways that web servers and process managers do."""

import faulthandler
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys

import pytest

import fcgi_client

APPS = pathlib.Path(__file__).parent / "apps"
PATIENCE = 30


class Gateway:
    """A running `python -m iisc_gateway`."""

    def __init__(self, transport, handler, log, root=APPS, env=None, arguments=()):
        self.log_file = log
        self.address = None
        command = [sys.executable, "-m", "iisc_gateway", *arguments]
        if root is not None:
            command += ["--root", str(root)]
        settings = {"WSGI_HANDLER": handler, "WSGI_LOG": str(log)} if handler else {}
        self.env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **settings, **(env or {})}
        self.start = getattr(self, f"_start_{transport}")
        self.start(command, log.parent)

    def _spawn(self, command, stdin):
        self.process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env
        )

    def _start_stream(self, command, _):
        """As IIS does it: the process gets one connected stream."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._spawn(command, theirs)
        self.only = fcgi_client.Connection(ours)
        self.connect = lambda: self.only

    def _start_tcp_stream(self, command, _):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            ours = socket.create_connection(listener.getsockname())
            theirs, _ = listener.accept()
        with theirs:
            self._spawn(command, theirs)
        self.only = fcgi_client.Connection(ours)
        self.connect = lambda: self.only

    def _start_listener(self, command, folder):
        """As process managers do it: the process gets a listening socket."""
        path = str(folder / "handed.sock")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen()
            self._spawn(command, listener)
        self.connect = lambda: fcgi_client.connect_unix(path)

    def _start_unix(self, command, folder):
        path = str(folder / "own.sock")
        self._spawn([*command, "--listen", f"unix:{path}"], subprocess.DEVNULL)
        assert self._listening() == f"unix:{path}"
        self.address = path
        self.connect = lambda: fcgi_client.connect_unix(path)

    def _start_tcp(self, command, _):
        self._spawn([*command, "--listen", "tcp:127.0.0.1:0"], subprocess.DEVNULL)
        port = int(re.fullmatch(r"tcp:127\.0\.0\.1:(\d+)", self._listening())[1])
        self.address = ("127.0.0.1", port)
        self.connect = lambda: fcgi_client.connect_tcp("127.0.0.1", port)

    def _listening(self):
        for line in self.process.stderr:
            if line.startswith(b"listening on "):
                return line.decode().split(" on ")[1].strip()
        raise AssertionError("the gateway ended before it listened")

    def get(self, params=(), body=b"", **options):
        """One request; on a connection of its own where there can be several."""
        options.setdefault("keep", self.is_stream)
        connection = self.connect()
        response = connection.get(params, body, **options)
        if not self.is_stream:
            connection.close()
        return response

    @property
    def is_stream(self):
        return hasattr(self, "only")

    def log(self):
        return self.log_file.read_text("utf-8") if self.log_file.exists() else ""

    def stop(self):
        """Ends the gateway as its parent would, and returns the exit code."""
        if self.is_stream:
            self.only.close()
        else:
            self.process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self):
        try:
            self.stdout, self.stderr = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode


@pytest.fixture(autouse=True)
def bounded():
    """Ends a run in which something waits for ever, and says where."""
    faulthandler.dump_traceback_later(4 * PATIENCE, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(params=["stream", "tcp_stream", "listener", "unix", "tcp"])
def transport(request):
    """Every way to a gateway."""
    return request.param


@pytest.fixture
def start(tmp_path):
    """Starts gateways, and expects that they end well."""
    started = []

    def start(transport, handler, **options):
        options.setdefault("log", tmp_path / "gateway.log")
        started.append(Gateway(transport, handler, **options))
        return started[-1]

    yield start
    for gateway in started:
        if gateway.process.poll() is None:
            assert gateway.stop() == 0, gateway.log()


@pytest.fixture
def gateway(start, transport):
    """A gateway with the application of that name, on every transport."""
    return lambda handler, **options: start(transport, handler, **options)
