/** Types for the part of the package's tables that Inkcast uses: names of reason codes, by code. */
declare module 'mqtt-packet/constants.js' {
  interface ReasonTables {
    readonly MQTT5_PUBACK_PUBREC_CODES: Record<number, string>;
    readonly MQTT5_SUBACK_CODES: Record<number, string>;
    readonly MQTT5_UNSUBACK_CODES: Record<number, string>;
    readonly MQTT5_DISCONNECT_CODES: Record<number, string>;
  }
  const constants: ReasonTables;
  export default constants;
}
