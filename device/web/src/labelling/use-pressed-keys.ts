import { useEffect, useRef } from 'preact/hooks';

/**
 * Keys count wherever the focus is, but where something is typed. A key that is held down counts once.
 *
 * @param act says whether the key has a meaning; the browser then does nothing with it
 */
export function usePressedKeys(isOn: boolean, act: (key: string) => boolean): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    if (!isOn) return;
    const pressed = (event: KeyboardEvent) => {
      const isTyped = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (isTyped || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (newest.current(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [isOn]);
}
