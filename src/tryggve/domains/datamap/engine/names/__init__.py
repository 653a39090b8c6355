"""Names of persons: for most cases use ``persons.persons_in`` and, with tables, ``columns.names_in``."""
