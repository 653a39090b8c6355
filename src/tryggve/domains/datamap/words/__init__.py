"""Words of the data map in people's languages."""
