"""The verbs of ``requests`` and ``retention``: ``add`` tells their options, ``run`` does the work."""
