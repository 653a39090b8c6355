"""How many mails may leave now, so that no mail server takes us for a sender of junk."""

# Microsoft 365 takes 30 a minute from one mailbox; most others bear more.
USUAL = 20
MOST = 120
# A job that has to wait is tried again after so many seconds.
ROUND_SECONDS = 10


def allowance(per_minute: int, *, in_the_last_minute: int, in_the_last_round: int) -> int:
    """Of that many a minute, how many more may leave in this round: spread over it, and never more in any minute."""
    in_a_round = -(-per_minute * ROUND_SECONDS // 60)
    return max(0, min(in_a_round - in_the_last_round, per_minute - in_the_last_minute))
