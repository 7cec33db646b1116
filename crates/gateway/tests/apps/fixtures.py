"""Applications that each do one thing."""

import contextvars
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from wsgiref.validate import validator

PLAIN = [("Content-Type", "text/plain")]


def hello(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"hello"]


def environ_as_json(environ, start_response):
    """Each entry with the name of its type, so that a client can see what the application saw."""
    assert type(environ) is dict
    entries = {key: [type(value).__name__, repr(value)] for key, value in environ.items()}
    environ["HTTP_LEFT_BEHIND"] = "by the request before"
    start_response("200 OK", PLAIN)
    return [json.dumps(entries).encode()]


def echo(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return [body]


def reads(environ, start_response):
    """Runs the calls that the query string asks for, separated by `;`, and tells their results."""
    source = environ["wsgi.input"]
    results = []
    for call in environ["QUERY_STRING"].split(";"):
        results.append(list(source) if call == "iterate" else eval(f"source.{call}"))
    start_response("200 OK", PLAIN)
    return [repr(results).encode()]


def read_until_error(environ, start_response):
    """Reads everything, and tells on the file of the query string how that ended."""
    try:
        environ["wsgi.input"].read()
        outcome = "complete"
    except OSError as error:
        outcome = f"OSError: {error}"
    with open(environ["QUERY_STRING"], "w") as told:
        told.write(outcome)
    start_response("200 OK", PLAIN)
    return [outcome.encode()]


def count_body(environ, start_response):
    """Counts the body in pieces, and tells by how many KiB the process has grown meanwhile."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = 0
    while piece := environ["wsgi.input"].read(65536):
        count += len(piece)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    start_response("200 OK", PLAIN)
    return [f"{count} {grown}".encode()]


def reads_on_a_thread(environ, start_response):
    """Reads the body on another thread while this one answers."""
    read = []
    thread = threading.Thread(target=lambda: read.append(environ["wsgi.input"].read()))
    thread.start()
    start_response("200 OK", PLAIN)
    yield b"first"
    thread.join()
    yield read[0]


def large_answer(environ, start_response):
    """Answers with 20 MiB and reads nothing."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start_response("200 OK", PLAIN)
    for _ in range(320):
        yield b"x" * 65536
    yield b" %d" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)


def stepwise(environ, start_response):
    """Makes its second piece only after someone has opened the pipe of the query string."""
    start_response("200 OK", PLAIN)
    yield b"first"
    with open(environ["QUERY_STRING"]) as gate:
        gate.read()
    yield b"second"


class Endless:
    """Goes on until it is closed, and tells that through the pipe."""

    def __init__(self, pipe):
        self.pipe = pipe

    def __iter__(self):
        return self

    def __next__(self):
        return b"more"

    def close(self):
        with open(self.pipe, "w") as told:
            told.write("closed")


def endless(environ, start_response):
    start_response("200 OK", PLAIN)
    return Endless(environ["QUERY_STRING"])


def waiting(environ, start_response):
    """Says through one pipe that it runs, and answers when the other one says so."""
    ready, gate = environ["QUERY_STRING"].split("&")
    with open(ready, "w") as told:
        told.write("running")
    with open(gate) as opened:
        opened.read()
    start_response("200 OK", PLAIN)
    return [b"done"]


def pieces(environ, start_response):
    start_response("200 OK", PLAIN)
    return iter([b"", b"a", b"", bytearray(b"b"), memoryview(b"c")])


def written(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(b"ahead ")
    return [b"of the iterable"]


class Closing:
    """An answer that counts its `close()` calls in a file."""

    def __init__(self, environ, pieces):
        self.file = environ["QUERY_STRING"]
        self.pieces = pieces

    def __iter__(self):
        return iter(self.pieces)

    def close(self):
        with open(self.file, "a") as told:
            told.write("closed\n")


def closing(environ, start_response):
    def broken():
        yield b"first"
        raise ValueError("in the middle")

    start_response("200 OK", PLAIN)
    endless = iter(lambda: b"x" * 65536, None)
    kinds = {"/": [b"whole"], "/broken": broken(), "/endless": endless}
    return Closing(environ, kinds[environ["PATH_INFO"]])


def close_fails(environ, start_response):
    class Answer(list):
        def close(self):
            raise RuntimeError("close went wrong")

    start_response("200 OK", PLAIN)
    return Answer([b"sent"])


def raises(environ, start_response):
    """Raises what the query string names, before or after the first byte."""

    def deep():
        deep()

    def fail():
        if environ["QUERY_STRING"] == "RecursionError":
            deep()
        kinds = {"SystemExit": SystemExit, "KeyboardInterrupt": KeyboardInterrupt, "MemoryError": MemoryError}
        raise kinds.get(environ["QUERY_STRING"], ValueError)("sécret ☃ \udcff\ninjected")

    def late():
        yield b"first"
        fail()

    if environ["PATH_INFO"] == "/fine":
        return hello(environ, start_response)
    start_response("200 OK", PLAIN)
    if environ["PATH_INFO"] == "/late":
        return late()
    fail()


def never_started(environ, start_response):
    return [b"x"] if environ["PATH_INFO"] == "/body" else []


def started_late(environ, start_response):
    start_response("201 Created", PLAIN)
    yield b"from a generator"


def started_twice(environ, start_response):
    write = start_response("200 OK", PLAIN + [("X-Stale", "1")])
    try:
        if environ["PATH_INFO"] == "/late":
            write(b"first")
        raise ValueError("original")
    except ValueError:
        if environ["PATH_INFO"] == "/without":
            start_response("500 Oh", PLAIN)
        start_response("500 Oh", PLAIN, exc_info=sys.exc_info())
    return [b"replaced"]


def head_of_query(environ, start_response):
    """Answers with the head that the query string spells out in Python."""
    status, headers, body = eval(environ["QUERY_STRING"])
    start_response(status, headers)
    return body


def returns(environ, start_response):
    start_response("200 OK", PLAIN)
    return eval(environ["QUERY_STRING"])


def wraps_file(environ, start_response):
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](open(environ["QUERY_STRING"], "rb"), 1000)


def prints(environ, start_response):
    print("printed", "é☃\udcff")
    print("to stderr", file=sys.stderr)
    errors = environ["wsgi.errors"]
    errors.write("an error \udcff\x1b[0m\n")
    errors.writelines(["two ", "parts"])
    sys.stdout.buffer.write(bytearray(b"\nbytes\n"))
    sys.stdout.buffer.write(memoryview(b"a view\n"))
    errors.flush()
    names = [sys.stdout.encoding, str(sys.stdout.isatty()), str(sys.stdout.fileno() >= 0)]
    start_response("200 OK", PLAIN)
    return [" ".join(names).encode()]


def spawns(environ, start_response):
    """A child process, and what it finds on its standard input."""
    code = "import os, sys; print(repr(sys.stdin.read()), len(os.listdir('/proc/self/fd')))"
    child = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    start_response("200 OK", PLAIN)
    return [child.stdout]


def forks(environ, start_response):
    """A child that does not end by itself: it raises, or answers like its parent."""
    child = os.fork()
    if not child and environ["QUERY_STRING"]:
        raise SystemExit
    start_response("200 OK", PLAIN)
    if child:
        return [b"parent %d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]
    environ["wsgi.input"].read()
    return [b"child"]


def forks_while_printing(environ, start_response):
    """Children that print, begun at any moment of another thread that prints."""
    done = threading.Event()

    def print_on():
        while not done.is_set():
            print("on and on")

    printer = threading.Thread(target=print_on)
    printer.start()
    codes = []
    for _ in range(200):
        child = os.fork()
        if not child:
            print("from a child")
            os._exit(0)
        codes.append(os.waitpid(child, 0)[1])
    done.set()
    printer.join()
    start_response("200 OK", PLAIN)
    return [b"%d" % sum(codes)]


def with_handler(environ, start_response):
    """Tells how often the signal came that `handle_signal` handles."""
    start_response("200 OK", PLAIN)
    return [b"%d" % len(handled)]


handled = []


def handle_signal(number, _):
    handled.append(number)
    with open(os.environ["HANDLED"], "w") as told:
        told.write("handled")
    if len(handled) > 1:
        raise ValueError("of the handler")


def make_with_handler():
    signal.signal(signal.SIGUSR1, handle_signal)
    return with_handler


def make_endless_without_handler():
    """Some applications undo that Python ignores `SIGPIPE`."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    return endless


variable = contextvars.ContextVar("variable", default=0)


def counts_in_context(environ, start_response):
    variable.set(variable.get() + 1)
    start_response("200 OK", PLAIN)
    yield str(variable.get()).encode()


kept = []


def keeps(environ, start_response):
    """Keeps the objects of the request before, and tells what using them leads to."""
    told = []
    for source, write in kept:
        for use in (source.read, lambda write=write: write(b"late")):
            try:
                use()
                told.append("nothing")
            except ValueError as error:
                told.append(str(error))
    kept[:] = [(environ["wsgi.input"], start_response("200 OK", PLAIN))]
    return [repr(told).encode()]


def in_background(environ, start_response):
    """Starts a thread that outlives the request, waits for a call, and answers it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer():
        called, _ = listener.accept()
        called.sendall(b"alive")
        called.close()

    threading.Thread(target=answer, daemon=True).start()
    start_response("200 OK", PLAIN)
    return [str(listener.getsockname()[1]).encode()]


def thread_name(environ, start_response):
    start_response("200 OK", PLAIN)
    return [threading.current_thread().name.encode()]


@validator
def validated(environ, start_response):
    """An application in the standard library's WSGI checker, which raises if the gateway errs."""
    source = environ["wsgi.input"]
    body = source.read(3) + source.readline() + b"".join(source.readlines()) + source.read(-1)
    environ["wsgi.errors"].write("checked\n")
    environ["wsgi.errors"].flush()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def settings(environ, start_response):
    start_response("200 OK", PLAIN)
    told = {"cwd": os.getcwd(), "path": sys.path, "environment": dict(os.environ)}
    return [json.dumps(told).encode()]
