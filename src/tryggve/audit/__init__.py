"""The append-only log of what was done, and the words it is told in.

For most cases use these two functions: :func:`tryggve.audit.registry.declare` in an app's ``actions.py``, and
:func:`tryggve.audit.services.record` in the transaction of the deed.

What names somebody, or is said in free text, is given to ``record`` as ``details``: it is sealed under its subject's
own key, so that erasing the subject reaches it. Everything else is codes, ids and counts.

A routine places the entries in a Merkle tree (``sequencer``), signs how far it has come (``checkpoints``) and holds
all of it against itself (``verification``). ``export`` writes what an auditor verifies without us.
"""
