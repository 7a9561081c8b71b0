// Stores the events of all devices at a broker in PostgreSQL, until Ctrl-C. Several of these programs share the work.
//
//   npx tsx examples/store-readings.ts mqtt://localhost postgresql://localhost/inkcast archive-1
import { eventSchema, parseTopic } from '@inkcast/shared/messages';
import mqtt from 'mqtt';
import pg from 'pg';

const BASE = 'inkcast';
const SESSION_SECONDS = 7 * 24 * 3600;

const [broker = 'mqtt://localhost', connectionString = 'postgresql://localhost/inkcast', clientId = 'archive-1'] =
  process.argv.slice(2);
const pool = new pg.Pool({ connectionString });

// The broker keeps what comes for this client id while the program is away.
const properties = { sessionExpiryInterval: SESSION_SECONDS };
const client = mqtt.connect(broker, { clientId, protocolVersion: 5, clean: false, properties });

async function store(topic: string, payload: string): Promise<void> {
  const source = parseTopic(BASE, topic);
  if (source?.kind !== 'event') return;
  const { id, region, text, value, capturedAt } = eventSchema.parse(JSON.parse(payload));
  const number = value ?? (/^\d+$/.test(text) ? text : null);
  // An event can arrive twice. Its id shows that it is the same.
  await pool.query('insert into readings values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing', [
    ...[id, source.device, region ?? null, capturedAt, text, number],
  ]);
}

/** What is not stored is not acknowledged, so the broker sends it to the next start of this program. */
function fail(error: unknown): void {
  console.error(`nothing is stored any more: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

client.handleMessage = ({ topic, payload }, acknowledge) => {
  store(topic, payload.toString()).then(() => acknowledge(), fail);
};
await pool
  .query(
    `create table if not exists readings
      (id text primary key, device text not null, region text, at timestamptz not null, text text not null, value numeric)`,
  )
  .catch(fail);
// Each event goes to one of the programs that share this subscription.
await client.subscribeAsync([`$share/archive/${BASE}/+/event`, `$share/archive/${BASE}/+/region/+/event`], { qos: 1 });
console.log(`${clientId} stores readings`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await client.endAsync();
    await pool.end();
  });
}
