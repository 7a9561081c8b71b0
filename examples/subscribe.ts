// Prints every reading of every device at a broker, until Ctrl-C.
//
//   npx tsx examples/subscribe.ts mqtt://localhost
import { parseTopic, readingSchema } from '@inkcast/shared/messages';
import mqtt from 'mqtt';

const BASE = 'inkcast';

const [url = 'mqtt://localhost'] = process.argv.slice(2);
const client = await mqtt.connectAsync(url);
client.on('message', (topic, payload) => {
  // Retained messages come first: what each device reads now.
  const source = parseTopic(BASE, topic);
  if (source?.kind !== 'reading' || payload.length === 0) return;
  const { rows, value, confidence, rejected } = readingSchema.parse(JSON.parse(payload.toString()));
  const shown = rows.length === 0 ? 'no digits in view' : rows.join(' / ');
  const certainty = confidence === null ? '' : `, ${Math.floor(100 * confidence)} % sure`;
  console.log(`${source.device}: ${value ?? shown}${certainty}`);
  if (rejected !== undefined) console.log(`${source.device}: ${rejected.text} is rejected: ${rejected.reason}`);
});
// The second filter is for devices that read named regions.
await client.subscribeAsync([`${BASE}/+/reading`, `${BASE}/+/region/+/reading`], { qos: 1 });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => client.end());
