/** A message to publish. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly qos: 0 | 1;
  readonly retain?: boolean;
  /** MIME type. Only MQTT 5 transmits this property and those below. */
  readonly contentType?: string;
  /** Time after which the broker no longer delivers the message. */
  readonly expirySeconds?: number;
  readonly responseTopic?: string;
  readonly correlationData?: Buffer;
}

/** A received message. */
export interface IncomingMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** Whether the broker had retained it before the subscription. */
  readonly retained: boolean;
  readonly responseTopic: string | undefined;
  readonly correlationData: Buffer | undefined;
}
