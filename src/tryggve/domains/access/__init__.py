"""Who comes in: signing in and out."""
