import { deviceTopics } from '@inkcast/shared/messages';
import { parseBrokerAddress } from '../mqtt/index.js';
import type { Service } from './service.js';
import type { SetupValues } from './setup-values.js';
import type { WrittenSetup } from './write-setup.js';

export interface NextSteps {
  readonly values: SetupValues;
  readonly written: WrittenSetup;
  /** The service, if the configuration belongs to it. */
  readonly service: Service | undefined;
  /** The command's name as invoked. */
  readonly command: string;
}

const BASE_TOPIC = 'inkcast';

/** The steps for the user after setup, in lines. */
export function nextSteps({ values, written, service, command }: NextSteps): string[] {
  const file = shellWord(written.config);
  const { reading } = deviceTopics(BASE_TOPIC, values.name);
  // Outside of the unit, the path of credentials is unknown.
  const credentials = service !== undefined && written.passwordFile === service.passwordFile;
  const doctor = credentials ? 'sudo CREDENTIALS_DIRECTORY=/etc/credstore ' : '';
  return [
    'Check everything that the daemon needs:',
    `  ${doctor}${command} doctor --config ${file}`,
    ...(service === undefined
      ? ['Run it, until Ctrl-C:', `  ${command} run --config ${file}`]
      : [
          'Run it, now and whenever the machine starts (the second line where it runs already):',
          '  sudo systemctl enable --now inkcast',
          '  sudo systemctl restart inkcast',
        ]),
    `Follow its readings, which are published to ${reading}:`,
    `  ${subscription(values, written, reading, service !== undefined)}`,
    'Home Assistant, with its MQTT integration on the same broker, finds the device by itself: docs/guide/home-assistant.md.',
  ];
}

function subscription(
  { broker }: SetupValues,
  { passwordFile }: WrittenSetup,
  topic: string,
  isService: boolean,
): string {
  const { protocol, host, port, secure } = parseBrokerAddress(broker.url);
  if (protocol === 'ws' || protocol === 'wss') return `any MQTT client that speaks WebSocket, at ${broker.url}`;
  const user = broker.username === undefined ? [] : ['-u', shellWord(broker.username)];
  const cat = isService ? 'sudo cat' : 'cat';
  const password = passwordFile === undefined ? [] : ['-P', `"$(${cat} ${shellWord(passwordFile)})"`];
  const tls = secure ? ['--tls-use-os-certs'] : [];
  return [
    'mosquitto_sub',
    '-h',
    shellWord(host),
    '-p',
    port,
    ...tls,
    ...user,
    ...password,
    '-t',
    shellWord(topic),
  ].join(' ');
}

/** Quotes a word for a shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
