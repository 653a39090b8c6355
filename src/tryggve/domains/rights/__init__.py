"""What the law gives the person: purposes, consents, requests, how long data is kept, and erasure."""
