"""Programs of the developers: what ``./tryggve check``, ``test`` and ``pin`` run."""
