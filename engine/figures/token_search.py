"""A token found by what was typed."""

from engine.figures.labels import token_label
from engine.vocabulary import Vocabulary


def find_tokens(vocabulary: Vocabulary, typed: str, most: int) -> list[int]:
    """Ids of up to `most` tokens by what was typed: the token itself first, then those that begin with it or hold it.

    A space is found as itself or as its label. Nothing typed: the tokens that are hard to type, <EOS>, <UNK>, blanks.
    """
    labels = [token_label(vocabulary, token_id) for token_id in range(len(vocabulary))]
    if not typed:
        special = (vocabulary.eos_id, vocabulary.unk_id)
        hard = [i for i, label in enumerate(labels) if i in special or label != vocabulary.tokens[i]]
        return hard[:most]
    typed = typed.strip() or typed[0]
    folded = typed.casefold()

    def rank(token_id: int) -> int | None:
        label = labels[token_id].casefold()
        if typed in (vocabulary.tokens[token_id], labels[token_id]):
            return 0
        return 1 if label == folded else 2 if label.startswith(folded) else 3 if folded in label else None

    ranks = ((rank(token_id), token_id) for token_id in range(len(vocabulary)))
    return [
        token_id for _, token_id in sorted((place, token_id) for place, token_id in ranks if place is not None)[:most]
    ]
