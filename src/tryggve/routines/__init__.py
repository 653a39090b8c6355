"""The machine's recurring work, and the queue of jobs.

For most cases use these two: :func:`tryggve.routines.registry.routine` over a function in an app's
``routines.py``, and :func:`tryggve.routines.jobs.enqueue`. Both kinds may run a second time after a crash, so
write them to bear it.
"""
