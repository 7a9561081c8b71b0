import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { idsOf, withStore } from './support.js';

const writer = fileURLToPath(new URL('endless-writer.ts', import.meta.url));

describe('the event store of a killed process', () => {
  it('holds every event that was reported as stored, in order', () =>
    inTemporaryFolder(async (folder) => {
      const stored: string[] = [];
      for (let round = 0; round < 3; round++) {
        const child = spawn(process.execPath, [...process.execArgv, writer, folder], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(child, 'exit');
        const enough = stored.length + 100;
        for await (const id of createInterface({ input: child.stdout })) {
          stored.push(id);
          if (stored.length === enough) child.kill('SIGKILL');
        }
        await exited;
      }
      await withStore(folder, async (store) => {
        // The last ones of each life may be stored although it was not reported any more.
        const found = new Set(stored);
        assert.deepEqual(
          idsOf(store).filter((id) => found.has(id)),
          stored,
        );
        assert.equal(store.status.drops.unreadable, 0);
      });
    })).timeout(120_000);
});
