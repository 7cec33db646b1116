"""The extension module."""

__version__: str

def main(arguments: list[str]) -> int:
    """Serves until the connection ends or the process is asked to stop; returns the exit code."""
