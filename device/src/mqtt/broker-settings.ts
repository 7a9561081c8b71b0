/** How to reach and trust a broker. Paths are absolute or relative to the working directory. */
export interface BrokerSettings {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`, host, and where they differ from the usual ones port and path. */
  readonly url: string;
  readonly version: '5' | '3.1.1';
  /** Whether the broker is to retain states; default true. */
  readonly retain?: boolean;
  /** Highest quality of service of what we send; default 1. */
  readonly qos?: 0 | 1;
  readonly username?: string;
  /** At most one of these three is given. */
  readonly password?: string;
  readonly passwordFile?: string;
  /** Name of a systemd credential (LoadCredential= in the unit). */
  readonly passwordCredential?: string;
  readonly tls?: TlsSettings;
  /** Seconds after which a silent connection counts as lost; the client pings within them. */
  readonly keepaliveSeconds?: number;
  /** Time that the broker keeps subscriptions, and requests for us, after the connection is lost. Only MQTT 5. */
  readonly sessionExpirySeconds?: number;
}

/** PEM files for `mqtts://` and `wss://`. */
export interface TlsSettings {
  /** Authorities to trust instead of the system's. */
  readonly ca?: string;
  /** Our own certificate, and its key. */
  readonly certificate?: string;
  readonly key?: string;
  /** Name that the broker's certificate must hold, where it is not the host in the address. */
  readonly serverName?: string;
}
