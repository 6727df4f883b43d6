"""Stop a run in order at the first Ctrl-C, and at once at the second."""

from __future__ import annotations

import os
import signal
from types import FrameType, TracebackType
from typing import Any, Self

#: What asks a run to stop.
SIGNALS = (signal.SIGINT, signal.SIGTERM)
INTERRUPTED = 130


class Interrupt:
    """Note the first signal while the block runs; end the process at the second.

    Children end with the process, so that nothing is left running.
    """

    def __init__(self) -> None:
        self._asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Take over the signals."""
        for number in SIGNALS:
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            os._exit(INTERRUPTED)
        self._asked = True

    def check(self) -> None:
        """Stop where a signal came.

        Raises:
            KeyboardInterrupt: One did.
        """
        if self._asked:
            raise KeyboardInterrupt
