"""A harbour's berth board: which ship lies at which berth, and when it leaves."""

__version__ = "1.1.0"
