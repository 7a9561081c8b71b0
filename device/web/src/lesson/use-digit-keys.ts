import { useEffect, useRef } from 'preact/hooks';

/** What a key does to the crop that is shown. */
export type LabelCommand = { readonly kind: 'skip' | 'undo' } | { readonly kind: 'label'; readonly label: string };

const SKIP_KEY = 's';
const NONE_KEY = 'n';

/** Keys count wherever the focus is, but where something is typed. A key that is held down counts once. */
export function useDigitKeys(none: string, act: (command: LabelCommand) => void): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const isTyped = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (isTyped || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const command = commandOf(event.key.toLowerCase(), none);
      if (command === undefined) return;
      event.preventDefault();
      newest.current(command);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [none]);
}

function commandOf(key: string, none: string): LabelCommand | undefined {
  if (/^[0-9]$/.test(key)) return { kind: 'label', label: key };
  if (key === NONE_KEY) return { kind: 'label', label: none };
  if (key === SKIP_KEY) return { kind: 'skip' };
  return key === 'backspace' ? { kind: 'undo' } : undefined;
}
