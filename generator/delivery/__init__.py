"""Delivery: a parcel to its recipients by mail, into a folder or to a webhook; from the ledger, never twice."""

from __future__ import annotations

from generator.delivery.message import Message, Writer
from generator.delivery.promise import Clock, Deliver, DeliveryLedger
from generator.delivery.replies import StopError
from generator.delivery.sending import Post, Summary, send_all
from generator.delivery.signing import Signer

__all__ = [
    "Clock",
    "Deliver",
    "DeliveryLedger",
    "Message",
    "Post",
    "Signer",
    "StopError",
    "Summary",
    "Writer",
    "send_all",
]
