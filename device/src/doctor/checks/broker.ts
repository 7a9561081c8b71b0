import { once } from 'node:events';
import { maskCredentials } from '@inkcast/shared/addresses';
import { InkError } from '@inkcast/shared/errors';
import type { MqttConnection } from '../../mqtt/index.js';
import type { Check } from '../check.js';

/** Checks that the broker accepts Inkcast. @param open makes a connection with its own client id */
export function brokerCheck(url: string, open: () => MqttConnection): Check {
  // The address may hold a password.
  const shown = maskCredentials(url);
  return {
    name: 'broker',
    run: async (signal) => {
      const connection = open();
      const problem = once(connection, 'problem', { signal }).then(([error]) => error);
      const up = once(connection, 'up', { signal }).then(() => undefined);
      connection.start();
      try {
        const error: unknown = await Promise.race([up, problem]);
        if (error !== undefined) throw error;
        const [concession] = connection.problems.values();
        if (concession !== undefined)
          return { status: 'warning', detail: concession.message, remedy: concession.remedy };
        return { status: 'ok', detail: `${shown} accepts the connection.` };
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new InkError('INK_MQTT_CONNECT', `${shown} did not answer in time.`, { cause: error });
      } finally {
        await connection.stop();
      }
    },
  };
}
