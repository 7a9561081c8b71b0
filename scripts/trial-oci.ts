// `npm run trial:oci -- --archive FILE`: runs the image of `npm run package:oci` with buildah: it reads a scene, and publishes readings
// of it to a broker on this machine, as another user than root, with its state in a volume, and its health check passes. It needs root
// and Debian's packages buildah, mosquitto and mosquitto-clients. If one is missing, it says so and ends with 0.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ARCHITECTURES, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { ownVersion } from './package/details.js';
import { IMAGE_USER } from './package/oci/debian-root.js';
import { check } from './package/trial-steps.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const SCENES = '/usr/lib/inkcast/assets/scenes/photos';
const MAX_BYTES = 250e6;
const MAX_TRIES = 120;
const DEFAULT = join(root, 'dist', `inkcast-image_${ownVersion(root)}_${own ?? 'amd64'}.tar`);
const { archive } = parseArgs({ options: { archive: { type: 'string', default: DEFAULT } } }).values;

const configSchema = z.object({
  Docker: z.object({
    architecture: z.string(),
    config: z.object({
      User: z.string(),
      Env: z.array(z.string()),
      Entrypoint: z.array(z.string()),
      Cmd: z.array(z.string()),
      Volumes: z.record(z.string(), z.unknown()),
      Healthcheck: z.object({ Test: z.tuple([z.literal('CMD')], z.string()) }),
    }),
  }),
});

function missing(): string | undefined {
  if (process.getuid?.() !== 0) return 'root';
  if (!existsSync(archive)) return `${archive} (npm run package:oci)`;
  const there = (name: string) => ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, name)));
  return ['buildah', 'mosquitto', 'mosquitto_sub'].find((name) => !there(name));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Asks again until it holds. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (holds()) return true;
    await wait(1000);
  }
  return false;
}

async function trial(scratch: string): Promise<void> {
  const storage = ['--storage-driver', 'vfs', '--root', join(scratch, 'storage'), '--runroot', join(scratch, 'run')];
  const buildah = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('buildah', [...storage, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`buildah ${args[0]}: ${stderr}`);
    return stdout.trim();
  };
  const running: ChildProcess[] = [];
  try {
    const container = buildah('from', '--quiet', `docker-archive:${archive}`);
    const { config, architecture } = configSchema.parse(JSON.parse(buildah('inspect', container))).Docker;
    check(`the image is for ${architecture}`, architecture in ARCHITECTURES);
    const bytes = statSync(archive).size;
    check(`it has ${Math.round(bytes / 1e6)} MB, uncompressed`, bytes < MAX_BYTES);
    check('it runs as another user than root', config.User === `${IMAGE_USER.id}:${IMAGE_USER.id}`, config.User);
    const volume = join(scratch, 'volume');
    mkdirSync(volume);
    chownSync(volume, IMAGE_USER.id, IMAGE_USER.id);
    const port = await freePort();
    const pagePort = await freePort();
    const variables = [
      ...config.Env,
      `INKCAST_MQTT_URL=mqtt://127.0.0.1:${port}`,
      ...['INKCAST_CAMERA_SOURCE=directory', `INKCAST_CAMERA_FOLDER=${SCENES}`, 'INKCAST_DEVICE_NAME=boxed'],
      `INKCAST_WEB_PORT=${pagePort}`,
    ].flatMap((one) => ['--env', one]);
    const [state = ''] = Object.keys(config.Volumes);
    // chroot leaves the network of this machine to it, where the broker is.
    const options = ['--isolation', 'chroot', '--user', config.User, '--volume', `${volume}:${state}`, ...variables];
    const run = (...command: readonly string[]) => ['run', ...options, container, '--', ...command];
    const user = buildah(...run('sh', '-c', 'id -u; cat /proc/self/status'));
    check('so does what it runs', user.startsWith(`${IMAGE_USER.id}\n`), user);
    const read = buildah(...run(...config.Entrypoint, 'read', `${SCENES}/01-note.jpg`));
    check('it reads a scene', read.includes('407'), read);

    const settings = join(scratch, 'mosquitto.conf');
    writeFileSync(settings, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
    running.push(spawn('/usr/sbin/mosquitto', ['-c', settings], { stdio: 'ignore' }));
    const daemon = spawn('buildah', [...storage, ...run(...config.Entrypoint, ...config.Cmd)], { stdio: 'ignore' });
    running.push(daemon);
    const topic = ['-h', '127.0.0.1', '-p', String(port), '-t', 'inkcast/boxed/reading', '-C', '1', '-W', '5'];
    const arrives = () => /"text":"\d/.test(spawnSync('mosquitto_sub', topic, { encoding: 'utf8' }).stdout);
    check('readings arrive at a broker', await until(arrives));
    const [, ...command] = config.Healthcheck.Test;
    const health = command.map((word) => word.replaceAll('8765', String(pagePort)));
    const isHealthy = () => spawnSync('buildah', [...storage, ...run(...health)]).status === 0;
    check('its health check passes', await until(isHealthy));
    check('its state is in the volume', readdirSync(volume).includes('inkcast.db'), readdirSync(volume).join());
    daemon.kill('SIGTERM');
    await once(daemon, 'close');
    check('its health check fails once it has ended', !isHealthy());
  } finally {
    for (const each of running) each.kill('SIGKILL');
  }
}

const lack = missing();
if (lack === undefined) {
  const scratch = mkdtempSync('/var/tmp/inkcast-trial-oci-');
  try {
    await trial(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
} else {
  console.log(`trial:oci: skipped, it needs ${lack}`);
}
