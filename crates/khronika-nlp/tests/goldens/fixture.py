"""Trains small pipelines with what the published small ones lack, and writes them and their goldens.

    fixture.py [NAME …]   small-floret.zip, small-vectors.zip, small-steps.zip and a .json.z for each

The third has the steps of the published Ukrainian, German and Polish pipelines: floret vectors, tags, morphology, tree, base forms by edit
trees and by a dictionary that is not in the package, rules, sentences, entities.

They are trained on a few sentences of our own for a few seconds: they are there to show that the loader computes what spaCy computes,
not to find anything. Training is not repeatable to the last bit, so a run changes all of these files.
"""

import json
import random
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy
import spacy
from spacy.training import Example
from spacy.vectors import Vectors

from compare import of_spacy
from texts import ODD, texts
from write import golden

SENTENCES = [
    ("Суддя Олена Гончар виїхала до Полтави.", [(6, 18, "PER"), (30, 37, "LOC")]),
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


def small_vectors(nlp: spacy.Language) -> Vectors:
    table = numpy.random.default_rng(1).normal(size=(150, 20)).astype("float32")
    return Vectors(strings=nlp.vocab.strings, data=table, mode="floret", minn=2, maxn=4, hash_count=2, hash_seed=2166136261, bow="<", eow=">")


def train(lang: str, floret: bool) -> spacy.Language:
    random.seed(1)
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank(lang)
    if floret:
        nlp.vocab.vectors = small_vectors(nlp)
    else:
        table = numpy.random.default_rng(1).normal(size=(150, 20)).astype("float32")
        words = sorted({w for text, _ in SENTENCES for w in text.replace(".", " .").split()} | {",", "the", "of"})
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=table[: len(words)], keys=words)
    nlp.add_pipe("ner", config=CONFIG)
    examples = [Example.from_dict(nlp.make_doc(t), {"entities": e}) for t, e in SENTENCES]
    nlp.initialize(lambda: examples)
    for _ in range(40):
        random.shuffle(examples)
        nlp.update(examples, drop=0.1)
    return nlp


NOUNS = [("суддя", "суддю", "Masc"), ("рішення", "рішення", "Neut"), ("адвокатка", "адвокатку", "Fem"), ("скарга", "скаргу", "Fem"), ("свідок", "свідка", "Masc")]
ADJECTIVES = {"Masc": ("новий", "нового"), "Fem": ("нова", "нову"), "Neut": ("нове", "нове")}
VERBS = {"Masc": ["читав", "бачив", "знав"], "Fem": ["читала", "бачила", "знала"], "Neut": ["читало", "бачило", "знало"]}
VERB_LEMMAS = ["читати", "бачити", "знати"]


def sentence(rng: random.Random) -> list[tuple]:
    """Words as (text, lemma, tag, part of speech, morphology, head, relation)."""
    (who, _, gender), (whom_lemma, whom, other) = rng.choice(NOUNS), rng.choice(NOUNS)
    n = rng.randrange(3)
    rows = [(ADJECTIVES[gender][0], "новий", "A", "ADJ", f"Case=Nom|Gender={gender}", 1, "amod")] if rng.random() < 0.5 else []
    noun = len(rows)
    rows.append((who, who, "N", "NOUN", f"Case=Nom|Gender={gender}", noun + 1, "nsubj"))
    rows.append((VERBS[gender][n], VERB_LEMMAS[n], "V", "VERB", f"Gender={gender}|Tense=Past", noun + 1, "ROOT"))
    if rng.random() < 0.5:
        rows.append((ADJECTIVES[other][1], "новий", "A", "ADJ", f"Case=Acc|Gender={other}", noun + 3, "amod"))
    rows.append((whom, whom_lemma, "N", "NOUN", f"Case=Acc|Gender={other}", noun + 1, "obj"))
    rows.append((".", ".", "P", "PUNCT", "PunctType=Peri", noun + 1, "punct"))
    return [(rows[0][0].capitalize(), *rows[0][1:]), *rows[1:]]


def steps() -> spacy.Language:
    rng = random.Random(1)
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("uk")
    nlp.vocab.vectors = small_vectors(nlp)
    layers = json.loads(json.dumps(CONFIG["model"]["tok2vec"]))
    layers["embed"] |= {"width": 16, "rows": [100, 50, 50, 50]}
    layers["encode"] |= {"width": 16, "depth": 2}
    nlp.add_pipe("tok2vec", config={"model": layers})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "*"}
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}
    parser = {**CONFIG["model"], "state_type": "parser", "hidden_width": 16, "tok2vec": listener}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "top_k": 3, "min_tree_freq": 1})
    own = json.loads(json.dumps(layers))
    own["embed"]["include_static_vectors"] = False
    nlp.add_pipe("senter", config={"model": {**tagger, "tok2vec": own}})
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add(patterns=[[{"IS_SPACE": True}]], attrs={"TAG": "_SP", "POS": "SPACE", "LEMMA": " "})
    ruler.add(patterns=[[{"TAG": "N", "MORPH": "Case=Acc|Gender=Fem"}, {"TAG": {"IN": ["P"]}}]], attrs={"MORPH": "Case=Acc|Number=Sing"}, index=0)
    nlp.add_pipe("ner", config={"model": {**CONFIG["model"], "tok2vec": layers}})
    examples = []
    for _ in range(120):
        rows = [row for _ in range(rng.randint(1, 3)) for row in [sentence(rng)]]
        words, heads, starts, at = [], [], [], 0
        for row in rows:
            heads += [at + word[5] for word in row]
            starts += [1] + [-1] * (len(row) - 1)
            words += row
            at += len(row)
        body = " ".join(word[0] for word in words).replace(" .", ".")
        gold = {"words": [word[0] for word in words], "heads": heads, "deps": [word[6] for word in words], "sent_starts": starts,
                "tags": [w[2] for w in words], "pos": [w[3] for w in words], "morphs": [w[4] for w in words], "lemmas": [w[1] for w in words]}
        examples.append(Example.from_dict(nlp.make_doc(body), gold))
    examples += [Example.from_dict(nlp.make_doc(t), {"entities": e}) for t, e in SENTENCES for _ in range(6)]
    nlp.initialize(lambda: examples)
    for _ in range(12):
        rng.shuffle(examples)
        for batch in spacy.util.minibatch(examples, 16):
            nlp.update(batch, drop=0.1)
    return nlp


def write(name: str, nlp: spacy.Language, inputs: list[str], config: dict[str, str]) -> None:
    """Writes a pipeline and its golden. `config` says which texts to replace in its configuration afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder)
        saved = spacy.load(folder)
        print(name, golden(lambda text: of_spacy(saved(text)), inputs, f"{name}.json.z"))
        path = Path(folder, "config.cfg")
        text = path.read_text(encoding="utf8")
        for old, new in config.items():
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf8")
        # Only trees of edits need the strings.
        unwanted = set() if "trainable_lemmatizer" in nlp.pipe_names else {"strings.json"}
        with zipfile.ZipFile(f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).rglob("*")):
                if file.is_file() and file.name not in unwanted:
                    archive.write(file, f"{name}/{file.relative_to(folder)}")


def main() -> None:
    odd = ODD + texts("en", 150)[len(ODD):] + texts("fr", 120)[len(ODD):]
    known = [text for text, _ in SENTENCES]
    only = sys.argv[1:]
    for name, lang, floret in [("small-floret", "uk", True), ("small-vectors", "en", False)]:
        if not only or name in only:
            write(name, train(lang, floret), known + odd, {})
    if not only or "small-steps" in only:
        rng = random.Random(2)
        made = [" ".join(word[0] for row in range(rng.randint(1, 4)) for word in sentence(rng)).replace(" .", ".") for _ in range(80)]
        # The published pipelines look base forms up in a dictionary that is a program of its own.
        step = '[components.lemmatizer]\nfactory = "lemmatizer"\nmode = "pymorphy3"\n\n[components.attribute_ruler]'
        config = {'"attribute_ruler",': '"attribute_ruler","lemmatizer",', "[components.attribute_ruler]": step}
        write("small-steps", steps(), made + known + odd, config)


if __name__ == "__main__":
    main()
