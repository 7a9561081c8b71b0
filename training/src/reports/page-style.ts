/** Readable on a phone, with a light and a dark scheme, and without other files. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #8886; --training: #1f5fa8; --scored: #b8431a; --error: #e8622c; --paper: #fff; --ink: #1b1d21; }
@media (prefers-color-scheme: dark) { :root { --training: #7ab4f5; --scored: #ff9466; --paper: #16181c; --ink: #e9eaec; } }
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 0.75rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0 0 0.25rem; } h2 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
p { margin: 0.35rem 0; }
.note { color: color-mix(in srgb, currentColor 75%, transparent); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.1rem 0.75rem; margin: 0.5rem 0; }
dt { font-weight: 600; } dd { margin: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
figure { margin: 0; } figcaption { font-weight: 600; }
.charts svg { display: block; width: 100%; height: auto; font: 11px system-ui, sans-serif; }
svg text { fill: currentColor; } .grid { stroke: var(--line); stroke-width: 1; }
.training { color: var(--training); } .scored { color: var(--scored); }
svg polyline { fill: none; stroke: currentColor; stroke-width: 2; } svg circle { fill: currentColor; }
.scored polyline { stroke-dasharray: 6 3; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 0.5rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td.text { text-align: left; } thead th { vertical-align: bottom; }
.matrix td, .matrix th { min-width: 2rem; padding: 0.15rem 0.3rem; text-align: center; border: 1px solid var(--line); }
.matrix .correct { font-weight: 700; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: 0.75rem; }
.mistakes figure { font-size: 0.8rem; line-height: 1.3; } .mistakes figcaption { font-weight: 400; }
.mistakes img { display: block; width: 5.25rem; height: 5.25rem; image-rendering: pixelated; background: #000; }
summary { cursor: pointer; padding: 0.4rem 0; }
`;
