"""Kazakh for spaCy, which has no such language: what the tokenizer needs, and nothing else.

A pipeline of this language can be loaded where this module was imported before. khronika needs only the files of the pipeline: the
patterns are written into its file `tokenizer`.
"""

import spacy
from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    CURRENCY,
    LIST_CURRENCY,
    LIST_ELLIPSES,
    LIST_ICONS,
    LIST_PUNCT,
    LIST_QUOTES,
    PUNCT,
)
from spacy.language import BaseDefaults, Language
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.symbols import ORTH

# spaCy's classes of letters lack the three that only Kazakh has.
LOWER, UPPER = ALPHA_LOWER + "ғқұ", ALPHA_UPPER + "ҒҚҰ"
LETTER = ALPHA + "ғқұҒҚҰ"
# A hyphen belongs to the word (Қасым-Жомарт, іс-шара, 15-і); dashes do not.
DASHES = "–|—|--|---|——|~"

PREFIXES = ["§", "%", "=", "—", "–", r"\+(?![0-9])", *LIST_PUNCT, *LIST_ELLIPSES, *LIST_QUOTES, *LIST_CURRENCY, *LIST_ICONS]
SUFFIXES = [
    *LIST_PUNCT,
    *LIST_ELLIPSES,
    *LIST_QUOTES,
    *LIST_ICONS,
    "—",
    "–",
    r"(?<=[0-9])\+",
    r"(?<=°[FfCcKk])\.",
    rf"(?<=[0-9])(?:{CURRENCY})",
    r"(?<=[0-9])%",
    rf"(?<=[0-9{LOWER}%²\-\+{PUNCT}(?:{CONCAT_QUOTES})])\.",
    rf"(?<=[{UPPER}][{UPPER}])\.",
]
INFIXES = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    r"(?<=[0-9])[+\*^](?=[0-9-])",
    rf"(?<=[{LOWER}{CONCAT_QUOTES}])\.(?=[{UPPER}{CONCAT_QUOTES}])",
    rf"(?<=[{LETTER}])[,!?/()]+(?=[{LETTER}])",
    rf"(?<=[{LETTER}])(?:{DASHES})(?=[{LETTER}])",
    rf"(?<=[{LETTER}0-9])[:<>=/](?=[{LETTER}])",
    # The ending of a name in quotes: «Қайнар»дың, "Қайнар"-ға.
    rf"(?<=[{LETTER}0-9])[{CONCAT_QUOTES}]+(?=-?[{LETTER}])",
]
# Abbreviations that keep their full stop, and the same with a capital.
SHORT = (
    "т.б. т.с.с. т.т. ж. жж. ғ. ғғ. б.з. б.з.д. млн. млрд. трлн. обл. ауд. көш. қ. с. м. п. б. бет. т. тг. проф. акад. доц. канд. докт. "
    "ред. құраст. мыс. ғ.к. т.ғ.д. з.ғ.к. кв. шағ."
).split()


def exceptions() -> dict:
    short = SHORT + [s[0].upper() + s[1:] for s in SHORT]
    # Initials, also two in a row.
    letters = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЫІЭЮЯ"
    short += [f"{a}." for a in letters] + [f"{a}.{b}." for a in letters for b in letters]
    return BASE_EXCEPTIONS | {text: [{ORTH: text}] for text in dict.fromkeys(short)}


class KazakhDefaults(BaseDefaults):
    prefixes = PREFIXES
    suffixes = SUFFIXES
    infixes = INFIXES
    tokenizer_exceptions = exceptions()


@spacy.registry.languages("kk")
class Kazakh(Language):
    lang = "kk"
    Defaults = KazakhDefaults
