(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const card = document.getElementById("card");
  const panel = document.getElementById("claims");
  const form = document.getElementById("filter");
  const wide = matchMedia("(min-width: 62rem)");
  const byClaim = new Map();
  let leaving = 0;
  let anchored = null;

  for (const element of all("[data-claim]")) {
    for (const number of element.dataset.claim.split(" ").filter(Boolean)) {
      if (!byClaim.has(number)) byClaim.set(number, []);
      byClaim.get(number).push(element);
    }
  }

  const light = (number) => {
    for (const element of all(".on")) element.classList.remove("on");
    for (const element of byClaim.get(number) || []) element.classList.add("on");
  };

  const hide = () => {
    card.hidden = true;
    anchored = null;
    light("");
  };

  const place = (anchor) => {
    card.style.left = card.style.top = "";
    if (!wide.matches) return;
    const rects = anchor.getClientRects();
    const first = rects[0];
    const last = rects[rects.length - 1];
    const left = Math.min(last.left, story.getBoundingClientRect().right - card.offsetWidth);
    const below = last.bottom + card.offsetHeight + 8 < innerHeight;
    const top = below ? last.bottom + 4 : first.top - card.offsetHeight - 4;
    card.style.left = `${Math.max(left, 16)}px`;
    card.style.top = `${Math.max(top, 8)}px`;
  };

  const show = (number, anchor) => {
    const entry = document.getElementById(`claim-${number}`);
    if (!entry) return;
    clearTimeout(leaving);
    light(number);
    card.className = entry.className;
    card.replaceChildren(entry.querySelector(".chain").cloneNode(true));
    card.hidden = false;
    anchored = anchor;
    place(anchor);
    if (panel.scrollHeight > panel.clientHeight && wide.matches) {
      const offset = entry.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      panel.scrollTop += offset - panel.clientHeight / 3;
    }
  };

  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 160);
  };

  const story = document.getElementById("story");
  const enter = (event) => {
    const mark = event.target.closest("mark");
    if (mark) show(mark.dataset.claim, mark);
  };
  story.addEventListener("pointerover", enter);
  story.addEventListener("pointerout", (event) => {
    if (event.target.closest("mark")) leave();
  });
  story.addEventListener("click", enter);
  story.addEventListener("focusin", enter);
  story.addEventListener("focusout", leave);
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", () => {
    if (anchored) place(anchored);
  }, { passive: true });

  for (const entry of all("#claims .entry")) {
    const number = entry.dataset.claim;
    entry.addEventListener("pointerenter", () => light(number));
    entry.addEventListener("pointerleave", () => light(""));
    entry.addEventListener("focusin", () => light(number));
    entry.addEventListener("focusout", () => light(""));
  }

  const filter = () => {
    const { act, source } = Object.fromEntries(new FormData(form));
    const entries = all("#claims .entry");
    let shown = 0;
    for (const entry of entries) {
      const { dataset } = entry;
      const fits = (!act || dataset.act === act) && (!source || dataset.source === source);
      entry.hidden = !fits;
      shown += fits;
      for (const element of byClaim.get(dataset.claim)) {
        if (element.matches("mark")) element.classList.toggle("off", !fits);
      }
    }
    document.getElementById("shown").textContent =
      shown === entries.length ? "" : `${shown} of ${entries.length}`;
  };
  form.addEventListener("change", filter);
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.hidden) return;
    form.reset();
    filter();
    target.scrollIntoView();
  });
  form.hidden = false;
})();
