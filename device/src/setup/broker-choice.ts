import { parseBrokerAddress, withoutUser } from '../mqtt/index.js';
import type { BrokerChoice } from './setup-values.js';

/**
 * The broker at an address; `mqtt://` may be left out.
 *
 * @throws InkError INK_CONFIG_INVALID, without the user and password of the address
 */
export function brokerFrom(text: string): BrokerChoice {
  const whole = /^[a-z0-9+.-]+:\/\//i.test(text) ? text : `mqtt://${text}`;
  const { username, password } = parseBrokerAddress(whole);
  return {
    url: withoutUser(whole),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}
