import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { cameraOptions } from '@inkcast/device/camera/options';
import { parse } from 'yaml';

describe('the documentation of cameras', () => {
  it('has a valid example of each source', async () => {
    const text = await readFile(new URL('../../../docs/guide/cameras.md', import.meta.url), 'utf8');
    const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, example]) => parse(example).camera);
    const sources = examples.map((example) => cameraOptions.parse(example).source);
    const known = cameraOptions.options.map((option) => option.shape.source.value);
    assert.deepEqual(sources.sort(), known.sort());
  });
});
