"""The recurring work of people: what comes again, whose it is, when it is due, and whether it was done in time.

For most cases use these three: :func:`tryggve.routines.duties.selectors.tasks.due`,
:func:`tryggve.routines.duties.services.doing.done` and ``doing.postpone``. What there is to do is data
(``content``); a *duty* is one line of it, a *turn* is one time that it is to be done.

A duty has one open turn at the most, so whatever was missed comes once. The next turn counts from the day on which
the last one was done. A domain that sees that the work is done says so by ``doing.note_done``, and one in which
something happens that calls for work by ``planning.call``.
"""
