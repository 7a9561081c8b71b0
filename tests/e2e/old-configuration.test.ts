import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS } from '@inkcast/device/config';
import { z } from 'zod';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OLD_FILE = join(ROOT, 'tests/device/config/old/8b0d21f.yaml');

const warningSchema = z.object({ level: z.literal(40), msg: z.string() });

describe('an old configuration', () => {
  it('runs the daemon, which logs one warning for each renamed key', () =>
    inTemporaryFolder(async (folder) => {
      const flags = [
        ...['mqtt.url=mqtt://127.0.0.1:1', 'log.format=json', `storage.folder=${folder}`],
        ...[`camera.folder=${join(ROOT, 'assets/scenes/photos')}`, 'camera.rate=10'],
      ];
      const daemon = new InkcastProcess('run', '--config', OLD_FILE, ...flags.flatMap((flag) => ['--set', flag]));
      try {
        await daemon.prints('"camera":"running"');
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
      } finally {
        await daemon.end();
      }
      const warned = daemon.stdout
        .split('\n')
        .filter((line) => line.includes('"part":"config"'))
        .map((line) => warningSchema.parse(JSON.parse(line)).msg);
      assert.deepEqual(
        warned,
        MIGRATIONS.map(({ from, to }) => `${from} is the old name of ${to} (in ${OLD_FILE}).`),
      );
    })).timeout(60_000);
});
