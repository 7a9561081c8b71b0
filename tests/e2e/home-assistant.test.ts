import assert from 'node:assert/strict';
import type { Watcher } from '@inkcast/lab/broker';
import { deviceTopics, discoveryTopic } from '@inkcast/shared/messages';
import { shownState } from '../device/homeassistant/shown-state.js';
import { needsProgram } from '../support/programs.js';
import { InkcastProcess } from './support/daemon-process.js';
import { withDeviceAtBroker } from './support/device-at-broker.js';

const CONFIG = discoveryTopic('homeassistant', 'desk');

interface Setting {
  readonly watcher: Watcher;
  /** Runs the daemon with further values until the work is done, and ends it cleanly. */
  readonly run: (values: readonly string[], work: () => Promise<void>) => Promise<void>;
  readonly remove: (values: readonly string[]) => Promise<void>;
}

async function withDevice(work: (setting: Setting) => Promise<void>): Promise<void> {
  await withDeviceAtBroker({ scene: '01-note.jpg' }, async ({ file, watcher }) => {
    const inkcast = (command: readonly string[], values: readonly string[]) =>
      new InkcastProcess(...command, '--config', file, ...values.flatMap((value) => ['--set', value]));
    const endWell = async (started: InkcastProcess) => assert.equal(await started.ended(), 0, started.stderr);
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
