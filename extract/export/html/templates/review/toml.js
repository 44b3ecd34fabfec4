// Plain values → TOML 1.0: texts, numbers, booleans, lists, and tables on one line.
const toml = {
  SHORT: { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" },
  text(words) {
    const whole = String(words).replace(/\p{Surrogate}/gu, "\ufffd");
    const told = (char) => toml.SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return `"${whole.replace(/["\\\u0000-\u001f\u007f]/g, told)}"`;
  },
  key: (name) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : toml.text(name)),
  value(given) {
    if (Array.isArray(given)) return `[${given.map(toml.value).join(", ")}]`;
    if (typeof given === "object") {
      const pairs = Object.entries(given).map(([name, value]) => `${toml.key(name)} = ${toml.value(value)}`);
      return pairs.length ? `{ ${pairs.join(", ")} }` : "{}";
    }
    return typeof given === "string" ? toml.text(given) : String(given);
  },
  // A file of corrections: one table for each, keys in the order that they are read in.
  file(name, entries) {
    const head = `# Corrections of ${name.replace(/[\p{Cc}\p{Surrogate}\u2028\u2029]/gu, " ")}\n`;
    return head + entries.map((entry) => `\n[[correction]]\n${toml.rows(entry)}`).join("");
  },
  rows(entry) {
    const rest = Object.keys(entry).filter((name) => !toml.ORDER.includes(name));
    const given = [...toml.ORDER, ...rest].filter((name) => entry[name] !== undefined && entry[name] !== null);
    return given.map((name) => `${toml.key(name)} = ${toml.value(entry[name])}\n`).join("");
  },
  ORDER: ["section", "field", "value", "was", "quote", "by", "why"],
};
