import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserFile } from '@inkcast/device/web';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { listenLocally } from '../support/listen-locally.js';
import { needsProgram } from '../support/programs.js';
import { rtspDoor } from '../support/rtsp-door.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';
import { pageOf } from './support/empty-machine.js';

const PICTURE = fileURLToPath(new URL('../../assets/scenes/photos/04-single.jpg', import.meta.url));
/** Words that stand nowhere else. Two of them hold what separates the parts of an address. */
const SECRETS = {
  broker: 'brokerword-zq1',
  camera: 'cam/ra@word-zq2',
  user: 'userword-zq3',
};

/** A camera that wants its password. @param isBroken whether it refuses even with it, so that there is a complaint */
function guardedCamera(isBroken: () => boolean) {
  const wanted = `Basic ${Buffer.from(`eye:${SECRETS.camera}`).toString('base64')}`;
  return createServer((request, response) => {
    if (isBroken() || request.headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
    } else void readFile(PICTURE).then((picture) => response.setHeader('content-type', 'image/jpeg').end(picture));
  });
}

/** The command lines of all processes of this machine. */
async function commandLines(): Promise<string> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // A process may have ended meanwhile.
  return (await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))).join('\n');
}

/** What every route answers that can be read without naming anything. */
async function answersOf(page: string, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const read = async (path: string) => (await fetch(new URL(path, page), { headers })).text();
  const { paths } = JSON.parse(await read('api/openapi.json'));
  const own = Object.keys(paths).filter((path) => 'get' in paths[path] && !path.includes('{'));
  assert.ok(own.length > 10);
  const texts = [];
  for (const path of [...own, '/metrics', '/']) texts.push(await read(path));
  return texts.join('\n');
}

describe('secrets of a daemon', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('are in no log, answer, message or list of processes, at any level', () =>
    inTemporaryFolder(async (folder) => {
      let isBroken = false;
      const camera = guardedCamera(() => isBroken);
      const cameraPort = await listenLocally(camera);
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['#']);
      const config = join(folder, 'inkcast.yaml');
      const eye = `eye:${encodeURIComponent(SECRETS.camera)}`;
      await writeFile(
        config,
        JSON.stringify({
          device: { name: 'desk' },
          camera: { source: 'http', url: `http://${eye}@127.0.0.1:${cameraPort}/shot.jpg`, rate: 5 },
          mqtt: { url: `mqtt://desk:${SECRETS.broker}@127.0.0.1:${port}` },
          storage: { folder: 'state' },
          log: { level: 'trace', format: 'json' },
        }),
      );
      const users = new UserFile(join(folder, 'state'));
      await users.add('ana', 'admin', SECRETS.user);
      const token = await users.addToken('ana');
      const daemon = new InkcastProcess('run', '--config', config, { DEBUG: '*' });
      try {
        const page = await pageOf(daemon);
        await watcher.next('inkcast/desk/reading');
        isBroken = true;
        await daemon.prints('"INK_CAMERA');
        const from = watcher.seen.length;
        await watcher.client.publishAsync('inkcast/desk/request/config', '{}', { qos: 1 });
        const { text } = await watcher.next('inkcast/desk/response/config', from);
        assert.match(text, /mqtt:\/\/\*\*\*@127/, 'the address is shown without them');
        const body = JSON.stringify({ user: 'ana', password: `${SECRETS.user}-wrong` });
        await fetch(new URL('login', page), { method: 'POST', body, headers: { 'content-type': 'application/json' } });
        const answers = await answersOf(page, token);
        const processes = await commandLines();
        assert.ok(processes.includes(config), 'the daemon is in the list');
        const doctor = new InkcastProcess('doctor', '--config', config);
        await doctor.ended();
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
        const places = {
          log: daemon.stdout + daemon.stderr,
          doctor: doctor.stdout + doctor.stderr,
          answers,
          processes,
          messages: watcher.seen.map((seen) => seen.text).join('\n'),
        };
        const secrets = { ...SECRETS, encoded: encodeURIComponent(SECRETS.camera), token };
        for (const [place, content] of Object.entries(places)) {
          assert.ok(content.length > 0, place);
          for (const [name, secret] of Object.entries(secrets)) {
            const at = content.indexOf(secret);
            assert.equal(at, -1, `${name} is in ${place}: ${content.slice(Math.max(0, at - 200), at + 50)}`);
          }
        }
        // Only its hash is kept, and a password's.
        const kept = await readFile(join(folder, 'state', 'users.json'), 'utf8');
        assert.ok(!kept.includes(token) && !kept.includes(SECRETS.user));
      } finally {
        await daemon.end();
        await watcher.end();
        await broker.stop();
        camera.closeAllConnections();
        camera.close();
      }
    }));

  it('are not in the arguments of ffmpeg, which connects to an RTSP camera', async function () {
    needsProgram(this, 'ffmpeg');
    await inTemporaryFolder(async (folder) => {
      const { server, given } = rtspDoor();
      const config = join(folder, 'inkcast.yaml');
      const url = `rtsp://127.0.0.1:${await listenLocally(server)}/stream`;
      await writeFile(
        config,
        JSON.stringify({
          camera: { source: 'rtsp', url, username: 'eye', password: SECRETS.camera, timeoutMs: 60_000 },
          storage: { folder: 'state' },
        }),
      );
      const daemon = new InkcastProcess('run', '--config', config);
      try {
        assert.equal(await given, `eye:${SECRETS.camera}`);
        // ffmpeg waits for the answer meanwhile.
        const processes = await commandLines();
        assert.match(processes, /ffmpeg\0.*pipe:0/);
        for (const secret of [SECRETS.camera, encodeURIComponent(SECRETS.camera)]) {
          assert.ok(!processes.includes(secret));
        }
      } finally {
        await daemon.end();
        server.close();
      }
    });
  });
});
