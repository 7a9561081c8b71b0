import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Dataset, encodeIdx, readMnist, subset } from '@inkcast/training/data';
import { inkcast } from '../device/support/command.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { inkcastTrain } from '../training/support/command.js';
import { writeLetters } from '../training/support/letters.js';
import { writePhotographs } from '../training/support/photographs.js';
import { blocksOf, pagesOf, prose, ROOT } from './support/pages.js';

const PAGE = 'docs/guide/tutorial.md';
const CHINESE = 'docs/guide/tutorial.zh-CN.md';
/** Enough pictures of each class that one epoch is better than chance. */
const [TRAIN, TEST] = [600, 100];

/** A command of the page, and the output that the page shows below it. */
interface Step {
  readonly command: string;
  readonly shown: readonly string[];
}

/** The steps of the page that its test runs. Of several commands in one block, the output is that of all. */
function stepsOf(page: { readonly path: string; readonly text: string }): Step[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, reason, lines }, index) => {
    if (language !== 'sh' || !reason?.includes('tests/repository/tutorial.test.ts')) return [];
    const next = blocks[index + 1];
    const shown = next?.language === 'text' ? next.lines : [];
    return lines.map((command, at) => ({ command, shown: at === lines.length - 1 ? shown : [] }));
  });
}

/** The words of a command with less to do: little data, few epochs, and one thread. */
function shortened(command: string): { readonly program: string; readonly words: readonly string[] } {
  const [, program = '', ...typed] = command.split(' ');
  if (program === 'inkcast') return { program, words: [...typed, '--state', 'state'] };
  const [name = '', second = ''] = typed;
  if (name === 'data') {
    const [source = ''] = typed.slice(2);
    const named = source === '' || source.startsWith('--') ? ['subset', ...typed.slice(2)] : typed.slice(2);
    return { program, words: [name, second, ...named] };
  }
  const has = (...options: string[]) => options.some((option) => typed.includes(option));
  const epochs = { finetune: '6', tune: '2' }[name] ?? '1';
  const fewer = typed.map(
    (word, at) => ({ '--epochs': epochs, '--trials': '2', '--images': '20' })[typed[at - 1] ?? ''] ?? word,
  );
  const isTraining = ['train', 'tune'].includes(name) && !has('--recipe');
  return {
    program,
    words: [
      ...fewer,
      ...(isTraining && !has('--data') ? ['--data', 'subset'] : []),
      ...(isTraining && !has('--epochs') ? ['--epochs', epochs] : []),
      ...(isTraining || name === 'finetune' ? ['--batch', '16'] : []),
      ...(['models', 'verify'].includes(name) ? [] : ['--threads', '1']),
    ],
  };
}

/** Whether a word names a file or a folder of the page's reader. */
const isPath = (word: string): boolean =>
  !Number.isFinite(Number(word)) && (/[/.]/.test(word) || /^(my-\w+|subset|fashion|state)$/.test(word));

/** A line without what differs from run to run: numbers, what was read, and the spaces of a table. */
const shapeOf = (line: string): string =>
  line
    .replace(/\.jpg: .*/, '.jpg: #')
    .replace(/-?\d[\d.,:]*/g, '#')
    .replace(/ +/g, ' ')
    .trim();

/** Fails where the lines that the page shows are not in the output, in their order. */
function checkOutput(step: Step, output: string): void {
  // The subset has the names of its files.
  const real = output
    .replace(/(train|t10k)-images-idx3-ubyte/g, 'mnist')
    .split('\n')
    .map(shapeOf);
  let from = 0;
  for (const line of step.shown.filter((shown) => shown !== '...' && shown.trim() !== '')) {
    const at = real.indexOf(shapeOf(line), from);
    assert.ok(at >= 0, `${step.command}\nprints no line like "${line}":\n${output}`);
    from = at + 1;
  }
}

async function writePart(folder: string, images: string, data: Dataset, firstLabel = 0): Promise<void> {
  const [height, width] = data.shape;
  const packed = (bytes: Uint8Array) => (images.endsWith('.gz') ? gzipSync(bytes) : bytes);
  const pictures = encodeIdx({ sizes: [data.labels.length, height, width], data: data.images });
  const labels = Uint8Array.from(data.labels, (label) => label + firstLabel);
  await writeFile(join(folder, images), packed(pictures));
  const of = images.replace('images', 'labels').replace('idx3', 'idx1');
  await writeFile(join(folder, of), packed(encodeIdx({ sizes: [labels.length], data: labels })));
}

const FASHION = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** What the page's reader has: the repository, and photographs and other data sets of their own. */
async function writeReadersFolder(folder: string): Promise<void> {
  const inside = (name: string) => join(folder, name);
  for (const name of ['models', 'assets']) await symlink(join(ROOT, name), inside(name));
  for (const name of ['subset', 'fashion', 'emnist']) await mkdir(inside(name));
  const mnist = await readMnist();
  const few = (data: Dataset | undefined, count: number) => {
    assert.ok(data !== undefined);
    return subset(
      data,
      Array.from({ length: count }, (_, index) => index),
    );
  };
  const [train, test] = [few(mnist.train, TRAIN), few(mnist.test, TEST)];
  await writePart(inside('subset'), 'train-images-idx3-ubyte', train);
  await writePart(inside('subset'), 't10k-images-idx3-ubyte', test);
  // Digits stand for clothes and letters here: what matters is how the files are named and packed.
  await writePart(inside('fashion'), 'train-images-idx3-ubyte.gz', train);
  await writePart(inside('fashion'), 't10k-images-idx3-ubyte.gz', test);
  await writeFile(inside('fashion/classes.txt'), FASHION.join('\n'));
  await writePart(inside('emnist'), 'emnist-letters-train-images-idx3-ubyte.gz', train, 1);
  await writePart(inside('emnist'), 'emnist-letters-test-images-idx3-ubyte.gz', test, 1);
  await writeLetters(inside('my-letters'), ['L', 'T', 'V', 'Z'], 20);
  await writePhotographs(inside('my-digits'));
}

describe('the tutorial', function () {
  this.timeout(240_000);

  it('has commands that run in its order, and print what it shows', () =>
    inTemporaryFolder(async (folder) => {
      const page = (await pagesOf('docs/guide')).find(({ path }) => path === PAGE);
      assert.ok(page !== undefined);
      const steps = stepsOf(page);
      assert.ok(steps.length > 15);
      await writeReadersFolder(folder);
      for (const step of steps) {
        const { program, words } = shortened(step.command);
        const run = program === 'inkcast' ? inkcast : inkcastTrain;
        // What is installed has a name, not a path.
        const isName = (at: number) => words[at - 1] === 'use';
        const placed = words.map((word, at) => (isPath(word) && !isName(at) ? join(folder, word) : word));
        const { code, stdout, stderr } = await run(...placed);
        assert.equal(code, 0, `${step.command}\n${stderr}`);
        checkOutput(step, `${stderr}\n${stdout}`.replaceAll(`${folder}/`, ''));
      }
    }));

  it('is the same in Chinese, but for its words', async () => {
    const pages = await pagesOf('docs/guide');
    const [english, chinese] = [PAGE, CHINESE].map((wanted) => pages.find(({ path }) => path === wanted));
    assert.ok(english !== undefined && chinese !== undefined);
    const facts = (page: typeof english) => ({
      blocks: blocksOf(page).map(({ language, reason, lines }) => ({ language, reason, lines })),
      links: [...page.text.matchAll(/\]\(([^)]*)\)/g)]
        .map(([, link = '']) => link.replace('tutorial.zh-CN.md', 'tutorial.md'))
        .sort(),
      figures: [...prose(page.text).matchAll(/\d+([.,]\d+)*/g)].map(([figure]) => figure).sort(),
      headings: [...prose(page.text).matchAll(/^(#+) (\d*)/gm)].map(([heading]) => heading),
    });
    assert.deepEqual(facts(chinese), facts(english));
  });
});
