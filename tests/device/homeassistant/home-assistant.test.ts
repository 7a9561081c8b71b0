import assert from 'node:assert/strict';
import { once } from 'node:events';
import { discoveryPayload, HomeAssistant } from '@inkcast/device/homeassistant';
import { MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import { freePort, Mosquitto, openListener, sampleEvent, sampleReading, Watcher } from '@inkcast/lab/broker';
import { deviceTopics, discoveryTopic, EVENT_TYPES, requestSchemas } from '@inkcast/shared/messages';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { discoverySchema, RESERVED_ATTRIBUTES } from './discovery-schema.js';

const topics = deviceTopics('inkcast', 'Desk-1');
const announced = { device: 'Desk-1', topics, version: '0.1.0', models: ['digits@1.0.0', 'lenet@1.0.0'] };
const configTopic = discoveryTopic('homeassistant', 'Desk-1');

describe('the discovery payload', () => {
  it('is as Home Assistant documents it, with and without a state class', () => {
    const plain = discoverySchema.parse(discoveryPayload(announced));
    const meter = discoverySchema.parse(
      discoveryPayload({ ...announced, stateClass: 'total_increasing', unit: 'kWh' }),
    );
    assert.ok(!('state_class' in plain.components.reading));
    assert.ok('state_class' in meter.components.reading);
    const platforms = Object.values(plain.components).map(({ platform }) => platform);
    assert.deepEqual([...new Set(platforms)].sort(), [
      'binary_sensor',
      'button',
      'event',
      'image',
      'select',
      'sensor',
      'switch',
    ]);
  });

  it('has unique ids that are stable and differ between devices', () => {
    const ids = (device: string) =>
      Object.values(discoveryPayload({ ...announced, device, version: device }).components).map(
        ({ unique_id }) => unique_id,
      );
    assert.deepEqual(ids('Desk-1'), ids('Desk-1'));
    assert.equal(new Set([...ids('Desk-1'), ...ids('desk-2')]).size, 2 * ids('Desk-1').length);
    assert.ok(ids('Desk-1').includes('inkcast_Desk-1_reading'));
  });

  it('makes commands that are valid requests', () => {
    const { pause, snapshot } = discoveryPayload(announced).components;
    assert.equal(requestSchemas.pause.parse(JSON.parse(String(pause.payload_on))).paused, true);
    assert.equal(requestSchemas.pause.parse(JSON.parse(String(pause.payload_off))).paused, false);
    assert.equal(requestSchemas.snapshot.parse(JSON.parse(String(snapshot.payload_press))).publish, true);
  });

  it('leads to no attribute that Home Assistant drops, and to no unknown event type', () => {
    const attributes = [...Object.keys(sampleReading()), ...Object.keys(sampleEvent()), 'problems'];
    assert.deepEqual(
      attributes.filter((name) => RESERVED_ATTRIBUTES.includes(name)),
      [],
    );
    assert.deepEqual(discoveryPayload(announced).components.event.event_types, EVENT_TYPES);
  });
});

describe('Home Assistant', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('is told everything again when it has started, and nothing is retained as an event', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const url = `mqtt://127.0.0.1:${port}`;
      const broker = await Mosquitto.start(folder, openListener(port));
      const connection = new MqttConnection({
        settings: { url, version: '5' },
        clientId: 'inkcast-Desk-1',
        availabilityTopic: topics.availability,
      });
      const states = new StatePublisher({ connection, onProblem: (problem) => assert.fail(problem.message) });
      const homeAssistant = new HomeAssistant({ connection, states, prefix: 'homeassistant', mostDelayMs: 20 });
      states.start();
      homeAssistant.start();
      homeAssistant.announce(announced);
      states.publishJson(topics.reading, sampleReading('42'));
      connection.start();
      await once(connection, 'up');

      const watcher = await Watcher.connect(url, ['homeassistant/#', 'inkcast/#']);
      const retained = await watcher.next(configTopic);
      assert.deepEqual(discoverySchema.parse(JSON.parse(retained.text)), discoveryPayload(announced));
      assert.equal(retained.packet.retain, true);
      assert.equal(retained.packet.properties?.messageExpiryInterval, undefined);

      // A broker that has forgotten everything, and a Home Assistant that starts with it.
      for (const topic of [configTopic, topics.reading, topics.availability]) {
        await watcher.client.publishAsync(topic, '', { qos: 1, retain: true });
      }
      const from = watcher.seen.length;
      await watcher.client.publishAsync('homeassistant/status', 'online', { qos: 1 });
      const again = await watcher.until((seen) =>
        [configTopic, topics.reading, topics.availability].every((topic) =>
          seen.slice(from).some((one) => one.topic === topic && one.text !== ''),
        ),
      );
      const order = again.slice(from).filter(({ text }) => text !== '');
      assert.ok(
        order.findIndex(({ topic }) => topic === configTopic) <
          order.findIndex(({ topic }) => topic === topics.reading),
      );
      assert.ok(again.slice(from).every(({ packet, topic }) => packet.retain || topic === 'homeassistant/status'));
      homeAssistant.stop();
      states.stop();
      await connection.stop();
      await watcher.end();
      await broker.stop();
    }));
});
