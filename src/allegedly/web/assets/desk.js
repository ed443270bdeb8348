// The desk without this script: links and forms do all of it. With it: keys, selecting words,
// what others do appears, the moment's address is copied.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const { csrf, visitor } = document.body.dataset;
  const notice = one("#notice");

  const say = (text, link) => {
    const line = document.createElement("p");
    line.textContent = text;
    if (link) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = link.label;
      button.addEventListener("click", link.act);
      line.append(" ", button);
    }
    notice.replaceChildren(line);
  };

  const stored = {
    get: (name) => {
      try { return localStorage.getItem(name); } catch { return null; }
    },
    set: (name, value) => {
      try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
    },
  };

  // Pointing at a claim in the text lights its entry, and the other way round.
  const light = (numbers, on) => {
    for (const number of numbers) {
      for (const element of all(`[data-claim~="${CSS.escape(number)}"]`)) element.classList.toggle("on", on);
    }
  };
  const numbersOf = (event) => event.target.closest?.("mark[data-claim], .entry[data-claim]")?.dataset.claim;
  for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => light((numbersOf(event) || "").split(" ").filter(Boolean), true));
    document.addEventListener(leave, (event) => light((numbersOf(event) || "").split(" ").filter(Boolean), false));
  }
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("#story mark[data-claim]");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    one(`#claim-${CSS.escape(mark.dataset.claim.split(" ")[0])}`)?.scrollIntoView({ block: "nearest" });
  });

  // The address of this moment.
  const copy = one("[data-copy]");
  copy?.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(copy.href);
    say("The address of this moment is copied: it will show the same next year.");
  });

  // Selecting words: the browser tells which stretches and how far into them, the server cuts.
  const points = (text, units) => [...text.slice(0, units)].length;
  const placeOf = (node, offset) => {
    const within = node.nodeType === Node.TEXT_NODE ? node : node.childNodes[offset] || node;
    const piece = (within.nodeType === Node.TEXT_NODE ? within.parentElement : within).closest?.("[data-at]");
    if (!piece) return null;
    const into = node.nodeType === Node.TEXT_NODE ? points(node.data, offset) : 0;
    return { at: Number(piece.dataset.at), into };
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const pieces = all("#evidence .passage [data-at]").filter((piece) => range.intersectsNode(piece));
    if (!pieces.length) return null;
    const [first, last] = [pieces[0], pieces[pieces.length - 1]];
    const end = (piece) => ({ at: Number(piece.dataset.at), into: [...piece.textContent].length });
    const from = placeOf(range.startContainer, range.startOffset);
    const to = placeOf(range.endContainer, range.endOffset);
    const start = from && first.contains(range.startContainer) ? from : { at: Number(first.dataset.at), into: 0 };
    const stop = to && last.contains(range.endContainer) ? to : end(last);
    const whole = document.createRange();
    const words = pieces.map((piece) => {
      whole.selectNodeContents(piece);
      if (piece === first && first.contains(range.startContainer)) whole.setStart(range.startContainer, range.startOffset);
      if (piece === last && last.contains(range.endContainer)) whole.setEnd(range.endContainer, range.endOffset);
      const line = piece.closest("p");
      return { line, text: whole.toString() };
    });
    const text = words.map(({ line, text: part }, i) => (i && words[i - 1].line !== line ? "\n" : "") + part).join("");
    return { start: start.at, start_offset: start.into, end: stop.at, end_offset: stop.into, words: text };
  };
  const ask = async (path, body) => {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail);
    return told;
  };
  const takeWords = async () => {
    const form = one("form[data-correct]");
    const chosen = form && selected();
    if (!chosen) return say("Select words in the passage first.");
    form.closest("details").open = true;
    try {
      const told = await ask(`/api/documents/${form.dataset.document}/selection`, chosen);
      const part = one("[data-spans]", form);
      const taken = one(`[data-taken="${one("[data-take-for]", part).value}"]`, part);
      const [field, shown] = [one("input", taken), one("output", taken)];
      const more = one("[data-take-more]", part).checked && field.value;
      field.disabled = false;
      taken.hidden = false;
      field.value = `${more ? `${field.value} ` : ""}${told.start}-${told.end}`;
      shown.textContent = `${more ? `${shown.textContent} … ` : ""}“${told.words}”`;
      const name = form.elements.namedItem(field.name.replace(/-spans$/, "-name"));
      if (name !== field && name && !name.value) name.value = told.words;
      one('[name="reason"]', form).focus();
    } catch (error) {
      say(error.message);
    }
  };
  for (const part of all("[data-spans]")) {
    part.hidden = false;
    // A press on the button must not take the selection away.
    one("[data-take]", part).addEventListener("pointerdown", (event) => event.preventDefault());
    one("[data-take]", part).addEventListener("click", takeWords);
  }

  // A map that is wider than its place shows first where most of what is told of lies.
  for (const figure of all(".chart:has(.spot)")) {
    const spots = all(".spot", figure).map((spot) => spot.getBoundingClientRect().left);
    const { left, width } = figure.getBoundingClientRect();
    figure.scrollLeft += spots.sort((a, b) => a - b)[spots.length >> 1] - left - width / 2;
  }

  // Who unfolds what is to be decided of a row writes next: the reason.
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".put[open]") && document.activeElement === one("summary", target)) one('[name="reason"]', target).focus();
  }, true);

  // On paper nothing is folded that is only long.
  const long = () => all(":is(.more, .told):not([open])");
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = long();
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });

  // The slider of a case goes by itself.
  one(".slider input")?.addEventListener("change", (event) => event.target.form.requestSubmit());

  // Keys.
  const sheet = one("#keys");
  const on = one("#keys-on");
  if (sheet) {
    const opener = one("[data-keys]");
    opener.hidden = false;
    opener.addEventListener("click", () => sheet.showModal());
    on.checked = stored.get("keys") !== "off";
    on.addEventListener("change", () => stored.set("keys", on.checked ? "on" : "off"));
  }
  const places = { d: "/", r: "/review", t: "/documents", c: "/claims", s: "/sources", l: "/log", k: "/cases" };
  const moment = new URLSearchParams(location.search).get("as_of");
  const go = (path) => location.assign(moment ? `${path}?as_of=${encodeURIComponent(moment)}` : path);
  const open = (key) => {
    const choice = one(`[data-open="${key}"]`);
    if (!choice) return false;
    for (const other of all("details.choice[open]")) if (other !== choice) other.open = false;
    choice.open = true;
    choice.scrollIntoView({ block: "nearest" });
    (one("button[data-digit], input:not([type=hidden]), select, textarea", choice) || choice).focus();
    return true;
  };
  // Claims of a list that are picked: how many, and going from one to the next.
  const picks = () => all("[data-pick]");
  const counted = () => {
    const count = picks().filter((each) => each.checked).length;
    for (const shown of all("[data-picked]")) shown.textContent = count ? `${count} picked` : "";
  };
  document.addEventListener("change", (event) => event.target.matches?.("[data-pick]") && counted());
  const step = (by) => {
    const boxes = picks();
    const at = boxes.indexOf(document.activeElement);
    const next = boxes[at < 0 ? 0 : Math.min(boxes.length - 1, Math.max(0, at + by))];
    const fold = next?.closest("details:not([open])");
    if (fold) fold.open = true;
    next?.focus();
    next?.closest(".pickable").scrollIntoView({ block: "center" });
    return Boolean(next);
  };
  const tick = () => {
    const box = document.activeElement;
    if (!box.matches?.("[data-pick]")) return step(1);
    box.click();
    return true;
  };
  const decidePicked = () => {
    const reason = one("[data-picked-reason]");
    reason?.focus();
    return Boolean(reason);
  };
  const press = (key) => {
    const target = one(`[data-key="${key}"]`);
    if (target && target.getAttribute("aria-disabled") !== "true") target.click();
    return Boolean(target);
  };
  let going = 0;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || sheet?.open || !on?.checked) return;
    if (event.target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const { key } = event;
    let done = true;
    if (Date.now() - going < 1500 && places[key]) go(places[key]);
    else if (key === "g") going = Date.now();
    else if (key === "/") one("#q")?.focus();
    else if (key === "?") sheet.showModal();
    else if (key === "s") takeWords();
    else if (/^[1-9]$/.test(key)) done = pressDigit(key);
    else if ("rcvnl".includes(key)) done = open(key) || (key === "l" && decidePicked());
    else if ("ajku".includes(key)) done = press(key) || ("jk".includes(key) && step(key === "j" ? 1 : -1));
    else if (key === "x") done = tick();
    else if (key === "f") one('[data-key="f"]')?.focus();
    else done = false;
    if (done) event.preventDefault();
  });
  const pressDigit = (digit) => {
    const choice = one("details.choice[open]") || one(".pick-form");
    const target = choice && (one(`[data-digit="${digit}"]`, choice) || one(`input[type=radio][value="${digit}"]`, choice));
    target?.click();
    return Boolean(target);
  };

  // What others add and decide. A part in which somebody is writing is left alone.
  const verdicts = { accept: "accepted", reject: "rejected", correct: "corrected", undo: "took back a decision about", note: "noted something about", link: "joined", unlink: "parted", in: "put a story into", out: "took a story out of", merge: "merged", split: "split" };
  const written = (part) => all("input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea", part).some((field) => field.value !== field.defaultValue);
  const busy = () => all("form").some(written) || document.activeElement?.closest("details.choice");
  // What was unfolded stays so, and what was folded.
  const folds = (part) => all("details", part).map((each) => [each.dataset.fold || `${one("summary", each)?.textContent}`, each]);
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of all("[data-refresh]")) {
      const other = fresh.getElementById(part.id);
      if (!other || part.contains(document.activeElement) || written(part)) continue;
      const unfolded = new Map(folds(part).map(([name, each]) => [name, each.open]));
      const ticked = new Set(all("[data-pick]:checked", part).map((each) => each.name));
      part.replaceChildren(...other.childNodes);
      for (const each of all("[data-pick]", part)) each.checked = ticked.has(each.name);
      counted();
      for (const [name, each] of folds(part)) each.open = unfolded.get(name) ?? each.open;
    }
  };
  // What this page is about is fetched at once; anything else that happens, every quarter minute.
  const about = (document.body.dataset.about || "").split(" ").filter(Boolean);
  let waiting = 0;
  let last = Date.now();
  const soon = (concerned) => {
    const pause = concerned ? 200 : Math.max(200, last + 15000 - Date.now());
    if (waiting && !concerned) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      waiting = 0;
      last = Date.now();
      refresh();
    }, pause + Math.random() * 800);
  };
  const number = (count, one, more) => `${count} ${count === 1 ? one : more}`;
  const compared = (told) => {
    const stories = number(told.done, "story", "stories");
    if (told.state === "runs") say(`Comparing what the stories say: ${told.done} of ${told.done + told.waiting}.`);
    else if (told.state === "finished") say(`${stories} compared. New or changed: ${number(told.groups, "group", "groups")} of claims that say one thing, ${number(told.links, "link", "links")} between claims that stand against each other or confirm one another.`);
    else say("Some stories could not be compared: `allegedly case link` tries again.");
    if (told.state === "finished") soon(true);
  };
  const heard = (event) => {
    const told = JSON.parse(event.data);
    if (told.kind === "comparing") return compared(told);
    const mine = told.by === visitor;
    const concerned = [told.subject, told.other].filter(Boolean);
    const item = concerned.map((name) => one(`:is(.decide, .decide-case)[data-subject="${CSS.escape(name)}"]`)).find(Boolean);
    if (item && !mine) {
      say(`${told.by} ${verdicts[told.verdict] || "decided about"} this just now.`, { label: "Load it again", act: () => location.reload() });
    } else if (told.kind === "reading" && !busy()) {
      say("A story was read.");
    }
    soon([told.subject, told.other, told.document].some((name) => about.includes(name)));
  };
  if ("live" in document.body.dataset && "EventSource" in window) {
    let source = null;
    const listen = () => {
      source = new EventSource("/api/events");
      source.addEventListener("told", heard);
    };
    // A page that nobody sees holds no connection; what it missed comes when it is seen again.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        source?.close();
        source = null;
      } else if (!source) {
        listen();
        soon(true);
      }
    });
    addEventListener("pagehide", () => source?.close());
    if (!document.hidden) listen();
  }
})();
