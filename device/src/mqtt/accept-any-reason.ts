import constants from 'mqtt-packet/constants.js';

/** MQTT 5.0, section 2.4: codes from here on say that what was asked for has failed. */
const FIRST_FAILURE = 0x80;
const LAST_CODE = 0xff;

/**
 * Makes the package's parser take every reason code that says "failed", wherever it comes. It only knows those that the
 * standard lists for a packet, calls the others malformed and then misreads what follows; Mosquitto answers a message
 * that is too large with 0x95, which is not among PUBACK's (docs/decisions/065).
 */
export function acceptAnyReason(): void {
  const tables = [
    constants.MQTT5_PUBACK_PUBREC_CODES,
    constants.MQTT5_SUBACK_CODES,
    constants.MQTT5_UNSUBACK_CODES,
    constants.MQTT5_DISCONNECT_CODES,
  ];
  for (const table of tables) {
    for (let code = FIRST_FAILURE; code <= LAST_CODE; code++) table[code] ??= 'Failed';
  }
}
