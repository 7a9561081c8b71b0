import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserFile } from '@inkcast/device/web';
import { freePort } from '@inkcast/lab/broker';
import { listenLocally } from '../support/listen-locally.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';
import { pageOf } from './support/empty-machine.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PICTURE = join(ROOT, 'assets/scenes/photos/04-single.jpg');
/** Words that stand nowhere else. */
const SECRETS = { broker: 'brokerword-zq1', camera: 'cameraword-zq2', user: 'userword-zq3' };

/** Ways to die that the process takes when it is told to. */
const DEATHS = {
  'an error that nobody catches': `throw new Error('a fault of a test');`,
  'memory that is used up': 'for (const kept = []; ; ) kept.push(new Array(1e6).fill({}));',
} as const;
const MAX_HEAP_MEGABYTES = 150;

/** The hashes of passwords and tokens, and the salts. */
async function hashesOf(file: UserFile): Promise<readonly string[]> {
  const users = (await file.users()).map(({ password, tokens }) => [password, tokens.map(({ sha256 }) => sha256)]);
  const hashes = [...JSON.stringify(users).matchAll(/"([^"]{20,})"/g)].map(([, hash]) => hash);
  assert.ok(hashes.length >= 2);
  return hashes;
}

describe('what a daemon leaves that dies', function () {
  this.timeout(120_000);

  for (const [death, code] of Object.entries(DEATHS)) {
    it(`holds no secret after ${death}, with every report on`, () =>
      inTemporaryFolder(async (folder) => {
        const picture = await readFile(PICTURE);
        const camera = createServer(({ headers: { authorization } }, response) => {
          if (authorization === undefined) {
            response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
          } else {
            response.setHeader('content-type', 'image/jpeg').end(picture);
            camera.emit('opened');
          }
        });
        const opened = once(camera, 'opened');
        const config = join(folder, 'inkcast.json');
        const cameraPort = await listenLocally(camera);
        await writeFile(
          config,
          JSON.stringify({
            camera: { source: 'http', url: `http://eye:${SECRETS.camera}@127.0.0.1:${cameraPort}/shot.jpg` },
            // Nobody listens there: the daemon keeps the password for its next attempt.
            mqtt: { url: `mqtt://desk:${SECRETS.broker}@127.0.0.1:${await freePort()}` },
            storage: { folder: 'state' },
            log: { level: 'trace', format: 'json' },
          }),
        );
        const users = new UserFile(join(folder, 'state'));
        await users.add('ana', 'admin', SECRETS.user);
        const token = await users.addToken('ana');
        const hashes = await hashesOf(users);
        const trigger = join(folder, 'trigger.mjs');
        await writeFile(trigger, `process.on('SIGWINCH', () => { ${code} });`);
        const reports = ['--report-uncaught-exception', '--report-on-fatalerror', `--report-directory=${folder}`];
        const options = [
          ...reports,
          `--import=${pathToFileURL(trigger)}`,
          `--max-old-space-size=${MAX_HEAP_MEGABYTES}`,
        ];
        const daemon = new InkcastProcess('run', '--config', config, { NODE_OPTIONS: options.join(' ') });
        try {
          const page = await pageOf(daemon);
          // The passwords are in use.
          await opened;
          await daemon.prints('"INK_MQTT');
          const authorization = `Bearer ${token}`;
          assert.equal((await fetch(new URL('api/history', page), { headers: { authorization } })).status, 200);
          assert.ok(daemon.pid !== undefined);
          process.kill(daemon.pid, 'SIGWINCH');
          assert.notEqual(await daemon.ended(), 0);
          const report = (await readdir(folder)).find((name) => /^report\..*\.json$/.test(name));
          assert.ok(report !== undefined, daemon.stderr);
          const left = { report: await readFile(join(folder, report), 'utf8'), output: daemon.stdout + daemon.stderr };
          assert.match(left.report, /"environmentVariables"/);
          for (const [place, content] of Object.entries(left)) {
            for (const [name, secret] of Object.entries({
              ...SECRETS,
              token,
              ...Object.fromEntries(hashes.entries()),
            })) {
              const at = content.indexOf(secret);
              assert.equal(at, -1, `${name} is in ${place}: ${content.slice(Math.max(0, at - 200), at + 50)}`);
            }
          }
        } finally {
          await daemon.end();
          camera.closeAllConnections();
          camera.close();
        }
      }));
  }
});
