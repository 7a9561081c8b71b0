import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

const OPEN = `
  import { readFileSync } from 'node:fs';
  import { openTfLite } from '@inkcast/shared/tflite';
  const library = openTfLite();
  const model = library.loadModel(readFileSync('models/digits/model.tflite'));
  for (let time = 0; time < 20; time++) model.createInterpreter({ delegate: 'xnnpack' });
  library.close();
`;

const THREADS = `
  import { once } from 'node:events';
  import { Worker } from 'node:worker_threads';
  const workers = [0, 1, 2].map(() => new Worker(new URL('data:text/javascript,' + encodeURIComponent(process.argv[1]))));
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  console.error('the last words');
`;

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [...process.execArgv, '--input-type=module', ...args], { encoding: 'utf8' });

describe('what TensorFlow Lite says on standard error', () => {
  it('is suppressed, but Node.js can still write', () => {
    const { status, stderr } = run('--eval', `${OPEN} console.error('the last words');`);
    assert.deepEqual([status, stderr], [0, 'the last words\n']);
  });

  it('never suppresses other output, even if many threads open models at once', () => {
    const { status, stderr } = run('--eval', THREADS, OPEN.replaceAll('@inkcast/shared/tflite', SHARED));
    assert.equal(status, 0, stderr);
    assert.match(stderr, /the last words\n$/);
    assert.doesNotMatch(stderr, /descriptor/);
  });
});

/** A module of data has no folder that packages are looked up from. */
const SHARED = import.meta.resolve('@inkcast/shared/tflite');
