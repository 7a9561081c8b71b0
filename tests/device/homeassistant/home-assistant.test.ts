import assert from 'node:assert/strict';
import { once } from 'node:events';
import { discoveryPayload, HomeAssistant, type SensorClasses } from '@inkcast/device/homeassistant';
import { MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import { freePort, Mosquitto, openListener, sampleEvent, sampleReading, Watcher } from '@inkcast/lab/broker';
import { deviceTopics, discoveryTopic, EVENT_TYPES, requestSchemas } from '@inkcast/shared/messages';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { discoverySchema, RESERVED_ATTRIBUTES } from './discovery-schema.js';
import { shownState } from './shown-state.js';

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

  it('has an entity with its own name, class and ids for each named region, in the place of one', () => {
    const regions = [{ name: 'Home-1' }, { name: 'guest', deviceClass: 'energy', unit: 'kWh' } as const];
    const payload = discoverySchema.parse(discoveryPayload({ ...announced, regions }));
    assert.ok(!('reading' in payload.components || 'event' in payload.components));
    const { components } = discoveryPayload({ ...announced, regions });
    const { reading_guest: guest, 'reading_Home-1': home, event_guest: change } = components;
    assert.deepEqual(
      [guest.name, guest.unique_id, guest.device_class, guest.state_topic],
      ['guest', 'inkcast_Desk-1_reading_guest', 'energy', 'inkcast/Desk-1/region/guest/reading'],
    );
    assert.deepEqual(
      [home.name, home.default_entity_id, home.device_class],
      ['Home-1', 'sensor.inkcast_desk_1_reading_home_1', undefined],
    );
    assert.deepEqual([change.name, change.state_topic], ['guest change', 'inkcast/Desk-1/region/guest/event']);
    const ids = Object.values(components).map(({ unique_id }) => unique_id);
    assert.equal(new Set(ids).size, ids.length);
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

describe('the reading sensor', () => {
  const shown = (classes: SensorClasses, message: object) =>
    shownState(discoveryPayload({ ...announced, ...classes }).components.reading, message);
  const meter = { deviceClass: 'energy', stateClass: 'total_increasing', unit: 'kWh' } as const;
  const rows = sampleReading('407\n12', { rows: ['407', '12'] });

  it('field report 5: shows the value where a decimal point is set, whatever the sensor is', () => {
    const reading = sampleReading('407', { value: '40.7' });
    for (const classes of [{}, { unit: 'kWh' }, { stateClass: 'measurement' }, meter] as const) {
      assert.equal(shown(classes, reading), '40.7', JSON.stringify(classes));
    }
    const nothing = sampleReading('', { value: null });
    assert.equal(shown({}, nothing), '');
    assert.equal(shown(meter, nothing), null);
    // A refused reading does not change the value.
    const rejected = { text: '9', value: '0.9', rule: 'range', reason: '', since: '', capturedAt: '' };
    assert.equal(shown(meter, { ...reading, rejected }), '40.7');
  });

  it('field report 5: never makes an invalid number of two rows', () => {
    assert.equal(shown(meter, rows), null);
    assert.equal(shown(meter, { ...rows, value: '4071.2' }), '4071.2');
    assert.equal(shown({}, rows), '407\n12');
  });

  it('field report 5: is a number or unknown where there is a unit without a state class', () => {
    assert.equal(shown({ unit: 'kWh' }, sampleReading('00407')), '407');
    assert.equal(shown({ unit: 'kWh' }, sampleReading('')), null);
    assert.equal(shown({ unit: 'kWh' }, rows), null);
  });

  it('field report 5: has the device class, with which Home Assistant chooses the icon', () => {
    const { reading } = discoverySchema.parse(discoveryPayload({ ...announced, ...meter })).components;
    assert.ok('device_class' in reading);
    assert.equal(reading.device_class, 'energy');
    assert.equal(reading.icon, undefined);
  });

  it('keeps the text as it is read where nothing says that it is a number', () => {
    assert.equal(shown({}, sampleReading('00407')), '00407');
    assert.equal(shown({}, sampleReading('7'.repeat(300)))?.length, 255);
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
      const homeAssistant = new HomeAssistant({ connection, states, prefix: 'homeassistant', maxDelayMs: 20 });
      states.start();
      homeAssistant.start();
      await homeAssistant.announce(announced);
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

  it('field report 5: is told everything again by its birth topic, which does not follow the prefix', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const url = `mqtt://127.0.0.1:${port}`;
      const broker = await Mosquitto.start(folder, openListener(port));
      for (const birthTopic of [undefined, 'home/ha/birth']) {
        const connection = new MqttConnection({ settings: { url, version: '5' }, clientId: 'inkcast-Desk-1' });
        const states = new StatePublisher({ connection, onProblem: (problem) => assert.fail(problem.message) });
        const born = birthTopic === undefined ? {} : { birthTopic };
        const homeAssistant = new HomeAssistant({ connection, states, prefix: 'discovery', ...born, maxDelayMs: 1 });
        states.start();
        homeAssistant.start();
        await homeAssistant.announce(announced);
        connection.start();
        const topic = discoveryTopic('discovery', 'Desk-1');
        const watcher = await Watcher.connect(url, [topic]);
        await watcher.next(topic);
        const from = watcher.seen.length;
        await watcher.client.publishAsync(birthTopic ?? 'homeassistant/status', 'online', { qos: 1 });
        await watcher.next(topic, from);
        homeAssistant.stop();
        states.stop();
        await connection.stop();
        await watcher.end();
      }
      await broker.stop();
    }));
});
