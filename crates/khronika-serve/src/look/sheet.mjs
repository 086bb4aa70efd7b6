// A page as it looks: a page of a PDF document is drawn beneath what was found on it, and a finding and its words light up together.
// The document is taken apart in a script beside the page (a worker) that may ask nobody anything; it is handed its bytes. pdf.js runs
// nothing that a document brings: what would (its sandbox) is not here, and forms of XFA, links and fields are not made.
const sheet = document.getElementById("sheet");

/** How long a page may take, in milliseconds: one that is made to take for ever is given up. */
const patience = 30_000;
/** The most dots that are drawn, and the fewest across, so that what is enlarged by hand stays sharp. */
const [mostDots, fewestAcross] = [16_000_000, 1654];

/** The letters that PDF documents need not bring with them, and that systems may not have: those that pdf.js asks for. */
class Letters {
  async fetch({ filename }) {
    if (!["FoxitSymbol.pfb", "FoxitDingbats.pfb"].includes(filename)) throw new Error(`there is no ${filename}`);
    const answer = await fetch(`/look/${filename}`);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/** Draws the page, as long as nobody gives it up; gives whether it is as it was when it was read. */
const draw = async (canvas, port, given) => {
  const { original, page: number, pages, width, height } = sheet.dataset;
  const [pdfjs, answer] = await Promise.all([import("/look/pdf.min.mjs"), fetch(original, { signal: given })]);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  // What is wrong with a document is told by its problems, and not in the console.
  const verbosity = pdfjs.VerbosityLevel.ERRORS;
  const pdf = await pdfjs.getDocument({
    data: new Uint8Array(await answer.arrayBuffer()),
    worker: pdfjs.PDFWorker.create({ port, verbosity }), verbosity,
    BinaryDataFactory: Letters,
    // What unpacks two formats of pictures, in plain JavaScript: the policy of the pages allows no WebAssembly.
    wasmUrl: "/look/", useWasm: false, useWorkerFetch: false,
    disableWorkerRendering: true, enableXfa: false, maxImageSize: 100_000_000, canvasMaxAreaInBytes: 4 * 100_000_000,
  }).promise;
  const page = await pdf.getPage(Number(number));
  const whole = page.getViewport({ scale: 1 });
  const across = Math.max(sheet.clientWidth * devicePixelRatio, fewestAcross);
  const scale = Math.min(across / whole.width, Math.sqrt(mostDots / (whole.width * whole.height)));
  const viewport = page.getViewport({ scale });
  [canvas.width, canvas.height] = [Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height))];
  given.throwIfAborted();
  // Stamps and what was filled in are drawn as they look; nothing of it can be pressed.
  const drawing = page.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE, background: "#fff" });
  given.addEventListener("abort", () => drawing.cancel());
  await drawing.promise;
  const near = (a, b) => Math.abs(a - b) <= 0.01 * b;
  return pdf.numPages === Number(pages) && near(100 * whole.width, Number(width)) && near(100 * whole.height, Number(height));
};

const failed = () => {
  document.getElementById("undrawn").hidden = false;
  document.getElementById("sheet-text").open = true;
};

const drawn = async (canvas) => {
  const port = new Worker("/look/pdf.worker.min.mjs", { type: "module" });
  const end = new AbortController();
  try {
    const given = new Promise((_, fail) => {
      setTimeout(() => fail(new Error("it takes too long")), patience);
      port.addEventListener("error", () => fail(new Error("what takes the document apart broke")));
    });
    const isSame = await Promise.race([draw(canvas, port, end.signal), given]);
    sheet.classList.add("drawn");
    document.getElementById("differs").hidden = isSame;
  } catch {
    end.abort();
    // Half a page would lie beneath the words.
    canvas.width = 1;
    failed();
  }
  // What it holds of the document is needed no longer.
  port.terminate();
};

const canvas = sheet.querySelector("canvas");
const picture = sheet.querySelector("img");
if (canvas) drawn(canvas);
if (picture?.complete && !picture.naturalWidth) failed();
picture?.addEventListener("error", failed);

// A finding in the margin and its boxes: who points at one of them, or comes to it by keyboard, sees the other.
const both = (id) => [document.getElementById(`m.${id}`), document.getElementById(`b.${id}`)];
const beside = matchMedia("(min-width: 60rem)");
const light = (event, isLit) => {
  const finding = event.target.closest?.("[data-finding]");
  if (!finding) return;
  const [entry, box] = both(finding.dataset.finding);
  for (const one of [entry, box]) one?.classList.toggle("lit", isLit);
  // Where the margin stands beside the page, the words of what is gone through come into view.
  if (isLit && event.type === "focusin" && finding === entry && beside.matches) box?.scrollIntoView({ block: "nearest" });
};
for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, (event) => light(event, true));
for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, (event) => light(event, false));
if (beside.matches) sheet.querySelector("a.here")?.scrollIntoView({ block: "center" });
