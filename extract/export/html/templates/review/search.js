// Search in what the record shows: matches are marked and counted, and one of them is the current one.
const search = {
  marks: [], at: -1,
  start() {
    search.form = document.getElementById("search");
    search.input = search.form.querySelector("input");
    search.output = search.form.querySelector("output");
    search.input.addEventListener("input", () => search.run(search.input.value));
    search.form.addEventListener("submit", (event) => { event.preventDefault(); search.step(1); });
    search.form.querySelector("[data-step]").addEventListener("click", () => search.step(-1));
    search.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); search.step(-1); }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); search.clear(); search.input.blur(); }
    });
  },
  clear() {
    search.input.value = "";
    search.run("");
  },
  run(words) {
    for (const mark of search.marks) {
      const parent = mark.parentNode;
      mark.replaceWith(mark.textContent);
      parent?.normalize();
    }
    [search.marks, search.at] = [[], -1];
    const wanted = words.trim().toLowerCase();
    if (wanted) for (const node of search.texts()) search.mark(node, wanted);
    search.step(1, false);
    if (!wanted) search.output.textContent = "";
  },
  // The texts that are on view: of the language in use, and no buttons or forms.
  texts() {
    const walker = document.createTreeWalker(document.querySelector(".content"), NodeFilter.SHOW_TEXT);
    const hidden = document.documentElement.dataset.language === "zh" ? ".en" : ".zh", found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest(`${hidden}, button, form, [hidden]`)) found.push(node);
    }
    return found;
  },
  mark(node, wanted) {
    for (let place; (place = search.find(node.data, wanted)) >= 0;) {
      const rest = node.splitText(place);
      node = rest.splitText(wanted.length);
      const mark = document.createElement("mark");
      rest.replaceWith(mark);
      mark.append(rest);
      search.marks.push(mark);
    }
  },
  // Lower case may be longer than what it is made of (İ); such a text is searched as it stands.
  find(text, wanted) {
    const lower = text.toLowerCase();
    return (lower.length === text.length ? lower : text).indexOf(wanted);
  },
  step(by, scroll = true) {
    search.marks[search.at]?.classList.remove("now");
    const count = search.marks.length;
    search.at = count ? (search.at + by + count) % count : -1;
    search.output.textContent = `${search.at + 1}/${count}`;
    const mark = search.marks[search.at];
    if (!mark) return;
    mark.classList.add("now");
    mark.closest("details")?.setAttribute("open", "");
    if (scroll || search.at === 0) {
      document.body.dataset.view === "record" || view("record");
      mark.scrollIntoView({ block: "center" });
    }
  },
};
