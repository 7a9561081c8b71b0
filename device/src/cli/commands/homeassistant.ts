import { randomBytes } from 'node:crypto';
import type { Terminal } from '@inkcast/shared/cli';
import { deviceTopics } from '@inkcast/shared/messages';
import type { CommandModule } from 'yargs';
import { loadConfig } from '../../config/index.js';
import { announcementRecordIn, removeDevice } from '../../homeassistant/index.js';
import { MqttConnection } from '../../mqtt/index.js';

interface RemoveArguments {
  readonly config: string | undefined;
  readonly set: readonly string[];
  readonly states: boolean;
}

/** `inkcast homeassistant`: manages this device in Home Assistant. */
export const homeassistantCommand = (terminal: Terminal): CommandModule => ({
  command: 'homeassistant',
  describe: 'Remove this device from Home Assistant',
  builder: (yargs) => yargs.command(removeCommand(terminal)).demandCommand(1, 'Say what to do: remove.'),
  handler: () => {},
});

const removeCommand = (terminal: Terminal): CommandModule<object, RemoveArguments> => ({
  command: 'remove',
  describe: 'Remove the device and its entities; stop the daemon first, because it would announce the device again',
  builder: (yargs) =>
    yargs
      .option('config', { type: 'string', describe: 'YAML file with device, mqtt and homeassistant; INKCAST_CONFIG' })
      .option('set', { type: 'string', array: true, nargs: 1, default: [], describe: 'key=value; may be repeated' })
      .option('states', {
        type: 'boolean',
        default: false,
        describe: 'Also remove reading, health, image and availability from the broker',
      })
      .example('$0 homeassistant remove --config my.yaml', 'Out of Home Assistant')
      .example('$0 homeassistant remove --config my.yaml --states', 'And out of the broker'),
  handler: async ({ config: named, set, states }) => {
    const file = named ?? process.env.INKCAST_CONFIG;
    const { mqtt, device, homeassistant, storage, vision } = await loadConfig({
      ...(file === undefined ? {} : { file }),
      environment: process.env,
      flags: set,
      onOldKey: (warning) => terminal.note(warning),
    });
    const { baseTopic, ...settings } = mqtt;
    const record = announcementRecordIn(storage.folder);
    await record.open();
    const former = record.announcements.filter((one) => one.baseTopic === baseTopic && one.device === device.name);
    await removeDevice({
      // With the daemon's client id, this connection would end the daemon's.
      connection: new MqttConnection({ settings, clientId: `inkcast-${randomBytes(6).toString('hex')}` }),
      prefix: homeassistant.discoveryPrefix,
      device: device.name,
      topics: deviceTopics(baseTopic, device.name),
      states,
      regions: [null, ...vision.regions.map(({ name }) => name), ...former.flatMap(({ regions }) => regions)],
      formerDiscovery: former.flatMap(({ discovery }) => (discovery === null ? [] : [discovery])),
    });
    terminal.print(`${device.name} is removed from Home Assistant.`);
  },
});
