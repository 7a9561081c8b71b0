/** A message to publish. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly qos: 0 | 1;
  readonly retain?: boolean;
  /** MIME type; only MQTT 5 transmits it, as it does the properties below. */
  readonly contentType?: string;
  /** Time after which the broker gives the message to nobody any more. */
  readonly expirySeconds?: number;
  readonly responseTopic?: string;
  readonly correlationData?: Buffer;
}

/** A message that came. */
export interface IncomingMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** Whether the broker had kept it from before we subscribed. */
  readonly retained: boolean;
  readonly responseTopic: string | undefined;
  readonly correlationData: Buffer | undefined;
}
