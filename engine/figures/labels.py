"""How tokens and probabilities are written in every picture."""

from engine.vocabulary import Vocabulary

_VISIBLE = {" ": "␣", "\n": "↵", "\t": "⇥"}


def token_label(vocabulary: Vocabulary, token_id: int) -> str:
    """The token as it is shown: a space as ␣, a line end as ↵, all else as it is."""
    token = vocabulary.tokens[token_id]
    return _VISIBLE.get(token, token)


def token_kind(vocabulary: Vocabulary, token_id: int) -> str:
    """What sets the colour and the sign of a token in every picture: "eos", "unk" or "token"."""
    return {vocabulary.unk_id: "unk", vocabulary.eos_id: "eos"}.get(token_id, "token")


def percent(probability: float) -> str:
    """A probability for people: 27.1%, 0.032%; "< 0.001%" below that, "0%" and "100%" only where it is exactly so.

    >>> percent(0.271), percent(0.00032), percent(0.004), percent(1.0), percent(0.99999)
    ('27.1%', '0.032%', '0.40%', '100%', '> 99.9%')
    """
    share = 100 * probability
    if probability in (0, 1):
        return f"{share:.0f}%"
    if share >= 99.95:
        return "> 99.9%"
    if share >= 1:
        return f"{share:.1f}%"
    return f"{share:#.2g}%" if share >= 0.001 else "< 0.001%"
