import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../device/support/command.js';
import { INKCAST, INKCAST_TRAIN, LAB } from '../../support/built-programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const SCENE = join(ROOT, 'assets/scenes/photos/01-note.jpg');

/** Target of a process's output: the test, a pipe without a reader, or a full disk. */
type Output = 'read' | 'closed' | 'full';

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], outputs: { stdout?: Output; stderr?: Output }): Promise<Outcome> {
  const { stdout = 'read', stderr = 'read' } = outputs;
  const full = openSync('/dev/full', 'w');
  const stdio = (output: Output) => (output === 'full' ? full : 'pipe');
  const child = spawn(process.execPath, [...args], { cwd: ROOT, stdio: ['ignore', stdio(stdout), stdio(stderr)] });
  closeSync(full);
  const readBy = async (output: Output, stream: NodeJS.ReadableStream | null): Promise<string> =>
    output === 'read' && stream !== null ? text(stream) : '';
  if (stdout === 'closed') child.stdout?.destroy();
  if (stderr === 'closed') child.stderr?.destroy();
  const [[code], out, errors] = await Promise.all([
    once(child, 'exit'),
    readBy(stdout, child.stdout),
    readBy(stderr, child.stderr),
  ]);
  return { code, stdout: out, stderr: errors };
}

/** Commands of each program that print a result, some of them in more than one write. */
const PRINTING: readonly (readonly string[])[] = [
  [INKCAST, 'read', SCENE, SCENE, SCENE],
  [INKCAST_TRAIN, 'models'],
  [LAB, '--version'],
];
const shown = (words: readonly string[]) => words.map((word) => basename(word)).join(' ');

describe('a program whose output is lost', function () {
  this.timeout(60_000);

  for (const command of PRINTING) {
    it(`field report 19: ${shown(command)} ends quietly where nobody reads what it prints`, async () => {
      const { code, stderr } = await run(command, { stdout: 'closed' });
      assert.deepEqual([code, stderr], [141, '']);
    });

    it(`field report 19: ${shown(command)} says in one sentence that a full disk takes no output`, async () => {
      const { code, stderr } = await run(command, { stdout: 'full' });
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^INK_OUTPUT_LOST: Standard output cannot be written: no space is left on the disk\. [^\n]+\n$/,
      );
    });
  }

  it('field report 19: ends if nobody reads its errors, and prints its result if a disk does not accept them', async () => {
    const command = [INKCAST, 'read', 'nothing.jpg', SCENE];
    assert.equal((await run(command, { stderr: 'closed' })).code, 141);
    const { code, stdout } = await run(command, { stderr: 'full' });
    assert.deepEqual([code, stdout], [1, `${SCENE}: 407\n`]);
  });

  it('field report 19: a daemon ends with the readers of its log, and continues if a disk accepts no log', () =>
    inTemporaryFolder(async (folder) => {
      await copyFile(SCENE, join(folder, 'note.jpg'));
      const keys = ['camera.source=directory', `camera.folder=${folder}`, `storage.folder=${folder}`];
      const daemon = (...more: readonly string[]) => [
        ...[INKCAST, 'run'],
        ...[...keys, 'mqtt.url=mqtt://127.0.0.1:1', ...more].flatMap((key) => ['--set', key]),
      ];
      const closed = await run(daemon(), { stdout: 'closed' });
      assert.deepEqual([closed.code, closed.stderr], [141, '']);
      // Its only picture comes to an end, and with it the daemon.
      const full = await run(daemon('camera.loop=false'), { stdout: 'full' });
      assert.equal(full.code, 0, full.stderr);
      assert.match(full.stderr, /^INK_OUTPUT_LOST: [^\n]+\n$/);
    }));
});

describe('a program that runs TensorFlow Lite', () => {
  for (const command of [
    [INKCAST, 'read', SCENE],
    [INKCAST, 'model', 'verify', 'models/digits'],
    [INKCAST_TRAIN, 'predict', SCENE],
  ]) {
    it(`field report 20: ${shown(command)} says nothing of the library's own`, async () => {
      const { stdout, stderr } = await run(command, {});
      assert.notEqual(stdout, '');
      assert.doesNotMatch(`${stdout}${stderr}`, /XNNPACK|INFO/);
    });
  }
});
