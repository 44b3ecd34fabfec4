// The page: a value is chosen on one side and shown on the other; keys; toggles; narrow screens.
const given = JSON.parse(document.getElementById("data").textContent);
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
// Characters that nobody sees are written out, as in the rest of the page.
function seen(words) {
  return words.replace(UNSEEN, (char) => ("\n\t".includes(char) ? char : `\\u${char.codePointAt(0).toString(16).padStart(4, "0")}`));
}
function both([zh, en]) {
  return [["zh", "zh-CN", zh], ["en", "en", en]].map(([name, code, words]) => make("span", { class: name, lang: code }, words));
}
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
// A button whose words stand in an attribute, in both languages.
function sign(symbol, [zh, en], attributes = {}) {
  const now = document.documentElement.dataset.language === "en" ? en : zh;
  return make("button", {
    type: "button", "data-both": "aria-label title", "data-zh-aria-label": zh, "data-en-aria-label": en,
    "data-zh-title": zh, "data-en-title": en, "aria-label": now, title: now, ...attributes,
  }, symbol);
}
const isNarrow = () => matchMedia("(max-width: 899px)").matches;

function view(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === name));
  }
}

const chosen = {
  now: null,
  // Choose a value: mark it, show its boxes, and scroll to them unless it was chosen there.
  choose(one, { fromPage = false, turns = true } = {}) {
    chosen.drop();
    chosen.now = one;
    one.element.setAttribute("aria-current", "true");
    places.show(one.spots, "chosen");
    chosen.tell(one);
    if (fromPage) {
      if (isNarrow()) view("record");
      one.element.closest("details")?.setAttribute("open", "");
      one.element.focus({ preventScroll: true });
      one.element.scrollIntoView({ block: "center" });
    } else {
      if (turns && isNarrow()) view("pages");
      places.reveal(one.spots);
    }
  },
  drop() {
    chosen.now?.element.removeAttribute("aria-current");
    chosen.now = null;
    places.hide("chosen");
    document.getElementById("chosen").hidden = true;
  },
  // The row of the record that the words belong to; those of a finding, to the value that they were read into.
  row: (one) => (one.value ? one : places.holding(one.spots))?.element.closest(".row"),
  tell(one) {
    const strip = document.getElementById("chosen"), row = chosen.row(one);
    const number = row?.closest(".card").querySelector("h2 .marker")?.textContent ?? "";
    const label = [...row?.querySelectorAll("dt > .zh, dt > .en") ?? []].map((node) => node.cloneNode(true));
    const pages = [...new Set(one.spots.map((spot) => spot[0]))].join(", ");
    const back = make("button", { type: "button" }, ...both(["回到记录", "Back to the record"]));
    back.addEventListener("click", () => { view("record"); one.element.focus(); });
    strip.replaceChildren(
      make("b", {}, number, " ", ...label),
      make("q", {}, ...one.element.cloneNode(true).childNodes),
      make("span", { class: "page" }, ...both(places.named(pages))),
      back,
    );
    strip.hidden = false;
  },
};

const pointer = {
  last: [],
  start() {
    const paper = document.querySelector(".paper");
    paper.addEventListener("click", (event) => {
      const found = places.under(event);
      if (!found.length) return;
      const same = found.length === pointer.last.length && found.every((one, at) => one === pointer.last[at]);
      const at = same ? found.indexOf(chosen.now) : -1;
      pointer.last = found;
      chosen.choose(found[(at + 1) % found.length], { fromPage: true });
    });
    let hovered = null;
    const hover = (one) => {
      if (one === hovered) return;
      places.hide("under");
      hovered = one;
      if (one) places.show(one.spots, "under");
    };
    paper.addEventListener("pointermove", (event) => hover(places.under(event)[0] ?? null));
    paper.addEventListener("pointerleave", () => hover(null));
  },
};

const toggles = {
  spots: (name) => (name === "boxes" ? places.cited.filter((one) => one.value).flatMap((one) => one.spots) : given.asides[name] ?? []),
  flip(name) {
    const button = document.querySelector(`[data-toggle="${name}"]`);
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true", kind = name === "boxes" ? "all" : name;
    button.setAttribute("aria-pressed", String(on));
    if (on) places.show(toggles.spots(name), kind);
    else places.hide(kind);
  },
  zoom(by) {
    const paper = document.querySelector(".paper"), steps = [0.6, 0.8, 1, 1.25, 1.6, 2];
    const at = steps.indexOf(Number(paper.style.getPropertyValue("--zoom") || 1));
    paper.style.setProperty("--zoom", steps[Math.min(steps.length - 1, Math.max(0, at + by))]);
    if (chosen.now) places.reveal(chosen.now.spots);
  },
};

const travel = {
  cards: () => [...document.querySelectorAll(".content > section:not([hidden])")],
  // The card that holds the focus, if it is on view, else the one at the top of the record.
  here() {
    const cards = travel.cards(), record = document.getElementById("record").getBoundingClientRect();
    const isOnView = ({ top, bottom }) => bottom > record.top && top < record.bottom;
    const focused = cards.indexOf(document.activeElement.closest(".card"));
    if (focused >= 0 && isOnView(document.activeElement.getBoundingClientRect())) return focused;
    return Math.max(0, cards.findLastIndex((card) => card.getBoundingClientRect().top <= record.top + 60));
  },
  go(by) {
    view("record");
    const cards = travel.cards(), card = cards[Math.min(cards.length - 1, Math.max(0, travel.here() + by))];
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
    travel.mark();
    const heading = places.cited.find((one) => card.contains(one.element));
    if (heading && !isNarrow()) places.reveal(heading.spots);
  },
  mark() {
    const card = travel.cards()[travel.here()];
    for (const link of document.querySelectorAll(".rail a")) {
      if (link.getAttribute("href") === `#${card.id}`) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  },
  start() {
    let waiting = false;
    document.getElementById("record").addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; travel.mark(); });
    }, { passive: true });
    travel.mark();
  },
};

const keys = {
  j: () => travel.go(1),
  k: () => travel.go(-1),
  n: () => search.step(1),
  p: () => search.step(-1),
  "/": () => { view("record"); search.input.focus(); search.input.select(); },
  e: () => corrections.editChosen(),
  b: () => toggles.flip("boxes"),
  c: () => toggles.flip("overprint"),
  f: () => toggles.flip("furniture"),
  l: () => document.getElementById("language").click(),
  "?": () => document.getElementById("help").showModal(),
  Escape: () => corrections.close() || chosen.drop(),
  start() {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const typing = event.target.matches("input, textarea, select");
      if ((typing && event.key !== "Escape") || !Object.hasOwn(keys, event.key) || event.key === "start") return;
      event.preventDefault();
      keys[event.key]();
    });
  },
};

function start() {
  document.documentElement.classList.add("scripting");
  places.start();
  search.start();
  pointer.start();
  travel.start();
  keys.start();
  corrections.start();
  document.querySelector(".content").addEventListener("click", (event) => {
    const one = places.of(event.target.closest("a.cited"));
    if (!one || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    chosen.choose(one);
  });
  for (const button of document.querySelectorAll("[data-toggle]")) button.addEventListener("click", () => toggles.flip(button.dataset.toggle));
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => toggles.zoom(Number(button.dataset.zoom)));
  for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => view(button.dataset.show));
  document.getElementById("ask").addEventListener("click", () => document.getElementById("help").showModal());
}
start();
