"""What codes are called on pages and in the terminal."""
