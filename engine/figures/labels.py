"""How tokens and probabilities are written in every picture."""

from engine.sampling import Draw
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


def equal(probability: float) -> str:
    """What stands after "P" in a sentence: the relation and the percentage.

    >>> equal(0.042), equal(0.000001), equal(0.99999)
    ('= 4.2%', '< 0.001%', '> 99.9%')
    """
    text = percent(probability)
    return text if text[0] in "<>" else f"= {text}"


def in_digits(draw: Draw) -> tuple[str, str, str]:
    """low, u and high of a draw to 4 digits, or to as many as it takes to tell them apart."""
    for digits in range(4, 18):
        low, u, high = (f"{value:.{digits}f}" for value in (draw.low, draw.u, draw.high))
        if low != high and u != high and (u != low or draw.u == draw.low):
            break
    return low, u, high
