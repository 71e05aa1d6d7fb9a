"""How people write the tokens that mark something: the end, an unknown word, a start, padding."""

import re

# By role, without their brackets. fastai writes them without any, as xxunk.
_SPELLINGS = {
    "eos": {"eos", "/s", "end", "stop", "endoftext", "eot", "eod", "endofsequence"},
    "unk": {"unk", "unknown", "oov"},
    "start": {"bos", "s", "sos", "start", "go", "startoftext", "startofsequence", "cls"},
    "pad": {"pad", "padding"},
    "other": {"mask", "sep"},
}
_ROLES = {spelling: role for role, spellings in _SPELLINGS.items() for spelling in spellings}
_BRACKETS = re.compile(r"<\|?(/?[a-z_]+)\|?>|\[(/?[a-z_]+)\]|\{(/?[a-z_]+)\}|xx(eos|unk|bos|pad)", re.IGNORECASE)


def role(token: str) -> str | None:
    """What a token marks, by its spelling in any case: "eos", "unk", "start", "pad" or "other"; None: it is ordinary.

    >>> role("</S>"), role("[UNK]"), role("<|endoftext|>"), role("end"), role("<b>")
    ('eos', 'unk', 'eos', None, None)
    """
    match = _BRACKETS.fullmatch(token)
    if match is None:
        return None
    inside = next(part for part in match.groups() if part is not None)
    return _ROLES.get(inside.replace("_", "").lower())


def find(tokens: list[str], wanted: str) -> str | None:
    """The only token of that role, or the one that this project writes itself (<EOS>, <UNK>) if there are several.

    >>> find(["a", "<s>", "</s>", "<unk>"], "eos")
    '</s>'
    """
    found = [token for token in tokens if role(token) == wanted]
    usual = {"eos": "<EOS>", "unk": "<UNK>"}.get(wanted)
    if usual in found:
        return usual
    return found[0] if len(found) == 1 else None
