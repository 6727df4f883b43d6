"""Run the command line as ``python -m hongtou``."""

from __future__ import annotations

import sys

from hongtou.cli import main

if __name__ == "__main__":
    sys.exit(main())
