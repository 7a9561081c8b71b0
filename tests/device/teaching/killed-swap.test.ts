import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { DigitModels } from './support/digit-models.js';
import { withTeachingIn } from './support/with-teaching.js';

const swapper = fileURLToPath(new URL('endless-swapper.ts', import.meta.url));
/** Milliseconds after the beginning of a swap at which the process is killed. */
const MOMENTS = [2, 12, 40];

describe('the swap of a killed process', () => {
  it('leaves one model or the other in use, whole, and the way back where there is one', () =>
    inTemporaryFolder(async (folder) => {
      const base = (await DigitModels.open(folder)).inUse().reference;
      for (const moment of MOMENTS) {
        const child = spawn(process.execPath, [...process.execArgv, swapper, folder], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(child, 'exit');
        await once(createInterface({ input: child.stdout }), 'line');
        setTimeout(() => child.kill('SIGKILL'), moment);
        await exited;
        const models = await DigitModels.open(folder);
        const { reference } = models.inUse();
        assert.match(reference, new RegExp(`^${base}(-taught\\.\\d+)?$`));
        await withTeachingIn(
          folder,
          async (teaching) => {
            assert.equal((await teaching.state()).canUndoSwap, reference !== base);
            if (reference === base) return;
            await teaching.teacher.undoSwap();
            assert.equal((await DigitModels.open(folder)).inUse().reference, base);
          },
          { models },
        );
      }
    })).timeout(120_000);
});
