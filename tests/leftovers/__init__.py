"""Searching for what must not be readable: in files as they lie there, in all that was ever written, in the tables."""
