"""What is held about a person, how it is handed out, how it is erased, and when it must end.

For most cases use these two functions: :func:`tryggve.privacy.services.export_person` hands out all that is held about
somebody (GDPR art. 15 and 20), and :func:`tryggve.privacy.services.erase_person` erases it (art. 17): every holding in
one transaction, with one entry in the log.

A domain tells what it holds in its ``personal_data.py``: one :class:`tryggve.privacy.registry.Holding` for each thing
that ends by a rule of its own, given to :func:`tryggve.privacy.registry.register`. A holding names its models and has

- an *exporter*: yields :class:`tryggve.privacy.export.Part` of one person, with times, sources, and values that are
  plain JSON under a code that stays and a title in the reader's language. It raises rather than leave out what it
  can't read, and writes nothing in the log;
- an *eraser*: works inside the caller's transaction and returns how many things it erased. A second call finds
  nothing, returns 0 and raises nothing. Rows that nobody may change, and that the destroyed key makes unreadable,
  have :func:`tryggve.privacy.registry.with_the_key` in its place;
- a *retention rule*: until what happens, how long after it, on what legal basis.

A model with a field ``*_sealed``, ``customer_ref`` or with an e-mail address that no holding names stops the start
(``privacy.E001``).

Keys aren't touched here. Who erases a person that has a key destroys it *before* ``erase_person``: that is what
reaches older copies, and it can't be undone by a rolled-back transaction.
"""
