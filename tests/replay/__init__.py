"""A loopback stand-in for Yahoo Finance and the SEC: real TLS, cookies and crumb, recorded bodies, faults on demand."""

from replay.faults import Fault
from replay.proxy import Asked, Replay

__all__ = ["Asked", "Fault", "Replay"]
