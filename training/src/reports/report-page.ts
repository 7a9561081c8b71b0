import { count, duration, percent } from '@inkcast/shared/cli';
import { type Html, html, selfContainedPage } from '@inkcast/shared/html';
import type { EpochRecord } from '../checkpoint/index.js';
import { classFigures } from '../evaluation/index.js';
import type { LayerReport } from '../quantization/index.js';
import type { RunSummary } from '../trainer/index.js';
import { worstConfusions } from './confusions.js';
import { curveChart } from './curve-chart.js';
import type { RunMeasurement } from './measure-run.js';
import type { Mistake } from './mistakes.js';
import { PAGE_STYLE } from './page-style.js';

/** What a report shows. */
export interface RunReport {
  /** The run's folder, as the user named it. */
  readonly run: string;
  readonly summary: RunSummary;
  readonly history: readonly EpochRecord[];
  /** The pictures that the second curve shows. */
  readonly scored: 'validation' | 'test';
  /** The measurement, or why there is none. */
  readonly measured: RunMeasurement | string;
}

const MAX_CONFUSIONS = 5;
/** The strongest shade of an error keeps text readable on it, in both schemes. */
const MAX_SHADE_PERCENT = 55;
const NOTHING = html``;

/** A page that shows a finished run: curves, errors and quantization. It contains everything that it shows, and no script. */
export function reportPage(report: RunReport): string {
  const { summary, measured } = report;
  const title = `${summary.model}: training report`;
  const body = html`<main>
<h1>${title}</h1>
<p class="note">${report.run}, ${summary.created.slice(0, 10)}</p>
${facts(report)}
${curves(report)}
${errors(summary)}
${typeof measured === 'string' ? html`<h2>Mistakes and quantization</h2><p>${measured}</p>` : measurement(measured)}
</main>`;
  return selfContainedPage({ title, style: PAGE_STYLE, body });
}

function facts({ summary, measured }: RunReport): Html {
  const { parameters, epochs, seconds, resultOf, seed, dataset, validation, test, weightsSha256, ended } = summary;
  const figures = (score: RunSummary['test']): string =>
    score === null
      ? '-'
      : `${percent(score.accuracy)}, loss ${score.loss.toFixed(4)}, on ${count(score.images)} pictures`;
  const rows: readonly (readonly [string, string])[] = [
    ['Parameters', count(parameters)],
    ['Data', `${dataset.name}: ${count(dataset.train)} pictures to train on`],
    ['Training', `${epochs} epochs in ${duration(seconds)}${ended === 'early' ? ', stopped early' : ''}, seed ${seed}`],
    ['Result', `the weights of epoch ${resultOf}`],
    ...(validation === null ? [] : [['Validation', figures(validation)] as const]),
    ...(test === null ? [] : [['Test', figures(test)] as const]),
    ...(typeof measured === 'string' ? [] : measuredFacts(measured)),
    ['Weights', `SHA-256 ${weightsSha256}`],
  ];
  return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function measuredFacts({ float, int8, bytes, latencyMs }: RunMeasurement): readonly (readonly [string, string])[] {
  const lost = (100 * (float.accuracy - int8.accuracy)).toFixed(2);
  return [
    ['Test in int8', `${percent(int8.accuracy)}, ${lost} points less than in float`],
    ['Size', `${count(bytes.model)} bytes as int8 .tflite, ${count(bytes.weights)} bytes as float weights`],
    [
      'Latency',
      `${latencyMs.median.toFixed(2)} ms for a picture (median; 95 % within ${latencyMs.p95.toFixed(2)} ms), in TensorFlow Lite on one thread of this machine`,
    ],
  ];
}

function curves({ history, scored }: RunReport): Html {
  if (history.length === 0) return NOTHING;
  const both = (training: readonly number[], second: readonly (number | null)[]) => [
    { name: 'training', style: 'training' as const, values: training },
    ...(second.every((value) => value === null) ? [] : [{ name: scored, style: 'scored' as const, values: second }]),
  ];
  const loss = both(
    history.map((record) => record.loss),
    history.map(({ validationLoss }) => validationLoss),
  );
  const accuracy = both(
    history.map((record) => 100 * record.accuracy),
    history.map(({ validationAccuracy }) => validationAccuracy && 100 * validationAccuracy),
  );
  const rows = history.map((record) => [
    String(record.epoch),
    record.loss.toFixed(4),
    percent(record.accuracy),
    record.validationLoss?.toFixed(4) ?? '-',
    percent(record.validationAccuracy),
    record.learningRate.toPrecision(3),
    record.seconds.toFixed(1),
  ]);
  const header = ['epoch', 'loss', 'accuracy', `${scored} loss`, `${scored} accuracy`, 'learning rate', 'seconds'];
  return html`<h2>Learning curves</h2>
${scored === 'test' ? html`<p>The second curve shows the test pictures. It is for looking only: nothing should be chosen by it.</p>` : NOTHING}
<div class="charts">${curveChart('Loss', loss, shortNumber)}
${curveChart('Accuracy', accuracy, (value) => `${shortNumber(value)} %`)}</div>
<details><summary>Each epoch</summary>${table('Each epoch', header, rows)}</details>`;
}

function errors({ labels, test, validation }: RunSummary): Html {
  const score = test ?? validation;
  if (score === null) return NOTHING;
  const what = test === null ? 'validation' : 'test';
  const worst = worstConfusions(score.confusion, labels, MAX_CONFUSIONS);
  const named = worst.map(({ truth, predicted, pictures }) => `${truth} as ${predicted} (${pictures})`).join(', ');
  return html`<h2>Confusion matrix</h2>
<p>Rows are the true labels of the ${what} pictures, columns the predicted ones.${named === '' ? '' : ` Most frequent: ${named}.`}</p>
${confusionTable(score.confusion, labels)}
<h2>Each class</h2>
${classTable(score.confusion, labels)}`;
}

function confusionTable(confusion: readonly (readonly number[])[], labels: readonly string[]): Html {
  const total = (row: readonly number[]): number =>
    Math.max(
      1,
      row.reduce((sum, value) => sum + value, 0),
    );
  const share = (row: readonly number[], truth: number, predicted: number): number =>
    truth === predicted ? 0 : row[predicted] / total(row);
  const worst = Math.max(
    ...confusion.flatMap((row, truth) => row.map((_, predicted) => share(row, truth, predicted))),
    1e-9,
  );
  const cell = (row: readonly number[], truth: number, predicted: number): Html => {
    if (truth === predicted) return html`<td class="correct">${row[predicted]}</td>`;
    if (row[predicted] === 0) return html`<td></td>`;
    const shade = Math.ceil((MAX_SHADE_PERCENT * share(row, truth, predicted)) / worst);
    return html`<td style="background: color-mix(in srgb, var(--error) ${shade}%, transparent)">${row[predicted]}</td>`;
  };
  return html`<div class="table" role="region" aria-label="Confusion matrix" tabindex="0"><table class="matrix">
<thead><tr><th scope="col">true</th>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${confusion.map(
    (
      row,
      truth,
    ) => html`<tr><th scope="row">${labels[truth]}</th>${row.map((_, predicted) => cell(row, truth, predicted))}</tr>
`,
  )}</tbody></table></div>`;
}

const classTable = (confusion: readonly (readonly number[])[], labels: readonly string[]): Html =>
  table(
    'Each class',
    ['class', 'pictures', 'errors', 'recall', 'precision'],
    classFigures(confusion, labels).map(({ label, images, correct, recall, precision }) => [
      label,
      count(images),
      count(images - correct),
      percent(recall),
      percent(precision),
    ]),
  );

function measurement({ mistakes, layers, float }: RunMeasurement): Html {
  const wrong = float.images - Math.round(float.accuracy * float.images);
  return html`<h2>Worst mistakes</h2>
<p>${mistakes.length === 0 ? 'No test picture is misread.' : `${count(mistakes.length)} of ${count(wrong)} misread test pictures, the least likely truth first.`}</p>
<div class="mistakes">${mistakes.map(mistakeFigure)}</div>
<h2>Quantization of each layer</h2>
<p>SNR is the signal-to-noise ratio in dB of what a layer computes in int8; the last column is its share of the error of the outputs.</p>
${layerTable(layers)}`;
}

function mistakeFigure({ index, truth, predicted, truthProbability, predictedProbability, png }: Mistake): Html {
  const picture = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return html`<figure><img src="${picture}" width="84" height="84" alt="A ${truth} that was read as ${predicted}">
<figcaption>${truth} read as ${predicted}, ${percent(predictedProbability)} against ${percent(truthProbability)}; picture ${index}</figcaption></figure>
`;
}

const layerTable = (layers: readonly LayerReport[]): Html =>
  table(
    'Quantization of each layer',
    ['layer', 'operator', 'from', 'to', 'scale', 'zero point', 'SNR dB', 'error'],
    layers.map(({ layer, operator, range, scale, zeroPoint, signalToNoise, errorWeight }) => [
      layer,
      operator,
      ...range.map((end) => end.toFixed(3)),
      scale.toPrecision(4),
      String(zeroPoint),
      signalToNoise === null ? '-' : signalToNoise.toFixed(1),
      percent(errorWeight),
    ]),
  );

/** A table that scrolls sideways where it is wider than the page. The first column names the rows. */
function table(name: string, header: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<div class="table" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${header.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((value) => html`<td>${value}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

/** Without digits that say nothing, such as those of 0.30000000000000004. */
const shortNumber = (value: number): string => String(+value.toPrecision(4));
