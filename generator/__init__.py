"""Investment briefs in which every number can be defended."""

__version__ = "0.1.0"
