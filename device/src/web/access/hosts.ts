import { isIP } from 'node:net';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1']);

/** The host of a `Host` header or of an origin, in small letters, without port and brackets; undefined where it is none. */
export function hostOf(text: string | undefined): string | undefined {
  const [, host] = /^(\[[0-9a-fA-F:.]+\]|[^:/@\s[\]]+)(?::\d{1,5})?$/.exec(text ?? '') ?? [];
  return host
    ?.replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** An address as a socket tells it, with IPv4 inside of IPv6 as IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

/**
 * Who makes a request, as far as that can be known: behind a proxy on this machine the last address that it adds, since
 * those before it are whatever the client says.
 */
export function clientAddress(remote: string | undefined, forwardedFor: string | string[] | undefined): string {
  const peer = plainAddress(remote);
  const last = [forwardedFor ?? []].flat().at(-1)?.split(',').at(-1)?.trim();
  return isLoopback(peer) && last !== undefined && isIP(last) > 0 ? last : peer;
}

export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || host.endsWith('.localhost') || (isIP(host) === 4 && host.startsWith('127.'));
}

export interface KnownNames {
  /** Names from the configuration. */
  readonly hosts: readonly string[];
  /** The machine's own name. */
  readonly machine: string;
}

/**
 * Whether the device is meant by a host name. Another name may be a page's of somebody else that now leads to this
 * address (DNS rebinding): the browser then takes the device for a part of that page.
 *
 * @param local the address that the connection came in by
 */
export function isOwnHost(host: string, local: string, { hosts, machine }: KnownNames): boolean {
  // Nobody can have these lead elsewhere.
  if (isLoopback(host)) return true;
  const name = machine.toLowerCase();
  // The bare name and the one in mDNS (RFC 6762) are given out in the local network only.
  const own = [local, name, `${name.split('.')[0]}.local`, `${name.split('.')[0]}`];
  return own.includes(host) || hosts.some((one) => one.toLowerCase() === host);
}

/** Whether a page of the same origin, or none, made the request. @param origin the header `Origin` */
export function isSameOrigin(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return true;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  return url.host === withoutDefaultPort(host, url.protocol);
}

function withoutDefaultPort(host: string, protocol: string): string {
  return host.toLowerCase().replace(protocol === 'https:' ? /:443$/ : /:80$/, '');
}
