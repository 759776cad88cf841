"""A mail server with faults, and a desk that sends through it: what the tests of deliveries share."""

from post.desk import Desk, dispatch, parcel, planned
from post.office import Office

__all__ = ["Desk", "Office", "dispatch", "parcel", "planned"]
