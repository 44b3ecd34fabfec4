// Where values stand: boxes on pages, or stretches of lines; which value stands under the pointer.
const places = {
  cited: [],  // every value that stands somewhere: {element, spots, size, value}
  start() {
    for (const element of document.querySelectorAll(".cited[data-at]")) {
      const spots = JSON.parse(element.dataset.at);
      const value = !element.closest("#look");  // findings and checks are no values
      places.cited.push({ element, spots, value, size: spots.reduce((sum, spot) => sum + places.surface(spot), 0) });
    }
    places.isText = document.querySelector(".lines") !== null;
    if (places.isText) lines.start();
  },
  named(numbers) {
    if (!places.isText) return [`第 ${numbers} 页`, `p. ${numbers}`];
    return given.blocks ? [`第 ${numbers} 段`, `paragraph ${numbers}`] : [`第 ${numbers} 行`, `line ${numbers}`];
  },
  surface(spot) {
    return spot.length === 5 ? (spot[3] - spot[1]) * (spot[4] - spot[2]) : spot[2] - spot[1];
  },
  within(spot, own) {
    const half = (spot.length + 1) / 2;  // [page, x0, top, x1, bottom], or [line, start, end]
    return spot.every((edge, index) => (index === 0 ? edge === own[0] : index < half ? edge >= own[index] : edge <= own[index]));
  },
  of(element) {
    return places.cited.find((one) => one.element === element);
  },
  // The smallest value that holds the places of a finding's words: whole boxes or stretches, or parts of them.
  holding(spots) {
    const holds = (one) => spots.every((spot) => one.spots.some((own) => places.within(spot, own)));
    return places.smallestFirst(places.cited.filter((one) => one.value && holds(one)))[0];
  },
  // The values under a point, the smallest first; of equals the first in the record.
  smallestFirst(found) {
    return [...found].sort((one, other) => one.size - other.size);
  },
  on(page, x, y) {
    return places.smallestFirst(places.cited.filter((one) => one.value && one.spots.some(
      ([at, x0, top, x1, bottom]) => at === page && x0 <= x && x <= x1 && top <= y && y <= bottom)));
  },
  show(spots, kind) {
    if (places.isText) return lines.show(spots, kind);
    const seen = new Set();
    for (const spot of spots) {
      const figure = document.getElementById(`page-${spot[0]}`);
      if (!figure || seen.has(String(spot))) continue;
      seen.add(String(spot));
      const box = document.createElement("div");
      box.className = `box ${kind}`;
      const [, x0, top, x1, bottom] = spot;
      const [width, height] = [Number(figure.dataset.width), Number(figure.dataset.height)];
      box.style.left = `${(100 * x0) / width}%`;
      box.style.top = `${(100 * top) / height}%`;
      box.style.width = `${(100 * (x1 - x0)) / width}%`;
      box.style.height = `${(100 * (bottom - top)) / height}%`;
      figure.querySelector(".sheet").append(box);
    }
  },
  hide(kind) {
    if (places.isText) return lines.hide(kind);
    for (const box of document.querySelectorAll(`.box.${kind}`)) box.remove();
  },
  reveal(spots) {
    const target = places.isText
      ? document.querySelector(".lines i.chosen") || document.getElementById(`line-${spots[0]?.[0]}`)
      : document.querySelector(".box.chosen") || document.getElementById(`page-${spots[0]?.[0]}`);
    target?.scrollIntoView({ block: "center", inline: "nearest" });
  },
  // The values under an event of the pointer.
  under(event) {
    if (places.isText) return lines.under(event.target);
    const sheet = event.target.closest(".sheet");
    if (!sheet) return [];
    const figure = sheet.parentElement, at = sheet.getBoundingClientRect();
    const x = ((event.clientX - at.left) / at.width) * Number(figure.dataset.width);
    const y = ((event.clientY - at.top) / at.height) * Number(figure.dataset.height);
    return places.on(Number(figure.id.slice("page-".length)), x, y);
  },
};

// Plain text: every line is cut where a value begins or ends, and each piece knows the values that hold it.
const lines = {
  start() {
    const cuts = new Map();
    const cut = ([line, start, end]) => {
      if (!cuts.has(line)) cuts.set(line, new Set());
      cuts.get(line).add(start).add(end);
    };
    for (const one of places.cited) one.spots.forEach(cut);
    for (const pieces of Object.values(given.asides)) pieces.forEach(cut);
    for (const [line, marks] of cuts) {
      const span = document.querySelector(`#line-${line} > span`);
      if (!span) continue;
      const words = given.lines[line - 1], ends = [...new Set([0, ...marks, words.length])].sort((a, b) => a - b);
      span.replaceChildren(...ends.slice(1).map((end, at) => {
        const piece = document.createElement("i");
        piece.textContent = seen(words.slice(ends[at], end));
        [piece.dataset.start, piece.dataset.end] = [ends[at], end];
        const holds = places.cited.some((one) => one.value && lines.covers(one.spots, line, ends[at]));
        if (holds) piece.dataset.of = line;
        return piece;
      }));
    }
  },
  covers(spots, line, start) {
    return spots.some(([at, from, to]) => at === line && from <= start && start < to);
  },
  pieces([line, start, end]) {
    return [...document.querySelectorAll(`#line-${line} i`)].filter(
      (piece) => start <= Number(piece.dataset.start) && Number(piece.dataset.end) <= end);
  },
  kind: (kind) => (kind in given.asides ? `aside-${kind}` : kind),
  show(spots, kind) {
    for (const spot of spots) for (const piece of lines.pieces(spot)) piece.classList.add(lines.kind(kind));
  },
  hide(kind) {
    for (const piece of document.querySelectorAll(`.lines i.${lines.kind(kind)}`)) piece.classList.remove(lines.kind(kind));
  },
  under(target) {
    const piece = target.closest?.("i[data-of]");
    if (!piece) return [];
    const [line, start] = [Number(piece.dataset.of), Number(piece.dataset.start)];
    return places.smallestFirst(places.cited.filter((one) => one.value && lines.covers(one.spots, line, start)));
  },
};
