// Check applications against the record of a guide: node check.mjs guide_2017.json applications.json
// The same as check.py, in JavaScript; docs/conditions.md has the vocabulary.
import { readFileSync } from "node:fs";

const COMPARE = {
  at_least: (said, asked) => said >= asked,
  at_most: (said, asked) => said <= asked,
  equals: (said, asked) => said === asked,
  one_of: (said, asked) => asked.includes(said),
  before: (said, asked) => said <= asked,
  after: (said, asked) => said >= asked,
};

function conditionsOf(record, number) {
  const own = record.sections.find((one) => one.number === number).conditions;
  const hasMonths = own.some((one) => one.fact === "project_months");
  return own.concat(record.guide.conditions.filter((one) => !(hasMonths && one.fact === "project_months")));
}

// true or false; null where the application does not say
function holds(condition, application) {
  const said = application.says
    .filter((one) => one.fact === condition.fact && (one.by ?? null) === (condition.by ?? null))
    .filter((one) => condition.of == null || one.of === condition.of)
    .map((one) => one.value);
  if (condition.fact === "manual" || condition.when || ["guide_deadline", "closed"].includes(condition.value)) return null;
  if (!said.length) return null;
  const among = condition.among;
  const counted = (value) => (Array.isArray(value) ? value.filter((code) => !among || among.includes(code)).length : value);
  return said.every((value) => COMPARE[condition.op](counted(value), condition.value));
}

export function judge(record, application) {
  const asked = conditionsOf(record, application.section)
    .filter((one) => !["info", "prefer"].includes(one.binding))
    .filter((one) => one.track == null || one.track === application.track);
  const refused = asked.filter((one) => one.binding === "must" && holds(one, application) === false);
  const open = asked.filter((one) => !holds(one, application));
  if (refused.length) return ["refused", refused];
  return open.length ? ["to be judged", open] : ["accepted", []];
}

const [record, applications] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf-8")));
for (const application of applications) {
  const [verdict, conditions] = judge(record, application);
  console.log(`${application.id} ${verdict}`);
  for (const one of conditions) {
    console.log(`    ${one.fact}: ${one.text} (page ${one.evidence.length ? one.evidence[0].page : null})`);
  }
}
