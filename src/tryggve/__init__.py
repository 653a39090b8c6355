"""Tryggve keeps a small company's customer data safe, and proves it."""

__version__ = "0.1.0"
