import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { MqttConnection } from '@inkcast/device/mqtt';
import { freePort, Mosquitto } from '@inkcast/lab/broker';
import { InkError } from '@inkcast/shared/errors';
import fc from 'fast-check';
import { makeCertificates } from '../../support/certificates.js';
import { listenLocally } from '../../support/listen-locally.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const retryDelays = { firstMs: 60_000, maxMs: 60_000 };

/** The first outcome: a connection, or the reason for its failure. */
async function outcome(url: string, tls?: { readonly ca: string }): Promise<'up' | InkError> {
  const settings = { url, version: '5', ...(tls === undefined ? {} : { tls }) } as const;
  const connection = new MqttConnection({ settings, clientId: 'inkcast-desk', retryDelays });
  const first = Promise.race([
    once(connection, 'up').then(() => 'up' as const),
    once(connection, 'problem').then(([problem]: InkError[]) => problem),
  ]);
  connection.start();
  try {
    return await first;
  } finally {
    await connection.stop();
  }
}

async function refusal(url: string): Promise<InkError> {
  const problem = await outcome(url);
  assert.ok(problem instanceof InkError, String(problem));
  return problem;
}

/** Says something to whoever connects; with `after`, as an answer. */
function saying(bytes: Uint8Array | string, { after = false } = {}): Server {
  return createServer((socket) => {
    socket.on('error', () => {});
    if (after) socket.once('data', () => socket.end(bytes));
    else socket.write(bytes);
  });
}

async function withServer<T>(server: Server, work: (port: number) => Promise<T>): Promise<T> {
  try {
    return await work(await listenLocally(server));
  } finally {
    server.close();
  }
}

describe("the server at a broker's address", () => {
  const greetings: readonly (readonly [string, string, RegExp])[] = [
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', /an SSH server answers there/],
    ['mail', '220 mail.example ESMTP\r\n', /a mail or FTP server answers/],
    ['AMQP, as RabbitMQ does at 5672,', 'AMQP\0\0\t\x01', /it speaks AMQP there.*\n.*rabbitmq_mqtt/],
    ['TLS', '\x15\x03\x01\0\x02\x02\x46', /it speaks TLS there, not MQTT\.\nWrite mqtts:/],
    ['RTSP', 'RTSP/1.0 400 Bad Request\r\n\r\n', /a camera \(RTSP\) answers/],
    ['text', 'hello\r\n', /does not speak MQTT \(it says "hello"\)/],
    ['bytes', '\0\x01\x1b[31m', /does not speak MQTT \(it says the bytes 00 01 1b/],
    ['CONNECT', '\x10\x02\0\0', /does not speak MQTT/],
    ['half an answer', '\x20\0', /does not speak MQTT/],
  ];
  for (const [name, bytes, sentence] of greetings) {
    it(`field report 11: is named where it speaks ${name}`, async () => {
      const problem = await withServer(saying(Buffer.from(bytes, 'latin1')), (port) =>
        refusal(`mqtt://127.0.0.1:${port}`),
      );
      assert.equal(problem.code, 'INK_MQTT_NOT_A_BROKER');
      assert.match(`${problem.message}\n${problem.remedy}`, sentence);
    });
  }

  it('field report 11: is named where it is a web server, whichever way it is asked', () =>
    withServer(
      createHttpServer((_, response) => response.writeHead(404).end('nothing here')),
      async (port) => {
        const cases: readonly (readonly [string, string, RegExp])[] = [
          ['mqtt', 'INK_MQTT_NOT_A_BROKER', /a web server answers there, not MQTT\.\n.*1883, or ws:/],
          ['mqtts', 'INK_MQTT_CONNECT', /does not speak TLS there\.\nWrite mqtt:/],
          ['ws', 'INK_MQTT_NOT_A_BROKER', /a web server answers there with 404 and opens no WebSocket\.\n.*path/],
          ['wss', 'INK_MQTT_CONNECT', /does not speak TLS there\.\n.*ws:/],
        ];
        for (const [protocol, code, sentence] of cases) {
          const problem = await refusal(`${protocol}://127.0.0.1:${port}/mqtt`);
          assert.equal(problem.code, code, protocol);
          assert.match(`${problem.message}\n${problem.remedy}`, sentence);
        }
      },
    ));

  it('field report 11: is said to be silent where it closes the connection, with what may be behind it', () =>
    withServer(saying('', { after: true }), async (port) => {
      for (const [protocol, sentence] of [
        ['mqtt', /closed the connection without an answer\.\n.*log.*TLS.*mqtt\.version/],
        ['mqtts', /closed the connection before TLS had begun\.\nWrite mqtt:/],
        ['ws', /closed the connection without an answer\.\n/],
      ] as const) {
        const problem = await refusal(`${protocol}://127.0.0.1:${port}`);
        assert.match(`${problem.message}\n${problem.remedy}`, sentence);
      }
    }));

  it('field report 11: is told in one line, whatever it says', async () => {
    let bytes: Uint8Array = Buffer.alloc(0);
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(bytes));
    });
    await withServer(server, async (port) => {
      const answers = fc.oneof(
        fc.uint8Array({ maxLength: 100 }),
        // Behind the type and a length of CONNACK.
        fc.uint8Array({ maxLength: 20 }).map((rest) => Uint8Array.from([0x20, rest.length, ...rest])),
      );
      await fc.assert(
        fc.asyncProperty(answers, fc.constantFrom('mqtt', 'mqtts', 'ws'), async (answer, protocol) => {
          bytes = answer;
          const result = await outcome(`${protocol}://127.0.0.1:${port}`);
          if (result === 'up') return;
          assert.match(result.code, /^INK_MQTT_/);
          assert.match(result.message, /^[^\p{Cc}]+\.$/u);
        }),
        { numRuns: 60 },
      );
    });
  });
});

describe('localhost', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  for (const address of ['::1', '127.0.0.1']) {
    it(`field report 11: is reached where the broker listens to ${address} alone`, () =>
      inTemporaryFolder(async (folder) => {
        await makeCertificates(folder);
        const [plain, tls, ws] = [await freePort(), await freePort(), await freePort()];
        const file = (name: string) => join(folder, name);
        const broker = await Mosquitto.start(folder, [
          'allow_anonymous true',
          `listener ${plain} ${address}`,
          `listener ${tls} ${address}`,
          `certfile ${file('server.pem')}`,
          `keyfile ${file('server.key')}`,
          `listener ${ws} ${address}`,
          'protocol websockets',
        ]);
        try {
          assert.equal(await outcome(`mqtt://localhost:${plain}`), 'up');
          assert.equal(await outcome(`mqtts://localhost:${tls}`, { ca: file('ca.pem') }), 'up');
          assert.equal(await outcome(`ws://localhost:${ws}/mqtt`), 'up');
        } finally {
          await broker.stop();
        }
      }));
  }

  it('field report 11: is said to be silent at both of its addresses', async () => {
    const problem = await refusal(`mqtt://localhost:${await freePort()}`);
    assert.match(problem.message, /nothing listens there, neither at 127\.0\.0\.1 nor at ::1/);
  });
});
