import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { explanationJsonSchema } from '@inkcast/shared/explanation';
import { messageJsonSchemas } from '@inkcast/shared/messages';

const folder = new URL('../../../docs/schemas/', import.meta.url);

describe('the JSON Schemas in docs/schemas', () => {
  it('are what messages and explanations are checked by (npm run schemas writes them)', async () => {
    const schemas = new Map([...messageJsonSchemas(), ['explanation.schema.json', explanationJsonSchema()]]);
    assert.deepEqual((await readdir(folder)).sort(), [...schemas.keys()].sort());
    for (const [name, schema] of schemas) {
      assert.deepEqual(JSON.parse(await readFile(new URL(name, folder), 'utf8')), JSON.parse(JSON.stringify(schema)));
    }
  });
});
