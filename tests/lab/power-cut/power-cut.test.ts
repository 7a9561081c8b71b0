import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Operation, parseTrace, record, replay } from '@inkcast/lab/power-cut';
import { findProgram, needsProgram } from '../../support/programs.js';

const HELLO = '\\x68\\x69';
const hex = (text: string): string => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16)}`).join('');

describe('a power cut', function () {
  this.timeout(240_000);
  let work = '';
  let folder = '';
  let operations: readonly Operation[] = [];
  const options = { seed: 1, signal: new AbortController().signal };

  before(async function () {
    needsProgram(this, 'strace');
    if (findProgram('strace') === undefined) return;
    work = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    folder = join(work, 'state');
    await mkdir(folder);
    operations = await record(folder, join(work, 'trace'));
  });
  after(() => rm(work, { recursive: true, force: true }));

  it('loses no event, label, value or model that is stored, and leaves databases that open', async () => {
    const moments = [0.1, 0.4, 0.7, 1].map((share) => Math.ceil(share * operations.length));
    const { promises, broken } = await replay(operations, folder, { ...options, moments: new Set(moments) });
    assert.deepEqual(broken, []);
    assert.ok(promises > 100, `${promises} promises`);
  });

  it('loses no accepted value that was stored without an event, and no model that is replaced by itself', async () => {
    const accepted = operations.findIndex((one) => one.kind === 'said' && one.text.includes('"accepted"'));
    const moved = operations.findLastIndex((one) => one.kind === 'rename' && one.to.endsWith('/old'));
    assert.ok(accepted > 0 && moved > 0);
    const moments = new Set([accepted + 1, moved + 1]);
    assert.deepEqual((await replay(operations, folder, { ...options, moments })).broken, []);
  });

  it('leaves no database that is taken for one that was emptied while it is made', async () => {
    const isOfNew = (one: Operation): boolean =>
      (one.kind === 'create' && /\.db(\.new)?$/.test(one.path)) || (one.kind === 'rename' && one.to.endsWith('.db'));
    const moments = operations.flatMap((one, index) => (isOfNew(one) ? [index + 1] : []));
    assert.ok(moments.length >= 4, `${moments.length} moments`);
    assert.deepEqual((await replay(operations, folder, { ...options, moments: new Set(moments) })).broken, []);
  });

  it('is seen to break the promises of a device that flushes nothing', async () => {
    const careless = operations.filter(({ kind }) => kind !== 'sync');
    const moments = new Set([careless.length]);
    const { broken } = await replay(careless, folder, { ...options, moments });
    assert.ok(broken.some(({ loss }) => loss === 'unflushed'));
    assert.match(broken.flatMap(({ faults }) => faults).join('\n'), /stored events are not in the history/);
  });

  it('knows the calls of a trace by the folder, also those of threads that wait for one another', () => {
    const trace = [
      `7 openat(AT_FDCWD<${hex('/')}>, "${hex('/a/x')}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 18<${hex('/a/x')}>`,
      `7 openat(AT_FDCWD<${hex('/')}>, "${hex('/b/x')}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 19<${hex('/b/x')}>`,
      `7 write(18<${hex('/a/x')}>, "${HELLO}", 2 <unfinished ...>`,
      `8 rename("${hex('/a/y')}", "${hex('/a/z')}") = -1 ENOENT (No such file or directory)`,
      '7 <... write resumed>) = 2',
      `7 write(18<${hex('/a/x')}>, "${HELLO}", 2) = 1`,
      `8 fsync(18<${hex('/a/x')}>) = 0`,
      `8 write(1<${hex('pipe:[1]')}>, "${HELLO}", 2) = 2`,
    ].join('\n');
    assert.deepEqual(parseTrace(trace, '/a'), [
      { kind: 'create', path: '/a/x', truncates: true },
      { kind: 'write', path: '/a/x', offset: 0, bytes: Buffer.from('hi') },
      { kind: 'write', path: '/a/x', offset: 2, bytes: Buffer.from('h') },
      { kind: 'sync', path: '/a/x' },
      { kind: 'said', text: 'hi' },
    ]);
    assert.throws(() => parseTrace('7 io_uring_setup(8) = 3', '/a'), /io_uring_setup of a trace is not known/);
  });
});
