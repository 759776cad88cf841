"""Audit: what can be said of a finished brief afterwards. It is verified, compared with another, and corrected."""
