"""Make pages of HTML that need nothing else, from templates of ours and text of others.

What comes from documents is only ever text: the template escapes it, and the page's policy
(Content Security Policy) runs no script and takes no style but those that stand here.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from jinja2 import Environment, PackageLoader
from markupsafe import Markup


def render(package: str, name: str, **members: object) -> str:
    """Give the page that ``NAME.html.jinja`` makes, with the style and script that stand beside it.

    Args:
        package: The package that holds the template, as ``hongtou.batch``.
        name: What the template's, style's and script's files are called, without their endings.
        members: What the template names.
    """
    style, script = (_asset(package, f"{name}.{ending}") for ending in ("css", "js"))
    parent, _, folder = package.rpartition(".")
    environment = Environment(
        loader=PackageLoader(parent, folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(f"{name}.html.jinja").render(
        **members, style=style, script=script, style_hash=_hash(style), script_hash=_hash(script)
    )


def _asset(package: str, name: str) -> Markup:
    """Give a file of ours, which is markup as it is; nothing of a document ever is."""
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
