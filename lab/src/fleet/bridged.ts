import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bridgeTo, freePorts, Mosquitto, openListener } from '../broker/index.js';
import { EventFleet } from './event-fleet.js';
import { inFolder } from './in-folder.js';
import { ALL_EVENTS, Inbox } from './inbox.js';
import { reportThroughFault } from './report-through-fault.js';
import { UNLIMITED_QUEUES } from './unlimited-queues.js';
import type { Way } from './way.js';

/** Half of the devices at each of two brokers, with a bridge between them. One broker is restarted meanwhile. */
export const bridged: Way = {
  describe: 'two bridged mosquittos, one of which is restarted meanwhile',
  run: (devices, note) =>
    inFolder(async (folder) => {
      const ports = await freePorts(2);
      const [near, centre] = ports.map((port) => `mqtt://127.0.0.1:${port}`);
      const folders = [join(folder, 'near'), join(folder, 'centre')];
      for (const one of folders) await mkdir(one);
      // Without persistence, a restarted broker would forget the sessions of its consumers and of the bridge.
      const persistence = ['persistence true', `persistence_location ${folders[1]}/`];
      const centreBroker = await Mosquitto.start(folders[1], [
        ...openListener(ports[1]),
        ...UNLIMITED_QUEUES,
        ...persistence,
      ]);
      const nearBroker = await Mosquitto.start(folders[0], [
        ...openListener(ports[0]),
        ...UNLIMITED_QUEUES,
        ...bridgeTo(ports[1]),
      ]);
      const inboxes = { near: new Inbox(), centre: new Inbox() };
      const consumer = { version: '5', filter: ALL_EVENTS } as const;
      const clients = [
        await inboxes.near.connect({ ...consumer, url: near, clientId: 'archive-near' }),
        await inboxes.centre.connect({ ...consumer, url: centre, clientId: 'archive-centre' }),
      ];
      const fleet = new EventFleet({ devices, urlOf: (index) => (index % 2 === 0 ? near : centre), version: '5' });
      try {
        return await reportThroughFault(fleet, {
          ...{ devices, note, inbox: inboxes.centre, says: 'the broker in the centre is restarted' },
          breaks: async () => {
            await fleet.report('2');
            await centreBroker.stop();
            await fleet.report('3');
            await centreBroker.start();
            return {
              near: await inboxes.near.untilAll(fleet.reported),
              centre: await inboxes.centre.untilAll(fleet.reported),
            };
          },
        });
      } finally {
        await Promise.all([...clients.map((client) => client.endAsync(true)), fleet.stop()]);
        await Promise.all([nearBroker.stop(), centreBroker.stop()]);
      }
    }),
};
