from tryggve.lib.language import LANGUAGES

_NAMES = {"sv": "Svenska", "da": "Dansk", "en": "English"}

# Each language called by its own name, so that one finds it without reading the present one.
OWN_NAMES = tuple((code, _NAMES[code]) for code in LANGUAGES)
