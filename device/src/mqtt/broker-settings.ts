/** How to reach and trust a broker. Paths are absolute or relative to the working directory. */
export interface BrokerSettings {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://` with a host, and port and path if they are not the usual ones. */
  readonly url: string;
  readonly version: '5' | '3.1.1';
  /** Whether the broker retains states; default true. */
  readonly retain?: boolean;
  /** Maximum quality of service of published messages; default 1. */
  readonly qos?: 0 | 1;
  readonly username?: string;
  /** At most one of these three is given. */
  readonly password?: string;
  readonly passwordFile?: string;
  /** Name of a systemd credential (LoadCredential= in the unit). */
  readonly passwordCredential?: string;
  readonly tls?: TlsSettings;
  /** Seconds after which a silent connection counts as lost; the client pings more often. */
  readonly keepaliveSeconds?: number;
  /** How long the broker keeps subscriptions and requests after the connection is lost. Only with MQTT 5. */
  readonly sessionExpirySeconds?: number;
}

/** PEM files for `mqtts://` and `wss://`. */
export interface TlsSettings {
  /** Authorities to trust instead of the system's. */
  readonly ca?: string;
  /** The client's certificate and its key. */
  readonly certificate?: string;
  readonly key?: string;
  /** Name that the broker's certificate must contain, if it differs from the host in the address. */
  readonly serverName?: string;
}
