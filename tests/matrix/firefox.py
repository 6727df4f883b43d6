"""Print tables from HTML with Firefox, which is told what to do over its Marionette protocol."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from matrix.chromium import page_html
from matrix.layout import Layout

FAMILY = "Noto Serif CJK SC"
HYPHENATION_POINT = 0x2027
#: Firefox is awaited so many times, so many seconds each.
TRIES, PAUSE = 120, 0.25


def print_pages(pages: Iterable[tuple[Layout, Path]], folder: Path) -> None:
    """Print layouts to PDF, one after the other.

    Args:
        pages: Each layout with its file.
        folder: For the font, the profile and the pages of HTML.
    """
    font = _single_font(folder)
    # From a collection it prints glyphs that no map names.
    face = (
        f"@font-face {{ font-family: single; src: url('{font.as_uri()}') }} body {{ font-family: single !important }}"
    )
    with _running(folder / "profile") as browser:
        for layout, path in pages:
            page = path.with_suffix(".html")
            page.write_text(page_html(layout).replace("</style>", f"{face}</style>", 1), encoding="utf-8")
            browser.call("WebDriver:Navigate", {"url": page.as_uri()})
            printed = browser.call("WebDriver:Print", {"background": True})
            path.write_bytes(base64.b64decode(printed["value"]))


def _single_font(folder: Path) -> Path:
    """Take the one font that is needed out of its collection."""
    path = folder / "single.otf"
    if not path.exists():
        command = ["fc-match", "--format=%{file}", FAMILY]
        file = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
        for number in count():
            with TTFont(file, fontNumber=number, lazy=True, recalcBBoxes=False) as font:
                if font["name"].getDebugName(1) != FAMILY:
                    continue
                for table in font["cmap"].tables:
                    # Its point has the shape of the bullet, and Firefox names the one for the other.
                    table.cmap.pop(HYPHENATION_POINT, None)
                font.save(path, reorderTables=False)
                break
    return path


class _Browser:
    """Speak to Firefox: each message is its length, a colon, and JSON."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._count = 0

    def call(self, name: str, arguments: dict[str, Any]) -> Any:
        """Give a command's answer."""
        self._count += 1
        message = json.dumps([0, self._count, name, arguments]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self.read()
        if error:
            raise RuntimeError(f"Firefox: {error}")
        return answer

    def read(self) -> Any:
        """Read a message."""
        length = b""
        while not length.endswith(b":"):
            length += self._connection.recv(1)
        message = bytearray()
        while len(message) < int(length[:-1]):
            message += self._connection.recv(int(length[:-1]) - len(message))
        return json.loads(message)


@contextmanager
def _running(profile: Path) -> Iterator[_Browser]:
    """Start Firefox without a window, and end it."""
    profile.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="utf-8")
    program = shutil.which("firefox-esr") or shutil.which("firefox") or "firefox"
    command = [program, "--marionette", "--headless", "--no-remote", "--profile", str(profile)]
    environment = {**os.environ, "HOME": str(profile)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with _connected(port) as connection:
            browser = _Browser(connection)
            browser.read()
            browser.call("WebDriver:NewSession", {})
            yield browser
    finally:
        process.kill()
        process.wait()


def _connected(port: int) -> socket.socket:
    """Connect to Firefox once it listens."""
    for _ in range(TRIES):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=120)
        except ConnectionRefusedError:
            time.sleep(PAUSE)
    raise RuntimeError("Firefox does not listen; .ci/run says which package brings it")
