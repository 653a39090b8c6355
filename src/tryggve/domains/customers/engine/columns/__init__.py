"""What the columns of a list mean, by their headings and by what stands in them."""
