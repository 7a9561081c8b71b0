import constants from 'mqtt-packet/constants.js';

/** MQTT 5.0, section 2.4: codes from 0x80 on mean failure. */
const FIRST_FAILURE = 0x80;
const LAST_CODE = 0xff;

/**
 * Makes the package's parser accept every failure code in every packet. It only knows the codes that the standard lists
 * for a packet. It treats others as malformed, and then misreads the following bytes. For example, Mosquitto answers a
 * message that is too large with 0x95, which is not listed for PUBACK (docs/decisions/065).
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
