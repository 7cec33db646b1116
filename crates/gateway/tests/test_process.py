"""Starting, stopping, and the command line."""

import os
import signal
import socket
import stat
import subprocess
import sys

import fcgi_client as fcgi
import pytest

GATEWAY = [sys.executable, "-m", "iisc_gateway"]


def run(*arguments, **options):
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([*GATEWAY, *arguments], capture_output=True, text=True, timeout=30, **options)


def test_help_and_version_are_told():
    """Y1."""
    told = run("--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert "Exit codes" in told.stdout
    assert run("--version").stdout.startswith("iisc-gateway ")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--port", "1"], "`--port` is no option"),
        (["--root"], "`--root` needs a value"),
        (["--listen", "9000"], "`9000` is no address: write `unix:PATH` or `tcp:127.0.0.1:PORT`"),
        (["--listen", "tcp:0.0.0.0:9000"], "can be reached from other machines"),
        (["--listen", "tcp:localhost:x"], "has no port"),
        ([], "there is no connection on standard input"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments, message):
    """S17; exit code 2."""
    told = run(*arguments)
    assert (told.returncode, told.stdout) == (2, "")
    assert message in told.stderr


def test_a_taken_address_is_explained(tmp_path):
    """Exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = run("--listen", f"tcp:127.0.0.1:{taken.getsockname()[1]}")
    assert told.returncode == 1
    assert "cannot listen on tcp:127.0.0.1:" in told.stderr
    file = tmp_path / "file"
    file.write_text("precious")
    told = run("--listen", f"unix:{file}")
    assert (told.returncode, file.read_text()) == (1, "precious")
    assert "is no socket" in told.stderr


def test_a_socket_file_is_private_replaced_if_stale_and_removed(start, tmp_path):
    """S17."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "own.sock"))
    served = start("unix", "fixtures:hello")
    assert stat.S_IMODE(os.stat(served.address).st_mode) == 0o660
    assert "another process listens there" in run("--listen", f"unix:{served.address}").stderr
    assert served.get().body == b"hello"
    assert served.stop() == 0
    assert not os.path.exists(served.address)


def test_the_end_of_the_stream_is_the_end_of_the_process(start):
    """P14: exit code 0."""
    for transport in ("stream", "tcp_stream"):
        assert start(transport, "fixtures:hello").stop() == 0


@pytest.mark.parametrize("transport", ["listener", "unix", "tcp"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_gateway_stops(start, transport, number):
    """Y7, Y9: also with a connection that is kept and idle."""
    served = start(transport, "fixtures:hello")
    connection = served.connect()
    assert connection.get(keep=True).body == b"hello"
    served.process.send_signal(number)
    assert served.wait() == 0
    assert connection.is_at_end()
    assert " stopped\n" in served.log()


@pytest.mark.parametrize("transport", ["listener", "unix", "tcp"])
def test_a_request_in_flight_is_finished_first(start, transport, tmp_path):
    """Y9."""
    ready, gate = tmp_path / "ready", tmp_path / "gate"
    os.mkfifo(ready)
    os.mkfifo(gate)
    served = start(transport, "fixtures:waiting")
    connection = served.connect()
    connection.send(fcgi.request({"QUERY_STRING": f"{ready}&{gate}"}, keep=True))
    assert ready.read_text() == "running"
    idle = served.connect()
    served.process.send_signal(signal.SIGTERM)
    # The idle connection is closed at once, so the stop has begun while the request still runs.
    assert idle.is_at_end()
    gate.write_text("go on")
    assert connection.response().body == b"done"
    assert served.wait() == 0


def test_other_signals_are_the_applications(start, tmp_path):
    """Y9: their handlers run while the gateway waits, and nothing that they do ends it."""
    os.mkfifo(handled := tmp_path / "handled")
    served = start("unix", "fixtures:make_with_handler()", env={"HANDLED": str(handled)})
    for count in (b"0", b"1", b"2"):
        connection = served.connect()
        assert connection.get(keep=True).body == count
        if count != b"2":
            served.process.send_signal(signal.SIGUSR1)
            assert handled.read_text() == "handled"
    assert served.stop() == 0
    assert "ValueError: of the handler\n" in served.log()


def test_a_folder_may_have_any_name(start, tmp_path):
    """Y14: names are bytes, and need not be UTF-8."""
    root = tmp_path / os.fsdecode(b"s\xffte")
    root.mkdir()
    (root / "app.py").write_text("def app(environ, start):\n    start('200 OK', [])\n    return [b'here']\n")
    assert start("stream", "app.app", root=root).get().body == b"here"
    assert start("stream", "app.app", root=None, env={"IISC_APP_ROOT": str(root)}).get().body == b"here"
    told = run("--app", os.fsdecode(b"\xff"))
    assert (told.returncode, told.stderr) == (2, "iisc-gateway: `\N{REPLACEMENT CHARACTER}` is not UTF-8\n")


def test_connections_are_served_side_by_side(start, tmp_path):
    """S15: those that wait keep nobody else waiting."""
    pipes = [tmp_path / name for name in ("ready", "gate", "other_ready", "other_gate")]
    for pipe in pipes:
        os.mkfifo(pipe)
    served = start("unix", "fixtures:waiting")
    silent = [served.connect() for _ in range(20)]
    running = []
    for ready, gate in (pipes[:2], pipes[2:]):
        connection = served.connect()
        connection.send(fcgi.request({"QUERY_STRING": f"{ready}&{gate}"}))
        assert ready.read_text() == "running"
        running.append((connection, gate))
    for connection, gate in reversed(running):
        gate.write_text("go on")
        assert connection.response().body == b"done"
    for connection in silent:
        connection.close()


def test_the_log_names_the_application(start):
    """One process per application, told apart by `--app`."""
    served = start("stream", "fixtures:hello", arguments=["--app", "shop"])
    served.get()
    assert f" {served.process.pid} shop - started iisc-gateway " in served.log()


@pytest.mark.parametrize("flag", ["-I", "-OO", "-Werror", "-Xutf8", "-Xdev"])
def test_the_interpreter_may_be_started_in_many_ways(flag):
    """Y14."""
    told = subprocess.run([sys.executable, flag, *GATEWAY[1:], "--version"], capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")
