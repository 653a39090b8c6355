"""What a process gives up before it touches bytes from elsewhere. Linux first; elsewhere only limits."""
