// Starts Inkcast as an add-on of Home Assistant: takes the options and the broker from the Supervisor, and runs the daemon
// as another user than root. https://developers.home-assistant.io/docs/add-ons/communication
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lchownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const { ADDON_DATA = '/data', SUPERVISOR_API = 'http://supervisor', SUPERVISOR_TOKEN = '' } = process.env;
const { ADDON_USER = 'inkcast', ADDON_PORT = '8765' } = process.env;
/** The only address that the Supervisor's proxy makes requests from. */
const PROXY = '172.30.32.2';

const optionsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
/** What the Supervisor says of the broker that Home Assistant uses. */
const serviceSchema = z.object({
  data: z.object({
    host: z.string(),
    port: z.int(),
    ssl: z.boolean().default(false),
    username: z.string().optional(),
    password: z.string().optional(),
  }),
});

/**
 * @param {string} sentence
 * @returns {never}
 */
function end(sentence) {
  process.stderr.write(`inkcast: ${sentence}\n`);
  process.exit(1);
}

/** Options are configuration keys under their names in the environment, in small letters. @returns {Record<string, string>} */
function optionsAsVariables() {
  const file = join(ADDON_DATA, 'options.json');
  if (!existsSync(file)) return {};
  const options = optionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const given = Object.entries(options).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(given.map(([name, value]) => [`INKCAST_${name.toUpperCase()}`, String(value)]));
}

async function broker() {
  const headers = { authorization: `Bearer ${SUPERVISOR_TOKEN}` };
  const answer = await fetch(`${SUPERVISOR_API}/services/mqtt`, { headers }).catch((error) =>
    end(`the Supervisor does not answer: ${error.message}`),
  );
  if (!answer.ok) end(`the Supervisor names no MQTT broker (status ${answer.status}); install one, such as Mosquitto`);
  return serviceSchema.parse(await answer.json()).data;
}

const state = join(ADDON_DATA, 'inkcast');
const passwordFile = join(state, 'mqtt-password');
mkdirSync(state, { recursive: true, mode: 0o700 });
const { host, port, ssl, username, password } = await broker();
// The daemon owns the folder: what root writes and gives away follows no link of it.
rmSync(passwordFile, { force: true });
writeFileSync(passwordFile, password ?? '', { mode: 0o600, flag: 'wx' });

/** @type {Record<string, string>} */
const settings = {
  INKCAST_MQTT_URL: `${ssl ? 'mqtts' : 'mqtt'}://${host}:${port}`,
  ...(username ? { INKCAST_MQTT_USERNAME: username, INKCAST_MQTT_PASSWORD_FILE: passwordFile } : {}),
  INKCAST_WEB_ADDRESS: '0.0.0.0',
  INKCAST_WEB_PORT: ADDON_PORT,
  INKCAST_WEB_TRUSTED_PROXY: PROXY,
  HOME: state,
  XDG_CONFIG_HOME: join(state, 'config'),
  XDG_STATE_HOME: ADDON_DATA,
};
Object.assign(process.env, settings, optionsAsVariables());
// It could ask the Supervisor for more.
delete process.env.SUPERVISOR_TOKEN;

const daemon = [
  process.execPath,
  ...process.execArgv,
  fileURLToPath(new URL('../device/bin/inkcast.js', import.meta.url)),
  'run',
];
if (process.getuid?.() === 0) {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = users.map((line) => line.split(':')).find(([name]) => name === ADDON_USER) ?? [];
  if (uid === undefined) end(`there is no user ${ADDON_USER}`);
  for (const path of ['', ...readdirSync(state, { recursive: true, encoding: 'utf8' })])
    lchownSync(join(state, path), Number(uid), Number(gid));
  // Node with io_uring refuses to change its own user, so a program of util-linux does it and becomes the daemon.
  daemon.unshift('setpriv', '--reuid', ADDON_USER, '--regid', ADDON_USER, '--init-groups');
}
const [command, ...args] = daemon;
const child = spawn(command, args, { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit').catch((error) => end(`${command} cannot be started: ${error.message}`));
process.exit(code ?? 1);
