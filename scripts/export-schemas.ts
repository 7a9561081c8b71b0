// `npm run schemas`: writes the JSON Schemas of every MQTT payload and of explanations into docs/schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explanationJsonSchema } from '@inkcast/shared/explanation';
import { messageJsonSchemas } from '@inkcast/shared/messages';

const folder = fileURLToPath(new URL('../docs/schemas', import.meta.url));
mkdirSync(folder, { recursive: true });
const schemas = [...messageJsonSchemas(), ['explanation.schema.json', explanationJsonSchema()] as const];
for (const [name, schema] of schemas) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
