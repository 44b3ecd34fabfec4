// Which sections and which of their changes are shown: by outcome, doubt, kind of change, and words.
const filters = {
  plain: (words) => words.normalize("NFKC").toLowerCase(),
  on: (id) => document.getElementById(id)?.checked ?? false,
  apply() {
    const outcomes = new Set([...document.querySelectorAll('.chip[aria-pressed="true"]')].map((chip) => chip.dataset.outcome));
    const what = document.getElementById("what").value;
    const searched = filters.plain(document.getElementById("search").value.trim());
    let shown = 0;
    for (const article of document.querySelectorAll("article")) {
      let rows = 0;
      for (const row of article.querySelectorAll("tr[data-kind]")) {
        row.hidden = (filters.on("wording") && row.dataset.kind === "worded") || (what !== "" && row.dataset.what !== what);
        rows += row.hidden ? 0 : 1;
      }
      const wanted = outcomes.has(article.dataset.outcome)
        && (!filters.on("doubtful") || "doubtful" in article.dataset)
        && (what === "" || rows > 0)
        && filters.plain(article.textContent).includes(searched);
      article.hidden = !wanted;
      document.querySelector(`tr[data-for="${article.id}"]`).hidden = !wanted;
      shown += wanted ? 1 : 0;
    }
    const told = document.getElementById("shown");
    told.textContent = `${shown} / ${told.dataset.all}`;
  },
  start() {
    const form = document.getElementById("filters");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", filters.apply);
    for (const chip of form.querySelectorAll(".chip")) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        filters.apply();
      });
    }
    filters.apply();
  },
};
document.addEventListener("DOMContentLoaded", filters.start);
