import { Balancer, NatsCluster } from '../broker/index.js';
import { EventFleet } from './event-fleet.js';
import { inFolder } from './in-folder.js';
import { ALL_EVENTS, Inbox } from './inbox.js';
import { secondsSince, type Way } from './way.js';

/** All devices at one address, behind which there are three nodes. One node is killed meanwhile and stays away. */
export const clustered: Way = {
  describe: 'a cluster of three nats-servers behind HAProxy, one of which is killed meanwhile',
  run: (devices, note) =>
    inFolder(async (folder) => {
      const cluster = await NatsCluster.start(folder);
      const balancer = await Balancer.start(folder, cluster.mqttPorts);
      const url = `mqtt://127.0.0.1:${balancer.port}`;
      const inbox = new Inbox();
      const client = await inbox.connect({ url, clientId: 'archive', version: '3.1.1', filter: ALL_EVENTS });
      const fleet = new EventFleet({ devices, urlOf: () => url, version: '3.1.1' });
      try {
        const begun = performance.now();
        await fleet.start();
        const connectSeconds = secondsSince(begun);
        note(`${devices} devices are connected`);
        const reported = performance.now();
        fleet.report('1');
        await inbox.untilAll(fleet.reported);
        note('the first event of each has arrived; a node is killed');
        fleet.report('2');
        // The consumer is the first client, and so at the first node.
        await cluster.kill(0);
        fleet.report('3');
        const archive = await inbox.untilAll(fleet.reported);
        return { devices, connectSeconds, deliverSeconds: secondsSince(reported), consumers: { archive } };
      } finally {
        await Promise.all([client.endAsync(true), fleet.stop()]);
        await balancer.stop();
        await cluster.stop();
      }
    }),
};
