#!/usr/bin/env python3
"""How much of known text comes back from documents, in which order, at which places and how fast, beside other readers, in one run.

    cargo build --release -p khronika
    python3 -m venv FOLDER && FOLDER/bin/pip install -r crates/khronika-pdf/benches/requirements.txt
    FOLDER/bin/python crates/khronika-pdf/benches/fidelity.py [--scans] [--office] [--speed] [--keep FOLDER] [--bin target/release/khronika]

Needs chromium and poppler-utils; for --scans the command tesseract with eng, fra, rus, ukr, kaz; for --office LibreOffice. A reader that
is not installed is left out, and so is docling unless it is there. The texts are tests/texts/*.txt; each is set in several ways, printed,
and read by every reader, khronika as its users run it, with its process apart. Recall and precision are of characters without white space
and without the marks of Markdown, aligned in order (difflib), ligatures and accents in NFKC. Order is the share of the words that stand
once in the text and once in what was read that stand in the order of the text (longest increasing run); places are those of words against
pdftotext -bbox.
"""
import argparse, bisect, difflib, html, os, re, statistics, subprocess, tempfile, time, unicodedata
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parent / "tests" / "texts"
BIN = HERE.parents[2] / "target" / "release" / "khronika"
LANGS = ["en", "fr", "ru", "uk", "kk"]
STYLES = {
    "plain": "body{font:11pt 'Liberation Serif'}",
    "justified": "@page{size:A5;margin:1.5cm}body{font:12pt 'DejaVu Sans';text-align:justify}p{margin:0;text-indent:1.5em}",
    "columns": "@page{size:A4;margin:2cm}body{font:10pt 'DejaVu Serif';columns:2;column-gap:8mm;text-align:justify}"
    "h1{column-span:all;text-align:center;font-size:18pt}",
    "hyphens": "@page{size:A6;margin:1cm}body{font:10pt 'Liberation Serif';text-align:justify;hyphens:auto}",
}
OFFICE = ["docx", "odt", "rtf"]


def paragraphs(lang):
    return (TEXTS / f"{lang}.txt").read_text().strip().split("\n\n")


def page(lang, style, times=1):
    first, *rest = paragraphs(lang)
    body = f"<h1>{html.escape(first)}</h1>" + "".join(f"<p>{html.escape(p)}</p>" for p in rest * times)
    return f"<html lang={lang}><meta charset=utf-8><title>{html.escape(first)}</title><style>{style}</style><body>{body}</body></html>"


def print_page(folder, name, lang, style, times=1):
    source, out = folder / f"{name}.html", folder / f"{name}.pdf"
    source.write_text(page(lang, style, times))
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--print-to-pdf={out}", str(source)], stderr=subprocess.DEVNULL, check=True)
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


def scan(folder, pdf):
    import img2pdf
    stem = folder / (pdf.stem + "-scan")
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-jpeg", "-jpegopt", "quality=85", str(pdf), str(stem)], check=True)
    out = folder / f"{pdf.stem}-scan.pdf"
    out.write_bytes(img2pdf.convert([str(p) for p in sorted(folder.glob(pdf.stem + "-scan-*.jpg"))]))
    return out


def office(folder, lang):
    """The text as office documents (by LibreOffice), a page and a mail."""
    source = folder / f"{lang}-office.html"
    source.write_text(page(lang, ""))
    for kind in OFFICE:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--infilter=HTML (StarWriter)",
                        "--convert-to", kind, "--outdir", str(folder), str(source)], check=True, capture_output=True)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ada@example.org", "bo@example.org", "1894"
    mail.set_content("\n\n".join(paragraphs(lang)))
    (folder / f"{lang}-office.eml").write_bytes(bytes(mail))
    return [folder / f"{lang}-office.{kind}" for kind in [*OFFICE, "html", "eml"]]


def plain(text):
    """Without what readers put in of their own: marks of Markdown, soft hyphens."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return re.sub(r"(?m)^\s*#+ |[*\\]", "", text)


def letters(text):
    return re.sub(r"\s+", "", plain(text))


def ordered(truth, seen):
    """The share of words that stand once in both whose order is that of the truth."""
    def once(text):
        words = re.findall(r"\w{3,}", plain(text))
        count = {}
        for word in words:
            count[word] = count.get(word, 0) + 1
        return [word for word in words if count[word] == 1]
    place = {word: n for n, word in enumerate(once(truth))}
    places = [place[word] for word in once(seen) if word in place]
    run = []
    for n in places:
        at = bisect.bisect_left(run, n)
        run[at:at + 1] = [n]
    return len(run) / max(1, len(places))


def score(truth, seen):
    order = ordered(truth, seen)
    truth, seen = letters(truth), letters(seen)
    same = sum(b.size for b in difflib.SequenceMatcher(None, truth, seen, autojunk=False).get_matching_blocks())
    return same / max(1, len(truth)), same / max(1, len(seen)), order


def khronika(path):
    return subprocess.run([BIN, "read", "--text", path], capture_output=True, text=True).stdout


def mupdf(path):
    import pymupdf
    return "\n".join(page.get_text() for page in pymupdf.open(path))


def pypdf(path):
    from pypdf import PdfReader
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def pdftotext(path):
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def markitdown(path, made=[]):
    from markitdown import MarkItDown
    if not made:
        made.append(MarkItDown(enable_plugins=False))
    return made[0].convert(str(path)).text_content


def docling(path, made=[]):
    from docling.document_converter import DocumentConverter
    if not made:
        made.append(DocumentConverter())
    return made[0].convert(str(path)).document.export_to_text()


def there(readers, path):
    """Those that are installed and read this kind; the first call loads what a reader needs."""
    found = {}
    for name, read in readers.items():
        try:
            read(path)
            found[name] = read
        except Exception as error:
            print(f"({name} is left out: {type(error).__name__}: {str(error).splitlines()[:1]})")
    return found


def boxes(pdf):
    """The share of words whose boxes lie within two points of poppler's, by edge: across, and down."""
    lines = subprocess.run([BIN, "read", "--boxes", pdf], capture_output=True, text=True).stdout.splitlines()
    # Page, left, top, right, bottom, how sure, the word.
    ours = [line.split("\t") for line in lines]
    page, theirs = -1, []
    for line in subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout.splitlines():
        page += line.strip().startswith("<page")
        found = re.match(r'\s*<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line)
        if found:
            theirs.append((page, *map(float, found.groups()[:4]), html.unescape(found[5])))
    by_word = {}
    for number, left, top, right, bottom, _, word in ours:
        by_word.setdefault((int(number) - 1, letters(word)), []).append([float(n) for n in (left, top, right, bottom)])
    across = down = known = 0
    for number, *box, word in theirs:
        found = by_word.get((number, letters(word)))
        if not found:
            continue
        near = min(found, key=lambda b: sum(abs(x - y) for x, y in zip(b, box)))
        known += 1
        across += abs(near[0] - box[0]) <= 2 and abs(near[2] - box[2]) <= 2
        down += abs(near[1] - box[1]) <= 2 and abs(near[3] - box[3]) <= 2
    return known / max(1, len(theirs)), across / max(1, known), down / max(1, known)


def table(title, readers, documents, places=False):
    """Each document read by each reader: recall/precision/order; then the means."""
    print(f"\n{title:18}" + "".join(f"{name:>22}" for name in readers) + ("   boxes: known across down" if places else ""))
    sums = {name: [] for name in readers}
    for name, truth, path in documents:
        cells = []
        for reader, read in readers.items():
            try:
                cells.append(score(truth, read(path)))
            except Exception:
                cells.append((0.0, 0.0, 0.0))
            sums[reader].append(cells[-1])
        told = "".join(f"{'/'.join(f'{n:.3f}' for n in cell):>22}" for cell in cells)
        print(f"{name:18}{told}" + ("   " + " ".join(f"{n:.4f}" for n in boxes(path)) if places else ""), flush=True)
    means = {name: [statistics.mean(column) for column in zip(*rows)] for name, rows in sums.items()}
    print(f"{'mean':18}" + "".join(f"{'/'.join(f'{n:.4f}' for n in mean):>22}" for mean in means.values()))


def speed(readers, pdf, pages):
    print(f"\nspeed over {pages} pages, in turns: fastest and median of five (pages/s)")
    times = {name: [] for name in readers}
    for _ in range(5):
        for name, read in readers.items():
            started = time.perf_counter()
            read(pdf)
            times[name].append(time.perf_counter() - started)
    for name, all in times.items():
        print(f"{name:12}{pages / min(all):9.0f}{pages / statistics.median(all):9.0f}")
    print("load:", *os.getloadavg())


def main():
    global BIN
    options = argparse.ArgumentParser()
    for name in ["scans", "office", "speed"]:
        options.add_argument(f"--{name}", action="store_true")
    options.add_argument("--keep")
    options.add_argument("--bin", default=BIN)
    options = options.parse_args()
    BIN = Path(options.bin).resolve()
    folder = Path(options.keep or tempfile.mkdtemp()).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    truth = {lang: "\n".join(paragraphs(lang)) for lang in LANGS}
    printed = [(f"{lang}-{name}", truth[lang], print_page(folder, f"{lang}-{name}", lang, style))
               for lang in LANGS for name, style in STYLES.items()]
    printed += [(f"{lang}-reportlab", truth[lang], reportlab(folder, lang)) for lang in LANGS]
    readers = {"khronika": khronika, "pdftotext": pdftotext, "pymupdf": mupdf, "pypdf": pypdf, "markitdown": markitdown, "docling": docling}
    readers = there(readers, printed[0][2])
    table("PDF", readers, printed, places=True)
    if options.office:
        made = [(path.name.replace("-office", ""), truth[lang], path) for lang in LANGS for path in office(folder, lang)]
        table("office, web, mail", there({"khronika": khronika, "markitdown": markitdown, "docling": docling}, made[0][2]), made)
    if options.scans:
        scans = [(f"{lang}-scan", truth[lang], scan(folder, folder / f"{lang}-plain.pdf")) for lang in LANGS]
        table("scans", {"khronika": khronika}, scans)
    if options.speed:
        long = print_page(folder, "long", "fr", STYLES["plain"], times=60)
        found = subprocess.run(["pdfinfo", long], capture_output=True, text=True, check=True).stdout
        speed(readers, long, int(re.search(r"Pages:\s+(\d+)", found)[1]))


if __name__ == "__main__":
    main()
