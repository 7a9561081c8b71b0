import { useEffect, useRef } from 'preact/hooks';
import { type Command, commandOf, type Keys } from './keys.js';

/** Keys count wherever the focus is, but where something is typed. A key that is held down counts once. */
export function useKeys(keys: Keys, isOn: boolean, act: (command: Command) => void): void {
  const newest = useRef({ keys, act });
  newest.current = { keys, act };
  useEffect(() => {
    if (!isOn) return;
    const pressed = (event: KeyboardEvent) => {
      const isTyped = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (isTyped || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const command = commandOf(event.key, newest.current.keys);
      if (command === undefined) return;
      event.preventDefault();
      newest.current.act(command);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [isOn]);
}
