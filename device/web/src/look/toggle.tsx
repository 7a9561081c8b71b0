import type { Signal } from '@preact/signals';

interface ToggleProps {
  readonly label: string;
  readonly on: Signal<boolean>;
}

/** A check box that looks like a button. */
export function Toggle({ label, on }: ToggleProps) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={on.value} onChange={({ currentTarget }) => (on.value = currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
