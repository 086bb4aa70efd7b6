"""Trains the Kazakh pipeline: sentence boundaries and names of persons, places and organisations.

    train.py DATA OUT       DATA is IOB2_valid.txt of KazNERD; OUT becomes a folder in the layout of a spaCy package, and an archive of it
                            is written beside it
"""

import argparse
import json
import random
import time
import zipfile
from pathlib import Path

import spacy
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import fix_random_seed
from thinc.api import Adam, compounding

import language  # noqa: F401  (registers Kazakh)
from corpus import Sentence, joined, parts, varied
from measure import names, sentences

SEED = 1


def tok2vec(width: int, depth: int, pieces: int, attrs: list[str], rows: list[int]) -> dict:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": width, "attrs": attrs, "rows": rows, "include_static_vectors": False},
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": depth, "window_size": 1, "maxout_pieces": pieces},
    }


# The shapes of spaCy's small English pipeline.
NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": 64,
        "maxout_pieces": 2, "use_upper": True, "nO": None,
        "tok2vec": tok2vec(96, 4, 3, ["NORM", "PREFIX", "SUFFIX", "SHAPE"], [5000, 1000, 2500, 2500]),
    }
}
SENTER = {
    "model": {
        "@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False,
        "tok2vec": tok2vec(16, 2, 2, ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY"], [1000, 500, 500, 500, 50]),
    }
}


def groups(sentences: list[Sentence], rng: random.Random, strength: float, most: int) -> list[list[Sentence]]:
    """All sentences in a new order, varied, alone or several together."""
    order = [varied(s, rng, strength) for s in rng.sample(sentences, len(sentences))]
    out = []
    while order:
        count = 1 if rng.random() < 0.5 else rng.randint(2, most)
        out.append(order[:count])
        order = order[count:]
    return out


def ner_examples(nlp: spacy.Language, sentences: list[Sentence], rng: random.Random, strength: float) -> list[Example]:
    out = []
    for group in groups(sentences, rng, strength, 4):
        body, spans, _ = joined(group, rng)
        doc = nlp.make_doc(body)
        fit = [(a, b, kind) for a, b, kind in spans if doc.char_span(a, b) is not None]
        out.append(Example.from_dict(doc, {"entities": fit}))
    return out


def senter_examples(nlp: spacy.Language, sentences: list[Sentence], rng: random.Random, strength: float) -> list[Example]:
    out = []
    for group in groups(sentences, rng, strength, 8):
        if rng.random() < 0.15:
            # A heading has no full stop: the next line begins a sentence all the same.
            head, *rest = group
            head = Sentence(head.words[:-1] if head.words[-1] == "." else head.words, ())
            body, _, starts = joined([head], rng)
            if rest:
                more, _, later = joined(rest, rng)
                starts += [start + len(body) + 1 for start in later]
                body += "\n" + more
        else:
            body, _, starts = joined(group, rng)
        doc = nlp.make_doc(body)
        out.append(Example.from_dict(doc, {"sent_starts": [1 if token.idx in starts else -1 for token in doc]}))
    return out


def train(nlp: spacy.Language, make, data: dict, score, *, epochs: int, patience: int, dropout: float, strength: float) -> None:
    """Trains the one step of a pipeline until its score on the held-back sentences stops rising; keeps the best weights."""
    rng = random.Random(SEED)
    nlp.initialize(lambda: make(nlp, data["train"], random.Random(SEED), 0.0))
    optimizer = Adam(learn_rate=0.001, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    sizes = compounding(100.0, 1000.0, 1.001)
    best, since, kept = -1.0, 0, None
    for epoch in range(1, epochs + 1):
        began, losses = time.monotonic(), {}
        for batch in minibatch_by_words(make(nlp, data["train"], rng, strength), size=sizes, tolerance=0.2):
            nlp.update(batch, sgd=optimizer, drop=dropout, losses=losses)
        with nlp.use_params(optimizer.averages):
            now = score(nlp, data["dev"])
            since = 0 if now > best else since + 1
            if now >= best:
                best, kept = now, nlp.to_bytes()
        print(f"{nlp.pipe_names[0]} epoch {epoch}: loss {sum(losses.values()):.0f}, dev {now:.4f}, {time.monotonic() - began:.0f} s", flush=True)
        if since >= patience:
            break
    nlp.from_bytes(kept)


ABOUT = {
    "name": "khronika_ner",
    "version": "0.1.0",
    "description": "Sentence boundaries and named entities of Kazakh, trained on KazNERD",
    "author": "khronika",
    "license": "CC BY 4.0",
    "email": "",
    "url": "",
}
NOTICE = """kk_khronika_ner 0.1.0: weights of a pipeline for Kazakh. Licence: Creative Commons Attribution 4.0 International (CC BY 4.0),
https://creativecommons.org/licenses/by/4.0/

They were trained on a part of KazNERD (github.com/IS2AI/KazNERD, commit bd4333d0f5952b9fafb2ef2ac2fefa0ad3c0333f, file IOB2_valid.txt),
which is Copyright (C) Institute of Smart Systems and Artificial Intelligence, Nazarbayev University, under CC BY 4.0:
Rustem Yeshpanov, Yerbolat Khassanov, Huseyin Atakan Varol: KazNERD: Kazakh Named Entity Recognition Dataset. LREC 2022.
Changes: PERSON is called PER, ORGANISATION is called ORG, GPE, LOCATION and FACILITY are called LOC; sentences were varied and joined while
training. The weights hold none of the sentences. None of the makers of KazNERD endorses them.
"""


def write(nlp: spacy.Language, out: Path) -> None:
    """The pipeline's folder, and beside it an archive of it whose bytes depend on nothing but the files."""
    nlp.meta.update(ABOUT)
    nlp.to_disk(out)
    (out / "NOTICE").write_text(NOTICE, encoding="utf8")
    name = f"kk_{ABOUT['name']}-{ABOUT['version']}"
    with zipfile.ZipFile(out.parent / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(out.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(f"{name}/{file.relative_to(out)}", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes())


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("data", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--epochs", type=int, default=20)
    args.add_argument("--patience", type=int, default=6)
    args.add_argument("--dropout", type=float, default=0.2)
    args.add_argument("--strength", type=float, default=1.0, help="how much the sentences are varied")
    args.add_argument("--others", action="store_true", help="learn the other classes too")
    args = args.parse_args()
    data = parts(args.data, args.others)
    fix_random_seed(SEED)
    senter = spacy.blank("kk")
    senter.add_pipe("senter", config=SENTER)
    train(senter, senter_examples, data, lambda nlp, held: sentences(nlp, held)["f"], epochs=4, patience=3, dropout=0.1, strength=args.strength)
    fix_random_seed(SEED)
    nlp = spacy.blank("kk")
    nlp.add_pipe("ner", config=NER)
    train(nlp, ner_examples, data, lambda nlp, held: names(nlp, held)["all"]["f"], epochs=args.epochs, patience=args.patience,
          dropout=args.dropout, strength=args.strength)
    nlp.add_pipe("senter", source=senter, first=True)
    write(nlp, args.out)
    counts = {name: len(held) for name, held in data.items()}
    print(json.dumps({"sentences": counts, "names": names(nlp, data["test"]), "starts": sentences(nlp, data["test"])}, indent=1))


if __name__ == "__main__":
    main()
