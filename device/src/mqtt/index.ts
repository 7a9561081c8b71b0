export { type BrokerAddress, parseBrokerAddress, withoutUser } from './broker-address.js';
export type { BrokerSettings, TlsSettings } from './broker-settings.js';
export { isConnectionLoss } from './ending.js';
export type { EventQueue, QueuedEvent } from './event-queue.js';
export { EventSender, type EventSenderOptions } from './event-sender.js';
export { type ConnectionOptions, MqttConnection } from './mqtt-connection.js';
export type { IncomingMessage, OutgoingMessage } from './mqtt-message.js';
export { bytesToTry } from './refusal.js';
export { StatePublisher, type StatePublisherOptions } from './state-publisher.js';
