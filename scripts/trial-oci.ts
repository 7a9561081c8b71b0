// `npm run trial:oci -- --arch arm64`: runs the images of `npm run package:oci` with buildah. That for containers reads a scene, and
// publishes readings of it to a broker on this machine, as another user than root, with its state in a volume, and its health check
// passes. The image of the add-on is started as the Supervisor starts it. It needs root and Debian's packages buildah, mosquitto and
// mosquitto-clients, and qemu-user-static for another architecture. If one is missing, it says so and ends with 0.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createSupervisor } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { OWN_ARCHITECTURE as own } from './package/architectures.js';
import { ownVersion } from './package/details.js';
import { BILL_OF_MATERIALS, IMAGE_USER } from './package/oci/debian-root.js';
import { check } from './package/trial-steps.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const SCENES = '/usr/lib/inkcast/assets/scenes/photos';
const MAX_BYTES = 250e6;
const MAX_TRIES = 120;
const { folder, arch } = parseArgs({
  options: {
    folder: { type: 'string', default: join(root, 'dist') },
    arch: { type: 'string', default: own ?? 'amd64' },
  },
}).values;
const archiveOf = (name: string) => join(folder, `${name}_${ownVersion(root)}_${arch}.tar`);
const archive = archiveOf('inkcast-image');
const addonArchive = archiveOf('inkcast-addon');

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

/** The part of CycloneDX that is looked at. */
const billSchema = z.object({ bomFormat: z.literal('CycloneDX'), components: z.array(z.unknown()) });

/** Docker's settings of the add-on's image. */
const addonSchema = z.object({
  Docker: z.object({
    config: z.object({ User: z.string(), Env: z.array(z.string()), Entrypoint: z.array(z.string()) }),
  }),
});

function missing(): string | undefined {
  if (process.getuid?.() !== 0) return 'root';
  const absent = [archive, addonArchive].find((file) => !existsSync(file));
  if (absent !== undefined) return `${absent} (npm run package:oci)`;
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

type Buildah = (...args: readonly string[]) => string;

/** The newest reading of a device at a broker. */
function reads(port: number, device: string): boolean {
  const topic = ['-h', '127.0.0.1', '-p', String(port), '-t', `inkcast/${device}/reading`, '-C', '1', '-W', '5'];
  return /"text":"\d/.test(spawnSync('mosquitto_sub', topic, { encoding: 'utf8' }).stdout);
}

/** Asks again until it holds. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (holds()) return true;
    await wait(1000);
  }
  return false;
}

/**
 * Ends what runs in a container as Podman and Docker do: by a signal to its first process. buildah, which got the signal itself, would kill
 * that process instead of passing the signal on.
 *
 * @returns the exit code
 */
async function stop(container: ChildProcess): Promise<unknown> {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = [...stdout.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, args]) => ({ pid, parent, args }));
  let first = all.find(({ pid }) => Number(pid) === container.pid);
  while (first?.args.startsWith('buildah') === true) {
    const { pid } = first;
    first = all.find(({ parent }) => parent === pid);
  }
  const closed = once(container, 'close');
  if (first !== undefined) process.kill(Number(first.pid), 'SIGTERM');
  const [code] = await closed;
  return code;
}

/** Starts the add-on with a stand-in for the Supervisor. `storage` are the options of buildah. */
async function trialAddon(buildah: Buildah, storage: readonly string[], scratch: string, port: number): Promise<void> {
  const data = join(scratch, 'data');
  mkdirSync(data);
  const options = { device_name: 'addon', camera_source: 'directory', camera_folder: SCENES };
  writeFileSync(join(data, 'options.json'), JSON.stringify(options));
  const supervisor = createSupervisor((_, answer) => {
    answer.end(JSON.stringify({ result: 'ok', data: { host: '127.0.0.1', port, ssl: false } }));
  });
  const supervisorPort = await freePort();
  supervisor.listen(supervisorPort, '127.0.0.1');
  const container = buildah('from', '--quiet', '--arch', arch, `docker-archive:${addonArchive}`);
  const { config } = addonSchema.parse(JSON.parse(buildah('inspect', container))).Docker;
  const variables = [
    ...config.Env,
    ...[
      `SUPERVISOR_API=http://127.0.0.1:${supervisorPort}`,
      'SUPERVISOR_TOKEN=secret',
      `ADDON_PORT=${await freePort()}`,
    ],
  ].flatMap((one) => ['--env', one]);
  const run = ['run', '--isolation', 'chroot', '--user', config.User, '--volume', `${data}:/data`, ...variables];
  const addon = spawn('buildah', [...storage, ...run, container, '--', ...config.Entrypoint], { stdio: 'inherit' });
  try {
    check('the add-on reads and publishes', await until(() => reads(port, 'addon')));
    const owner = statSync(join(data, 'inkcast/inkcast.db')).uid;
    check('its daemon is no root', owner === IMAGE_USER.id, String(owner));
    const code = await stop(addon);
    check('it ends when it is told to', code === 0, String(code));
  } finally {
    addon.kill('SIGKILL');
    supervisor.close();
  }
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
    const container = buildah('from', '--quiet', '--arch', arch, `docker-archive:${archive}`);
    const { config, architecture } = configSchema.parse(JSON.parse(buildah('inspect', container))).Docker;
    check(`the image is for ${arch}`, architecture === arch, architecture);
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
    const bill = billSchema.parse(JSON.parse(buildah(...run('cat', BILL_OF_MATERIALS))));
    check('it lists what it is made of', bill.components.length > 0);
    const read = buildah(...run(...config.Entrypoint, 'read', `${SCENES}/01-note.jpg`));
    check('it reads a scene', read.includes('407'), read);

    const settings = join(scratch, 'mosquitto.conf');
    writeFileSync(settings, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
    running.push(spawn('/usr/sbin/mosquitto', ['-c', settings], { stdio: 'ignore' }));
    const daemon = spawn('buildah', [...storage, ...run(...config.Entrypoint, ...config.Cmd)], { stdio: 'ignore' });
    running.push(daemon);
    check('readings arrive at a broker', await until(() => reads(port, 'boxed')));
    const [, ...command] = config.Healthcheck.Test;
    const health = command.map((word) => word.replaceAll('8765', String(pagePort)));
    const isHealthy = () => spawnSync('buildah', [...storage, ...run(...health)]).status === 0;
    check('its health check passes', await until(isHealthy));
    check('its state is in the volume', readdirSync(volume).includes('inkcast.db'), readdirSync(volume).join());
    const code = await stop(daemon);
    check('it ends when it is told to', code === 0, String(code));
    check('its health check fails once it has ended', !isHealthy());
    await trialAddon(buildah, storage, scratch, port);
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
