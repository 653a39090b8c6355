"""Small things without models that every room may use."""
