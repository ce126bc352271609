/* What a page looks like to those who read it. Run once in each page; gives window.hejagenLook. */
(() => {
  const FOCUSABLE =
    "a[href], button:not(:disabled), input:not(:disabled):not([type=hidden]), select:not(:disabled)," +
    " textarea:not(:disabled), summary, iframe, [contenteditable=true], [tabindex]:not([tabindex^='-'])";
  const name = (e) => {
    if (e.id) return `#${CSS.escape(e.id)}`;
    const kind = e.localName + [...e.classList].map((c) => `.${CSS.escape(c)}`).join("");
    const alike = e.parentElement ? [...e.parentElement.children].filter((o) => o.localName === e.localName) : [e];
    return alike.length > 1 ? `${kind}:nth-of-type(${alike.indexOf(e) + 1})` : kind;
  };
  const selector = (e) => {
    const parts = [];
    for (let at = e; at && at !== document.documentElement; at = at.parentElement) {
      parts.unshift(name(at));
      if (at.id) break;
    }
    return parts.join(" > ");
  };
  const seen = (e) =>
    e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false }) &&
    e.getClientRects().length > 0 && !e.closest("[inert]");
  const offscreen = (e) => {
    const box = e.getBoundingClientRect();
    return box.right + scrollX <= 0 || box.bottom + scrollY <= 0 || box.width <= 1 || box.height <= 1;
  };
  const row = (e) => ({ selector: selector(e), words: (e.innerText || e.value || "").trim().slice(0, 60) });

  /* Elements that reach past the window when the page scrolls sideways, the innermost ones. */
  const wide = () => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const out = [...document.body.querySelectorAll("*")].filter((e) => {
      if (!seen(e) || e.getBoundingClientRect().right <= innerWidth + 1) return false;
      for (let at = e.parentElement; at; at = at.parentElement)
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX) && at !== document.body) return false;
      return true;
    });
    return out.filter((e) => !out.some((o) => o !== e && e.contains(o))).slice(0, 5).map(row);
  };

  /* Elements whose text is cut off: they hide what does not fit. */
  const cut = () =>
    [...document.body.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e); // asked first, as most elements hide nothing
      const hides = (flow) => /hidden|clip/.test(flow);
      if (style.clipPath !== "none" || (!hides(style.overflowX) && !hides(style.overflowY))) return false;
      if (e.closest("svg") || !seen(e) || offscreen(e) || !e.innerText?.trim()) return false;
      return [...e.querySelectorAll("*"), e].some((inner) => {
        if (![...inner.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !seen(inner) || offscreen(inner))
          return false;
        const range = document.createRange();
        range.selectNodeContents(inner);
        const text = range.getBoundingClientRect(), box = e.getBoundingClientRect();
        return (hides(style.overflowY) && text.bottom > box.bottom + 2 && text.top < box.bottom) ||
          (hides(style.overflowX) && text.right > box.right + 2 && text.left < box.right);
      });
    }).slice(0, 5).map(row);

  /* Targets of which a side is shorter than `least` CSS pixels. Links in running text do not count (WCAG 2.5.5, 2.5.8). */
  const small = (least) =>
    [...document.body.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
      .filter((e) => {
        if (!seen(e) || offscreen(e) || e.disabled) return false;
        const style = getComputedStyle(e);
        const around = e.parentElement.closest("p, li, dd, dt, td, th, span, small, figcaption, blockquote, div");
        if (style.display.startsWith("inline") && around && around.innerText.trim() !== e.innerText?.trim())
          return false;
        const boxes = [e, ...(e.labels ?? [])].map((o) => o.getBoundingClientRect());
        return boxes.every((box) => Math.min(box.width, box.height) < least - 0.5);
      }).slice(0, 10).map(row);

  const moving = () =>
    document.getAnimations().filter((a) => a.playState === "running" && a.effect?.getComputedTiming().duration > 1)
      .map((a) => a.effect.target).filter(Boolean)
      .concat([document.documentElement, document.body].filter((e) => getComputedStyle(e).scrollBehavior === "smooth"))
      .slice(0, 5).map(row);

  /* What Tab must reach: one of each group of radio buttons, and nothing that is out of sight for good. */
  const reachable = () => {
    const groups = new Set();
    return [...document.querySelectorAll(FOCUSABLE)].filter((e) => {
      if (e.tabIndex < 0 || !seen(e)) return false;
      if (e.localName === "summary" && e !== e.parentElement.querySelector("summary")) return false;
      if (e.type !== "radio") return true;
      const group = `${e.form ? selector(e.form) : ""} ${e.name}`;
      return !groups.has(group) && groups.add(group);
    });
  };
  let expected = [];
  let passed = [];
  let presses = 0;
  let stops = [];
  let left = false;
  const PARTS = 8; // a field for a time or a date has several parts, and Tab goes through them
  const top = document.createElement("span");
  const begin = () => {
    scrollTo(0, 0);
    // Tab would go on from where it stood. It begins here, before what asks to be the first.
    top.tabIndex = 1;
    top.style.position = "fixed";
    document.body.prepend(top);
    top.focus();
    expected = reachable();
    passed = [];
    presses = 0;
    stops = [];
    left = false;
    document.documentElement.style.scrollBehavior = "auto"; // a stop is looked at as soon as the key is let go
    return expected.length;
  };
  const opaque = (e) => {
    for (let at = e; at; at = at.parentElement) if (getComputedStyle(at).opacity === "0") return false;
    return true;
  };
  /* Where the focus is after a press of Tab: null outside the page. */
  const focused = () => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    presses = passed.at(-1) === e ? presses + 1 : 0;
    const again = passed.includes(e) && (passed.at(-1) !== e || presses > PARTS);
    if (!passed.includes(e)) passed.push(e);
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x, y]) =>
      document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    const own = (at) => at && (at === e || e.contains(at) || at.contains(e) || at.closest("label")?.control === e);
    let cutBy = null;
    if (ring > 0)
      for (let at = e.parentElement; at && at !== document.body && !cutBy; at = at.parentElement) {
        const flow = getComputedStyle(at);
        if (!/hidden|clip|auto|scroll/.test(flow.overflowX + flow.overflowY)) continue;
        const edge = at.getBoundingClientRect(), room = parseFloat(flow.overflowClipMargin) || 0;
        const left = edge.left + at.clientLeft - room, top = edge.top + at.clientTop - room;
        if (box.left - ring < left - 0.5 || box.right + ring > left + at.clientWidth + 2 * room + 0.5 ||
          box.top - ring < top - 0.5 || box.bottom + ring > top + at.clientHeight + 2 * room + 0.5) cutBy = selector(at);
      }
    const path = [];
    for (let at = e; at && at !== document.body && path.length < 4; at = at.parentElement)
      path.push(`${at.localName}.${[...at.classList].join(".")}`);
    return {
      ...row(e), again, part: presses > 0, cutBy, covered: !spots.some(own), faded: !opaque(e),
      out: box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth,
      like: `${path.join("<")} ${e.type ?? ""} ${style.outline} ${style.backgroundColor} ${style.color}`,
    };
  };
  /* Each Tab is looked at when its key is let go: the focus has moved then, and the window has scrolled. */
  if (!window.hejagenLook)
    addEventListener("keyup", (event) => event.key === "Tab" && window.hejagenLook.note(), true);
  const note = () => {
    if (left || stops.at(-1)?.again) return;
    top.remove();
    const stop = focused();
    if (stop) stops.push(stop);
    else left = true;
  };
  /* The stops since the last call, and whether the walk is over. */
  const walked = () => ({ stops: stops.splice(0), left: left || stops.length === 0 && document.activeElement === document.body });
  const refocus = (chosen) => {
    const e = document.querySelector(chosen);
    e?.focus({ preventScroll: true, focusVisible: true });
    if (!e || document.activeElement !== e) return null;
    e.scrollIntoView({ block: "center", behavior: "instant" });
    const box = e.getBoundingClientRect();
    return { x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height };
  };
  const unreached = () => {
    const groups = new Set(passed.filter((e) => e.type === "radio").map((e) => e.name));
    return expected.filter((e) => e.isConnected && seen(e) && !passed.includes(e) &&
      !(e.type === "radio" && groups.has(e.name))).slice(0, 10).map(row);
  };
  const disordered = () => {
    const rows = passed.filter((e) => e.isConnected);
    return rows.filter((e, i) => i &&
      (rows[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING || swapped(rows[i - 1], e)))
      .slice(0, 5).map(row);
  };
  /* Whether a style shows what comes after `one` before it: above it, or in a reversed line beside it. What a grid places
     in a column beside a text, such as the box of a step, is read with that text. */
  const swapped = (one, next) => {
    let around = one.parentElement;
    while (around && !around.contains(next)) around = around.parentElement;
    if (!around || around === one || !/flex|grid/.test(getComputedStyle(around).display)) return false;
    const [a, b] = [one, next].map((e) => [...around.children].find((o) => o.contains(e)));
    if ([a, b].some((e) => !e || e.getClientRects().length === 0 ||
      !/static|relative/.test(getComputedStyle(e).position))) return false;
    const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    const reversed = /reverse/.test(getComputedStyle(around).flexDirection) ||
      +getComputedStyle(a).order > +getComputedStyle(b).order;
    const beside = getComputedStyle(around).direction === "rtl" ? p.right <= q.left + 1 : q.right <= p.left + 1;
    const inColumn = q.left < p.right && p.left < q.right;
    return (inColumn && q.bottom <= p.top + 1) || (reversed && beside);
  };

  /* Relative luminance and contrast: WCAG 2.2, definitions. */
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const pixels = async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  };
  /* The number of pixels of two pictures of the same place that differ by a contrast of at least 3:1. */
  const differing = async (before, after) => {
    const [a, b] = [await pixels(before), await pixels(after)];
    let count = 0;
    for (let i = 0; i < a.length; i += 4)
      if ((a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2]) &&
        ratio(a.subarray(i, i + 3), b.subarray(i, i + 3)) >= 3) count++;
    return count;
  };
  const colours = new Map();
  const colour = (text) => {
    if (!colours.has(text)) {
      const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      context.fillStyle = text;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, alpha] = context.getImageData(0, 0, 1, 1).data;
      colours.set(text, { rgb: [r, g, b], alpha: alpha / 255 });
    }
    return colours.get(text);
  };
  /* The contrast of an element's text, or null where a picture or a half-transparent plane lies behind it. */
  const contrast = (chosen) => {
    const e = typeof chosen === "string" ? document.querySelector(chosen) : chosen;
    if (!e) return null;
    const front = colour(getComputedStyle(e).color);
    if (front.alpha < 1 || !opaque(e)) return null;
    for (let at = e; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none" || style.opacity !== "1" || style.mixBlendMode !== "normal") return null;
      const back = colour(style.backgroundColor);
      if (back.alpha === 1) return ratio(front.rgb, back.rgb);
      if (back.alpha > 0 || /absolute|fixed/.test(style.position)) return null;
    }
    return ratio(front.rgb, [255, 255, 255]);
  };
  /* What cannot be seen in the colours that the reader has chosen for all pages. */
  const gone = () =>
    [...document.body.querySelectorAll("*")].filter((e) => {
      if (!seen(e) || offscreen(e) || e.disabled) return false;
      const style = getComputedStyle(e);
      if (/checkbox|radio/.test(e.type))
        return style.appearance === "none" && style.borderTopStyle === "none" && style.outlineStyle === "none";
      if (e.localName !== "input" && ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) return false;
      const found = contrast(e);
      return found !== null && found < 3;
    }).slice(0, 5).map(row);

  /* What styles show when the pointer is over something: where to point, and what is looked for. */
  const SHOWING = ["display", "visibility", "opacity", "clip-path", "inset-inline-start", "transform"];
  const hovers = () => {
    const pairs = new Map();
    const collect = (rules) => {
      for (const rule of rules) {
        if (rule.cssRules?.length && !(rule.media && !matchMedia(rule.media.mediaText).matches)) collect(rule.cssRules);
        if (!rule.selectorText?.includes(":hover") || !SHOWING.some((name) => rule.style.getPropertyValue(name))) continue;
        for (const part of rule.selectorText.split(",").filter((text) => text.includes(":hover"))) {
          const target = part.replaceAll(":hover", "").trim();
          try {
            const over = [...document.querySelectorAll(part.split(":hover")[0] || "*")].find(seen);
            if (over && document.querySelector(target)) pairs.set(target, selector(over));
          } catch { /* a selector with parentheses, cut in two */ }
        }
      }
    };
    for (const sheet of document.styleSheets)
      try { collect(sheet.cssRules); } catch { /* of a file: the browser does not show it */ }
    return [...pairs];
  };
  /* Where the middle of an element is, in the middle of the window if it can be. */
  const middle = (chosen) => {
    const e = document.querySelector(chosen);
    e.scrollIntoView({ block: "center", behavior: "instant" });
    const box = e.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 20) };
  };
  const raised = (e) => {
    for (let at = e; at && at !== document.body; at = at.parentElement)
      if (/absolute|fixed/.test(getComputedStyle(at).position)) return true;
    return false;
  };
  const shown = (chosen) =>
    [...document.querySelectorAll(chosen)].filter((e) => seen(e) && opaque(e) && !offscreen(e) && raised(e)).map(row);

  /* Press what is seen of a selector, the first or all; with a value, write or choose it. Tells whether it is there. */
  const use = (chosen, value) => {
    const there = [...document.querySelectorAll(chosen)].filter(seen);
    for (const e of value === "*" ? there : there.slice(0, 1)) {
      e.focus();
      if (value === undefined || value === "*") e.click();
      else for (const kind of ((e.value = value), ["input", "change"])) e.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    return there.length > 0;
  };
  const mark = (chosen) => {
    const e = chosen && document.querySelector(chosen);
    if (!e || !seen(e)) return null;
    e.scrollIntoView({ block: "center", behavior: "instant" });
    const box = e.getBoundingClientRect();
    const frame = document.createElement("div");
    frame.id = "hejagen-mark";
    frame.style.cssText = `position: fixed; z-index: 2147483647; pointer-events: none; outline: 3px solid #d00;
      outline-offset: 3px; inset: ${box.top}px auto auto ${box.left}px; width: ${box.width}px; height: ${box.height}px`;
    document.documentElement.append(frame);
    return true;
  };
  const unmark = () => document.getElementById("hejagen-mark")?.remove();
  window.hejagenLook = {
    wide, cut, small, moving, begin, note, walked, refocus, unreached, disordered, differing, contrast, gone, hovers,
    middle, shown, use, mark, unmark,
  };
})();
