// Holds readings against rules, as the daemon does: a water meter with two decimal places, which never falls and gains
// no more than 2 an hour. The readings are an hour apart here.
//
//   npx tsx examples/rule.ts 00407 00412 00398 00912 00430
import { RuleKeeper, readingRulesSchema } from '@inkcast/reader/reading';

const HOUR_MS = 3_600_000;

const rules = readingRulesSchema.parse({ digitCount: 5, decimalPlaces: 2, monotonic: true, maxPerHour: '2' });
const keeper = new RuleKeeper(rules);
const begin = Date.UTC(2026, 0, 1);
for (const [hour, text] of process.argv.slice(2).entries()) {
  // A refused reading is compared with the next ones: if it stays, the earlier value was the mistake.
  const { value, refusal } = keeper.judge(text, new Date(begin + hour * HOUR_MS));
  console.log(refusal === undefined ? `${text}: ${value}` : `${text}: refused (${refusal.rule}): ${refusal.reason}`);
}
