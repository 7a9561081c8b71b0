import { decodePercent } from '@inkcast/shared/addresses';
import { InkError } from '@inkcast/shared/errors';

const PORTS = { mqtt: 1883, mqtts: 8883, ws: 80, wss: 443 } as const;

/** The parts of a broker's URL. */
export interface BrokerAddress {
  readonly protocol: keyof typeof PORTS;
  readonly host: string;
  readonly port: number;
  /** Path of the WebSocket, with its query; `/` by default. */
  readonly path: string;
  readonly username?: string;
  readonly password?: string;
  /** Whether the connection is encrypted. */
  readonly secure: boolean;
}

/** @throws InkError INK_CONFIG_INVALID; the message never shows a password */
export function parseBrokerAddress(text: string): BrokerAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = protocolOf(url?.protocol);
  if (url === undefined || protocol === undefined || url.hostname === '') {
    throw new InkError('INK_CONFIG_INVALID', `${withoutUser(text)} is not the address of a broker.`, {
      remedy: 'Write it as mqtt://HOST, mqtts://HOST, ws://HOST:PORT/PATH or wss://HOST:PORT/PATH.',
    });
  }
  return {
    protocol,
    // A URL puts an IPv6 address in brackets; a socket takes it without them.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? PORTS[protocol] : Number(url.port),
    path: `${url.pathname || '/'}${url.search}`,
    ...(url.username === '' ? {} : { username: decodePercent(url.username) }),
    ...(url.password === '' ? {} : { password: decodePercent(url.password) }),
    secure: protocol === 'mqtts' || protocol === 'wss',
  };
}

/** The address as shown in messages. */
export function nameOf({ protocol, host, port }: BrokerAddress): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function protocolOf(text: string | undefined): keyof typeof PORTS | undefined {
  const name = text?.slice(0, -1);
  return name === 'mqtt' || name === 'mqtts' || name === 'ws' || name === 'wss' ? name : undefined;
}

/** An address without user and password. */
export function withoutUser(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//');
}
