import { Balancer, NatsCluster } from '../broker/index.js';
import { EventFleet } from './event-fleet.js';
import { inFolder } from './in-folder.js';
import { ALL_EVENTS, Inbox } from './inbox.js';
import { reportThroughFault } from './report-through-fault.js';
import type { Way } from './way.js';

/**
 * Devices of a fleet report when somebody writes, not all at the same moment. Each event costs a write on all nodes, which
 * share one machine here.
 */
const PER_SECOND = 100;

/** All devices at one address, behind which there are three nodes. One node is killed and started again meanwhile. */
export const clustered: Way = {
  describe: 'a cluster of three nats-servers behind HAProxy, one of which is killed and restarted meanwhile',
  run: (devices, note) =>
    inFolder(async (folder) => {
      const cluster = await NatsCluster.start(folder);
      const balancer = await Balancer.start(folder, cluster.nodes);
      const url = `mqtt://127.0.0.1:${balancer.port}`;
      const inbox = new Inbox();
      const client = await inbox.connect({ url, clientId: 'archive', version: '3.1.1', filter: ALL_EVENTS });
      const fleet = new EventFleet({ devices, urlOf: () => url, version: '3.1.1', perSecond: PER_SECOND });
      try {
        return await reportThroughFault(fleet, {
          ...{ devices, note, inbox, says: 'a node is killed' },
          breaks: async () => {
            const second = fleet.report('2');
            // The consumer is the first client, and so at the first node.
            await cluster.kill(0);
            await second;
            await inbox.untilAll(fleet.reported);
            note('the second event of each has arrived at the other nodes; the node is started again');
            const third = fleet.report('3');
            await cluster.restart(0);
            await third;
            return { archive: await inbox.untilAll(fleet.reported) };
          },
        });
      } finally {
        await Promise.all([client.endAsync(true), fleet.stop()]);
        await balancer.stop();
        await cluster.stop();
      }
    }),
};
