"""Run ``hongtou batch`` with the reader that misbehaves where a file asks it to."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from unittest import mock

# Children import the reader by its name.
sys.path.insert(0, str(Path(__file__).parent))

from hongtou import batch_command
from hongtou.cli import main

if __name__ == "__main__":
    known = batch_command.settings_of
    with mock.patch.object(batch_command, "settings_of", lambda given: replace(known(given), reader="faulty:read")):
        sys.exit(main(["batch", *sys.argv[1:]]))
