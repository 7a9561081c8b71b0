import type { ExplainedCandidate, Explanation } from '@inkcast/shared/explanation';
import { type Html, html, selfContainedPage } from '@inkcast/shared/html';
import { PAGE_STYLE } from './page-style.js';

const NOTHING = html``;
/** The meaning of each rule. Value and limit are those of the quantity in brackets. */
const RULE_WORDS: Readonly<Record<string, string>> = {
  judgement: 'by all that is known of it, it is not likely enough the digit (probability)',
  form: 'not of the form that is expected, or that form is not likely enough (probability of the likeliest digits)',
  classifier: 'the classifier does not find it likely enough (probability)',
  overlap: 'something else explains the same ink better (log-odds by what is seen in its place alone)',
};

/**
 * A page that shows how a picture was read. It contains everything that it shows, and no script: boxes and rows link to
 * each other, and the target of a link is highlighted.
 *
 * @param title of the page
 */
export function explanationPage(explanation: Explanation, title: string): string {
  const { file, model, width, height, view, text, candidates, ink, spotter, labels } = explanation;
  const part = (wanted: ExplainedCandidate['outcome']): Html[] =>
    candidates.filter(({ outcome }) => outcome === wanted).map((candidate) => candidateRow(candidate, labels));
  const body = html`<h1>${title}</h1>
<p class="note">${file}, ${width} x ${height}, read at ${view.width} x ${view.height} with ${model}</p>
${text === '' ? html`<p>No digits.</p>` : html`<pre>${text}</pre>`}
${overview(explanation)}
<h2>Read</h2>
${part('read')}
<h2>Rejected</h2>
${part('rejected')}
<h2>Ink</h2>
<p class="note">How much each place around a spot stands out from its paper, on each scale; the stronger, the darker.</p>
<div class="maps">${ink.map((map) => figure(map, `ink, 1:${map.scale}`))}</div>
<h2>Heat</h2>
<p class="note">Where the spotter saw the centre of a digit; ${spotter.spots.length} in all.</p>
<div class="maps">${spotter.heatMaps.map((map) => figure(map, `heat, 1:${map.scale}`))}</div>
<h2>Rules</h2>
<dl>${rulesOf(candidates).map((rule) => html`<dt>${rule}</dt><dd>${RULE_WORDS[rule] ?? rule}</dd>`)}</dl>`;
  return selfContainedPage({ title, style: PAGE_STYLE, body });
}

function rulesOf(candidates: readonly ExplainedCandidate[]): string[] {
  return [...new Set(candidates.flatMap(({ rule }) => rule ?? []))].sort();
}

/** The picture with a box for each candidate, larger boxes below smaller ones. */
function overview({ picture, width, height, candidates, spotter }: Explanation): Html {
  const area = ({ box }: ExplainedCandidate): number => box[2] * box[3];
  const boxes = [...candidates].sort((a, b) => area(b) - area(a));
  const count = candidates.filter(({ outcome }) => outcome === 'read').length;
  return html`<div>
${toggle('read', `read (${count})`, true)}
${toggle('rejected', `rejected (${candidates.length - count})`, true)}
${toggle('spot', `spots (${spotter.spots.length})`, false)}
<div class="picture"><img src="${picture}" alt="The picture">
<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
${boxes.map(
  (
    candidate,
  ) => html`<a class="${candidate.outcome}" id="box-${candidate.id}" href="#candidate-${candidate.id}"><title>${candidate.id}: ${verdict(candidate)}</title>${rectangle(candidate.box)}</a>
`,
)}${spotter.spots.map(
  ({ box, digit, probability }) => html`<g class="spot"><title>${digit}, ${probability}</title>${rectangle(box)}</g>
`,
)}</svg></div></div>`;
}

function toggle(name: string, words: string, shown: boolean): Html {
  const id = `show-${name}`;
  return html`<input type="checkbox" id="${id}"${shown ? html` checked` : NOTHING}><label for="${id}"> ${words}</label>`;
}

const rectangle = ([x, y, width, height]: readonly number[]): Html =>
  html`<rect x="${x}" y="${y}" width="${width}" height="${height}"/>`;

const figure = ({ picture }: { readonly picture: string }, words: string): Html =>
  html`<figure><img src="${picture}" alt="${words}"><figcaption>${words}</figcaption></figure>`;

function candidateRow(candidate: ExplainedCandidate, labels: readonly string[]): Html {
  const { id, outcome, box, polarity, scale, crop, probabilities, features, rule } = candidate;
  const measured = Object.entries(features).map(([name, value]) => `${name} ${value}`);
  return html`<div class="candidate ${outcome}" id="candidate-${id}">
<a href="#box-${id}" title="Show it in the picture">${id}</a>
<img class="crop" src="${crop}" alt="What the classifier was shown">
<div><p><span class="outcome">${verdict(candidate)}</span>${rule === undefined ? NOTHING : html`: ${RULE_WORDS[rule] ?? rule}`}</p>
${bars(probabilities, labels)}
<p class="note">${polarity} ink, 1:${scale}, at ${box[0]}, ${box[1]}, ${box[2]} x ${box[3]}; ${measured.join(', ')}</p></div>
</div>
`;
}

/** The decision on a candidate, in a few words and numbers. */
function verdict({ digit, confidence, rule, value, limit }: ExplainedCandidate): string {
  if (rule === undefined) return `read as ${digit} (${confidence})`;
  const compared = value === undefined || limit === undefined ? '' : ` ${value} ${relation(value, limit)} ${limit}`;
  return `${rule}${compared}, likeliest ${digit} (${confidence})`;
}

const relation = (value: number, limit: number): string => (value < limit ? '<' : value > limit ? '>' : '=');

function bars(probabilities: readonly number[], labels: readonly string[]): Html {
  return html`<div class="bars">${probabilities.map((probability, index) => {
    const share = `${(100 * probability).toFixed(1)} %`;
    return html`<span title="${labels[index]}: ${share}"><i><b style="height: ${(100 * probability).toFixed(1)}%"></b></i>${labels[index]}</span>`;
  })}</div>`;
}
