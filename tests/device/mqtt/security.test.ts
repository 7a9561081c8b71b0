import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrokerSettings, MqttConnection } from '@inkcast/device/mqtt';
import { freePorts, Mosquitto } from '@inkcast/lab/broker';
import { type ErrorCode, InkError } from '@inkcast/shared/errors';
import { makeCertificates } from '../../support/certificates.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const run = promisify(execFile);
const PASSWORD = 'sehr geheim';
const retryDelays = { firstMs: 60_000, maxMs: 60_000 };

/** Resolves with the first outcome: a connection, or the reason for its failure. */
async function outcome(settings: BrokerSettings, publishTo?: string): Promise<'up' | InkError> {
  const connection = new MqttConnection({ settings, clientId: 'inkcast-desk', retryDelays });
  const first = Promise.race([
    once(connection, 'up').then(() => 'up' as const),
    once(connection, 'problem').then(([problem]: InkError[]) => problem),
  ]);
  connection.start();
  try {
    const result = await first;
    if (publishTo !== undefined) await connection.publish({ topic: publishTo, payload: 'x', qos: 1 });
    return result;
  } finally {
    await connection.stop();
  }
}

/** In UTF-8 and in both kinds of UTF-16, with the mark that says so. */
function asWindowsSaves(text: string): readonly Buffer[] {
  const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
  return [Buffer.from(`\ufeff${text}`), marked, Buffer.from(marked).swap16()];
}

interface Ports {
  readonly plain: number;
  readonly tls: number;
  readonly expired: number;
  readonly ws: number;
  readonly wss: number;
}

/** One broker with a listener of each kind; only user `desk` may in, only below inkcast/desk. */
function withGuardedBroker(work: (ports: Ports, file: (name: string) => string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const file = (name: string) => join(folder, name);
    await makeCertificates(folder);
    await run('mosquitto_passwd', ['-b', '-c', file('passwords'), 'desk', PASSWORD]);
    await writeFile(file('rights'), 'user desk\ntopic readwrite inkcast/desk/#\n');
    const [plain, tls, expired, ws, wss] = await freePorts(5);
    const secured = (certificate: string) => [
      `cafile ${file('ca.pem')}`,
      `certfile ${file(`${certificate}.pem`)}`,
      `keyfile ${file(`${certificate}.key`)}`,
    ];
    const broker = await Mosquitto.start(folder, [
      `password_file ${file('passwords')}`,
      `acl_file ${file('rights')}`,
      `listener ${plain} 127.0.0.1`,
      `listener ${tls} 127.0.0.1`,
      ...secured('server'),
      'require_certificate true',
      `listener ${expired} 127.0.0.1`,
      ...secured('expired'),
      `listener ${ws} 127.0.0.1`,
      'protocol websockets',
      `listener ${wss} 127.0.0.1`,
      'protocol websockets',
      ...secured('server'),
    ]);
    try {
      await work({ plain, tls, expired, ws, wss }, file);
    } finally {
      await broker.stop();
    }
  });
}

describe('a guarded broker', () => {
  before(function () {
    needsProgram(this, 'mosquitto', 'mosquitto_passwd', 'openssl');
  });

  it('accepts password, certificate and WebSocket, with both versions of MQTT', () =>
    withGuardedBroker(async (ports, file) => {
      await writeFile(file('password'), `${PASSWORD}\n`);
      const tls = { ca: file('ca.pem'), certificate: file('client.pem'), key: file('client.key') };
      for (const version of ['5', '3.1.1'] as const) {
        const user = { version, username: 'desk', passwordFile: file('password') };
        assert.equal(await outcome({ url: `mqtt://127.0.0.1:${ports.plain}`, ...user }), 'up');
        assert.equal(await outcome({ url: `mqtts://localhost:${ports.tls}`, ...user, tls }), 'up');
        assert.equal(await outcome({ url: `ws://127.0.0.1:${ports.ws}/mqtt`, ...user }), 'up');
        assert.equal(await outcome({ url: `wss://localhost:${ports.wss}/mqtt`, ...user, tls }), 'up');
      }
      // The certificate is for localhost, the address is another name.
      const renamed = { ...tls, serverName: 'localhost' };
      const user = { version: '5', username: 'desk', passwordFile: file('password') } as const;
      assert.equal(await outcome({ url: `mqtts://127.0.0.1:${ports.tls}`, ...user, tls: renamed }), 'up');
      assert.equal(await outcome({ url: `wss://127.0.0.1:${ports.wss}/mqtt`, ...user, tls: renamed }), 'up');
    }));

  it('field report 11: takes files as Windows saves them, with a byte order mark', () =>
    withGuardedBroker(async (ports, file) => {
      const plain: BrokerSettings = {
        url: `mqtt://127.0.0.1:${ports.plain}`,
        version: '5',
        username: 'desk',
        passwordFile: file('password'),
      };
      for (const content of asWindowsSaves(`${PASSWORD}\r\n`)) {
        await writeFile(file('password'), content);
        assert.equal(await outcome(plain), 'up');
      }
      const tls = { ca: file('marked-ca.pem'), certificate: file('marked.pem'), key: file('marked.key') };
      const secure = { ...plain, url: `mqtts://localhost:${ports.tls}`, tls };
      const originals = ['ca.pem', 'client.pem', 'client.key'].map((name) => readFile(file(name), 'utf8'));
      const [ca, certificate, key] = (await Promise.all(originals)).map(asWindowsSaves);
      for (const encoding of [0, 1, 2]) {
        await writeFile(tls.ca, ca[encoding]);
        await writeFile(tls.certificate, certificate[encoding]);
        await writeFile(tls.key, key[encoding]);
        assert.equal(await outcome(secure), 'up');
      }
    }));

  it('field report 11: says of a password file what is wrong with it, and never what it holds', () =>
    withGuardedBroker(async ({ plain }, file) => {
      const cases: readonly (readonly [string | Buffer, RegExp])[] = [
        ['', /password is empty/],
        ['\r\n', /password is empty/],
        [Buffer.from([0xef, 0xbb, 0xbf]), /password is empty/],
        [`${PASSWORD}\n# at the broker\n`, /password has more than one line/],
        [Buffer.from(PASSWORD, 'utf16le'), /password is not text in UTF-8/],
        [Buffer.from('gehéim', 'latin1'), /password is not text in UTF-8/],
      ];
      for (const [content, sentence] of cases) {
        await writeFile(file('password'), content);
        const url = `mqtt://127.0.0.1:${plain}`;
        const problem = await outcome({ url, version: '5', username: 'desk', passwordFile: file('password') });
        assert.ok(problem instanceof InkError && problem.code === 'INK_MQTT_SECRET', String(problem));
        assert.match(problem.message, sentence);
        assert.doesNotMatch(problem.message, /geh/);
      }
    }));

  it('takes the password from a systemd credential', () =>
    withGuardedBroker(async ({ plain }, file) => {
      const settings: BrokerSettings = {
        url: `mqtt://127.0.0.1:${plain}`,
        version: '5',
        username: 'desk',
        passwordCredential: 'mqtt-password',
      };
      const missing = await outcome(settings);
      assert.ok(missing instanceof InkError);
      assert.equal(missing.code, 'INK_MQTT_SECRET');
      await mkdir(file('credentials'));
      await writeFile(file('credentials/mqtt-password'), PASSWORD);
      process.env.CREDENTIALS_DIRECTORY = file('credentials');
      try {
        assert.equal(await outcome(settings), 'up');
      } finally {
        delete process.env.CREDENTIALS_DIRECTORY;
      }
    }));

  it('is told apart by what it refuses, in sentences, without any secret', () =>
    withGuardedBroker(async (ports, file) => {
      const user = { version: '5', username: 'desk', password: PASSWORD } as const;
      const tls = { ca: file('ca.pem'), certificate: file('client.pem'), key: file('client.key') };
      const secure = { url: `mqtts://localhost:${ports.tls}`, ...user };
      const cases: readonly (readonly [string, BrokerSettings, ErrorCode, RegExp])[] = [
        ['wrong CA', { ...secure, tls: { ...tls, ca: file('other-ca.pem') } }, 'INK_MQTT_UNTRUSTED', /authority/],
        [
          'no CA',
          { ...secure, tls: { certificate: tls.certificate, key: tls.key } },
          'INK_MQTT_UNTRUSTED',
          /authority/,
        ],
        ['expired', { ...secure, url: `mqtts://localhost:${ports.expired}`, tls }, 'INK_MQTT_EXPIRED', /expired/],
        ['other name', { ...secure, url: `mqtts://127.0.0.1:${ports.tls}`, tls }, 'INK_MQTT_NAME', /another name/],
        ['no certificate', { ...secure, tls: { ca: tls.ca } }, 'INK_MQTT_CERTIFICATE', /certificate from us/],
        [
          'our certificate expired',
          { ...secure, tls: { ca: tls.ca, certificate: file('expired.pem'), key: file('expired.key') } },
          'INK_MQTT_CERTIFICATE',
          /expired\.pem has expired/,
        ],
        [
          'other key',
          { ...secure, tls: { ...tls, key: file('server.key') } },
          'INK_MQTT_CERTIFICATE',
          /belong together/,
        ],
        [
          'no PEM',
          { ...secure, tls: { ...tls, ca: file('rights') } },
          'INK_MQTT_SECRET',
          /rights holds no certificate in PEM/,
        ],
        [
          'a key for a certificate',
          { ...secure, tls: { ...tls, certificate: file('client.key') } },
          'INK_MQTT_SECRET',
          /client\.key holds no certificate in PEM format, but (rsa |ec )?private key/,
        ],
        ['no file', { ...secure, tls: { ...tls, key: file('nothing') } }, 'INK_MQTT_SECRET', /nothing cannot be read/],
        [
          'no TLS',
          { ...secure, url: `mqtts://127.0.0.1:${ports.plain}`, tls },
          'INK_MQTT_CONNECT',
          /closed the connection/,
        ],
        ['no host', { ...user, url: 'mqtt://broker.invalid' }, 'INK_MQTT_CONNECT', /broker\.invalid/],
        [
          'wrong CA over WebSocket',
          { ...user, url: `wss://localhost:${ports.wss}/mqtt`, tls: { ca: file('other-ca.pem') } },
          'INK_MQTT_UNTRUSTED',
          /authority/,
        ],
        [
          'wrong password',
          { ...user, url: `mqtt://127.0.0.1:${ports.plain}`, password: 'falsch und geheim' },
          'INK_MQTT_CREDENTIALS',
          /user desk/,
        ],
        [
          'wrong password in 3.1.1',
          { ...user, version: '3.1.1', url: `mqtt://127.0.0.1:${ports.plain}`, password: 'falsch und geheim' },
          'INK_MQTT_CREDENTIALS',
          /user desk/,
        ],
        ['no user', { version: '5', url: `mqtt://127.0.0.1:${ports.plain}` }, 'INK_MQTT_CREDENTIALS', /gives no user/],
      ];
      for (const [name, settings, code, sentence] of cases) {
        const problem = await outcome(settings);
        assert.ok(problem instanceof InkError, `${name}: ${problem}`);
        assert.equal(problem.code, code, `${name}: ${problem}`);
        assert.match(problem.message, sentence, `${name}: ${problem}`);
        assert.doesNotMatch(`${problem} ${problem.stack}`, /geheim/, name);
      }
      const plain = { ...user, url: `mqtt://127.0.0.1:${ports.plain}` };
      await assert.rejects(outcome(plain, 'inkcast/other/event'), { code: 'INK_MQTT_FORBIDDEN' });
      await outcome(plain, 'inkcast/desk/event');
    }));

  it('never has its password written, whatever DEBUG asks for', () =>
    withGuardedBroker(async ({ plain }) => {
      const program = `
        import { MqttConnection } from '@inkcast/device/mqtt';
        const settings = { url: 'mqtt://desk:${encodeURIComponent(PASSWORD)}@127.0.0.1:${plain}', version: '5' };
        const connection = new MqttConnection({ settings, clientId: 'inkcast-desk' });
        connection.once('up', async () => { await connection.stop(); process.stdout.write('done'); });
        connection.start();`;
      const { stdout, stderr } = await run(
        process.execPath,
        [...process.execArgv, '--input-type=module', '-e', program],
        {
          env: { ...process.env, DEBUG: '*' },
        },
      );
      assert.match(stdout, /done/);
      assert.doesNotMatch(stdout + stderr, /geheim/);
    }));
});
