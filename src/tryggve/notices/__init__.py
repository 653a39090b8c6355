"""Messages to people: what is said, to whom, and the mail that carries it.

For most cases use these two functions: :func:`tryggve.notices.registry.declare` in a domain's ``notices.py``, and
:func:`tryggve.notices.services.send` in the transaction of the deed.

A message is rendered at once, in the language of the one who gets it, and waits in the outbox: address, subject and
text are one sealed document, under the service key, so that mail leaves while the register is locked. Without
settings for mail nothing is refused; messages wait until there are some.

Each message is handed to the mail server by whoever claimed its row first. What errs, errs towards sending twice: when
the program is killed after the server said yes and before that was written down, the message is sent again 15 minutes
later, with the same Message-ID, by which most mailboxes keep one of the two.
"""
