"""What Tryggve tries on a made-up customer, in the way that it goes for a real one, and never keeps.

All of it happens in one transaction that is rolled back: nobody else ever sees the customer, and a process that is
killed leaves nothing but a key that opens nothing, which is collected a day later.
"""
