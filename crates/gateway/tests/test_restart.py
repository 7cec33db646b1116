"""`WSGI_RESTART_FILE_REGEX`: P17, P68."""

import os
import signal
import textwrap

import fcgi_client as fcgi
import pytest

PYTHON_FILES = r".*\.py$"

APP = """
    class Answer:
        def __init__(self, errors):
            self.errors = errors

        def __iter__(self):
            return iter([b"done"])

        def close(self):
            self.errors.write("closed\\n")

    def waiting(environ, start_response):
        ready, gate = environ["QUERY_STRING"].split("&")
        with open(ready, "w") as told:
            told.write("running")
        with open(gate) as opened:
            opened.read()
        start_response("200 OK", [])
        return Answer(environ["wsgi.errors"])

    def hello(environ, start_response):
        start_response("200 OK", [])
        return [b"hello"]
"""


@pytest.fixture
def root(tmp_path):
    """A folder with an application, and nothing that the tests themselves need."""
    root = tmp_path / "site"
    (root / "sub").mkdir(parents=True)
    (root / "shop.py").write_text(textwrap.dedent(APP))
    (root / "sub" / "x.py").write_text("")
    (root / "notes.txt").write_text("")
    return root


@pytest.fixture
def watching(start, root):
    """A gateway that has answered a request, so that its watch is running."""

    def watching(transport="stream", pattern=PYTHON_FILES, root=root, handler="shop.hello"):
        served = start(transport, handler, root=root, env={"WSGI_RESTART_FILE_REGEX": pattern})
        assert served.get().status in ("200 OK", "500 Internal Server Error")
        return served

    return watching


def reasons(log):
    marker = " restarting: "
    return [line.split(marker)[1] for line in log.splitlines() if marker in line]


def threads(served):
    tasks = f"/proc/{served.process.pid}/task"
    return [open(f"{tasks}/{task}/comm").read() for task in os.listdir(tasks)]


def test_a_change_ends_an_idle_gateway(watching, transport, root):
    """P14: exit code 0, by itself, also with a connection that is kept and idle."""
    served = watching(transport)
    connection = served.connect()
    assert connection.get(keep=True).body == b"hello"
    os.utime(root / "shop.py")
    assert served.wait() == 0
    assert connection.is_at_end()
    assert reasons(served.log()) == ["shop.py changed"]
    assert " stopped\n" in served.log()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "shop.py").write_text("changed = True"),
        lambda root: (root / "shop.py").chmod(0o600),
        lambda root: (root / "new.py").write_text(""),
        lambda root: (root / "shop.py").unlink(),
        lambda root: (root / "shop.py").rename(root / "shop.old"),
        lambda root: (root / "notes.txt").rename(root / "shop.py"),
        lambda root: os.replace(root / "notes.txt", root / "notes.py"),
        lambda root: (root / "shop.py").rename(root.parent / "shop.py"),
    ],
    ids=["write", "chmod", "create", "delete", "rename", "replace", "rename to", "move away"],
)
def test_each_kind_of_change_counts(watching, root, change):
    """P68."""
    served = watching()
    change(root)
    assert served.wait() == 0
    assert len(reasons(served.log())) == 1


def test_only_files_that_match_count_and_reading_changes_nothing(watching, root):
    served = watching()
    (root / "notes.txt").write_text("changed")
    (root / "shop.pyc").write_text("new")
    (root / "sub" / "x.py").read_text()
    assert served.get().body == b"hello"
    (root / "shop.py").write_text("changed = True")
    assert served.wait() == 0
    assert reasons(served.log()) == ["shop.py changed"]


def test_a_deployment_of_many_files_is_one_restart(watching, root):
    served = watching()
    for number in range(200):
        (root / f"module_{number}.py").write_text("")
    assert served.wait() == 0
    assert len(reasons(served.log())) == 1


def test_a_request_in_flight_is_finished_and_no_further_one_is_taken(start, transport, root, tmp_path):
    """P68: wfastcgi drops it."""
    ready, gate = tmp_path / "ready", tmp_path / "gate"
    os.mkfifo(ready)
    os.mkfifo(gate)
    env = {"WSGI_RESTART_FILE_REGEX": PYTHON_FILES, "WSGI_LOG": ""}
    served = start(transport, "shop.waiting", root=root, env=env)
    connection = served.connect()
    question = fcgi.request({"QUERY_STRING": f"{ready}&{gate}"}, keep=True)
    connection.send(question)
    assert ready.read_text() == "running"
    idle = None if served.is_stream else kept(served)
    os.utime(root / "shop.py")
    log = read_until(served.process.stderr, " restarting: shop.py changed\n")
    # Once that has ended, every connection has been told.
    assert idle is None or idle.is_at_end()
    connection.send(question)
    gate.write_text("go on")
    response = connection.response()
    assert (response.status, response.body, response.app_status) == ("200 OK", b"done", 0)
    assert connection.is_at_end()
    log += served.process.stderr.read().decode()
    assert served.process.wait(timeout=30) == 0
    assert f" {served.process.pid}-1 closed\n" in log
    assert len(reasons(log)) == 1


def kept(served):
    """A connection that has been served once, by a request that fails early, and waits for the next."""
    connection = served.connect()
    assert connection.get({"CONTENT_LENGTH": "no number"}, keep=True).status.startswith("400 ")
    return connection


def read_until(stream, text):
    log = ""
    for line in stream:
        log += line.decode()
        if text in log:
            return log
    raise AssertionError(f"the gateway ended without {text!r}: {log}")


def test_a_request_that_arrives_with_the_change_is_served_whole_or_not_at_all(watching, root):
    """Every answer that begins is complete, whichever of the two comes first."""
    question = fcgi.request(keep=True)
    for split in range(0, len(question), 7):
        served = watching()
        served.only.send(question[:split])
        os.utime(root / "shop.py")
        try:
            served.only.send(question[split:])
        except BrokenPipeError:
            pass
        answer = read_all(served.only.sock)
        assert served.wait() == 0
        assert answer == b"" or answer.endswith(fcgi.record(fcgi.END_REQUEST, 1, bytes(8))), split
        assert len(reasons(served.log())) == split // 7 + 1


def read_all(sock):
    data = b""
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def test_paths_are_matched_from_the_root_with_backslashes(watching, root):
    """P17: as on Windows, on every system."""
    served = watching(pattern=r"^sub\\x\.py$")
    (root / "x.py").write_text("")
    (root / "sub" / "xx.py").write_text("")
    (root / "sub" / "x.py").write_text("changed = True")
    assert served.wait() == 0
    assert reasons(served.log()) == [r"sub\x.py changed"]


def test_a_folder_that_is_moved_into_place_counts_as_its_files(watching, root):
    served = watching()
    package = root.parent / "package"
    (package / "deep").mkdir(parents=True)
    (package / "deep" / "y.py").write_text("")
    package.rename(root / "package")
    assert served.wait() == 0
    assert reasons(served.log()) == [r"package\deep\y.py changed"]


def test_a_new_folder_is_watched_from_its_first_file_on(watching, root):
    for number in range(20):
        served = watching()
        folder = root / f"new_{number}" / "deep"
        folder.mkdir(parents=True)
        (folder / "z.py").write_text("")
        assert served.wait() == 0
        assert reasons(served.log())[number] == rf"new_{number}\deep\z.py changed"


def test_the_root_may_be_a_symbolic_link(watching, root, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(root)
    served = watching(root=link)
    (root / "shop.py").write_text("changed = True")
    assert served.wait() == 0
    assert reasons(served.log()) == ["shop.py changed"]


def test_folders_behind_symbolic_links_are_not_watched(watching, root, tmp_path):
    """As on Windows."""
    (tmp_path / "elsewhere").mkdir()
    (root / "linked").symlink_to(tmp_path / "elsewhere")
    served = watching()
    (tmp_path / "elsewhere" / "y.py").write_text("")
    (root / "shop.py").write_text("changed = True")
    assert served.wait() == 0
    assert reasons(served.log()) == ["shop.py changed"]


def test_more_changes_than_the_system_can_tell_are_a_reason(watching, root):
    """As in wfastcgi: one of them may have been a file that counts."""
    served = watching()
    with open("/proc/sys/fs/inotify/max_queued_events") as limit:
        count = int(limit.read()) + 1
    served.process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, served.process.pid, os.WSTOPPED | os.WNOWAIT)
    files = [root / "notes.txt", root / "other.txt"]
    files[1].touch()
    for number in range(count):
        # The system tells equal changes in a row as one.
        os.utime(files[number % 2])
    served.process.send_signal(signal.SIGCONT)
    assert served.wait() == 0
    assert reasons(served.log()) == ["more files changed than the system could tell"]


def test_an_application_that_cannot_be_loaded_is_watched_too(watching, root):
    """P64: the one who mends it need not know which of its modules Python remembers."""
    served = watching(handler="nowhere.app")
    (root / "nowhere.py").write_text(textwrap.dedent(APP))
    assert served.wait() == 0


@pytest.mark.parametrize("handler", ["shop.hello", "nowhere.app"])
def test_a_pattern_that_python_cannot_compile_is_told_once(watching, root, handler):
    served = watching(pattern="(", handler=handler)
    (root / "shop.py").write_text(textwrap.dedent(APP) + "# changed")
    served.get()
    told = "`WSGI_RESTART_FILE_REGEX` has no effect: Python cannot compile `(`: missing ), unterminated subpattern"
    assert served.log().count(told) == 1
    assert served.stop() == 0


def test_without_a_pattern_nothing_is_watched(start, watching, root):
    """An empty one turns it off, as in wfastcgi; and costs no thread."""
    for served in (watching(pattern=""), start("stream", "shop.hello", root=root)):
        assert served.get().body == b"hello"
        assert len(threads(served)) == 1
    assert len(threads(watching())) == 3


def test_the_end_of_the_stream_ends_the_watch_too(watching):
    """P14: exit code 0, and nothing said of it."""
    served = watching()
    assert served.stop() == 0
    assert reasons(served.log()) == []
    assert (served.stdout, served.stderr) == (b"", b"")
