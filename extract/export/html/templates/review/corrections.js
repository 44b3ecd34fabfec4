// What a person corrects: forms below values, a list that survives a reload, and a file to put beside the guide.
const corrections = {
  filed: new Map(),  // those of the guide's corrections file, by key
  pending: new Map(),  // those made here; null where one of the file is withdrawn
  delivered: "", form: null,

  start() {
    for (const entry of given.corrections) corrections.filed.set(corrections.key(entry), entry);
    corrections.restore();
    for (const row of document.querySelectorAll("[data-target]")) {
      const target = given.targets[Number(row.dataset.target)];
      row.querySelector(".edit")?.addEventListener("click", () => corrections.open(target, row));
    }
    for (const was of document.querySelectorAll("q[data-was]")) corrections.plainly(was);
    document.querySelector("[data-download]").addEventListener("click", corrections.download);
    addEventListener("beforeunload", (event) => { if (corrections.isUnsaved() || corrections.form?.dirty) event.preventDefault(); });
    corrections.draw();
  },
  // What a value was stands in the record as JSON, and in the page as people read it.
  plainly(was) {
    const target = given.targets[Number(was.closest("[data-target]").dataset.target)];
    if (typeof target.was === "string" && shapes.of(target.shape).type !== "string") return;
    was.replaceChildren(...both(shapes.told(target.was, target.shape, "", target.field).map(seen)));
  },
  key: (one) => JSON.stringify([one.section ?? null, one.field]),
  target: (key) => given.targets.find((one) => corrections.key(one) === key),
  row: (target) => document.querySelector(`[data-target="${given.targets.indexOf(target)}"]`),
  // What a correction is of: its label, and the shape of its value. The section itself may be gone.
  kind: (one) => given.kinds[(one.section ?? null) === null ? "guide" : "section"][one.field],
  name: (one) => corrections.kind(one).label.map((label) => ((one.section ?? null) === null ? label : seen(`${one.section} ${label}`))),
  // Whether one of the file was not applied: what it corrects is read otherwise now, or is gone.
  isStale: (key) => corrections.filed.has(key) && !("was" in (corrections.target(key) ?? {})),
  editChosen() {
    if (chosen.now) chosen.row(chosen.now)?.querySelector(".edit")?.click();
  },

  // ── what is kept ──
  store: () => `guide-extract.corrections.${given.sha256}`,
  restore() {
    try {
      const kept = JSON.parse(localStorage.getItem(corrections.store()) ?? "{}");
      corrections.pending = new Map(Object.entries(kept.pending ?? {}));
      corrections.delivered = kept.delivered ?? "";
    } catch { return; }  // nothing was kept, or the browser keeps nothing for files
    for (const [key, entry] of corrections.pending) {  // what has come back with the file is pending no more
      const filed = corrections.filed.get(key);
      const isBack = filed && !corrections.isStale(key) && corrections.same(entry, filed);
      if (entry ? isBack : !filed) corrections.pending.delete(key);
    }
  },
  same: (one, other) => ["value", "by", "why"].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name])),
  keep() {
    const kept = { pending: Object.fromEntries(corrections.pending), delivered: corrections.delivered };
    try { localStorage.setItem(corrections.store(), JSON.stringify(kept)); } catch { /* kept for this page only */ }
    corrections.draw();
  },
  remembered(name) {
    try {
      if (name !== undefined) localStorage.setItem("guide-extract.reviewer", name);
      return localStorage.getItem("guide-extract.reviewer") ?? "";
    } catch { return name ?? ""; }
  },
  // All that goes into the file, in the record's order; what the file says of values that are gone stays at its end.
  entries() {
    const keys = new Set([...given.targets.map(corrections.key), ...corrections.filed.keys()]);
    return [...keys].map(corrections.standing).filter(Boolean);
  },
  standing: (key) => (corrections.pending.has(key) ? corrections.pending.get(key) : corrections.filed.get(key)),
  text: () => toml.file(given.file, corrections.entries()),
  isUnsaved: () => corrections.pending.size > 0 && corrections.text() !== corrections.delivered,
  download() {
    const text = corrections.text(), link = make("a", { download: `${given.stem}.corrections.toml` });
    link.href = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    corrections.delivered = text;
    corrections.keep();
  },

  // ── the form ──
  open(target, row) {
    if (corrections.form) {
      if (corrections.form.dirty) return corrections.form.element.querySelector("input, select, textarea").focus();
      corrections.close();
    }
    const key = corrections.key(target), before = corrections.standing(key);
    const value = before ? before.value : target.value;
    const shape = shapes.of(target.shape), choice = corrections.choice(target, shape, value);
    const part = forms.part(target.shape, choice?.closed(value) ? null : value, { label: target.label, owner: "", root: true, required: !shape.nullable });
    const why = make("textarea", { rows: "1", required: "" }), by = make("input", { type: "text", required: "", autocomplete: "name" });
    [why.value, by.value] = [before?.why ?? "", before?.by ?? corrections.remembered()];
    const fault = make("p", { class: "fault", role: "alert" });
    const cancel = make("button", { type: "button" }, ...both(["取消", "Cancel"]));
    const withdraw = make("button", { type: "button" }, ...both(["撤回更正", "Withdraw"]));
    const acts = [make("button", { class: "main" }, ...both(["保存", "Keep"])), cancel, ...(before ? [withdraw] : [])];
    const [zh, en] = corrections.name(target);
    const element = make("form", { class: "edit-form", "aria-label": `更正 ${zh} · Correct ${en}` },
      ...(choice ? [choice.element] : []), part.element,
      make("div", { class: "reason" },
        make("label", {}, make("span", { class: "name" }, ...both(["理由", "reason"])), why),
        make("label", {}, make("span", { class: "name" }, ...both(["更正人", "your name"])), by)),
      fault, make("div", { class: "acts" }, ...acts));
    choice?.watch(part.element);
    const holder = row.matches("dl > *") ? make("dd", { class: "holder" }, element) : element;
    const form = { element, holder, row, dirty: false };
    element.addEventListener("input", () => { form.dirty = true; fault.replaceChildren(); });
    element.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.ctrlKey) element.requestSubmit(); });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const made = choice?.status() ?? shapes.bare(part.read(), target.shape);
      const wrong = corrections.fault(target, made);
      if (wrong) return fault.replaceChildren(...both(wrong));
      corrections.remembered(by.value.trim());
      corrections.propose(target, made, by.value.trim(), why.value.trim());
      corrections.close(true);
    });
    cancel.addEventListener("click", () => corrections.close(true));
    withdraw.addEventListener("click", () => { corrections.withdraw(key); corrections.close(true); });
    row.append(holder);
    row.classList.add("open");
    corrections.form = form;
    const cited = places.of(row.querySelector(".cited[data-at]"));
    if (cited && !row.contains(chosen.now?.element ?? null)) chosen.choose(cited, { turns: false });
    view("record");
    element.querySelector("input, select, textarea, button").focus();
    element.scrollIntoView({ block: "nearest" });
  },
  // Whether there is a form to close; one with words in it is closed by its own buttons alone.
  close(force = false) {
    const form = corrections.form;
    if (!form) return false;
    if (form.dirty && !force) {
      form.element.querySelector(".acts button + button").focus();
      return true;
    }
    form.holder.remove();
    form.row.classList.remove("open");
    corrections.form = null;
    form.row.querySelector(".edit").focus();
    return true;
  },
  // For values that a guide may not have: does it have one.
  choice(target, shape, value) {
    if (!("status" in target) && !shape.nullable) return null;
    const names = "status" in target ? ["stated", "none", "absent"] : ["stated", "absent"];
    const closed = (one) => typeof one === "string" && (shape.type !== "string" || one === "absent");
    const select = make("select", {}, ...names.map((name) => make("option", { value: name }, given.labels.statuses[name].join(" · "))));
    if (closed(value)) select.value = value;
    else if (value === null && target.status !== "unread") select.value = ["none", "absent"].includes(target.status) ? target.status : "absent";
    const element = make("label", {}, make("span", { class: "name" }, ...both(["状态", "status"])), select);
    const watch = (part) => {
      const tell = () => {
        part.hidden = select.value !== "stated";
        for (const input of part.querySelectorAll("input, select, textarea")) input.disabled = part.hidden;
        for (const fields of part.querySelectorAll("fieldset[hidden] :is(input, select, textarea)")) fields.disabled = true;
      };
      select.addEventListener("change", tell);
      tell();
    };
    return { element, closed, watch, status: () => (select.value === "stated" ? null : select.value) };
  },
  // Why a value cannot be kept, or nothing.
  fault(target, value) {
    const told = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : null;
    const name = shapes.of(target.shape).name;
    if (value === null) return ["没有填写；指南没有的，状态选“未列”", "nothing is filled in; where the guide has nothing, choose “absent”"];
    if (told && ["Count", "Money", "Duration", "DeclaredProjects"].includes(name) && !told.some((key) => key !== "approximate" && key !== "currency")) {
      return ["没有填写；指南没有的，状态选“未列”", "nothing is filled in; where the guide has nothing, choose “absent”"];
    }
    if (name === "Duration" && told && (told.includes("end") ? !told.includes("start") : told.join() === "start")) {
      return ["填起止两个日期，或月数，或月数和日期", "two dates, or months, or months with dates"];
    }
    const same = JSON.stringify(value) === JSON.stringify(corrections.was(target));
    return same ? ["与读出的值相同；要取消更正，请按“撤回”", "this is what was extracted; to undo a correction, withdraw it"] : null;
  },
  // What had been extracted: a value, or the status in its place.
  was(target) {
    if ("was" in target) return corrections.filed.get(corrections.key(target))?.was ?? target.was;
    const nothing = target.value === null || (Array.isArray(target.value) && !target.value.length);
    return nothing ? target.status ?? "absent" : shapes.bare(target.value, target.shape);
  },
  propose(target, value, by, why) {
    const section = target.section === null ? {} : { section: target.section };
    const quote = target.quote ? { quote: target.quote } : {};
    const entry = { ...section, field: target.field, value, was: corrections.was(target), ...quote, by, why };
    corrections.pending.set(corrections.key(target), entry);
    corrections.keep();
  },
  withdraw(key) {
    if (corrections.filed.has(key)) corrections.pending.set(key, null);
    else corrections.pending.delete(key);
    corrections.keep();
  },

  // ── the list, and the marks on values ──
  draw() {
    const keys = [...new Set([...given.targets.map(corrections.key), ...corrections.filed.keys()])];
    const listed = keys.filter((key) => corrections.pending.has(key) || corrections.filed.has(key));
    const panel = document.getElementById("corrections");
    panel.hidden = !listed.length;
    panel.querySelector(".pending").replaceChildren(...listed.map(corrections.item));
    panel.querySelector(".tally").replaceChildren(...both(corrections.isUnsaved()
      ? [`${listed.length} 条，有未下载的改动`, `${listed.length}, some not downloaded yet`]
      : [`${listed.length} 条`, `${listed.length}`]));
    for (const mark of document.querySelectorAll(".proposal")) mark.remove();
    for (const [key, entry] of corrections.pending) {
      const target = corrections.target(key), row = target && corrections.row(target);
      (row?.querySelector("dd") ?? row)?.append(make("p", { class: "proposal" }, make("b", {}, ...both(entry ? ["待更正为", "to become"] : ["撤回更正", "withdrawn"])), " ",
        ...(entry ? both(corrections.told(entry)) : [])));
    }
  },
  told(entry) {
    if (["none", "absent"].includes(entry.value)) return given.labels.statuses[entry.value];
    const words = shapes.told(entry.value, corrections.kind(entry).shape, "", entry.field).map(seen);
    return words[0] ? words : ["（空）", "(nothing)"];
  },
  item(key) {
    const entry = corrections.pending.get(key) ?? corrections.filed.get(key), target = corrections.target(key);
    const gone = corrections.pending.get(key) === null, isStale = !corrections.pending.has(key) && corrections.isStale(key);
    const state = gone ? ["撤回", "withdrawn"] : corrections.pending.has(key) ? ["新", "new"]
      : isStale ? ["已失效，未采用", "stale, not applied"] : ["已在文件中", "in the file"];
    const change = make("button", { type: "button" }, ...both(gone ? ["恢复", "Restore"] : ["修改", "Change"]));
    const withdraw = make("button", { type: "button" }, ...both(["撤回", "Withdraw"]));
    change.addEventListener("click", () => {
      if (gone) { corrections.pending.delete(key); corrections.keep(); } else corrections.open(target, corrections.row(target));
    });
    withdraw.addEventListener("click", () => corrections.withdraw(key));
    const buttons = [...(target || gone ? [change] : []), ...(gone ? [] : [withdraw])];
    return make("li", {}, make("div", { class: gone ? "what withdrawn" : "what" },
      make("b", {}, ...both(corrections.name(entry))), ...both(corrections.told(entry)), " ", make("span", { class: isStale ? "chip stale" : "chip" }, ...both(state)),
      make("span", { class: "why" }, seen(`${entry.by}：${entry.why}`))), make("div", { class: "acts" }, ...buttons));
  },
};
