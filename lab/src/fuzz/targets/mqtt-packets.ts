import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import type { Random } from '@inkcast/training/random';
import { fuzzedBytes, pick } from '../mutate.js';
import type { OpenTarget } from '../target.js';

/** Accepted, with a session expiry, a maximum packet size and a receive maximum (MQTT 5.0, section 3.2). */
const CONNACK = Buffer.of(0x20, 0x10, 0, 0, 0x0d, 0x11, 0, 0, 0, 10, 0x27, 0, 0, 0xff, 0xff, 0x21, 0, 5);
/** Packets that a broker sends, by sections 3.2 to 3.15 of MQTT 5.0. */
const PACKETS = [
  CONNACK,
  Buffer.of(0x20, 3, 0, 0x87, 0),
  Buffer.of(0x90, 4, 0, 1, 0, 1),
  Buffer.concat([Buffer.of(0x32, 0x0f, 0, 5), Buffer.from('a/b/c'), Buffer.of(0, 9, 0), Buffer.from('{"a"}')]),
  Buffer.concat([Buffer.of(0x30, 0x0d, 0, 5), Buffer.from('a/b/c'), Buffer.of(3, 0x23, 0, 1), Buffer.from('{}')]),
  Buffer.of(0x40, 4, 0, 1, 0x87, 0),
  Buffer.of(0x50, 2, 0, 1),
  Buffer.of(0x62, 2, 0, 1),
  Buffer.of(0x70, 2, 0, 1),
  Buffer.of(0xb0, 2, 0, 1),
  Buffer.of(0xd0, 0),
  Buffer.of(0xe0, 2, 0x8e, 0),
  Buffer.of(0xf0, 2, 0x18, 0),
];

/** Packets of a broker that is broken or hostile, given to the device's connection. */
export const open: OpenTarget = async () => {
  const waiting: ((socket: Socket) => void)[] = [];
  const arrived: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    const taker = waiting.shift();
    if (taker === undefined) arrived.push(socket);
    else taker(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const connection = new MqttConnection({
    settings: { url: `mqtt://127.0.0.1:${address.port}`, version: '5' },
    clientId: 'inkcast-fuzzed',
    availabilityTopic: 'a/b/availability',
    retryDelays: { firstMs: 1, maxMs: 2 },
  });
  const states = new StatePublisher({ connection, onProblem: () => {} });
  connection.subscribe('a/b/+', () => {});
  states.start();
  connection.start();
  const nextSocket = (): Promise<Socket> => {
    const socket = arrived.shift();
    return socket === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(socket);
  };
  return {
    feed: async (random) => {
      const socket = await nextSocket();
      // The first bytes are CONNECT; a client that says nothing hangs.
      if (socket.readableLength === 0) await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
      socket.resume();
      states.publishJson('a/b/reading', { text: String(random.integer(100)) });
      for (const packet of packetsOf(random)) {
        socket.write(packet);
        await setImmediate();
      }
      // What was sent is read before the end of the connection.
      socket.end();
      if (!socket.destroyed) await once(socket, 'close');
      const fault = connection.problem?.code === 'INK_INTERNAL' ? connection.problem : undefined;
      if (fault !== undefined) throw fault;
    },
    close: async () => {
      states.stop();
      for (const socket of arrived) socket.destroy();
      server.close();
      await connection.stop();
    },
  };
};

/** Mostly an accepted connection first, so that what follows is looked at. */
function packetsOf(random: Random): Buffer[] {
  const count = 1 + random.integer(6);
  const packets = Array.from({ length: count }, () =>
    random.integer(3) === 0 ? pick(random, PACKETS) : fuzzedBytes(random, { samples: PACKETS, maxRandomBytes: 64 }),
  );
  return random.integer(4) === 0 ? packets : [CONNACK, ...packets];
}
