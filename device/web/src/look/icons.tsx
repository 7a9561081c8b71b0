/** Lines of 24 x 24, drawn in the colour of the text around them. */
const PATHS = {
  live: 'M3 7a2 2 0 0 1 2-2h3l1.5-2h5L16 5h3a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  frame: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9h6v6H9z',
  history: 'M3 12a9 9 0 1 0 3-6.7M3 4v4h4M12 7v5l3.5 2',
  teach: 'M12 5 2 10l10 5 10-5zM6 12v5c3 2.5 9 2.5 12 0v-5M22 10v6',
  try: 'M4 20l1-5L16 4l4 4L9 19zM13 7l4 4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  setup: 'M5 12l5 5L20 7',
  undo: 'M4 10h10a5 5 0 0 1 0 10h-4M4 10l5-5M4 10l5 5',
  redo: 'M20 10H10a5 5 0 0 0 0 10h4M20 10l-5-5M20 10l-5 5',
  warning: 'M12 4 2.5 20h19zM12 10v4M12 17v.5',
  close: 'M6 6l12 12M18 6 6 18',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
