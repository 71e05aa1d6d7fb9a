"""What is not ours to write, as it stands in a label: Streamlit reads Markdown in every label, emoji and arrows too."""

import re

# What holds nothing that Markdown could mean: <UNK>, one sign, or words with hyphens and underscores inside.
_ORDINARY = re.compile(r"<\w+>|[^\\`]|[^\W_]+(?:(?:[-_]+|['’ ])[^\W_]+)*", re.DOTALL)


def plain(text: str) -> str:
    """A token or a name so that a label shows it as it is: as code, if anything in it could be Markdown.

    A backslash would not do: it stops neither an emoji (:cat:) nor an arrow (--), and screen readers read it out.

    >>> plain("mine-char--lstm"), plain("<UNK>"), plain("--"), plain("a`b")
    ('mine-char--lstm', '<UNK>', '`--`', '``a`b``')
    """
    if _ORDINARY.fullmatch(text):
        return text
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    ends = text[:1], text[-1:]
    blank = " " if "`" in ends or ends == (" ", " ") else ""  # Markdown takes one blank off either side
    return f"{fence}{blank}{text}{blank}{fence}"
