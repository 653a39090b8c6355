"""The parent process of ``up``: it holds the lock and the port, starts its children and keeps them alive.

For most cases use these, in this order: :func:`tryggve.supervisor.lock.hold`,
:func:`tryggve.supervisor.port.listening_socket`, :func:`tryggve.supervisor.parent.run`; and in each child,
before anything else, :func:`tryggve.supervisor.lifeline.tie_to_parent`. Linux only: it reads ``/proc``.
"""
