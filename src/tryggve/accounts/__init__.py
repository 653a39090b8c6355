"""The people who work here: accounts, and what each may do."""
