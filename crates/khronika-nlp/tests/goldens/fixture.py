"""Trains the two small pipelines whose word vectors the published small ones lack, and writes them and their goldens.

    fixture.py            small-floret.zip, small-vectors.zip and a .json.z for each

They are trained on a few sentences of our own for a few seconds: they are there to show that the loader computes what spaCy computes,
not to find anything. Training is not repeatable to the last bit, so a run changes all four files.
"""

import random
import tempfile
import zipfile
from pathlib import Path

import numpy
import spacy
from spacy.training import Example
from spacy.vectors import Vectors

from texts import ODD, texts
from write import golden

SENTENCES = [
    ("Суддя Олена Гончар виїхала до Полтави.", [(6, 18, "PER"), (29, 36, "LOC")]),
    ("Банк «Нордвинд» подав позов у Києві.", [(0, 15, "ORG"), (30, 35, "LOC")]),
    ("Іван Дорошенко та Марія Кравець мовчали.", [(0, 14, "PER"), (18, 31, "PER")]),
    ("У Харкові відбувся суд.", [(2, 9, "LOC")]),
    ("Верховний Суд скасував рішення.", [(0, 13, "ORG")]),
    ("Judge Almira Toth left Geneva.", [(6, 17, "PER"), (23, 29, "LOC")]),
    ("Norwind Bank sued Ivan Kozlov in London.", [(0, 12, "ORG"), (18, 29, "PER"), (33, 39, "LOC")]),
]
CONFIG = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": 32,
        "maxout_pieces": 2, "use_upper": True, "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": 24, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                      "rows": [200, 100, 100, 100], "include_static_vectors": True},
            "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 24, "depth": 3, "window_size": 1, "maxout_pieces": 3},
        },
    }
}


def train(lang: str, floret: bool) -> spacy.Language:
    random.seed(1)
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank(lang)
    table = numpy.random.default_rng(1).normal(size=(150, 20)).astype("float32")
    if floret:
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=table, mode="floret", minn=2, maxn=4, hash_count=2,
                                    hash_seed=2166136261, bow="<", eow=">")
    else:
        words = sorted({w for text, _ in SENTENCES for w in text.replace(".", " .").split()} | {",", "the", "of"})
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=table[: len(words)], keys=words)
    nlp.add_pipe("ner", config=CONFIG)
    examples = [Example.from_dict(nlp.make_doc(t), {"entities": e}) for t, e in SENTENCES]
    nlp.initialize(lambda: examples)
    for _ in range(40):
        random.shuffle(examples)
        nlp.update(examples, drop=0.1)
    return nlp


def main() -> None:
    for name, lang, floret in [("small-floret", "uk", True), ("small-vectors", "en", False)]:
        nlp = train(lang, floret)
        with tempfile.TemporaryDirectory() as folder:
            nlp.to_disk(folder)
            with zipfile.ZipFile(f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for file in sorted(Path(folder).rglob("*")):
                    if file.is_file() and file.name != "strings.json":
                        archive.write(file, f"{name}/{file.relative_to(folder)}")
            inputs = [text for text, _ in SENTENCES] + ODD + texts("en", 150)[len(ODD):] + texts("fr", 120)[len(ODD):]
            print(name, golden(spacy.load(folder), inputs, f"{name}.json.z"))


if __name__ == "__main__":
    main()
