"""What natasha says of a text, in the form of the program `annotate`: offsets are bytes."""

import os

# Its products are small: with more threads than one they wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from natasha import Doc, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter  # noqa: E402


class Natasha:
    def __init__(self) -> None:
        emb = NewsEmbedding()
        self.segmenter, self.ner = Segmenter(), NewsNERTagger(emb)
        self.morph, self.syntax = NewsMorphTagger(emb), NewsSyntaxParser(emb)

    def annotate(self, text: str, whole: bool = True) -> Doc | None:
        """Nothing for a text of white space, at which natasha's taggers stop with an error."""
        if not text.strip():
            return None
        doc = Doc(text)
        doc.segment(self.segmenter)
        if whole:
            doc.tag_morph(self.morph)
            doc.parse_syntax(self.syntax)
        doc.tag_ner(self.ner)
        return doc


def of_natasha(doc: Doc | None) -> dict:
    if doc is None:
        return {"tokens": [], "entities": []}
    offsets, at = [], 0
    for c in doc.text:
        offsets.append(at)
        at += len(c.encode("utf8"))
    offsets.append(at)
    numbers = {id(t): i for i, t in enumerate(doc.tokens)}
    tokens = []
    for sent in doc.sents:
        for t in sent.tokens:
            i = numbers[id(t)]
            # Without the step for dependencies there is no head.
            head = int(t.head_id.split("_")[1]) if t.head_id else 0
            head = i if head == 0 else numbers[id(sent.tokens[head - 1])]
            morph = "|".join(f"{k}={v}" for k, v in t.feats.items())
            tag = f"{t.pos}|{morph}" if morph else t.pos
            tokens.append([offsets[t.start], offsets[t.stop], t is sent.tokens[0], head, t.rel, tag, t.pos, morph, ""])
    assert len(tokens) == len(doc.tokens)
    entities = [[numbers[id(s.tokens[0])], numbers[id(s.tokens[-1])] + 1, s.type] for s in doc.spans]
    return {"tokens": tokens, "entities": entities}
