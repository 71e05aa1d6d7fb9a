"""From raw text to what is trained on: one function a corpus, raw files in, clean pieces out.

A piece is a sequence with an end (a sentence, a name, a poem), or, for a text without ends, a passage of it. Clean
means that what a model learns to write looks right to a reader: whole sentences with a capital letter and a final
sign, plain quotes and dashes, no headers, no stage machinery of the source file.
"""

import json
import re
from collections.abc import Iterable

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "—": " -- ", "\u00a0": " "})
_REMARK = re.compile(r"[(\[](?:applause|laughter|sic|inaudible)[^)\]]*[)\]]", re.IGNORECASE)
# "in Washington-and this House": the source writes some dashes as a hyphen. After one of these words it is a dash.
_HYPHEN_DASH = re.compile(
    r"(?<![\w-])(\w[\w']*)-(and|but|the|it|this|that|our|not|we|for|is|are|a|or|with|I|as|they|he|who|which|if|have|will|must)"
    r"(?![\w-])"
)
_SENTENCE_END = re.compile(
    r"""(?<![A-Z]\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bNo\.)(?<!\bJr\.)(?<!\bGen\.)
    (?<!\bSen\.)(?<!\bRep\.)(?<!\bSgt\.)(?<!\bLt\.)(?<!\bCol\.)(?:(?<=[.?!])|(?<=[.?!]["']))\ +(?=["'A-Z0-9])""",
    re.VERBOSE,
)
_ORDINARY_SENTENCE = re.compile(r"""["']?[A-Z][A-Za-z0-9 .,;:?!'"$%&-]*[a-z][A-Za-z0-9 .,;:?!'"$%&-]*[.?!]["']?""")


def sentences(files: Iterable[str]) -> list[str]:
    """English sentences of running text, as they come, each from its capital letter to its final sign.

    What is not a plain sentence (tables, lists, brackets, foreign letters) is left out.
    """
    found = []
    for text in files:
        text = _REMARK.sub(" ", text.translate(_PLAIN))
        text = _HYPHEN_DASH.sub(r"\1 -- \2", text)
        text = re.sub(r" *--+ *", " -- ", text)
        text = re.sub(r"[\[\]]", "", text)  # "[as] the family goes": a word the editor put in
        text = re.sub(r"\s+", " ", text).strip()
        for sentence in _SENTENCE_END.split(text):
            if sentence.count('"') % 2:  # the quotation goes on in another sentence
                sentence = sentence.replace('"', "")
            if _ORDINARY_SENTENCE.fullmatch(sentence) and ".." not in sentence and not re.search(r"\d \$?\d", sentence):
                found.append(sentence)
    return found


def basic_english(files: Iterable[str]) -> list[str]:
    """The clauses of the Bible in Basic English, cut at . ? ! ; and :, each with a capital letter and a final sign."""
    found = []
    for source in files:
        text = source.split('"""')[1]
        text = re.sub(r"\\+(?:\d+:\d+\\+)?", " ", text)  # verse numbers
        text = re.sub(r"\(Selah\.\)|\*+|\[[^\]]*\]", " ", text)
        text = re.sub(r"\s+", " ", text)
        for clause, sign in re.findall(r"([^.?!;:]+)([.?!;:])", text):
            clause = clause.strip(" ,-'")
            if re.fullmatch(r"[A-Za-z][A-Za-z ,'-]*", clause) and " " in clause:
                found.append(clause[0].upper() + clause[1:] + (sign if sign in "?!" else "."))
    return found


def plays(files: Iterable[str]) -> list[str]:
    """Passages of plays and poems, line ends kept; title, list of persons and editor's marks left out.

    A passage ends at the first blank line after 4,000 characters: long enough to be held out as a whole.
    """
    passages = []
    for text in files:
        text = text.replace("\r", "").translate(_PLAIN)
        opening = re.search(r"(?m)^(?:ACT I\b|Act I\b|ACT FIRST|PROLOGUE|INDUCTION)", text)
        text = text[opening.start() :] if opening else text.split("by William Shakespeare", 1)[-1]
        text = re.sub(r"[_*@{}/]", "", text)
        text = re.sub(r"[ \t]+", " ", text)
        text = re.sub(r" ?\n ?", "\n", text)
        text = re.sub(r"\n{3,}", "\n\n", text).strip()
        passage = []
        for paragraph in text.split("\n\n"):
            passage.append(paragraph + "\n\n")
            if sum(map(len, passage)) >= 4000:
                passages.append("".join(passage))
                passage = []
        passages += ["".join(passage)] if passage else []
    return passages


def dinosaurs(files: Iterable[str]) -> list[str]:
    """The names of the list, each once, letters of both cases."""
    return [name for text in files for name in dict.fromkeys(json.loads(text)["dinosaurs"]) if name.isalpha()]


def quatrains(files: Iterable[str]) -> list[str]:
    """Poems of two couplets, all lines of 5 or all of 7 characters, in simplified characters, as they are printed.

    Only poems that lie wholly within the 3,000 commonest characters of them all, so that no <UNK> is needed.
    Needs the package opencc for the simplified characters; raises ModuleNotFoundError without it.
    """
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    poems = []
    for text in files:
        for poem in json.loads(text):
            lines = [simplify(line) for line in poem["paragraphs"]]
            if len(lines) == 2 and any(
                all(re.fullmatch(rf"[一-鿿]{{{n}}}，[一-鿿]{{{n}}}。", line) for line in lines) for n in (5, 7)
            ):
                poems.append("\n".join(lines))
    counts: dict[str, int] = {}
    for character in "".join(poems):
        counts[character] = counts.get(character, 0) + 1
    common = set(sorted(counts, key=lambda character: (-counts[character], character))[:3000])
    return [poem for poem in dict.fromkeys(poems) if common.issuperset(poem)]
