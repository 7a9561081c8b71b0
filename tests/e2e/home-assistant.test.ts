import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { deviceTopics, discoveryTopic } from '@inkcast/shared/messages';
import { shownState } from '../device/homeassistant/shown-state.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/01-note.jpg', import.meta.url));
const CONFIG = discoveryTopic('homeassistant', 'desk');

interface Setting {
  readonly watcher: Watcher;
  /** Runs the daemon with further values until the work is done, and ends it cleanly. */
  readonly run: (values: readonly string[], work: () => Promise<void>) => Promise<void>;
  readonly remove: (values: readonly string[]) => Promise<void>;
}

async function withDevice(work: (setting: Setting) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'pictures'));
    await copyFile(SCENE, join(folder, 'pictures', 'a.jpg'));
    const port = await freePort();
    const file = join(folder, 'inkcast.yaml');
    await writeFile(
      file,
      `camera: { source: directory, folder: pictures, rate: 2 }
device: { name: desk }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
`,
    );
    const broker = await Mosquitto.start(folder, openListener(port));
    const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['#']);
    const inkcast = (command: readonly string[], values: readonly string[]) =>
      new InkcastProcess(...command, '--config', file, ...values.flatMap((value) => ['--set', value]));
    const endWell = async (started: InkcastProcess) => assert.equal(await started.ended(), 0, started.stderr);
    try {
      await work({
        watcher,
        run: async (values, meanwhile) => {
          const daemon = inkcast(['run'], values);
          try {
            await meanwhile();
            daemon.terminate();
            await endWell(daemon);
          } finally {
            await daemon.end();
          }
        },
        remove: (values) => endWell(inkcast(['homeassistant', 'remove'], values)),
      });
    } finally {
      await watcher.end();
      await broker.stop();
    }
  });
}

describe('the daemon and Home Assistant', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('field report 5: shows a meter that is read with its decimal point', () =>
    withDevice(async ({ watcher, run }) => {
      const meter = ['deviceClass=energy', 'unit=kWh', 'stateClass=total_increasing'];
      await run(['reading.rules.decimalPlaces=1', ...meter.map((value) => `homeassistant.${value}`)], async () => {
        const { reading } = JSON.parse((await watcher.next(CONFIG)).text).components;
        const readings = () => watcher.seen.filter(({ topic }) => topic === deviceTopics('inkcast', 'desk').reading);
        await watcher.until(() => readings().some(({ text }) => shownState(reading, JSON.parse(text)) === '40.7'));
        assert.equal(reading.device_class, 'energy');
      });
    }));

  it('field report 5: takes back what an earlier run has announced', () =>
    withDevice(async ({ watcher, run, remove }) => {
      const emptied = async (topic: string, from: number) => assert.equal((await watcher.next(topic, from)).text, '');
      await run([], async () => {
        await watcher.next(CONFIG);
      });
      let from = watcher.seen.length;
      await run(['device.name=shelf', 'homeassistant.exclude=[pause]'], async () => {
        await emptied(CONFIG, from);
        const { components } = JSON.parse((await watcher.next(discoveryTopic('homeassistant', 'shelf'), from)).text);
        assert.deepEqual([components.pause, components.reading.platform], [undefined, 'sensor']);
      });
      from = watcher.seen.length;
      await remove(['device.name=shelf', 'homeassistant.discoveryPrefix=other']);
      await emptied(discoveryTopic('homeassistant', 'shelf'), from);
    }));
});
