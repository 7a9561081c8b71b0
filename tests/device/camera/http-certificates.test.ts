import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpSource } from '@inkcast/device/camera';
import { cameraOptions } from '@inkcast/device/camera/options';
import { makeCertificates } from '../../support/certificates.js';
import { listenLocally } from '../../support/listen-locally.js';
import { needsProgram } from '../../support/programs.js';
import { failureOf, options, PICTURES } from './support/http-camera.js';
import { Recorder } from './support/recorder.js';

const picture: RequestListener = (_, response) => response.end(PICTURES[0]);

/** Runs a server with a certificate and its key while `work` does. */
async function withSecureServer(
  name: string,
  answer: RequestListener,
  work: (port: number) => Promise<void>,
): Promise<void> {
  const [cert, key] = await Promise.all(['pem', 'key'].map((suffix) => readFile(`${name}.${suffix}`)));
  const server = createServer({ cert, key }, answer);
  const port = await listenLocally(server);
  try {
    await work(port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function framesOf(source: HttpSource): Promise<void> {
  const recorder = new Recorder();
  await source.start(recorder);
  await recorder.until(({ frames, ended }) => ended || frames.length === 3);
  await source.stop();
  assert.equal(recorder.failure, undefined);
}

describe('a camera over HTTPS', () => {
  let certificates: string | undefined;
  const file = (name: string) => join(certificates ?? '', name);

  /** As openssl and browsers write it. */
  async function fingerprintOf(name: string): Promise<string> {
    return new X509Certificate(await readFile(file(`${name}.pem`))).fingerprint256;
  }

  before(async function () {
    needsProgram(this, 'openssl');
    certificates = await mkdtemp(join(tmpdir(), 'inkcast-certificates-'));
    await makeCertificates(certificates);
  });

  after(async () => {
    if (certificates !== undefined) await rm(certificates, { recursive: true });
  });

  it('field report 14: is trusted by the authority in a file, for the name in its certificate', () =>
    withSecureServer(file('server'), picture, async (port) => {
      await framesOf(new HttpSource(options(`https://localhost:${port}/`, { tls: { ca: file('ca.pem') } })));
      const message = await failureOf(
        new HttpSource(options(`https://127.0.0.1:${port}/`, { tls: { ca: file('ca.pem') } })),
      );
      assert.match(message, /is not trusted: err tls cert altname invalid\.$/);
    }));

  for (const name of ['other-ca', 'expired']) {
    it(`field report 14: is trusted by its own certificate in a file, whatever name and date it holds (${name})`, () =>
      withSecureServer(file(name), picture, (port) =>
        framesOf(new HttpSource(options(`https://127.0.0.1:${port}/`, { tls: { ca: file(`${name}.pem`) } }))),
      ));

    it(`field report 14: is trusted by its fingerprint alone, however that is written (${name})`, () =>
      withSecureServer(file(name), picture, async (port) => {
        const known = await fingerprintOf(name);
        for (const fingerprint of [known, known.replaceAll(':', '').toLowerCase(), `sha256 Fingerprint=${known}`]) {
          await framesOf(new HttpSource(options(`https://127.0.0.1:${port}/`, { tls: { fingerprint } })));
        }
      }));
  }

  it('field report 14: is refused with its fingerprint where it is not trusted, and gets no request', () => {
    let asked = 0;
    const count: RequestListener = (_, response) => {
      asked++;
      response.end();
    };
    return withSecureServer(file('server'), count, async (port) => {
      const [own, other] = [await fingerprintOf('server'), await fingerprintOf('other-ca')];
      for (const [tls, reason] of [
        [{}, 'which is not trusted'],
        [{ ca: file('other-ca.pem') }, 'which is not trusted'],
        [{ fingerprint: other }, 'not that of camera.tls.fingerprint'],
        [{ fingerprint: other, ca: file('ca.pem') }, 'not that of camera.tls.fingerprint'],
      ] as const) {
        const user = { username: 'me', password: 'secret', tls };
        const message = await failureOf(new HttpSource(options(`https://localhost:${port}/`, user)));
        assert.ok(message.includes(`a certificate with the fingerprint ${own}, ${reason}`), message);
      }
      assert.equal(asked, 0);
    });
  });

  it('field report 14: names a file that holds no certificate, and refuses what is no fingerprint', async () => {
    await writeFile(file('empty.pem'), 'nothing');
    for (const [name, reason] of [
      ['empty.pem', 'holds no certificate in PEM.'],
      ['missing.pem', 'cannot be read: there is no such file or folder.'],
    ]) {
      const recorder = new Recorder();
      const source = new HttpSource(options('https://localhost/', { tls: { ca: file(name) } }));
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      await source.stop();
      assert.equal(recorder.failure?.code, 'INK_FILE_UNREADABLE');
      assert.equal(recorder.failure.message, `${file(name)} ${reason}`);
    }
    const sha1 = 'AB:'.repeat(19).concat('CD');
    for (const fingerprint of [sha1, 'AB:CD', '', 'x'.repeat(64)]) {
      const camera = { source: 'http', url: 'https://camera/', tls: { fingerprint } };
      assert.match(cameraOptions.safeParse(camera).error?.message ?? '', /64 hexadecimal digits/);
    }
  });
});
