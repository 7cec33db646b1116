"""Plays IIS with an example's golden files: `iisc dev` in front, the installed gateway behind."""

from __future__ import annotations

import http.cookiejar
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Answer:
    """What came back, errors and redirections as they are."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves it to the test to go where it is sent."""

    def redirect_request(self, *_):
        return None


class Site:
    """A copied example, served as for one target; also a browser that keeps its cookies."""

    def __init__(self, iisc, folder, target):
        self.folder = folder
        #: What stands for the disks of the server, drives as folders.
        self.disks = folder / "expected" / "dev"
        command = [iisc, "dev", folder / "app.iis.yaml", "--no-build", "--output", folder / "expected"]
        command += ["--listen", "127.0.0.1:0", "--interpreter", sys.executable, "--target", target]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        self.lines = []
        told = queue.Queue()
        threading.Thread(target=self._follow, args=[told], daemon=True).start()
        try:
            self.url = told.get(timeout=PATIENCE)
        except queue.Empty:
            self.process.kill()
            raise
        assert self.url, "".join(self.lines)
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(cookies, NoRedirect)

    def _follow(self, told):
        for line in self.process.stdout:
            self.lines.append(line)
            # Of several applications the first is where paths begin.
            if " is at http://" in line:
                told.put(line.split(" is at ")[1].split()[0])
        told.put(None)

    def open(self, path, form=None):
        """Sends a request; the answer is still to be read."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        url = urllib.parse.urljoin(self.url, path)
        try:
            return self.browser.open(url, data, timeout=PATIENCE)
        except urllib.error.HTTPError as answer:
            return answer

    def get(self, path, form=None):
        """Sends a request, to a path below that of the application or from the root, and reads the answer."""
        with self.open(path, form) as response:
            return Answer(response)

    def stop(self):
        """Interrupts the server as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


@pytest.fixture(scope="session")
def iisc():
    """The command, built from the sources as they are now."""
    cargo = os.environ.get("CARGO", "cargo")
    subprocess.run([cargo, "build", "--quiet", "--package", "iisc"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return target / "debug" / "iisc"


@pytest.fixture
def copied(tmp_path):
    """Copies an example, so that nothing is written into the source tree."""

    def copied(example):
        return shutil.copytree(ROOT / "examples" / example, tmp_path / example)

    return copied


@pytest.fixture
def serve(iisc):
    """Serves a copied example by its files for a target, and expects that the server ends well."""
    running = []

    def serve(folder, target):
        running.append(Site(iisc, folder, target))
        return running[-1]

    yield serve
    for site in running:
        assert site.stop() == 0, "".join(site.lines)
