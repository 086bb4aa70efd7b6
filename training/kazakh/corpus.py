"""Reads KazNERD, makes running text of its words, and parts it into what is learned from and what is held back."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The classes of KazNERD and the names that they get: those of other pipelines where such have the class. NON_HUMAN, of which there is
# one, is left out. The pipeline tells the wanted kinds; learning the others too was tried and did not help.
KINDS = {
    "PERSON": "PER", "ORGANISATION": "ORG", "GPE": "LOC", "LOCATION": "LOC", "FACILITY": "LOC", "NORP": "NORP", "LAW": "LAW", "POSITION": "POSITION",
    "DATE": "DATE", "TIME": "TIME", "CARDINAL": "CARDINAL", "ORDINAL": "ORDINAL", "MONEY": "MONEY", "PERCENTAGE": "PERCENT", "QUANTITY": "QUANTITY",
    "EVENT": "EVENT", "PROJECT": "PROJECT", "ART": "WORK_OF_ART", "PRODUCT": "PRODUCT", "LANGUAGE": "LANGUAGE", "DISEASE": "DISEASE",
    "CONTACT": "CONTACT", "ADAGE": "ADAGE", "MISCELLANEOUS": "MISC",
}
WANTED = ("PER", "LOC", "ORG")
NO_SPACE_BEFORE = set(".,?!:;»)]")
NO_SPACE_AFTER = set("«([")
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Sentence:
    """Words, and the entities among them as (first, end, kind)."""

    words: tuple[str, ...]
    entities: tuple[Span, ...]

    def part(self) -> str:
        """By a hash of the words: a sentence that comes twice falls into one part."""
        n = hashlib.sha256(" ".join(self.words).encode("utf8")).digest()[0] % 10
        return {0: "test", 1: "dev"}.get(n, "train")


def read(path: Path, others: bool) -> Iterator[Sentence]:
    """The sentences of a file, with the entities of the wanted kinds or of the others too."""
    for block in path.read_text(encoding="utf8").strip().split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.split("\n")]
        entities: list[Span] = []
        for i, (_, tag) in enumerate(rows):
            kind = tag[2:]
            if tag.startswith("B-"):
                entities.append((i, i + 1, kind))
            elif tag.startswith("I-") and entities and entities[-1][1:] == (i, kind):
                entities[-1] = (entities[-1][0], i + 1, kind)
        named = [(a, b, KINDS.get(kind)) for a, b, kind in entities]
        kept = tuple(entity for entity in named if entity[2] in WANTED or (others and entity[2]))
        yield Sentence(tuple(word for word, _ in rows), kept)


def parts(path: Path, others: bool) -> dict[str, list[Sentence]]:
    out: dict[str, list[Sentence]] = {"train": [], "dev": [], "test": []}
    for sentence in read(path, others):
        out[sentence.part()].append(sentence)
    return out


def text(sentence: Sentence) -> tuple[str, list[Span]]:
    """Running text, with the entities at characters of it."""
    out, places = "", []
    for i, word in enumerate(sentence.words):
        glued = word in NO_SPACE_BEFORE or word.startswith("%") or (i > 0 and sentence.words[i - 1] in NO_SPACE_AFTER)
        if out and not glued:
            out += " "
        places.append((len(out), len(out) + len(word)))
        out += word
    return out, [(places[a][0], places[b - 1][1], kind) for a, b, kind in sentence.entities]


QUOTES = {"“": ("“", "”"), '"': ('"', '"'), "„": ("„", "“")}
LETTERS = "АБВГҒДЕЖЗИКҚЛМНОӨПРСТУҰХШЫІЭЮЯ"
# Words as official papers shorten them.
SHORT = {
    "жылғы": "ж.", "жылы": "ж.", "жылдың": "ж.", "жылдары": "жж.", "миллион": "млн.", "миллиард": "млрд.", "теңге": "тг.", "облысы": "обл.",
    "ауданы": "ауд.", "көшесі": "көш.", "қаласы": "қ.", "мысалы": "мыс.", "профессор": "проф.", "академик": "акад.",
}


def varied(sentence: Sentence, rng: random.Random, strength: float) -> Sentence:
    """The sentence as other papers would write it: other quotation marks, initials for first names, short forms, capitals."""
    words, entities = list(sentence.words), list(sentence.entities)
    if "«" in words and rng.random() < 0.4 * strength:
        left, right = QUOTES[rng.choice(['“', '"', '"', "„"])]
        words = [{"«": left, "»": right}.get(word, word) for word in words]
    for i, word in enumerate(words[:-2]):
        if word.lower() in SHORT and rng.random() < 0.2 * strength:
            words[i] = SHORT[word.lower()]
    for first, end, kind in entities:
        if kind == "PER" and end - first > 1 and words[first][:1].isupper() and rng.random() < 0.15 * strength:
            words[first] = rng.choice([f"{words[first][0]}.", f"{words[first][0]}.{rng.choice(LETTERS)}."])
    if rng.random() < 0.05 * strength:
        words = [word.upper() for word in words]
    return Sentence(tuple(words), tuple(entities))


def joined(sentences: list[Sentence], rng: random.Random) -> tuple[str, list[Span], list[int]]:
    """Several sentences as one text, with the entities and with the places where sentences begin."""
    out, spans, starts = "", [], []
    for sentence in sentences:
        body, entities = text(sentence)
        if out:
            out += rng.choice([" ", " ", " ", " ", "\n", "\n\n"])
        starts.append(len(out))
        spans += [(a + len(out), b + len(out), kind) for a, b, kind in entities]
        out += body
    return out, spans, starts
