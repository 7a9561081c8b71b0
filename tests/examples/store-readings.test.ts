import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, Mosquitto, openListener, SimulatedDevice } from '@inkcast/lab/broker';
import pg from 'pg';
import { ROOT } from '../device/support/command.js';
import { NodeProcess } from '../e2e/support/daemon-process.js';
import { Postgres } from '../support/postgres.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const DEVICES = 20;
const ROUNDS = 10;

describe('examples/store-readings.ts', function () {
  this.timeout(120_000);

  it('stores every event of a fleet once, although one of the programs that share the work is killed', async function () {
    needsProgram(this, 'mosquitto', 'pg_ctlcluster');
    await inTemporaryFolder(async (folder) => {
      const postgres = await Postgres.start(folder);
      const port = await freePort();
      const broker = await Mosquitto.start(folder, [...openListener(port), 'max_queued_messages 0']);
      const url = `mqtt://127.0.0.1:${port}`;
      const pool = new pg.Pool({ connectionString: postgres.url });
      const archive = async (name: string) => {
        const program = join(ROOT, 'examples/store-readings.ts');
        const running = new NodeProcess([...process.execArgv, program, url, postgres.url, name]);
        await running.prints(`${name} stores readings`);
        return running;
      };
      const programs = [await archive('one'), await archive('two')];
      const devices = Array.from(
        { length: DEVICES },
        (_, index) => new SimulatedDevice({ url, name: `meter-${index}` }),
      );
      const stored = async (): Promise<number> =>
        Number((await pool.query('select count(*) from readings')).rows[0].count);
      try {
        for (const device of devices) device.start();
        const report = (from: number, to: number) => {
          for (let round = from; round < to; round++) for (const device of devices) device.report(`${400 + round}`);
        };
        report(0, ROUNDS / 2);
        while ((await stored()) === 0) await wait(10);
        await programs[0].end();
        report(ROUNDS / 2, ROUNDS);
        programs.push(await archive('one'));
        while ((await stored()) < DEVICES * ROUNDS) await wait(20);
        assert.equal(await stored(), DEVICES * ROUNDS);
        const query = await readFile(join(ROOT, 'examples/readings-per-hour.sql'), 'utf8');
        const { rows } = await pool.query(query);
        // The test may run over the end of an hour.
        assert.ok(rows.length >= DEVICES && rows.length <= 2 * DEVICES);
        assert.ok(rows.every(({ metric, value }) => /^meter-\d+$/.test(metric) && Number(value) >= 400));
      } finally {
        await Promise.all([...devices.map((device) => device.stop()), ...programs.map((program) => program.end())]);
        await pool.end();
        await broker.stop();
        await postgres.stop();
      }
    });
  });
});
