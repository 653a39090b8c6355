import random

_PIECES = [b'"', b"<", b"&", b" r=", b"99999", b"\n", b":", b"="]


def damaged(data: bytes, damage: random.Random) -> bytes:
    """The same bytes with some changed, lost, put in or said twice."""
    broken = bytearray(data)
    for _ in range(damage.randint(1, 5)):
        place = damage.randrange(len(broken) + 1)
        match damage.randrange(4):
            case 0:
                broken[place : place + 1] = damage.randbytes(1)
            case 1:
                del broken[place : place + damage.randint(1, 2_000)]
            case 2:
                broken[place:place] = damage.choice([*_PIECES, damage.randbytes(30)])
            case _:
                broken[place:place] = broken[damage.randrange(len(broken) + 1) :][:40]
    return bytes(broken)
