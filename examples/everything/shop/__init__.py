"""A shop of one page, for a spec that has much more to say."""


def make_app():
    return app


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Nothing to sell today.\n"]
