// What the script adds: keys, news of other tabs, progress of uploads. Every page can be read and used without it.
"use strict";
(() => {
  const token = document.body.dataset.csrf;
  if (!token) return;
  const $ = (selector, from = document) => from.querySelector(selector);
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");

  // What was typed must not be lost to news.
  let dirty = false;
  document.addEventListener("input", () => { dirty = true; });

  const parts = async (address, ...ids) => {
    const answer = await fetch(address);
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    return ids.map((id) => fresh ? fresh.getElementById(id) : null);
  };
  const part = async (address, id) => (await parts(address, id))[0];

  // Entries that can be gone through: rows of events, findings in the margin, entries of lists.
  const rows = "[data-entry], main tr[id], main .item[id]";
  const entries = () => [...document.querySelectorAll(rows)];
  let here = entries().findIndex((entry) => entry.matches(".here"));
  const mark = (at) => {
    const all = entries();
    all[here]?.classList.remove("here");
    here = at;
    all[here]?.classList.add("here");
    return all[here];
  };
  const move = (step) => {
    const entry = mark(Math.min(entries().length - 1, Math.max(0, here + step)));
    if (!entry) return;
    entry.tabIndex = -1;
    entry.focus({ preventScroll: true });
    entry.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (event) => {
    const at = entries().indexOf(event.target.closest(rows));
    if (at >= 0 && at !== here) mark(at);
  });
  const say = (verdict) => {
    const from = entries()[here] ?? document;
    $(`button[data-say="${verdict}"]`, from)?.click();
  };
  const help = $("#help");
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    c: () => say("confirm"),
    r: () => say("reject"),
    n: () => $('[data-key="n"]')?.click(),
    a: () => { const pick = $("#pick"); if (pick && !pick.hidden) $("button", pick).click(); else $('a[href^="/hand"]')?.click(); },
    v: () => $('[data-key="v"]')?.click(),
    "/": () => $("#find")?.focus(),
    "?": () => (help ? help.showModal() : location.assign("/help")),
    Enter: () => {
      const entry = entries()[here];
      ($("a[data-open]", entry ?? document) ?? (entry && $("a[href]", entry)))?.click();
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = Object.hasOwn(keys, event.key) && !help?.open && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Words that are selected in a document can be added by hand. Numbers of paragraphs and of findings stand there and are not its words.
  const pick = $("#pick");
  const words = (range) => {
    const part = range.cloneContents();
    for (const number of part.querySelectorAll("a.k, a.pn, .gap")) number.remove();
    for (const block of part.querySelectorAll("p")) block.append(" ");
    return part.textContent.replace(/\s+/gu, " ").trim();
  };
  const selected = () => {
    const selection = document.getSelection();
    const text = $(".words-of .text");
    if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return null;
    const range = selection.getRangeAt(0);
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const quote = words(range);
    return quote && quote.length <= 2000 ? { quote, nth: words(before).split(quote).length - 1 } : null;
  };
  if (pick) document.addEventListener("selectionchange", () => {
    const found = selected();
    pick.hidden = !found;
    if (found) { pick.elements.q.value = found.quote; pick.elements.nth.value = found.nth; }
  });

  // What is pointed at in a map, or comes to be by keyboard: the acts that give it its standing are drawn out, and said below.
  const show = (node) => {
    const map = node.closest(".map");
    const chain = new Set([node.dataset.n, ...node.dataset.chain.split(" ")]);
    const draw = (part, isIn) => { part.classList.toggle("on", isIn); part.classList.toggle("off", !isIn); };
    for (const other of map.querySelectorAll("a.node")) draw(other, chain.has(other.dataset.n));
    for (const arrow of map.querySelectorAll(".arrow")) draw(arrow, chain.has(arrow.dataset.from) && chain.has(arrow.dataset.to));
    for (const why of map.nextElementSibling?.querySelectorAll("[data-why]") ?? []) why.hidden = why.dataset.why !== node.dataset.n;
  };
  const clear = () => {
    for (const part of document.querySelectorAll(".map :is(.on, .off)")) part.classList.remove("on", "off");
    for (const why of document.querySelectorAll("[data-why]")) why.hidden = true;
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => {
    const node = event.target.closest?.(".map a.node");
    if (node) show(node);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  // The slider shows its day at once, and the case as of it when it rests.
  const step = $("#step");
  if (step) {
    const out = $("output[for=step]");
    const dayOf = () => $(`#steps option[value="${step.value}"]`).label;
    let asked = 0;
    step.addEventListener("input", () => {
      const day = dayOf();
      out.textContent = day;
      step.setAttribute("aria-valuetext", day);
      clearTimeout(asked);
      asked = setTimeout(async () => {
        const address = `/proceedings?as_of=${day}`;
        const fresh = await parts(address, "of-day", "step-links");
        if (fresh.includes(null) || dayOf() !== day) return;
        for (const one of fresh) $(`#${one.id}`).replaceChildren(...one.childNodes);
        history.replaceState(null, "", address);
        const field = $('input[name="as_of"]');
        if (field) field.value = day;
        dirty = false;
      }, 200);
    });
  }

  // Where the places stand in one line, the one that is here is in it.
  const place = $("nav [aria-current]");
  const places = place?.closest("ul");
  const showPlace = () => { if (places) places.scrollLeft = place.offsetLeft - places.offsetLeft - 16; };
  showPlace();
  addEventListener("resize", showPlace);

  const status = $("#status");
  // Asked one after the other, and once more where there was news meanwhile: the last answer is never an old one.
  const inTurn = (ask) => {
    let asking = false;
    let again = false;
    return async () => {
      again = true;
      if (asking) return;
      asking = true;
      while (again) {
        again = false;
        try { await ask(); } catch { /* The program may have ended. */ }
      }
      asking = false;
    };
  };
  const look = inTurn(async () => {
    const fresh = status && await part("/status", "status");
    if (fresh) status.replaceChildren(...fresh.childNodes);
  });
  const news = new EventSource("/events");
  news.addEventListener("work", () => { look(); document.dispatchEvent(new Event("work")); });
  news.addEventListener("weighed", (event) => {
    look();
    if (event.data === document.body.dataset.entries) return;
    // Who reads here is told, but for the page of what is added, which tells it by itself; a tab that nobody looks at shows the case as it is now.
    if (document.hidden && !dirty) location.reload();
    else if (!$("#upload")) $("#news").hidden = false;
  });
  news.addEventListener("locked", () => location.assign("/unlock"));
  // Who locks it from here is on the way there already, and is not to be sent once more.
  $("form[action='/lock']")?.addEventListener("submit", () => news.close());
  news.addEventListener("end", () => news.close());

  // Files and folders are sent one by one, each with its progress.
  const form = $("#upload");
  if (!form) return;
  const drop = $(".drop", form);
  const list = $("#uploads");
  const send = (file, name) => new Promise((done) => {
    const line = document.createElement("li");
    const label = document.createElement("bdi");
    label.textContent = name;
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", name);
    line.append(label, " ", bar);
    list.prepend(line);
    const data = new FormData();
    data.append("from", form.elements.from.value);
    data.append("how", form.elements.how.value);
    data.append("paper", file, name);
    const attempt = (left) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("x-csrf-token", token);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) { bar.max = event.total; bar.value = event.loaded; }
      });
      request.addEventListener("loadend", () => {
        // Too much waits: later there is room.
        if (request.status === 429 && left > 0) { setTimeout(() => attempt(left - 1), 3000); return; }
        const taken = request.status >= 200 && request.status < 400;
        bar.remove();
        line.append(taken ? list.dataset.sent : list.dataset.failed);
        done();
      });
      request.send(data);
    };
    attempt(200);
  });
  const sendAll = async (files) => {
    dirty = false;
    for (const [file, name] of files) await send(file, name);
  };
  form.addEventListener("submit", (event) => {
    // The files that were chosen, and those of the folder that was; that there are none, the program says.
    const chosen = [...form.querySelectorAll("input[type=file]")];
    if (!chosen.some((input) => input.files.length)) return;
    event.preventDefault();
    sendAll(chosen.flatMap((input) => [...input.files]).map((file) => [file, file.webkitRelativePath || file.name]));
    for (const input of chosen) input.value = "";
  });
  // What is in a folder, with the path to it.
  const inside = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((found, failed) => entry.file(found, failed));
      return [[file, path + file.name]];
    }
    const reader = entry.createReader();
    const all = [];
    for (;;) {
      const some = await new Promise((found, failed) => reader.readEntries(found, failed));
      if (!some.length) return all;
      for (const one of some) all.push(...await inside(one, `${path}${entry.name}/`));
    }
  };
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const dropped = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
    const files = [];
    for (const one of dropped.filter(Boolean)) {
      files.push(...(one instanceof File ? [[one, one.name]] : await inside(one, "")));
    }
    await sendAll(files);
  });
  document.addEventListener("work", inTurn(async () => {
    const fresh = await part("/added", "read");
    if (!fresh) return;
    $("#read").replaceChildren(...fresh.childNodes);
    // What became of it stands there now.
    const known = new Set([...document.querySelectorAll("#read li > bdi:first-child")].map((name) => name.textContent));
    for (const line of [...list.children]) if (!$("progress", line) && known.has($("bdi", line).textContent)) line.remove();
  }));
})();
