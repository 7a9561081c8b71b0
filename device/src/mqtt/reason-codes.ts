/** MQTT 5's reason codes (OASIS MQTT 5.0, section 2.4) for an end or a refusal, in words that continue "because". */
const REASONS: Readonly<Record<number, string>> = {
  0: 'it gives no reason',
  128: 'it gives no reason',
  129: 'it found a packet malformed',
  130: 'it found a packet against the protocol',
  131: 'it cannot do that',
  132: 'it does not speak this version of MQTT',
  133: 'it does not allow this client id',
  134: 'user or password is wrong',
  135: 'this user has no right to do that',
  136: 'it is not available now',
  137: 'it is busy',
  138: 'this client is banned',
  139: 'it is shutting down',
  140: 'the method of authentication is wrong',
  141: 'nothing was heard of us for longer than the keepalive',
  142: 'another client has connected with the same client id',
  143: 'the topic filter is not allowed',
  144: 'the topic is not allowed',
  145: 'the packet identifier is in use',
  146: 'the packet identifier is unknown',
  147: 'more messages were in flight than it takes',
  148: 'a topic alias is wrong',
  149: 'the message is larger than it takes',
  150: 'messages come too fast',
  151: 'a quota is used up',
  152: 'its administrator wants so',
  153: 'the payload is not in the format stated',
  154: 'it keeps no retained messages',
  155: 'it does not offer this quality of service',
  156: 'another broker is to be used',
  157: 'it has moved',
  158: 'it has no shared subscriptions',
  159: 'connections are made too fast',
  160: 'the connection has lasted as long as it allows',
  161: 'it has no subscription identifiers',
  162: 'it has no wildcard subscriptions',
};

/** MQTT 3.1.1's return codes of CONNACK (section 3.2.2.3), with the equivalent codes of MQTT 5. */
const OLD_CODES: Readonly<Record<number, number>> = { 1: 132, 2: 133, 3: 136, 4: 134, 5: 135 };

/** CONNACK's code, as a code of MQTT 5. */
export function connackCode(code: number): number {
  return OLD_CODES[code] ?? code;
}

export function reasonFor(code: number): string {
  return REASONS[code] ?? `of its reason code ${code}`;
}

/** Reasons in the message itself: it is too large, or in a format that the broker refuses. */
const LASTING_REASONS = [149, 153];

/** Whether the same message would be refused again, while another one to the same topic may be accepted. */
export function isLastingReason(code: number): boolean {
  return LASTING_REASONS.includes(code);
}
