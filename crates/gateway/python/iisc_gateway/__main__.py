"""`python -m iisc_gateway`."""

import sys

from iisc_gateway._gateway import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
