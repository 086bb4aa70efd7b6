"""Writes the goldens of a language: what spaCy, or natasha for Russian, says of texts of our own, as columns of numbers, compressed
with zlib.

    write.py en|fr|fr-md|ru
    write.py en-md|kk FOLDER    the unpacked pipeline, or the folder that training/kazakh/train.py wrote
"""

import json
import sys
import zlib
from importlib.metadata import version

from compare import original, own_texts

COUNT = {"en": 900, "fr": 700, "kk": 900, "ru": 850}


def golden(annotate, inputs: list[str], file: str, program: str = "spacy") -> str:
    names: dict[str, int] = {}
    columns = ["gap", "len", "sentence", "head", "dep", "tag", "pos", "morph", "lemma"]
    docs, tokens, sentences, entities = [], 0, 0, 0
    for text in inputs:
        gold = annotate(text)
        doc = {"text": text, "entities": [[a, b, names.setdefault(l, len(names))] for a, b, l in gold["entities"]]}
        out = {name: [] for name in columns}
        at = 0
        for i, (start, end, sentence, head, *labels) in enumerate(gold["tokens"]):
            row = [start - at, end - start, int(sentence), head - i, *(names.setdefault(l, len(names)) for l in labels)]
            for name, value in zip(columns, row, strict=True):
                out[name].append(value)
            at = end
        docs.append(doc | out)
        tokens += len(gold["tokens"])
        sentences += sum(t[2] for t in gold["tokens"])
        entities += len(gold["entities"])
    root = {program: version(program), "names": list(names), "docs": docs}
    data = zlib.compress(json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode("utf8"), 9)
    with open(file, "wb") as out_file:
        out_file.write(data)
    return f"{len(docs)} texts, {tokens} tokens, {sentences} sentences, {entities} entities, {len(data)} bytes"


def main() -> None:
    name = sys.argv[1]
    lang = name.split("-")[0]
    program = "natasha" if lang == "ru" else "spacy"
    annotate = original(name, "all", sys.argv[2] if len(sys.argv) > 2 else None)
    print(name, golden(annotate, own_texts(lang, COUNT[lang]), f"{name}.json.z", program))


if __name__ == "__main__":
    main()
