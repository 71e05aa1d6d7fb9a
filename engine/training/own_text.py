"""A text of one's own, made ready for training: what is kept, what is dropped and why, what is held out.

Nothing has to be chosen: level and sequences are guessed from the text, and the report says what was guessed.
"""

import hashlib
from collections import Counter
from typing import NamedTuple

from engine.training import pieces
from engine.training.corpora import HELD_OUT
from engine.training.plans import TrainingText, in_token_ids, vocabulary_of
from engine.training.text_file import TextError
from engine.vocabulary import LEVELS
from engine.words import split_words

LONGEST = {"word": 80, "char": 400}  # tokens of a sequence; longer ones cost all others their time
SHORTEST_STREAM = {"word": 200, "char": 800}  # tokens, of which some are to be held out
MAX_WORDS, MAX_CHARACTERS = 6000, 4000  # of a vocabulary
MOST_HELD_OUT = 100_000  # characters: enough to measure a loss to the second digit, and no training waits for more
_FEWEST_HELD_OUT = 2  # different pieces
_FEWEST_PIECES = 5  # different ones
_OFTEN_ENOUGH = 0.9  # of all words: a word model that knows fewer is no good guess
_ENOUGH_WORDS = 30_000  # below, characters learn more
_LOOKED_AT = 500_000  # characters at the beginning, for a guess


class Report(NamedTuple):
    """What became of a text. Counts are of pieces (lines, sentences, passages) unless it says otherwise.

    `guessed`: which of "level" and "sequences" were not asked for. `characters`: of the whole text. `dropped`: how many
    pieces by the reason. `different`: how many different ones were kept. `unknown`: different words that <UNK> stands
    for; `unk_rate`: their share of the words to train on. `notes`: sentences on what was changed or is to be minded.
    """

    level: str
    sequences: str
    guessed: tuple[str, ...]
    characters: int
    kept: int
    different: int
    dropped: dict[str, int]
    training: int
    training_tokens: int
    held_out: int
    held_out_tokens: int
    vocabulary_size: int
    unknown: int
    unk_rate: float
    notes: tuple[str, ...]


class OwnText(NamedTuple):
    """A text ready for training, and the report on it."""

    text: TrainingText
    report: Report


def prepare(
    text: str,
    level: str | None = None,
    sequences: str | None = None,
    vocabulary_size: int | None = None,
    most_held_out: int = MOST_HELD_OUT,
) -> OwnText:
    """Make a clean text (`text_file.clean`) ready for training.

    `level`: "word" or "char"; `sequences`: "lines", "sentences" or "stream"; `vocabulary_size`: how many tokens, at
    most; None: as the text suggests. `most_held_out`: characters. Raises TextError for a text that cannot be
    trained on.
    """
    for name, value, known in (("level", level, LEVELS), ("sequences", sequences, pieces.SEQUENCES)):
        if value is not None and value not in known:
            raise TextError(f"{name} must be one of {', '.join(known)}, but is {value!r}")
    _check_worth(text)
    guessed = tuple(name for name, value in (("level", level), ("sequences", sequences)) if value is None)
    sequences = sequences or pieces.guess(text)
    level = level or _guess_level(text, sequences)
    most = MAX_WORDS if level == "word" else MAX_CHARACTERS
    if vocabulary_size is not None and not 3 <= vocabulary_size <= most:
        raise TextError(
            f"the vocabulary must have from 3 to {most:,} tokens, but {vocabulary_size:,} are asked for",
            "vocabulary",
            most=most,
        )
    found, dropped = _kept(pieces.cut(text, sequences), level, sequences, vocabulary_size or most)
    _check_pieces(found, dropped, level, sequences)
    training, held_out = _split(found, most_held_out)
    size = vocabulary_size or most
    if level == "word":  # a word that is seen once cannot be learned, but <UNK> can
        counts = Counter(word for piece in training for word in split_words(piece))
        often = sum(count > 1 for count in counts.values())
        size = min(size, max(often, 20) + 1 + (sequences != "stream"))
    # A character that only the held-out part has must be in the vocabulary: no <UNK> stands for it.
    seen = training if level == "word" else found
    vocabulary = vocabulary_of(seen, level, size, sequences == "stream", level == "word")
    ready = in_token_ids(training, held_out, vocabulary, sequences == "stream")
    report = _report(text, ready, (training, held_out), level, sequences, guessed, dropped)
    if level == "word" and report.unk_rate > 0.5:
        raise TextError(
            f"{report.unk_rate:.0%} of the words are too rare to be learned; train by characters (level char) or give "
            "more text",
            "rare",
            share=report.unk_rate,
        )
    return OwnText(ready, report)


def _check_worth(text: str) -> None:
    visible = text.split()
    if not text:
        raise TextError("the text is empty; give one of at least a few lines", "empty")
    if not visible:
        raise TextError("the text has nothing but blanks and line ends; give one of at least a few lines", "empty")
    if len(set("".join(visible))) == 1:
        raise TextError(
            f"the text is {visible[0][0]!r} again and again: there is nothing to learn; give another one", "same"
        )
    if len(visible) > 1 and len(set(visible)) == 1:
        raise TextError(
            f"the text is the word {visible[0][:40]!r} again and again: there is nothing to learn; give another one",
            "same",
        )


def _guess_level(text: str, sequences: str) -> str:
    """Words where there are enough of them and few are rare, else characters."""
    words = Counter(split_words(text[:_LOOKED_AT]))
    total = words.total()
    if sequences == "lines" and total < 2.5 * (text[:_LOOKED_AT].count("\n") + 1):  # names: a word or two a line
        return "char"
    known = sum(count for _, count in words.most_common(MAX_WORDS) if count > 1)
    return "word" if total >= _ENOUGH_WORDS and known >= _OFTEN_ENOUGH * total else "char"


def _kept(found: list[str], level: str, sequences: str, most: int) -> tuple[list[str], dict[str, int]]:
    """(the pieces that can be trained on, how many others there are by the reason)."""
    dropped: Counter[str] = Counter()
    kept = []
    if level == "char":
        counts = Counter("".join(found))
        common = {character for character, _ in counts.most_common(most)}
    for piece in found:
        if not piece.strip():
            dropped["empty"] += 1
        elif sequences != "stream" and _is_longer(piece, level, LONGEST[level]):
            dropped[f"longer than {LONGEST[level]} {'words' if level == 'word' else 'characters'}"] += 1
        elif sequences == "sentences" and not _is_longer(piece, "word", 1):
            dropped["shorter than two words"] += 1
        elif level == "char" and not common.issuperset(piece):
            dropped[f"with a character beyond the {most:,} most frequent"] += 1
        else:
            kept.append(piece)
    return kept, dict(dropped)


def _is_longer(piece: str, level: str, tokens: int) -> bool:
    return len(piece) > tokens and (level == "char" or len(split_words(piece)) > tokens)


def _check_pieces(found: list[str], dropped: dict[str, int], level: str, sequences: str) -> None:
    what = {"lines": "lines", "sentences": "sentences", "stream": "passages"}[sequences]
    unit = "words" if level == "word" else "characters"
    others = {"lines": "sentences or stream", "sentences": "lines or stream", "stream": "lines or sentences"}[sequences]
    lost = "; ".join(f"{count:,} {reason}" for reason, count in dropped.items() if reason != "empty")
    if sequences == "stream":
        shortest = "".join(found)[: 40 * SHORTEST_STREAM[level]]
        tokens = len(shortest) if level == "char" else len(split_words(shortest))
        if tokens < SHORTEST_STREAM[level]:
            raise TextError(
                f"the text has {tokens:,} {unit} to train on, and a text without ends needs {SHORTEST_STREAM[level]:,}"
                f"{f' (left out: passages {lost})' if lost else ''}; give a longer one",
                f"short.{level}",
                count=tokens,
                least=SHORTEST_STREAM[level],
            )
    different = len(set(found))
    if different < _FEWEST_PIECES:
        raise TextError(
            f"the text has {different} different {what} to train on, and at least {_FEWEST_PIECES} are needed"
            f"{f' (left out: {lost})' if lost else ''}; give more text, or try the sequences {others}",
            "few",
            count=different,
            least=_FEWEST_PIECES,
        )


def _split(found: list[str], most: int = MOST_HELD_OUT) -> tuple[list[str], list[str]]:
    """(training pieces, held-out pieces), by a hash of each piece as `corpora.split` does it, so that equal pieces are
    on one side. Of a small text at least two different pieces are held out, of a large one so many characters at most.
    """
    order = sorted(dict.fromkeys(found), key=_place)
    wanted = max(_FEWEST_HELD_OUT, sum(_place(piece)[0] == 0 for piece in order))
    chosen: set[str] = set()
    characters = 0
    for piece in order[:wanted]:
        if len(chosen) >= _FEWEST_HELD_OUT and characters + len(piece) > most:
            break
        chosen.add(piece)
        characters += len(piece)
    return [piece for piece in found if piece not in chosen], [piece for piece in found if piece in chosen]


def _place(piece: str) -> tuple[int, int]:
    """Where a piece stands in the order of holding out; (0, ...) is held out by `corpora.is_held_out`, too."""
    value = int.from_bytes(hashlib.sha256(piece.encode()).digest()[:8])
    return min(value % HELD_OUT, 1), value


def _report(
    text: str,
    ready: TrainingText,
    parts: tuple[list[str], list[str]],
    level: str,
    sequences: str,
    guessed: tuple[str, ...],
    dropped: dict[str, int],
) -> Report:
    training_tokens, held_out_tokens = (sum(map(len, part)) for part in (ready.training, ready.held_out))
    notes = []
    if held_out_tokens < 1000:
        notes.append(
            f"only {held_out_tokens} tokens are held out, so their loss is a rough guide; more text makes it a fair one"
        )
    if sequences != "stream" and sum(dropped.values()) - dropped.get("empty", 0) > 0.2 * sum(map(len, parts)):
        notes.append("much is left out; other sequences (lines, sentences or stream) may keep more")
    return Report(
        level,
        sequences,
        guessed,
        len(text),
        sum(map(len, parts)),
        len(set(parts[0]) | set(parts[1])),
        dropped,
        len(parts[0]),
        training_tokens,
        len(parts[1]),
        held_out_tokens,
        len(ready.vocabulary),
        len(set(ready.unknown_words[0])),
        len(ready.unknown_words[0]) / (training_tokens - (0 if ready.stream else len(ready.training))),
        tuple(notes),
    )
