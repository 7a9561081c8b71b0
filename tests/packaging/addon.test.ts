import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { configKeys, loadConfig, variableOf } from '@inkcast/device/config';
import { Aedes } from 'aedes';
import { parse } from 'yaml';
import { z } from 'zod';
import { NodeProcess } from '../e2e/support/daemon-process.js';
import { listenLocally } from '../support/listen-locally.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { REPOSITORY } from './built-package.js';

const START = join(REPOSITORY, 'addon/start.mjs');
const PASSWORD = 'of the broker';
/** The types of options that the Supervisor knows (its supervisor/addons/options.py). */
const OPTION =
  /^(?:bool|email|url|port|(?:str|password)(?:\(\d*,\d*\))?|(?:int|float)(?:\([\d.]*,[\d.]*\))?|match\(.*\)|list\(.+\))\?$/;

/** What of Home Assistant's format is used: another key would be ignored there without a word. */
const configSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  slug: z.string().regex(/^[a-z0-9_-]+$/),
  description: z.string(),
  url: z.url(),
  image: z.string().regex(/^[a-z0-9./{}-]*\{arch\}[a-z0-9./{}-]*$/),
  arch: z.array(z.enum(['aarch64', 'amd64'])).length(2),
  startup: z.literal('application'),
  boot: z.literal('auto'),
  watchdog: z.string().startsWith('http://[HOST]:[PORT:8765]/'),
  ingress: z.literal(true),
  ingress_port: z.literal(8765),
  ingress_stream: z.literal(true),
  panel_icon: z.string().startsWith('mdi:'),
  services: z.tuple([z.literal('mqtt:need')]),
  video: z.boolean(),
  map: z.array(z.string().endsWith(':ro')),
  options: z.strictObject({}),
  schema: z.record(z.string(), z.string().regex(OPTION)),
});

async function addonConfig() {
  return inTemporaryFolder(async (folder) => {
    const script = [...process.execArgv, join(REPOSITORY, 'scripts/package-addon.ts')];
    const args = ['--image', 'example.org/inkcast-{arch}', '--url', 'https://example.org/inkcast', '--out', folder];
    await promisify(execFile)(process.execPath, [...script, ...args]);
    return configSchema.parse(parse(await readFile(join(folder, 'inkcast/config.yaml'), 'utf8')));
  });
}

/** A broker that one user may use, and a Supervisor that names it to whoever has its token. */
async function withSupervisor(work: (supervisor: { url: string; aedes: Aedes }) => Promise<void>): Promise<void> {
  const aedes = await Aedes.createBroker({
    authenticate: (_client, username, password, done) => {
      done(null, username === 'addons' && String(password) === PASSWORD);
    },
  });
  const broker = createTcpServer(aedes.handle);
  const port = await listenLocally(broker);
  const supervisor = createServer(({ url, headers }, answer) => {
    const isAsked = url === '/services/mqtt' && headers.authorization === 'Bearer of-the-addon';
    const data = { host: '127.0.0.1', port, ssl: false, protocol: '3.1.1', username: 'addons', password: PASSWORD };
    answer.writeHead(isAsked ? 200 : 400).end(JSON.stringify({ result: isAsked ? 'ok' : 'error', data }));
  });
  const url = `http://127.0.0.1:${await listenLocally(supervisor)}`;
  try {
    await work({ url, aedes });
  } finally {
    await new Promise<void>((closed) => aedes.close(closed));
    await new Promise((closed) => broker.close(closed));
    supervisor.closeAllConnections();
    await new Promise((closed) => supervisor.close(closed));
  }
}

/** Starts the add-on as the Supervisor does, but for the user: this one. */
function startAddon(data: string, supervisor: string, token = 'of-the-addon'): NodeProcess {
  return new NodeProcess([...process.execArgv, START], {
    ADDON_DATA: data,
    ADDON_USER: 'root',
    ADDON_PORT: '0',
    SUPERVISOR_API: supervisor,
    SUPERVISOR_TOKEN: token,
  });
}

describe('the add-on for Home Assistant', function () {
  this.timeout(120_000);

  it('has the version of Inkcast, and options that are keys of its configuration', async () => {
    const { version, schema } = await addonConfig();
    assert.equal(version, JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')).version);
    const variables = new Set(configKeys().map(({ path }) => variableOf(path)));
    const unknown = Object.keys(schema).filter((option) => !variables.has(`INKCAST_${option.toUpperCase()}`));
    assert.deepEqual(unknown, []);
    assert.ok('camera_source' in schema && 'device_name' in schema);
  });

  it('offers only values that the configuration takes', async () => {
    const { schema } = await addonConfig();
    const [, sources = ''] = /^list\((.*)\)\?$/.exec(schema.camera_source ?? '') ?? [];
    const [, levels = ''] = /^list\((.*)\)\?$/.exec(schema.log_level ?? '') ?? [];
    const needs: Record<string, object> = { http: { INKCAST_CAMERA_URL: 'http://camera.example/stream' } };
    assert.ok(sources.includes('http') && levels.includes('debug'));
    for (const source of sources.split('|')) {
      const place = needs[source] ?? { INKCAST_CAMERA_FOLDER: '/media' };
      for (const level of levels.split('|')) {
        const environment = { INKCAST_CAMERA_SOURCE: source, INKCAST_LOG_LEVEL: level, ...place };
        const config = await loadConfig({ environment });
        assert.equal(`${config.camera?.source} ${config.log.level}`, `${source} ${level}`);
      }
    }
  });

  it("reads with its options, and publishes to Home Assistant's broker", () =>
    withSupervisor(({ url, aedes }) =>
      inTemporaryFolder(async (data) => {
        const folder = join(data, 'pictures');
        await mkdir(folder);
        const note = join(REPOSITORY, 'assets/scenes/photos/01-note.jpg');
        await writeFile(join(folder, 'note.jpg'), await readFile(note));
        const options = { device_name: 'meter', camera_source: 'directory', camera_folder: folder, camera_url: '' };
        await writeFile(join(data, 'options.json'), JSON.stringify(options));
        const read = new Promise<string>((resolve) => {
          aedes.subscribe(
            'inkcast/meter/reading',
            ({ payload }, done) => {
              const { text } = z.object({ text: z.string() }).parse(JSON.parse(payload.toString()));
              if (text !== '') resolve(text);
              done();
            },
            () => {},
          );
        });
        const addon = startAddon(data, url);
        try {
          const ended = addon.ended().then(() => assert.fail(`it ended: ${addon.stdout}${addon.stderr}`));
          ended.catch(() => {});
          assert.equal(await Promise.race([read, ended]), '407');
          addon.terminate();
          assert.equal(await addon.ended(), 0);
        } finally {
          await addon.end();
        }
        assert.ok(!`${addon.stdout}${addon.stderr}`.includes(PASSWORD));
      }),
    ));

  it('says in one sentence that Home Assistant has no broker', () =>
    withSupervisor(({ url }) =>
      inTemporaryFolder(async (data) => {
        const addon = startAddon(data, url, 'wrong');
        assert.equal(await addon.ended(), 1);
        const sentence = 'inkcast: the Supervisor names no MQTT broker (status 400); install one, such as Mosquitto\n';
        assert.equal(addon.stderr, sentence);
      }),
    ));
});
