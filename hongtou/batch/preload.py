"""Load, once, what every child needs: the fork server imports this module, and children are copies of it.

Its environment is emptied: a file that takes over its parser finds no secrets there.  It leaves
the terminal's session too.
"""

from __future__ import annotations

import gc
import logging
import os

import extract
import extract.pdf
import extract.text
import extract.word
import hongtou.batch.child
from hongtou.batch.isolation import FORK_SERVER
from hongtou.emit import outputs
from hongtou.messages import FILE_LANGUAGE, catalogue
from hongtou.pipeline import Conversion
from normalize import normalize
from schema.profile import built_in_profiles

__all__ = ["extract", "hongtou"]

#: A notice that takes the stages' dictionaries into memory, the traditional characters' among them.
SMALL_NOTICE = "序号\t任务\t牵头单位\t时限\n1\t推進試點，\t區發展改革委\t2025年6月\n".encode()


def _warm() -> None:
    original = extract.read(SMALL_NOTICE, "small.txt")
    normalized = normalize(original, built_in_profiles())
    for _, pieces in outputs(Conversion(original.source, normalized), FILE_LANGUAGE, trace=False, mark=False):
        "".join(pieces)
    catalogue()


# Whoever else imports this module keeps terminal and environment.
if os.environ.pop(FORK_SERVER, None):
    # A Ctrl-C of the terminal is for who started the run, who ends the children in order.
    os.setsid()
    os.environ.clear()
    os.environ["TMPDIR"] = "."
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    _warm()
    # The collector would touch, and so copy, every page that children share.
    gc.collect()
    gc.freeze()
