import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UserFile } from '@inkcast/device/web';
import { freePorts, ServerProcess } from '@inkcast/lab/broker';
import { z } from 'zod';
import { ROOT } from '../device/support/command.js';
import { InkcastProcess } from '../e2e/support/daemon-process.js';
import { pageOf } from '../e2e/support/empty-machine.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

/** An answer of Prometheus to a query: the value of each device, after the time at which it held. */
const answerSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.object({ instance: z.string() }), value: z.tuple([z.number(), z.string()]) })),
  }),
});

describe('examples/prometheus.yml', function () {
  this.timeout(120_000);

  it('reads the health of devices with a token, for a query that shows which of them work', async function () {
    needsProgram(this, 'prometheus');
    await inTemporaryFolder(async (folder) => {
      const [port, nobody] = await freePorts(2);
      const users = new UserFile(join(folder, 'state'));
      await users.add('wall', 'viewer', 'correct horse battery');
      await writeFile(join(folder, 'inkcast.token'), `${await users.addToken('wall')}\n`);
      const config = join(folder, 'inkcast.yaml');
      const camera = { source: 'directory', folder: join(ROOT, 'assets/scenes/photos') };
      await writeFile(config, JSON.stringify({ camera, storage: { folder: 'state' }, web: { requireLogin: true } }));
      const daemon = new InkcastProcess('run', '--config', config, '--set', 'log.format=json');
      const address = new URL(await pageOf(daemon)).host;
      const absent = `127.0.0.1:${nobody}`;
      await writeFile(join(folder, 'inkcast-devices.json'), JSON.stringify([{ targets: [address, absent] }]));
      const example = await readFile(join(ROOT, 'examples/prometheus.yml'), 'utf8');
      await writeFile(join(folder, 'prometheus.yml'), example.replace('scrape_interval: 15s', 'scrape_interval: 1s'));
      const args = [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`];
      const prometheus = new ServerProcess({
        command: 'prometheus',
        args: [...args, `--web.listen-address=127.0.0.1:${port}`],
        ready: /Server is ready to receive web requests/,
      });
      try {
        await prometheus.start();
        const query = new URLSearchParams({
          query: await readFile(join(ROOT, 'examples/frames-per-second.promql'), 'utf8'),
        });
        const values = async () => {
          const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?${query}`);
          const { data } = answerSchema.parse(await response.json());
          return new Map(data.result.map(({ metric, value }) => [metric.instance, Number(value[1])]));
        };
        let seen = await values();
        while (!((seen.get(address) ?? 0) > 0 && seen.has(absent))) {
          await wait(50);
          seen = await values();
        }
        assert.deepEqual([...seen.keys()].toSorted(), [address, absent].toSorted());
        assert.equal(seen.get(absent), 0);
      } finally {
        await prometheus.stop();
        await daemon.end();
      }
    });
  });
});
