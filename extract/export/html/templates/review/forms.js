// Forms made from the shape of a value (its JSON Schema), plain values back from them, and values in words.
const LONG = ["text", "note", "lead", "title", "remarks"];
const DAYS = ["start", "end"];
const shapes = {
  // A schema without references: what it is, its name, and whether it may be null.
  of(schema) {
    if (schema.$ref) {
      const name = schema.$ref.split("/").at(-1);
      return { ...given.shapes[name], ...schema, name };
    }
    if (!schema.anyOf) return schema;
    const some = schema.anyOf.find((one) => one.type !== "null");
    return { ...shapes.of(some), ...("default" in schema ? { default: schema.default } : {}), nullable: schema.anyOf.length > 1 };
  },
  parts: (shape) => Object.entries(shape.properties),
  // A value as it stands in a file: no nulls, no defaults, no empty lists but those that have to be there.
  bare(value, schema) {
    const shape = shapes.of(schema);
    if (Array.isArray(value)) return value.map((item) => shapes.bare(item, shape.items));
    if (value === null || typeof value !== "object") return value;
    const kept = {};
    for (const [key, part] of shapes.parts(shape)) {
      const item = value[key];
      if (item === null || item === undefined || JSON.stringify(item) === JSON.stringify(shapes.of(part).default)) continue;
      if (Array.isArray(item) && !item.length && !shape.required.includes(key)) continue;
      kept[key] = shapes.bare(item, part);
    }
    return kept;
  },
  key: (key) => given.labels.keys[key] ?? [key, key],
  word: (owner, key, word) => given.labels.words[`${owner}.${key}`]?.[word] ?? [word, word],
  // A value in words, in both languages.
  told(value, schema, owner = "", key = "") {
    const shape = shapes.of(schema);
    if (Array.isArray(value)) return shapes.joined(value.map((item) => shapes.told(item, shape.items, owner, key)), ["、", "; "]);
    if (shape.name === "Money") return money.told(value);
    if (value !== null && typeof value === "object") {
      const parts = shapes.parts(shape).filter(([name]) => name in value);
      return shapes.joined(parts.map(([name, part]) => shapes.pair(shapes.key(name), shapes.told(value[name], part, shape.name, name), value[name])), ["，", ", "]);
    }
    if (shape.enum) return shapes.word(owner, key, value);
    const words = typeof value === "number" && key !== "year" ? value.toLocaleString("en-US") : String(value);
    return [words, words];
  },
  pair: (label, words, value) => (typeof value === "boolean" ? label : label.map((name, at) => `${name} ${words[at]}`)),
  joined: (all, marks) => marks.map((mark, at) => all.map((one) => one[at]).join(mark)),
};

// Every part of a form: {element, read}; what is empty reads as null.
const forms = {
  part(schema, value, about) {
    const shape = shapes.of(schema);
    if (shape.type === "array") return forms.list(shape, value ?? [], about);
    if (shape.type !== "object") return forms.leaf(shape, value ?? shape.default ?? null, about);
    return (shape.nullable || about.required === false) && about.key ? forms.optional(shape, value ?? null, about) : forms.table(shape, value ?? {}, about);
  },
  named: (about, name = "span") => make(name, { class: "name" }, ...both(about.label ?? shapes.key(about.key))),

  leaf(shape, value, about) {
    const input = forms.input(shape, about);
    if (shape.type === "boolean") input.checked = Boolean(value);
    else input.value = value ?? "";
    if (about.required && !shape.nullable && input.type !== "checkbox") input.required = true;
    const small = ["marker", "code", "approximate"].includes(about.key) || shape.type === "boolean";
    const name = forms.named(about);
    const label = make("label", { class: small ? "small" : input.localName === "textarea" ? "long" : "" }, name, input);
    if (shape.type === "integer" && about.money) {
      name.append(make("span", { class: "unit" }));
      label.append(make("output", { class: "figure-hint" }));
    }
    return { element: label, input, read: () => forms.entered(input, shape) };
  },
  input(shape, about) {
    if (shape.enum) {
      const words = given.labels.words[`${about.owner}.${about.key}`] ?? {};
      const order = Object.keys(words).filter((word) => shape.enum.includes(word));
      const options = [...order, ...shape.enum.filter((word) => !order.includes(word))].map((word) => {
        const [zh, en] = shapes.word(about.owner, about.key, word);
        return make("option", { value: word }, `${zh} · ${en}`);
      });
      return make("select", {}, make("option", { value: "" }, "—"), ...options);
    }
    if (shape.type === "boolean") return make("input", { type: "checkbox" });
    if (shape.type === "integer") {
      const [min, max] = about.key === "year" ? [1000, 9999] : [0, Number.MAX_SAFE_INTEGER];
      return make("input", { type: "number", step: "1", min, max, inputmode: "numeric" });
    }
    if (shape.type === "number") return make("input", { type: "number", step: "any", min: "0", inputmode: "decimal" });
    if (DAYS.includes(about.key)) return make("input", { type: "date" });
    if (about.key === "deadline") return make("input", { type: "text", pattern: "\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d)?", title: "2018-01-31, 2018-01-31T17:00", maxlength: "16" });
    if (about.key === "currency") return make("input", { type: "text", pattern: "[A-Z]{3}", title: "ISO 4217: CNY, EUR, USD", maxlength: "3" });
    return LONG.includes(about.key) ? make("textarea", { rows: "1" }) : make("input", { type: "text", autocomplete: "off" });
  },
  entered(input, shape) {
    if (shape.type === "boolean") return input.checked;
    if (!input.value.trim()) return null;
    return shape.type === "integer" || shape.type === "number" ? Number(input.value) : input.value;
  },

  table(shape, value, about) {
    const isMoney = about.money || shape.name === "Money";
    const parts = shapes.parts(shape).map(([key, part]) => [key, forms.part(part, value[key],
      { key, owner: shape.name, money: isMoney && ["min", "max", "per_project", "per", "tracks"].includes(key), required: shape.required.includes(key) })]);
    const fields = make("fieldset", about.key ? {} : { class: "whole" }, ...parts.map(([, part]) => part.element));
    forms.ordered(Object.fromEntries(parts));
    if (shape.name === "Money") money.follow(fields, Object.fromEntries(parts).currency.input);
    const read = () => Object.fromEntries(parts.map(([key, part]) => [key, part.read()]));
    if (!about.key || about.bare) return { element: fields, read };
    if (shape.required.length) {
      fields.prepend(forms.named(about, "legend"));
      return { element: fields, read };
    }
    const fold = make("details", {}, forms.named(about, "summary"), fields);  // nothing in it has to be filled in
    fold.open = Object.keys(value).length > 0;
    return { element: fold, read };
  },
  // The lower bound is not above the upper one.
  ordered(parts) {
    for (const [low, high] of [["min", "max"], ["min_months", "max_months"], ["start", "end"]]) {
      const [from, to] = [parts[low]?.input, parts[high]?.input];
      if (!from || !to) continue;
      const compare = () => {
        const wrong = from.value && to.value && (from.type === "number" ? Number(from.value) > Number(to.value) : from.value > to.value);
        to.setCustomValidity(wrong ? "最少大于最多 · the lower bound is above the upper one" : "");
      };
      from.addEventListener("input", compare);
      to.addEventListener("input", compare);
    }
  },
  // A table that may not be there at all.
  optional(shape, value, about) {
    const there = make("input", { type: "checkbox" });
    const part = forms.table({ ...shape, nullable: false }, value ?? {}, { ...about, bare: true });
    const tell = () => { part.element.hidden = part.element.disabled = !there.checked; };
    there.checked = value !== null;
    there.addEventListener("change", tell);
    tell();
    const element = make("div", {}, make("label", {}, forms.named(about), there), part.element);
    return { element, read: () => (there.checked ? part.read() : null) };
  },
  list(shape, values, about) {
    const box = make("div", {}), items = [], name = about.label ?? shapes.key(about.key);
    const isWithinItsKind = shapes.of(shape.items).name === about.owner;  // topics below a topic
    const draw = () => box.replaceChildren(...items.map((item) => item.element));
    const place = (value) => {
      const part = forms.part(shape.items, value, { ...about, required: true, bare: true });
      const item = { read: part.read, element: make("div", { class: "item" }, part.element) };
      const move = (by) => {
        const from = items.indexOf(item), to = from + by;
        if (to < 0 || to >= items.length) return;
        items.splice(to, 0, ...items.splice(from, 1));
        draw();
      };
      const buttons = [
        sign("↑", ["上移", "Move up"]), sign("↓", ["下移", "Move down"]), sign("✕", ["删除", "Remove"]),
      ];
      buttons[0].addEventListener("click", () => { move(-1); buttons[0].focus(); });
      buttons[1].addEventListener("click", () => { move(1); buttons[1].focus(); });
      buttons[2].addEventListener("click", () => { items.splice(items.indexOf(item), 1); draw(); add.focus(); forms.touch(box); });
      item.element.append(make("span", { class: "moves" }, ...buttons));
      items.push(item);
      return item;
    };
    const add = make("button", { type: "button", class: "add" }, "+ ", ...both(isWithinItsKind ? ["下级条目", "sub-item"] : name));
    add.addEventListener("click", () => {
      const item = place(undefined);
      draw();
      item.element.querySelector("input, select, textarea")?.focus();
      forms.touch(box);
    });
    for (const value of values) place(value);
    draw();
    const legend = about.root ? [] : [forms.named(about, "legend")];
    const element = isWithinItsKind  // its button stands with the item that it is below, for that of the list above is near
      ? make("fieldset", { "aria-label": "下级条目 · sub-items" }, add, box)
      : make("fieldset", about.root ? { class: "whole" } : {}, ...legend, box, add);
    element.dataset.list = name[1];
    return { element, read: () => items.map((item) => item.read()) };
  },
  touch: (element) => element.dispatchEvent(new Event("input", { bubbles: true })),
};
