"""The append-only log of what was done, and the words it is told in.

For most cases use these two functions: :func:`tryggve.audit.registry.declare` in an app's ``actions.py``, and
:func:`tryggve.audit.services.record` in the transaction of the deed.
"""
