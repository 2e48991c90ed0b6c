"""Languages by the names that people type: "de", "German" and "Deutsch" are one."""

from __future__ import annotations

from index.analysis import fold
from search.wording import Language, Said, said

_NAMES = {
    "ar": ("Arabic",), "cs": ("Czech",), "da": ("Danish", "dansk"), "de": ("German", "Deutsch"),
    "el": ("Greek",), "en": ("English",), "es": ("Spanish", "español"), "fi": ("Finnish",),
    "fr": ("French", "français"), "he": ("Hebrew",), "hi": ("Hindi",), "hu": ("Hungarian",),
    "id": ("Indonesian",), "it": ("Italian", "italiano"), "ja": ("Japanese",), "ko": ("Korean",),
    "nl": ("Dutch", "Nederlands"), "no": ("Norwegian", "norsk"), "pl": ("Polish", "polski"),
    "pt": ("Portuguese", "português"), "ro": ("Romanian",), "ru": ("Russian",),
    "sv": ("Swedish", "svenska"), "tr": ("Turkish",), "uk": ("Ukrainian",),
    "vi": ("Vietnamese",), "zh": ("Chinese",),
}  # fmt: skip
_CODES = {fold(name): code for code, names in _NAMES.items() for name in names}


def code_of(typed: str) -> str:
    """The code under which a language is indexed."""
    folded = fold(typed)
    return _CODES.get(folded, folded)


def label_of(code: str) -> str:
    """The English name of a language for a list; its code where it has none here."""
    names = _NAMES.get(code_of(code))
    return names[0] if names else code


def in_language(typed: str) -> Said:
    """What is written "in German"; where the language is not known, in what was typed."""
    code = code_of(typed)
    if code not in _NAMES:
        return said("in the language “{text}”", text=typed)
    return said("in {language}", language=Language(_NAMES[code][0], code))
