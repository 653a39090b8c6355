"""What the world sees of the firm: its websites, and whether others can send mail in its name."""
