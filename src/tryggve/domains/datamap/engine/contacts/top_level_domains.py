"""What may stand last in the name of a mail server: countries (ISO 3166-1 alpha-2, RFC 1591) and common others."""

from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.contacts.nearby import Eights, among, table_of
from tryggve.domains.datamap.engine.spans import Mask, Places

_COUNTRIES: Final = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg
ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi
gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw
ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng
ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn
so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws
ye yt za zm zw"""
_OTHERS: Final = """
com net org info biz name edu gov mil int aero coop museum pro jobs mobi travel asia cat tel post app dev page
online shop store site tech cloud email blog design agency studio media digital company group team work works life
live world today news house home fitness yoga gym bike dance coach training services support systems center club
social church clinic dental health care photo pictures cafe bar beer wine events academy school finance tax legal
law capital ventures property realty estate builders energy eco green garden farm vet dog fish ski surf run xyz top
icu one vip link click space website host berlin london nyc test example invalid local lan intern internal corp
private onion arpa"""
# No domains end in these; names of files and of parts of programs do.
_FILES: Final = """
png jpg jpeg gif svg webp avif bmp ico tif tiff heic css scss sass less js mjs cjs ts tsx jsx json html htm xhtml php
asp aspx jsp xml pdf txt csv tsv log exe dll bin dat tmp bak old map min woff woff2 ttf otf eot mp3 mp4 wav zip tar tgz
gz rar doc docx xls xlsx ppt pptx odt ods odp yml yaml toml ini cfg conf git lock java cpp hpp sql sum get set"""


_KNOWN: Final = table_of(_COUNTRIES + _OTHERS)
_NEVER: Final = table_of(_FILES)


def is_known(names: Eights) -> Mask:
    """Of ``whole_words``."""
    return among(names, _KNOWN)


def may_be(names: Eights, size: Places) -> Mask:
    """Countries are known, and ends of files are none; what else may be one of a thousand others. ``size`` in bytes."""
    return np.where(size == 2, is_known(names), (size > 2) & ~among(names, _NEVER))
