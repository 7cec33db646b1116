"""Serves a Python web application over FastCGI, under IIS or any other front end.

Run it as `python -m iisc_gateway`; `--help` tells the rest.
"""

from iisc_gateway._gateway import __version__

__all__ = ["__version__"]
