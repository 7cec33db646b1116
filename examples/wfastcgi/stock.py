"""What is on the shelves."""


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"The shelves are empty.\n"]
