// Starts Inkcast as an add-on of Home Assistant: takes the options and the broker from the Supervisor, gives up root, and runs the daemon
// in this process. https://developers.home-assistant.io/docs/add-ons/communication
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
writeFileSync(passwordFile, password ?? '', { mode: 0o600 });

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

if (process.getuid?.() === 0) {
  const linesOf = (/** @type {string} */ file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  const [, , uid, gid] =
    linesOf('/etc/passwd').find(([name]) => name === ADDON_USER) ?? end(`there is no user ${ADDON_USER}`);
  // Devices, such as cameras, belong to groups.
  const groups = linesOf('/etc/group').filter(([, , , members = '']) => members.split(',').includes(ADDON_USER));
  for (const path of ['', ...readdirSync(state, { recursive: true, encoding: 'utf8' })])
    chownSync(join(state, path), Number(uid), Number(gid));
  process.setgroups?.(groups.map(([, , group]) => Number(group)));
  process.setgid?.(Number(gid));
  process.setuid?.(Number(uid));
}

process.argv.splice(1, 1, 'inkcast', 'run');
await import('../device/bin/inkcast.js');
