"""Sentences with tokens in them, as HTML: whatever a token is made of, it is shown as it is."""

from collections.abc import Iterable
from html import escape

from engine.figures.labels import paragraph, token_label, visible
from engine.figures.translator import Translator
from engine.vocabulary import Vocabulary

_MOST_CHANGES = 8  # that a sentence names
_STRONG, _END = "\ue000", "\ue001"  # private-use marks around what is set in bold; tags only after escaping


def as_html(sentences: list[str], tr: Translator) -> str:
    """Sentences in one paragraph, escaped, what `quoted` has marked in bold."""
    return escape(paragraph(sentences, tr)).replace(_STRONG, "<b>").replace(_END, "</b>")


def quoted(vocabulary: Vocabulary, token_id: int) -> str:
    """A token as it stands in a sentence for `as_html`: in quotation marks, to be set in bold."""
    return f"“{_STRONG}{token_label(vocabulary, token_id)}{_END}”"


def read_otherwise(changes: Iterable[tuple[str, str]], tr: Translator) -> str:
    """What of a text is read as something else, (typed, read as) each, no line end within; "" where nothing is."""
    pairs = [f"{visible(typed)}\xa0→\xa0{visible(read) or tr('typed.nothing')}" for typed, read in changes]
    more = tr("list.more") if len(pairs) > _MOST_CHANGES else ""
    return tr("typed.otherwise", pairs=" · ".join(pairs[:_MOST_CHANGES]) + more) if pairs else ""
