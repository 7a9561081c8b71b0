// `npm run schemas`: writes the JSON Schemas of every MQTT payload and of explanations into docs/schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

setup();
const { messageJsonSchemas } = await import('@inkcast/shared/messages');
const { explanationJsonSchema } = await import('@inkcast/shared/explanation');
const folder = fileURLToPath(new URL('../docs/schemas', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, schema] of [...messageJsonSchemas(), ['explanation.schema.json', explanationJsonSchema()]]) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
