/** Lines of mosquitto's configuration: the fleet must not lose what it reports while a broker or a consumer is away. */
export const UNLIMITED_QUEUES: readonly string[] = ['max_queued_messages 0', 'log_type error'];
