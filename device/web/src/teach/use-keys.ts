import { usePressedKeys } from '../labelling/index.js';
import { type Command, commandOf, type Keys } from './keys.js';

/** Does what the keys of a set of classes mean. */
export function useKeys(keys: Keys, isOn: boolean, act: (command: Command) => void): void {
  usePressedKeys(isOn, (key) => {
    const command = commandOf(key, keys);
    if (command !== undefined) act(command);
    return command !== undefined;
  });
}
