"""Single values: names, addresses, telephone numbers, e-mail addresses, their spellings."""
