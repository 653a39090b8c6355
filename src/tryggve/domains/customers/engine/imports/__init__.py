"""What bringing in a list will do, keeps and takes back."""
