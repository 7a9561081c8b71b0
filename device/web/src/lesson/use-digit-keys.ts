import { usePressedKeys } from '../labelling/index.js';

/** What a key does to the crop that is shown. */
export type LabelCommand = { readonly kind: 'skip' | 'undo' } | { readonly kind: 'label'; readonly label: string };

const SKIP_KEY = 's';
const NONE_KEY = 'n';

/** Does what the keys of the digits mean. */
export function useDigitKeys(none: string, act: (command: LabelCommand) => void): void {
  usePressedKeys(true, (key) => {
    const command = commandOf(key.toLowerCase(), none);
    if (command !== undefined) act(command);
    return command !== undefined;
  });
}

function commandOf(key: string, none: string): LabelCommand | undefined {
  if (/^[0-9]$/.test(key)) return { kind: 'label', label: key };
  if (key === NONE_KEY) return { kind: 'label', label: none };
  if (key === SKIP_KEY) return { kind: 'skip' };
  return key === 'backspace' ? { kind: 'undo' } : undefined;
}
