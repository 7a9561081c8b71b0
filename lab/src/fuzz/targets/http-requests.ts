import { once } from 'node:events';
import { connect } from 'node:net';
import { InkError } from '@inkcast/shared/errors';
import type { Random } from '@inkcast/training/random';
import { fuzzedBytes, pick } from '../mutate.js';
import type { OpenTarget } from '../target.js';
import { startDaemon } from './fuzzed-daemon.js';

const BOUNDARY = 'edge';
const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const JSON_BODIES = [
  '{"ids":["01ARZ3NDEKTSV4RRFFQ69G5FAV"],"label":"7"}',
  '{"classes":["a","b"]}',
  '{"paused":true}',
  '{"set":{"reading.expect":"dd:dd"}}',
  '{"values":{"reading.expect":null}}',
  '{"model":"digits@1.0.0"}',
];
const FORMS = [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.tar"\r\n\r\nabc\r\n--${BOUNDARY}--\r\n`,
  'user=me&password=secret',
];
const WORDS = ['%00', '%ff', '../..', '?limit=-1', '?a[]=1', '\r\n\r\n', '__proto__', 'chunked', '99999999999', 'null'];

/** HTTP requests to a whole daemon, byte by byte over a socket. */
export const open: OpenTarget = async (folder) => {
  const faults: string[] = [];
  const daemon = await startDaemon(folder, 'mqtt://127.0.0.1:1', (line) => {
    if (line.includes('INK_INTERNAL')) faults.push(line);
  });
  const page = new URL(daemon.page ?? '');
  const description = await (await fetch(new URL('api/openapi.json', page))).json();
  const routes = routesIn(description);
  return {
    feed: async (random) => {
      const socket = connect(Number(page.port), page.hostname);
      // A server may close a connection in the middle of a request.
      socket.on('error', () => {});
      let answer = '';
      socket.setEncoding('latin1').on('data', (text: string) => {
        if (answer.length < 100_000) answer += text;
      });
      socket.end(fuzzedBytes(random, { samples: [requestOf(random, page.host, routes)], words: WORDS }));
      await once(socket, 'close');
      if (answer.includes('INK_INTERNAL')) faults.push(answer);
      const fault = faults.splice(0)[0];
      if (fault !== undefined) throw new InkError('INK_INTERNAL', fault);
    },
    close: () => daemon.stop(),
  };
};

interface Route {
  readonly method: string;
  readonly path: string;
}

function routesIn(description: unknown): readonly Route[] {
  if (typeof description !== 'object' || description === null || !('paths' in description)) {
    throw new Error('The daemon does not describe its API.');
  }
  const own = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, ID) })),
  );
  return [...own, ...['/', '/login', '/metrics', '/healthz', '/live'].map((path) => ({ method: 'GET', path }))];
}

function requestOf(random: Random, host: string, routes: readonly Route[]): Buffer {
  const { method, path } = pick(random, routes);
  const isForm = random.integer(3) === 0;
  const body = method === 'GET' ? '' : pick(random, isForm ? FORMS : JSON_BODIES);
  const type = isForm
    ? pick(random, [`multipart/form-data; boundary=${BOUNDARY}`, 'application/x-www-form-urlencoded'])
    : 'application/json';
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: close',
    ...(body === '' ? [] : [`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`]),
    ...(random.integer(8) === 0 ? ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: eA=='] : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
