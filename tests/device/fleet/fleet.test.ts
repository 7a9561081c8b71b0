import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runCommandLine } from '@inkcast/device/cli';
import {
  bridgeTo,
  freePort,
  Mosquitto,
  openListener,
  SimulatedDevice,
  type SimulatedDeviceOptions,
} from '@inkcast/lab/broker';
import { INKCAST } from '../../support/built-programs.js';
import { OldBroker } from '../../support/old-broker.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

async function fleet(url: string, ...args: readonly string[]): Promise<Outcome> {
  const lines: string[] = [];
  const notes: string[] = [];
  const terminal = {
    interactive: false,
    print: (line: string) => lines.push(...line.split('\n')),
    note: (line: string) => notes.push(line),
    log: () => {},
  };
  const code = await runCommandLine(['fleet', ...args, '--url', url], terminal);
  return { code, lines, notes };
}

/** Starts devices, in this order, and waits until they are all up. */
async function withDevices(
  options: readonly SimulatedDeviceOptions[],
  work: (devices: readonly SimulatedDevice[]) => Promise<void>,
): Promise<void> {
  const devices = options.map((one) => new SimulatedDevice(one));
  try {
    for (const device of devices) {
      device.start();
      if (!device.connection.up) await once(device.connection, 'up');
    }
    await work(devices);
  } finally {
    await Promise.all(devices.map((device) => device.stop()));
  }
}

async function withBroker(work: (url: string, folder: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const port = await freePort();
    const broker = await Mosquitto.start(folder, openListener(port));
    try {
      await work(`mqtt://127.0.0.1:${port}`, folder);
    } finally {
      await broker.stop();
    }
  });
}

describe('inkcast fleet', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('lists what named regions read, as long as there are any', () =>
    withBroker((url) =>
      withDevices([{ name: 'board', url }], async ([board]) => {
        const listed = async () => JSON.parse((await fleet(url, 'list', '--json')).lines.join(''))[0];
        board.sayIn('home', '12');
        board.sayIn('guest', '');
        while (Object.keys((await listed()).regions ?? {}).length < 2);
        assert.deepEqual([(await listed()).text, (await listed()).regions], [null, { guest: '', home: '12' }]);
        assert.match((await fleet(url, 'list', '--once')).lines.join('\n'), /guest \(nothing\), home 12/);
        board.leave('guest');
        board.leave('home');
        board.say('407');
        while ((await listed()).text !== '407' || (await listed()).regions !== undefined);
      }),
    ));

  it('lists devices with state, version, model and reading', () =>
    withBroker((url) =>
      withDevices(
        [
          { url, name: 'door' },
          { url, name: 'desk' },
          { url, name: 'gone' },
        ],
        async ([door, , gone]) => {
          door.say('407');
          await gone.stop();
          const { code, lines } = await fleet(url, 'list', '--json');
          assert.equal(code, 0);
          const found: readonly Record<string, unknown>[] = JSON.parse(lines[0]);
          assert.deepEqual(
            found.map(({ device, state, version, model, text }) => [device, state, version, model, text]),
            [
              ['desk', 'online', '0.1.0', 'digits@1.0.0', null],
              ['door', 'online', '0.1.0', 'digits@1.0.0', '407'],
              ['gone', 'offline', '0.1.0', 'digits@1.0.0', null],
            ],
          );
          const once = await fleet(url, 'list', '--once');
          assert.match(once.lines.join('\n'), /^device +state.*\ndesk +online.*\ndoor +online .* 407 /);
        },
      ),
    ));

  it('field report 20: prints a header, then a line for each change until it is interrupted', () =>
    withBroker((url) =>
      withDevices([{ url, name: 'desk' }], async ([desk]) => {
        const child = spawn(process.execPath, [INKCAST, 'fleet', 'list', '--url', url], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(child, 'exit');
        const lines: string[] = [];
        for await (const line of createInterface({ input: child.stdout })) {
          lines.push(line);
          if (line.includes('desk  online  0.1.0  digits@1.0.0  -')) desk.say('815');
          if (line.includes('815')) child.kill('SIGINT');
        }
        const header = 'device  state  version  model  reading  since  problems';
        assert.deepEqual([lines[0], lines.filter((line) => line === header).length], [header, 1]);
        assert.deepEqual(await exited, [0, null]);
      }),
    ));

  it('asks one device, some, or all', () =>
    withBroker((url) =>
      withDevices(
        [
          { url, name: 'desk' },
          { url, name: 'door' },
          { url, name: 'roof' },
        ],
        async () => {
          const one = await fleet(url, 'request', 'pause', 'desk');
          assert.deepEqual(one, {
            code: 0,
            lines: ['{"device":"desk","status":"ok","data":{"paused":true}}'],
            notes: [],
          });
          const devicesOf = ({ lines }: Outcome) => lines.map((line) => JSON.parse(line).device).sort();
          assert.deepEqual(devicesOf(await fleet(url, 'request', 'info', 'desk', 'roof')), ['desk', 'roof']);
          assert.deepEqual(devicesOf(await fleet(url, 'request', 'info', '--all')), ['desk', 'door', 'roof']);
          assert.equal((await fleet(url, 'request', 'info')).code, 2);
        },
      ),
    ));

  it('reports silence and refusals, and ends with 1', () => {
    const installs = { code: 'INK_BUNDLE_INVALID', message: 'It is torn.', remedy: 'Send it again.' };
    return withBroker((url) =>
      withDevices(
        [
          { url, name: 'mute', silent: true },
          { url, name: 'picky', installs },
        ],
        async () => {
          const mute = await fleet(url, 'request', 'info', 'mute', '--timeout', '1');
          assert.equal(mute.code, 1);
          assert.match(mute.lines[0], /INK_FLEET_SILENT.*No answer came from mute within 1 s/);
          const picky = await fleet(url, 'request', 'model', 'picky', '--payload', '{"action":"list"}');
          assert.equal(picky.code, 1);
          assert.match(
            picky.lines[0],
            /INK_FLEET_REFUSED.*picky answers INK_BUNDLE_INVALID: It is torn.*Send it again/,
          );
        },
      ),
    );
  });

  it('field report 11: reaches devices at a broker of MQTT 3.1.1 alone, and says what it is', async () => {
    const broker = new OldBroker('closes');
    const url = `mqtt://127.0.0.1:${await broker.start()}`;
    await withDevices([{ url, name: 'desk' }], async () => {
      const { code, lines, notes } = await fleet(url, 'request', 'pause', 'desk');
      assert.deepEqual([code, lines], [0, ['{"device":"desk","status":"ok","data":{"paused":true}}']]);
      assert.match(notes.join(), /INK_MQTT_VERSION/);
    });
    await broker.stop();
  });

  it('reports a missing broker at once', async () => {
    const { code, notes } = await fleet(`mqtt://127.0.0.1:${await freePort()}`, 'list', '--json');
    assert.equal(code, 1);
    assert.match(notes.join('\n'), /INK_MQTT_CONNECT/);
  });

  it('rolls a model out stage by stage', () =>
    withBroker((url, folder) => {
      const names = ['a', 'b', 'c', 'd'];
      return withDevices(
        names.map((name) => ({ url, name, installs: 'digits@2.4.0' })),
        async (devices) => {
          const bundle = join(folder, 'bundle.tar.gz');
          await writeFile(bundle, 'packed');
          const { code, lines, notes } = await fleet(url, 'rollout', bundle, '--all', '--stages', '1,50%,100%');
          assert.deepEqual(notes, []);
          assert.equal(code, 0);
          assert.deepEqual(
            lines.filter((line) => line.startsWith('stage')),
            ['stage 1 of 3: 1 of 4 devices', 'stage 2 of 3: 2 of 4 devices', 'stage 3 of 3: 4 of 4 devices'],
          );
          for (const { model } of devices) assert.equal(model, 'digits@2.4.0');
        },
      );
    }));

  it('stops a rollout at the stage in which a device fails', () =>
    withBroker((url, folder) => {
      const installs = { code: 'INK_BUNDLE_INVALID', message: 'It is torn.', remedy: 'Send it again.' };
      const options = [
        { url, name: 'a', installs: 'digits@2.4.0' },
        { url, name: 'b', installs },
        { url, name: 'c', installs: 'digits@2.4.0' },
      ];
      return withDevices(options, async (devices) => {
        const bundle = join(folder, 'bundle.tar.gz');
        await writeFile(bundle, 'packed');
        const { code, notes } = await fleet(url, 'rollout', bundle, '--all', '--stages', '1,2,100%');
        assert.equal(code, 1);
        assert.match(
          notes.join('\n'),
          /INK_ROLLOUT_STOPPED: Stage 2 failed on b \(.*It is torn\); 1 of 3 devices were not/,
        );
        assert.deepEqual(
          devices.map(({ model }) => model),
          ['digits@2.4.0', 'digits@1.0.0', 'digits@1.0.0'],
        );
      });
    }));

  it('reaches devices at another broker through a bridge', () =>
    withBroker((near) =>
      inTemporaryFolder(async (other) => {
        const port = await freePort();
        const nearPort = Number(new URL(near).port);
        const bridged = await Mosquitto.start(other, [...openListener(port), ...bridgeTo(nearPort)]);
        try {
          await withDevices([{ url: `mqtt://127.0.0.1:${port}`, name: 'far' }], async ([far]) => {
            far.say('61');
            const { lines } = await fleet(near, 'request', 'info', 'far');
            assert.match(lines[0], /"device":"far","status":"ok"/);
            const list = await fleet(near, 'list', '--once');
            assert.match(list.lines.join('\n'), /far +online +0\.1\.0 +digits@1\.0\.0 +61/);
          });
        } finally {
          await bridged.stop();
        }
      }),
    ));
});
