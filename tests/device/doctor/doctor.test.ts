import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '@inkcast/device/cli';
import { clockCheck, diskCheck, runChecks } from '@inkcast/device/doctor';
import { shippedModels } from '@inkcast/device/inference';
import { InkError } from '@inkcast/shared/errors';
import { addToBundle } from '@inkcast/training/bundle';
import { Aedes } from 'aedes';
import sharp from 'sharp';
import { addedSpotter } from '../../support/sample-spotter.js';
import { addedVerifier } from '../../support/sample-verifier.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { installRpicam } from '../camera/support/stand-in.js';

const scenes = fileURLToPath(new URL('../../../assets/scenes/photos', import.meta.url));
const names = ['camera', 'opencv', 'model', 'tensorflow-lite', 'accelerator', 'broker', 'clock', 'disk', 'service'];

interface Report {
  readonly healthy: boolean;
  readonly checks: readonly { name: string; status: string; detail: string; remedy?: string }[];
}

/** Runs `inkcast doctor --json` for these keys. */
async function doctor(...keys: readonly string[]): Promise<{ readonly exitCode: number; readonly report: Report }> {
  const printed: string[] = [];
  const terminal = { interactive: false, print: (line: string) => printed.push(line), note: () => {}, log: () => {} };
  const flags = keys.flatMap((key) => ['--set', key]);
  const exitCode = await runCommandLine(['doctor', '--json', ...flags], terminal);
  assert.equal(printed.length, 1);
  return { exitCode, report: JSON.parse(printed[0]) };
}

async function withBroker(work: (url: string) => Promise<void>): Promise<void> {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`mqtt://127.0.0.1:${portOf(server)}`);
  } finally {
    broker.close();
    server.close();
    await once(server, 'close');
  }
}

function portOf(server: Server): number {
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

describe('inkcast doctor', function () {
  this.timeout(60_000);

  it('reports no fault if there is none', () =>
    inTemporaryFolder((folder) =>
      withBroker(async (url) => {
        const { exitCode, report } = await doctor(
          'camera.source=directory',
          `camera.folder=${scenes}`,
          `mqtt.url=${url}`,
          'mqtt.version=3.1.1',
          `storage.folder=${folder}/new/state`,
        );
        assert.deepEqual(
          report.checks.map(({ name }) => name),
          names,
        );
        const failed = report.checks.filter(({ status }) => status === 'failed');
        assert.deepEqual(failed, []);
        assert.deepEqual([exitCode, report.healthy], [0, true]);
      }),
    ));

  it('field report 11: warns of a broker with MQTT 3.1.1 only, and says what to set', () =>
    inTemporaryFolder((folder) =>
      withBroker(async (url) => {
        const { report } = await doctor(
          'camera.source=directory',
          `camera.folder=${scenes}`,
          `mqtt.url=${url}`,
          `storage.folder=${folder}`,
        );
        const broker = report.checks.find(({ name }) => name === 'broker');
        assert.equal(broker?.status, 'warning');
        assert.match(`${broker?.detail}\n${broker?.remedy}`, /does not speak MQTT 5.*3\.1\.1"\.\n.*mqtt\.version/);
      }),
    ));

  it('field report 12: fails a camera whose pictures are torn, and says what to set', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { rowBytes: 448 });
      const { report } = await doctor(
        'camera.source=rpicam',
        `camera.program=${folder}/rpicam-vid`,
        'camera.width=320',
      );
      assert.deepEqual(report.checks[0], {
        name: 'camera',
        status: 'failed',
        code: 'INK_CAMERA_TORN',
        detail: "The camera's pictures are torn: their rows seem to be 448 bytes long, and are read as 384.",
        remedy: 'Set camera.rowBytes to 448, or choose another camera.width.',
      });
    }));

  it('field report 15: warns of an exposure that lowers the rate', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', {});
      const { report } = await doctor(
        ...['camera.source=rpicam', `camera.program=${folder}/rpicam-vid`, 'camera.rate=5', 'camera.shutterUs=250000'],
      );
      assert.deepEqual(report.checks[0], {
        name: 'camera',
        status: 'warning',
        detail:
          'rpicam delivers frames of 1280x720 pixels. ' +
          'camera.shutterUs of 250000 is longer than a frame at camera.rate 5; the camera delivers 4 frames a second.',
        remedy: 'Set camera.rate to 4 or less, or camera.shutterUs to 200000 or less.',
      });
    }));

  it('field report 12: fails a folder whose only picture is torn', () =>
    inTemporaryFolder(async (folder) => {
      const { data, info } = await sharp(`${scenes}/01-note.jpg`)
        .grayscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const width = info.width - 64;
      const height = Math.floor(data.length / width);
      const torn = data.subarray(0, width * height);
      await sharp(torn, { raw: { width, height, channels: 1 } })
        .png()
        .toFile(join(folder, 'torn.png'));
      const { report } = await doctor('camera.source=directory', `camera.folder=${folder}`);
      const [{ name, status, detail }] = report.checks;
      assert.deepEqual([name, status, detail], ['camera', 'failed', "The rows of the camera's picture shear."]);
    }));

  it('runs every network of the bundle that is used', () =>
    inTemporaryFolder(async (folder) => {
      const own = join(folder, 'own');
      await cp(join(shippedModels(), 'lenet'), own, { recursive: true });
      const spotters = [addedSpotter('standard', 32, 48), addedSpotter('small', 16, 32)];
      await addToBundle(own, { spotters, verifier: addedVerifier() });
      const { report } = await doctor(
        'camera.source=directory',
        `camera.folder=${scenes}`,
        `inference.model=${own}`,
        'reading.model=small',
        'mqtt.url=mqtt://127.0.0.1:1',
        `storage.folder=${folder}`,
      );
      const detailOf = (check: string) => report.checks.find(({ name }) => name === check)?.detail ?? '';
      assert.match(detailOf('model'), /the spotter \(standard and small\) and the verifier are its own/);
      assert.match(detailOf('tensorflow-lite'), /runs the model, the small spotter and the verifier/);
    }));

  it('field report 20: names each thing that fails, and what to do about it but to run doctor', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'file');
      await writeFile(file, '');
      const closed = createServer().listen(0, '127.0.0.1');
      await once(closed, 'listening');
      const port = portOf(closed);
      closed.close();
      await once(closed, 'close');
      const { exitCode, report } = await doctor(
        'camera.source=directory',
        `camera.folder=${join(folder, 'no-such-folder')}`,
        `inference.model=${join(folder, 'no-such-model')}`,
        'inference.backEnd=coral',
        'inference.edgeTpuLibrary=/nowhere/libedgetpu.so.1',
        `mqtt.url=mqtt://127.0.0.1:${port}`,
        `storage.folder=${file}`,
      );
      const failed = report.checks.filter(({ status }) => status === 'failed');
      assert.deepEqual(
        failed.map(({ name }) => name),
        ['camera', 'model', 'tensorflow-lite', 'accelerator', 'broker', 'disk'],
      );
      for (const { name, detail, remedy } of failed) assert.ok(detail !== '' && remedy, name);
      for (const { name, remedy } of failed) assert.doesNotMatch(remedy ?? '', /doctor/, name);
      assert.deepEqual([exitCode, report.healthy], [1, false]);
    }));

  it('reports a clock in the past', async () => {
    const signal = new AbortController().signal;
    const { status, remedy } = await clockCheck(() => Date.parse('1970-01-01T00:05:00Z')).run(signal);
    assert.equal(status, 'failed');
    assert.match(String(remedy), /timedatectl/);
    assert.notEqual((await clockCheck().run(signal)).status, 'failed');
  });

  it('checks the parent of a folder that does not exist yet', () =>
    inTemporaryFolder(async (folder) => {
      const { detail } = await diskCheck(join(folder, 'a/b')).run(new AbortController().signal);
      assert.match(detail, /MB free/);
    }));

  it('continues after a check that fails, and stops one that hangs', async () => {
    const reports = await runChecks(
      [
        { name: 'fails', run: () => Promise.reject(new InkError('INK_CAMERA_FAILED', 'It is dark.')) },
        {
          name: 'hangs',
          run: async (signal) => {
            await once(signal, 'abort');
            return { status: 'warning', detail: 'It was stopped.' };
          },
        },
      ],
      () => {},
      10,
    );
    assert.deepEqual(
      reports.map(({ name, status, detail }) => [name, status, detail]),
      [
        ['fails', 'failed', 'It is dark.'],
        ['hangs', 'warning', 'It was stopped.'],
      ],
    );
  });
});
