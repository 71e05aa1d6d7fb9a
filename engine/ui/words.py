"""Every word the audience reads, in both languages: one table, key -> (English, 中文), and the translator over it.

Placeholders are `str.format` fields, the same ones in both languages. Field terms keep their English in brackets at
their first use in Chinese.
"""

from collections.abc import Callable

LANGUAGES = ("en", "zh")
Translator = Callable[..., str]

WORDS: dict[str, tuple[str, str]] = {
    # --- page
    "app.title": ("Sampling novel sequences", "采样新序列"),
}


def translator(language: str) -> Translator:
    """`t(key, **placeholders) -> text` in "en" or "zh". An unknown key raises KeyError."""
    column = LANGUAGES.index(language)

    def t(key: str, **placeholders) -> str:
        text = WORDS[key][column]
        return text.format(**placeholders) if placeholders else text

    return t
