from datetime import date


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    The anonymous algorithm of 1876: J. Meeus, Astronomical Algorithms, chapter 8.
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moved_moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moved_moon + 15) % 30
    to_sunday = (32 + 2 * century_rest + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
