import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Notice } from '../look/index.js';
import { useWords } from './page.js';

/** A screen that is loaded once somebody looks at it, so that the page itself stays small. */
export function later(load: () => Promise<ComponentType>): ComponentType {
  return function Later() {
    const words = useWords().shell;
    const view = useSignal<{ readonly View: ComponentType } | undefined>(undefined);
    const isLost = useSignal(false);
    useEffect(() => {
      load().then(
        (View) => {
          view.value = { View };
        },
        () => {
          isLost.value = true;
        },
      );
    }, [view, isLost]);
    if (view.value !== undefined) return <view.value.View />;
    return isLost.value ? <Notice kind="bad">{words.unreachable}</Notice> : <p class="soft">{words.loading}</p>;
  };
}
