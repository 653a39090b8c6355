"""Which passwords are refused: ``validator`` says it, ``names.close_by`` is where the company tells its names."""
