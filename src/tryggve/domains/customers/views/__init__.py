"""Pages: ``register`` for the list and searching, ``card`` for one customer, ``imports`` for bringing in a list."""
