import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedBroker } from '@inkcast/device/demo';
import { sampleReading } from '@inkcast/lab/broker';
import { deviceTopics } from '@inkcast/shared/messages';
import mqtt from 'mqtt';
import sharp from 'sharp';
import { ROOT } from '../device/support/command.js';
import { NodeProcess } from '../e2e/support/daemon-process.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const NOTE = join(ROOT, 'assets/scenes/photos/01-note.jpg');
const MAX_LINES = 70;
const SIDE = 200;

const command = (name: string, ...args: readonly string[]) => [
  ...process.execArgv,
  join(ROOT, 'examples', name),
  ...args,
];

/** Runs an example to its end. */
function output(name: string, ...args: readonly string[]): string[] {
  const options = { encoding: 'utf8', cwd: ROOT } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command(name, ...args), options);
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split('\n');
}

/** Runs an example that never ends by itself, while `work` is done; then it has to end in order. */
async function during(args: readonly string[], work: (running: NodeProcess) => Promise<void>): Promise<void> {
  const running = new NodeProcess(args);
  try {
    await work(running);
    running.terminate();
    assert.equal(await running.ended(), 0, running.stderr);
  } finally {
    await running.end();
  }
}

/** Draws ten pictures of a shape, each turned a little more. */
async function drawClass(folder: string, shape: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let turn = 0; turn < 10; turn++) {
    const turned = `<g transform="rotate(${3 * turn - 15} ${SIDE / 2} ${SIDE / 2})">${shape}</g>`;
    const paper = `<rect width="${SIDE}" height="${SIDE}" fill="#eee"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${paper}${turned}</svg>`;
    await sharp(Buffer.from(svg))
      .png()
      .toFile(join(folder, `${turn}.png`));
  }
}

describe('the examples', function () {
  this.timeout(120_000);

  it('are short, and each is in their README', async () => {
    const readme = await readFile(join(ROOT, 'examples/README.md'), 'utf8');
    const names = (await readdir(join(ROOT, 'examples'))).filter((name) => name.endsWith('.ts'));
    assert.ok(names.length >= 5);
    for (const name of names) {
      const text = await readFile(join(ROOT, 'examples', name), 'utf8');
      assert.ok(text.split('\n').length <= MAX_LINES, name);
      assert.ok(readme.includes(`[${name}](${name})`) && readme.includes(`npx tsx examples/${name}`), name);
    }
  });

  it('read-pictures.ts reads pictures with a bundle', () => {
    const [first, ...digits] = output('read-pictures.ts', 'models/digits', NOTE);
    assert.equal(first, `${NOTE}: 407`);
    assert.deepEqual(
      digits.map((line) => /^ {2}(\d) at \d+,\d+: \d+\.\d %$/.exec(line)?.[1]),
      ['4', '0', '7'],
    );
  });

  it('rule.ts refuses what a rule forbids', () => {
    const lines = output('rule.ts', '00407', '00412', '00398', '00912', '00430');
    const said = lines.map((line) => /^\d{5}: ([\d.]+|refused \(\w+\))/.exec(line)?.[1]);
    assert.deepEqual(said, ['4.07', '4.12', 'refused (monotonic)', 'refused (rate)', '4.30']);
  });

  it('subscribe.ts prints what is retained and what comes', async () => {
    const broker = await startEmbeddedBroker();
    const url = `mqtt://127.0.0.1:${broker.port}`;
    const device = await mqtt.connectAsync(url);
    try {
      const { reading, region } = deviceTopics('inkcast', 'desk');
      await device.publishAsync(reading, JSON.stringify(sampleReading('407')), { retain: true });
      await during(command('subscribe.ts', url), async (running) => {
        await running.prints('desk: 407, 98 % sure');
        await device.publishAsync(region('left').reading, JSON.stringify(sampleReading('815', { region: 'left' })));
        await running.prints('desk: 815');
      });
    } finally {
      await device.endAsync();
      await broker.stop();
    }
  });

  it('train-folder.ts trains on pictures of one class a folder, and writes a run', () =>
    inTemporaryFolder(async (folder) => {
      const [data, run] = [join(folder, 'data'), join(folder, 'run')];
      await drawClass(join(data, 'bar'), '<rect x="90" y="30" width="20" height="140" fill="#111"/>');
      await drawClass(
        join(data, 'ring'),
        '<circle cx="100" cy="100" r="60" fill="none" stroke="#111" stroke-width="20"/>',
      );
      const lines = output('train-folder.ts', data, run);
      assert.equal(lines.filter((line) => /^epoch \d: loss \d/.test(line)).length, 5);
      assert.match(lines.at(-1) ?? '', /^bar, ring: \d+\.\d % of the test pictures are right$/);
      assert.deepEqual(JSON.parse(await readFile(join(run, 'run.json'), 'utf8')).labels, ['bar', 'ring']);
    }));

  it('camera-source.ts reads what a command shows', () =>
    during(command('camera-source.ts', 'cat', NOTE), (running) => running.prints('407\n')));

  it('camera-source.ts says why it is shown nothing', async () => {
    const child = spawn(process.execPath, command('camera-source.ts', 'cat', 'nowhere.jpg'), { cwd: ROOT });
    let said = '';
    for await (const text of child.stderr.setEncoding('utf8')) {
      said += text;
      if (said.includes('nowhere.jpg')) child.kill();
    }
    assert.match(said, /INK_\w+: .*nowhere\.jpg/);
  });
});
