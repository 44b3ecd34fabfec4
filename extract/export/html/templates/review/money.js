// Money in words, as the record tells it (18,000 万元（180,000,000 元）), and beside the amounts of a form.
const money = {
  // 6 to 8 as 6–8, an open side as ≤8 or ≥6, nothing as nothing.
  span(low, high, told) {
    const [least, most] = [low, high].map((end) => (end === null || end === undefined ? "" : told(end)));
    if (least && most) return least === most ? least : `${least}–${most}`;
    return most ? `≤${most}` : least && `≥${least}`;
  },
  whole: (amount) => amount.toLocaleString("en-US"),
  // In units of ten thousand, exactly.
  large(amount) {
    const rest = amount % 10000, decimals = String(rest).padStart(4, "0").replace(/0+$/, "");
    return money.whole((amount - rest) / 10000) + (decimals && `.${decimals}`);
  },
  unit: (code) => (code === "CNY" ? "元" : ` ${code}`),
  amount({ min, max }, code, approximate = false) {
    const whole = money.span(min, max, money.whole), unit = money.unit(code);
    if (!whole) return ["未写总数", "no total"];
    const told = [`${money.span(min, max, money.large)} 万${unit}（${whole} ${unit.trim()}）`, `${code} ${whole}`];
    return approximate ? [`约 ${told[0]}`, `about ${told[1]}`] : told;
  },
  // A total, what it is the sum of, what each project and unit gets, the share of the cost, and the other side's money.
  told({ currency = "CNY", approximate, tracks = [], per_project: each, per, share, foreign, ...total }) {
    const parts = [money.amount(total, currency, approximate)];
    for (const track of tracks) parts.push(money.amount(track, currency).map((words) => `${track.name} ${words}`));
    if (each) parts.push(money.amount(each, currency).map((words, at) => `${shapes.key("per_project")[at]} ${words}`));
    if (per) parts.push(money.amount(per, currency).map((words, at) => `${["每", "for each "][at]}${per.unit} ${words}`));
    if (share) parts.push([0, 1].map(() => `${share.of ?? ""} ${money.span(share.min, share.max, String)}%`.trim()));
    if (foreign) parts.push(money.told(foreign).map((words, at) => `${shapes.key("foreign")[at]} ${words}`));
    return shapes.joined(parts, ["；", "; "]);
  },

  // ── in a form ──
  // Amounts are typed in whole units of the currency, which their labels name; in large units they are easier to believe.
  follow(fields, currency) {
    const tell = () => {
      const code = currency.value.trim() || "CNY", named = code === "CNY" ? ["（元）", " (yuan)"] : [`（${code}）`, ` (${code})`];
      for (const unit of fields.querySelectorAll(".unit")) unit.replaceChildren(...both(named));
      for (const hint of fields.querySelectorAll(".figure-hint")) money.hint(hint, hint.parentElement.querySelector("input").value, code);
    };
    fields.addEventListener("input", tell);
    tell();
  },
  hint(hint, typed, code) {
    const words = /^\d+$/.test(typed) && Number.isSafeInteger(Number(typed))
      ? [`= ${money.large(Number(typed))} 万${money.unit(code)}`, `= ${code} ${money.whole(Number(typed))}`] : ["", ""];
    if (hint.textContent !== words.join("")) hint.replaceChildren(...both(words));  // what is read aloud changes when it has to
  },
};
