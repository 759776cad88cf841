"""The same inputs give the same bytes, whatever the process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

from shipped import ROOT, Built

SCRIPT = """
import hashlib, sys
sys.path.insert(0, {root!r} + "/tests")
from shipped import build
print(hashlib.sha256(build("BABA").pdf).hexdigest())
"""


def test_another_process_with_another_hash_seed_makes_the_same_file(baba: Built) -> None:
    """A brief built again elsewhere is the same to the last byte."""
    here = hashlib.sha256(baba.document.pdf).hexdigest()
    for seed in ("1", "4242"):
        environment = dict(os.environ, PYTHONHASHSEED=seed, TZ="Asia/Tokyo")
        command = [sys.executable, "-c", SCRIPT.format(root=str(ROOT))]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        assert done.stdout.strip() == here
