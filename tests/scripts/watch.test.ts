import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const WATCH = fileURLToPath(new URL('../../scripts/watch.ts', import.meta.url));

describe('scripts/watch.ts', () => {
  it('ends and starts a command at each change, and ends with it', () =>
    inTemporaryFolder(async (folder) => {
      const endless = 'console.log(process.pid); setInterval(() => {}, 1000)';
      const child = spawn(process.execPath, [
        ...process.execArgv,
        WATCH,
        folder,
        '--',
        process.execPath,
        '-e',
        endless,
      ]);
      const exited = once(child, 'exit');
      const started: number[] = [];
      for await (const pid of createInterface({ input: child.stdout })) {
        started.push(Number(pid));
        if (started.length < 3) await writeFile(join(folder, 'a.ts'), `// ${started.length}`);
        else child.kill('SIGTERM');
      }
      assert.deepEqual(await exited, [0, null]);
      assert.equal(new Set(started).size, 3);
      for (const pid of started) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    }));

  it('says what it needs to know', async () => {
    const child = spawn(process.execPath, [...process.execArgv, WATCH, 'tests']);
    assert.deepEqual(await once(child, 'exit'), [2, null]);
  });
});
