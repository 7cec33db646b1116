"""The smallest shop: it has nothing to sell."""


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Nothing to sell today.\n"]
