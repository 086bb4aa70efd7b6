#!/usr/bin/env python3
"""How much of known text comes back from PDFs, in which order and at which places, beside other readers, in one run.

    cargo build --release -p khronika-pdf --example look
    python3 -m venv venv && venv/bin/pip install pymupdf pypdf reportlab img2pdf pillow
    venv/bin/python crates/khronika-pdf/benches/fidelity.py [--scans] [--keep FOLDER]

Needs chromium and poppler-utils; for --scans the command tesseract with eng, fra, rus, ukr, kaz. The texts are tests/texts/*.txt; each
is set in several ways, printed, and read by every reader. Recall and precision are of characters without white space, aligned in order
(difflib), ligatures and accents in NFKC; places are those of words against pdftotext -bbox.
"""
import argparse, difflib, html, io, os, re, subprocess, sys, tempfile, time, unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parent / "tests" / "texts"
LOOK = HERE.parents[2] / "target" / os.environ.get("PROFILE", "release") / "examples" / "look"
LANGS = ["en", "fr", "ru", "uk", "kk"]
STYLES = {
    "plain": "body{font:11pt 'Liberation Serif'}",
    "justified": "@page{size:A5;margin:1.5cm}body{font:12pt 'DejaVu Sans';text-align:justify}p{margin:0;text-indent:1.5em}",
    "columns": "@page{size:A4;margin:2cm}body{font:10pt 'DejaVu Serif';columns:2;column-gap:8mm;text-align:justify}"
    "h1{column-span:all;text-align:center;font-size:18pt}",
    "hyphens": "@page{size:A6;margin:1cm}body{font:10pt 'Liberation Serif';text-align:justify;hyphens:auto}",
}


def paragraphs(lang):
    return (TEXTS / f"{lang}.txt").read_text().strip().split("\n\n")


def print_page(folder, name, lang, style, head=""):
    first, *rest = paragraphs(lang)
    body = f"<h1>{html.escape(first)}</h1>" + "".join(f"<p>{html.escape(p)}</p>" for p in rest)
    page, out = folder / f"{name}.html", folder / f"{name}.pdf"
    page.write_text(f"<html lang={lang}><meta charset=utf-8><style>{style}</style>{head}<body>{body}</body></html>")
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--print-to-pdf={out}", str(page)], stderr=subprocess.DEVNULL, check=True)
    return out


def reportlab(folder, lang):
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
    pdfmetrics.registerFont(TTFont("Serif", "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"))
    style = ParagraphStyle("p", fontName="Serif", fontSize=11, leading=14, alignment=TA_JUSTIFY)
    out = folder / f"{lang}-reportlab.pdf"
    flow = [x for p in paragraphs(lang) for x in (Paragraph(html.escape(p), style), Spacer(1, 8))]
    SimpleDocTemplate(str(out)).build(flow)
    return out


def scan(folder, pdf, lang):
    import img2pdf
    stem = folder / (pdf.stem + "-scan")
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-jpeg", "-jpegopt", "quality=85", str(pdf), str(stem)], check=True)
    out = folder / f"{pdf.stem}-scan.pdf"
    out.write_bytes(img2pdf.convert([str(p) for p in sorted(folder.glob(pdf.stem + "-scan-*.jpg"))]))
    return out


def letters(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return re.sub(r"\s+", "", text)


def score(truth, seen):
    truth, seen = letters(truth), letters(seen)
    same = sum(b.size for b in difflib.SequenceMatcher(None, truth, seen, autojunk=False).get_matching_blocks())
    return same / max(1, len(truth)), same / max(1, len(seen))


def khronika(pdf, *more):
    return subprocess.run([LOOK, pdf, "--text", *more], capture_output=True, text=True, check=True).stdout


def pymupdf(pdf):
    import fitz
    return "\n".join(page.get_text() for page in fitz.open(pdf))


def pypdf(pdf):
    from pypdf import PdfReader
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def pdftotext(pdf):
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def boxes(pdf):
    """The share of words whose boxes lie within two points of poppler's, by edge: across, and down."""
    ours = [line.split("\t") for line in subprocess.run([LOOK, pdf, "--boxes"], capture_output=True, text=True, check=True).stdout.splitlines()]
    page, theirs = -1, []
    for line in subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout.splitlines():
        page += line.strip().startswith("<page")
        found = re.match(r'\s*<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line)
        if found:
            theirs.append((page, *map(float, found.groups()[:4]), html.unescape(found[5])))
    by_word = {}
    for p, *box, word in ours:
        by_word.setdefault((int(p), letters(word)), []).append([float(n) for n in box])
    across = down = known = 0
    for p, *box, word in theirs:
        found = by_word.get((p, letters(word)))
        if not found:
            continue
        near = min(found, key=lambda b: sum(abs(x - y) for x, y in zip(b, box)))
        known += 1
        across += abs(near[0] - box[0]) <= 2 and abs(near[2] - box[2]) <= 2
        down += abs(near[1] - box[1]) <= 2 and abs(near[3] - box[3]) <= 2
    return known / max(1, len(theirs)), across / max(1, known), down / max(1, known)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--scans", action="store_true")
    options.add_argument("--keep")
    options = options.parse_args()
    folder = Path(options.keep or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    readers = {"khronika": khronika, "pdftotext": pdftotext, "pymupdf": pymupdf, "pypdf": pypdf}
    print(f"{'document':16}" + "".join(f"{name:>18}" for name in readers) + f"{'boxes: known':>16}{'across':>8}{'down':>8}")
    sums = {name: [0.0, 0.0, 0.0, 0] for name in readers}
    for lang in LANGS:
        truth = "\n".join(paragraphs(lang))
        made = {name: print_page(folder, f"{lang}-{name}", lang, style) for name, style in STYLES.items()}
        made["reportlab"] = reportlab(folder, lang)
        for name, pdf in made.items():
            cells = []
            for reader, read in readers.items():
                started = time.time()
                recall, precision = score(truth, read(pdf))
                took = time.time() - started
                cells.append(f"{recall:9.4f}/{precision:.4f} ")
                total = sums[reader]
                total[0] += recall; total[1] += precision; total[2] += took; total[3] += 1
            known, across, down = boxes(pdf)
            print(f"{lang + '-' + name:16}" + "".join(f"{c:>18}" for c in cells) + f"{known:16.4f}{across:8.4f}{down:8.4f}")
        if options.scans:
            pdf = scan(folder, made["plain"], lang)
            started = time.time()
            recall, precision = score(truth, khronika(pdf, "--ocr", lang))
            print(f"{lang + '-scan':16}{recall:9.4f}/{precision:.4f}   {time.time() - started:.1f} s")
    print(f"{'mean':16}" + "".join(f"{s[0] / s[3]:10.4f}/{s[1] / s[3]:.4f} " for s in sums.values()))


if __name__ == "__main__":
    main()
