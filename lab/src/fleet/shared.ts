import type { MqttClient } from 'mqtt';
import { freePort, Mosquitto, openListener } from '../broker/index.js';
import { EventFleet } from './event-fleet.js';
import { inFolder } from './in-folder.js';
import { ALL_EVENTS, Inbox } from './inbox.js';
import { reportThroughFault } from './report-through-fault.js';
import { UNLIMITED_QUEUES } from './unlimited-queues.js';
import type { Way } from './way.js';

const CONSUMERS = 3;

/** Three consumers share one subscription of MQTT 5. The connection of one is cut while events are in flight. */
export const shared: Way = {
  describe: 'three consumers with one shared subscription of MQTT 5, one of which loses its connection meanwhile',
  run: (devices, note) =>
    inFolder(async (folder) => {
      const port = await freePort();
      const url = `mqtt://127.0.0.1:${port}`;
      const broker = await Mosquitto.start(folder, [...openListener(port), ...UNLIMITED_QUEUES]);
      const together = new Inbox();
      const clients: MqttClient[] = [];
      for (let index = 0; index < CONSUMERS; index++) {
        const filter = `$share/archive/${ALL_EVENTS}`;
        clients.push(await together.connect({ url, clientId: `archive-${index}`, version: '5', filter }));
      }
      const fleet = new EventFleet({ devices, urlOf: () => url, version: '5' });
      try {
        return await reportThroughFault(fleet, {
          ...{ devices, note, inbox: together, says: 'the connection of a consumer is cut' },
          breaks: async () => {
            clients[0].once('message', () => clients[0].stream.destroy());
            await fleet.report('2');
            await fleet.report('3');
            return { together: await together.untilAll(fleet.reported) };
          },
        });
      } finally {
        await Promise.all([...clients.map((client) => client.endAsync(true)), fleet.stop()]);
        await broker.stop();
      }
    }),
};
