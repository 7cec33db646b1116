"""Front ends that we did not write: nginx, and the FastCGI authors' own command-line client."""

import http.client
import json
import os
import shutil
import socket
import subprocess

import pytest

NGINX = """
    daemon off;
    {user}
    pid {folder}/nginx.pid;
    error_log stderr warn;
    events {{}}
    http {{
        access_log off;
        client_max_body_size 100m;
        client_body_temp_path {folder}/body;
        fastcgi_temp_path {folder}/fastcgi;
        proxy_temp_path {folder}/proxy;
        uwsgi_temp_path {folder}/uwsgi;
        scgi_temp_path {folder}/scgi;
        upstream gateway {{ server {address}; keepalive 4; }}
        server {{
            listen 127.0.0.1:{port};
            location / {{
                fastcgi_pass gateway;
                fastcgi_keep_conn {keep};
                fastcgi_buffering off;
                include /etc/nginx/fastcgi_params;
            }}
            location /own/ {{
                fastcgi_pass gateway;
                include /etc/nginx/fastcgi_params;
                fastcgi_param PATH_INFO $document_uri;
                fastcgi_param SCRIPT_NAME "";
            }}
        }}
    }}
"""


def program(name):
    """The program, or a skipped test; a full test run counts that as a failure."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    return path or pytest.skip(f"`{name}` is not installed")


@pytest.fixture(params=["unix", "tcp"])
def reached(request):
    return request.param


@pytest.fixture(params=["on", "off"])
def nginx(request, start, tmp_path, reached):
    """Starts a gateway and nginx in front of it, and gives a function that opens a connection."""
    nginx, running = program("nginx"), []

    def serve(handler):
        gateway = start(reached, handler)
        address = f"unix:{gateway.address}" if reached == "unix" else "%s:%d" % gateway.address
        # nginx takes the listening socket from us, so whoever connects need not wait for it.
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            # Its workers must be allowed to open the gateway's socket.
            user = "user root;" if os.geteuid() == 0 else ""
            config = tmp_path / "nginx.conf"
            config.write_text(
                NGINX.format(folder=tmp_path, address=address, port=port, keep=request.param, user=user)
            )
            number = listener.fileno()
            command = [nginx, "-p", str(tmp_path), "-e", "stderr", "-c", str(config)]
            environment = {**os.environ, "NGINX": f"{number};"}
            running.append(subprocess.Popen(command, pass_fds=[number], env=environment))
        return lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    yield serve
    for process in running:
        process.terminate()
        assert process.wait(30) == 0


def get(connection, path="/", method="GET", body=None):
    connection.request(method, path, body)
    response = connection.getresponse()
    return response.status, response.read()


def test_nginx_is_served(nginx):
    connection = nginx("fixtures.hello")()
    for _ in range(3):
        assert get(connection) == (200, b"hello")
    status, body = get(connection, method="HEAD")
    assert (status, body) == (200, b"")


def test_nginx_needs_no_parameters_but_its_own(nginx):
    """Its stock parameters have no PATH_INFO; if one is added, they repeat the path."""
    connection = nginx("fixtures.environ_as_json")()
    for path in ("/a/b", "/own/a"):
        seen = json.loads(get(connection, path)[1])
        assert seen["SCRIPT_NAME"][1] == "''"
        assert seen["PATH_INFO"][1] == repr(path)


def test_nginx_passes_a_large_upload_both_ways(nginx):
    body = os.urandom(1024) * (8 * 1024)
    assert get(nginx("fixtures.echo")(), "/", "POST", body) == (200, body)


def test_nginx_passes_each_piece_as_it_comes(nginx, tmp_path):
    """W61: the second piece is made only after we have the first."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    connection = nginx("fixtures.stepwise")()
    connection.request("GET", f"/?{gate}")
    response = connection.getresponse()
    assert response.read(5) == b"first"
    gate.write_text("")
    assert response.read() == b"second"


def test_nginx_gets_a_500_and_then_the_next_answer(nginx):
    """W64."""
    connection = nginx("fixtures.raises")()
    assert get(connection, "/")[0] == 500
    assert get(connection, "/fine") == (200, b"hello")


def test_the_command_line_client_is_served(start, reached):
    """cgi-fcgi sends its own environment as parameters."""
    gateway = start(reached, "fixtures.echo")
    address = gateway.address if reached == "unix" else "%s:%d" % gateway.address
    request = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "4", "SCRIPT_NAME": "", "PATH_INFO": "/"}
    result = subprocess.run(
        [program("cgi-fcgi"), "-bind", "-connect", address],
        input=b"body",
        env=request,
        capture_output=True,
        timeout=30,
    )
    assert result.returncode == 0, result.stderr
    head, _, body = result.stdout.partition(b"\r\n\r\n")
    assert head.startswith(b"Status: 200 OK\r\n")
    assert body == b"body"
