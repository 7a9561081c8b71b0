/** Readable on a phone, with a light and a dark scheme, and without other files. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #8884; --mark: #ffd54a; --read: #00a651; --rejected: #e0660a; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 0.75rem; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; margin: 0 0 0.25rem; } h2 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.25rem 0; } pre { font: 700 1.4rem/1.3 ui-monospace, monospace; margin: 0.25rem 0; white-space: pre-wrap; }
a { color: inherit; } label { margin-right: 1rem; white-space: nowrap; }
.note { color: color-mix(in srgb, currentColor 70%, transparent); }
.picture { position: relative; margin: 0.5rem 0; line-height: 0; }
.picture img, .maps img { width: 100%; height: auto; }
.picture svg { position: absolute; inset: 0; width: 100%; height: 100%; }
rect { fill: transparent; stroke-width: 2; vector-effect: non-scaling-stroke; }
.read rect { stroke: var(--read); } .rejected rect { stroke: var(--rejected); stroke-dasharray: 4 3; }
.spot rect { stroke: #2a7fff; stroke-dasharray: 2 3; }
a:hover rect, a:focus rect { fill: #ffd54a55; } a:target rect { stroke: var(--mark); stroke-width: 5; stroke-dasharray: none; fill: #ffd54a55; }
#show-read:not(:checked) ~ .picture .read, #show-rejected:not(:checked) ~ .picture .rejected,
#show-spot:not(:checked) ~ .picture .spot { display: none; }
#show-read:not(:checked) ~ .picture a:target, #show-rejected:not(:checked) ~ .picture a:target { display: inline; }
.candidate { display: grid; grid-template-columns: 2.5rem 5.5rem minmax(0, 1fr); gap: 0.25rem 0.5rem; border-top: 1px solid var(--line);
  padding: 0.5rem 0.25rem; scroll-margin-top: 1rem; }
.candidate:target { background: color-mix(in srgb, var(--mark) 30%, transparent); }
.candidate > a { font-weight: 600; }
.crop { width: 5.25rem; height: 5.25rem; image-rendering: pixelated; background: #000; }
.outcome { font-weight: 600; } .read .outcome { color: var(--read); } .rejected .outcome { color: var(--rejected); }
.bars { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 2.6rem); gap: 2px; font-size: 0.7rem; text-align: center; margin: 0.25rem 0; }
.bars span { white-space: nowrap; display: flex; flex-direction: column; justify-content: flex-end; } .bars i { display: block; height: 2rem; position: relative; background: var(--line); }
.bars b { position: absolute; inset: auto 0 0; background: currentColor; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 0.75rem; }
.maps figure { margin: 0; } .maps img { border: 1px solid var(--line); image-rendering: pixelated; } summary { cursor: pointer; padding: 0.5rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.75rem; } dt { font-weight: 600; } dd { margin: 0; }
`;
