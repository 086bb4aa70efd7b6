"""Precision, recall and F1 on sentences that were held back.

    measure.py DATA PIPELINE
"""

import json
import random
import sys
from pathlib import Path

import spacy

from corpus import WANTED, Sentence, joined, parts, text


def figures(hits: int, found: int, wanted: int) -> dict:
    p, r = hits / max(found, 1), hits / max(wanted, 1)
    return {"p": p, "r": r, "f": 2 * p * r / max(p + r, 1e-9), "wanted": wanted}


def names(nlp: spacy.Language, held: list[Sentence]) -> dict:
    """Entities by kind: right if both ends and the kind are. "all" counts the three kinds together, "span" without the kind, "other" the rest."""
    texts = [text(sentence) for sentence in held]
    counts = {kind: [0, 0, 0] for kind in (*WANTED, "all", "span", "other")}

    def count(key: str, found: set, gold: set) -> None:
        counts[key] = [a + b for a, b in zip(counts[key], (len(found & gold), len(found), len(gold)), strict=True)]

    for doc, (_, wanted) in zip(nlp.pipe(body for body, _ in texts), texts, strict=True):
        found, gold = {(e.start_char, e.end_char, e.label_) for e in doc.ents}, set(wanted)
        for kind in WANTED:
            count(kind, {e for e in found if e[2] == kind}, {e for e in gold if e[2] == kind})
        f, g = {e for e in found if e[2] in WANTED}, {e for e in gold if e[2] in WANTED}
        count("all", f, g)
        count("span", {e[:2] for e in f}, {e[:2] for e in g})
        count("other", found - f, gold - g)
    return {kind: figures(*numbers) for kind, numbers in counts.items()}


def sentences(nlp: spacy.Language, held: list[Sentence]) -> dict:
    """Where sentences begin, the first of a text left out: there is nothing to find."""
    rng = random.Random(7)
    rest, counts = list(held), [0, 0, 0]
    while rest:
        count = rng.randint(2, 6)
        body, _, starts = joined(rest[:count], rng)
        rest = rest[count:]
        doc = nlp(body)
        found = {s.start_char for s in doc.sents} - {0}
        gold = set(starts) - {0}
        counts = [a + b for a, b in zip(counts, (len(found & gold), len(found), len(gold)), strict=True)]
    return figures(*counts)


def main() -> None:
    import language  # noqa: F401

    held = parts(Path(sys.argv[1]), others=False)["test"]
    nlp = spacy.load(sys.argv[2])
    print(json.dumps({"sentences held back": len(held), "names": names(nlp, held), "starts": sentences(nlp, held)}, indent=1))


if __name__ == "__main__":
    main()
