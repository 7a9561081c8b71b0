import type { ComponentChildren } from 'preact';
import { Icon } from './icons.js';

interface NoticeProps {
  readonly kind: 'good' | 'note' | 'bad';
  readonly children: ComponentChildren;
  readonly onClose?: () => void;
  readonly closeLabel?: string;
}

/** A sentence that is read out at once where something is wrong, and when there is time otherwise. */
export function Notice({ kind, children, onClose, closeLabel }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {kind === 'good' ? null : <Icon name="warning" />}
      <div class="notice-text">{children}</div>
      {onClose === undefined ? null : (
        <button type="button" class="quiet" onClick={onClose} aria-label={closeLabel}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
