"""The verbs of ``customers`` that have a file of their own: ``add`` tells their options, ``run`` does the work."""
