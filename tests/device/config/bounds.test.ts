import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { configSchema, loadConfig } from '@inkcast/device/config';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import { RuleKeeper, readingRulesSchema } from '@inkcast/reader/reading';
import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';

/** What is used of the JSON Schema of a key, or of a section. */
const nodeSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.json()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  multipleOf: z.number().optional(),
  const: z.json().optional(),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get oneOf() {
    return z.array(nodeSchema).optional();
  },
});

type Node = z.infer<typeof nodeSchema>;

interface NumberKey {
  /** Where frames come from, for a key of a camera. */
  readonly source: string | undefined;
  readonly key: string;
  readonly node: Node;
}

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  directory: ['camera.folder=x'],
  watch: ['camera.folder=x'],
  video: ['camera.file=x'],
  http: ['camera.url=http://x'],
  rtsp: ['camera.url=rtsp://x'],
};

/** Other keys that a key, or its minimum or maximum, needs to be valid. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'vision.regionOfInterest.x': region({ x: 0, y: 0, width: 1e-9, height: 1 }),
  'vision.regionOfInterest.y': region({ x: 0, y: 0, width: 1, height: 1e-9 }),
  'vision.regionOfInterest.width': region({ x: 0, y: 0, width: 1, height: 1 }),
  'vision.regionOfInterest.height': region({ x: 0, y: 0, width: 1, height: 1 }),
  'rpicam camera.width': ['camera.rowBytes=8192'],
  'rpicam camera.rowBytes': ['camera.width=32'],
  'raspistill camera.settleMs': ['camera.timeoutMs=300000'],
  'raspistill camera.timeoutMs': ['camera.settleMs=1'],
  'raspistill camera.shutterUs': ['camera.timeoutMs=300000'],
};

function region(values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).map(([name, value]) => `vision.regionOfInterest.${name}=${value}`);
}

/** Values that are valid alone, but refused because of another key, and the message. */
const TOGETHER: Readonly<Record<string, RegExp>> = {
  'rpicam camera.rowBytes': /must be no less than the width/,
};

function numberKeys(node: Node, path: readonly string[] = [], source?: string): NumberKey[] {
  if (node.oneOf !== undefined) {
    return node.oneOf.flatMap((one) => numberKeys(one, path, String(one.properties?.source?.const)));
  }
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([name, child]) => numberKeys(child, [...path, name], source));
  }
  const isNumber = node.type === 'number' || node.type === 'integer';
  return isNumber && node.enum === undefined ? [{ source, key: path.join('.'), node }] : [];
}

const allKeys = numberKeys(nodeSchema.parse(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })));

const nameOf = ({ source, key }: NumberKey): string => (source === undefined ? key : `${source} ${key}`);

function load(one: NumberKey, value: number): Promise<unknown> {
  const { source = 'directory', key } = one;
  return loadConfig({
    flags: [`camera.source=${source}`, ...(SOURCES[source] ?? []), ...(BESIDE[nameOf(one)] ?? []), `${key}=${value}`],
  });
}

const isRefusal = (key: string) => (error: unknown) => {
  assert.ok(error instanceof InkError, `${key}: ${String(error)}`);
  assert.equal(error.code, 'INK_CONFIG_INVALID');
  assert.match(error.message, new RegExp(`^${key.replaceAll('.', '\\.')} is .*; it must be `));
  return true;
};

describe('the bounds of the configuration', () => {
  it('field report 7: are there for every number, at both ends', () => {
    assert.ok(allKeys.length > 60, `${allKeys.length}`);
    const open = allKeys.filter(({ node: { minimum, exclusiveMinimum, maximum } }) => {
      const least = minimum ?? exclusiveMinimum;
      return least === undefined || maximum === undefined || Math.max(-least, maximum) === Number.MAX_SAFE_INTEGER;
    });
    assert.deepEqual(open.map(nameOf), []);
  });

  it('field report 7: belong to what is allowed, and what lies beyond is refused with its key', async () => {
    for (const one of allKeys) {
      const { minimum, exclusiveMinimum, maximum = 0, multipleOf = 1, type } = one.node;
      const whole = type === 'integer';
      const least = minimum ?? (whole ? (exclusiveMinimum ?? 0) + multipleOf : Number.MIN_VALUE);
      const step = whole ? multipleOf : 1e-6;
      const beyond = [minimum === undefined ? (exclusiveMinimum ?? 0) : minimum - step, maximum + step];
      const together = TOGETHER[nameOf(one)];
      if (together === undefined) await load(one, least);
      else await assert.rejects(load(one, least), together);
      await load(one, maximum);
      for (const value of [...beyond, Number.MAX_SAFE_INTEGER, 1e308]) {
        await assert.rejects(load(one, value), isRefusal(one.key), `${nameOf(one)}=${value}`);
      }
    }
  });

  for (const [what, flags, message] of [
    [
      'an alarm before a camera can have started',
      ['rpicam', 'silentAfterMs=1'],
      /silentAfterMs is 1; it must be 0 or at/,
    ],
    [
      'an alarm before the next frame is due',
      ['rpicam', 'rate=0.1', 'silentAfterMs=10000'],
      /silentAfterMs is 10000; it must be 0 or longer than the time from one frame to the next/,
    ],
    [
      'a photo that is given up before it is taken',
      ['raspistill', 'settleMs=9000'],
      /camera\.timeoutMs is missing; it must be longer than settleMs and/,
    ],
    ['a part of the sensor without a width', ['rpicam', 'roi=[0, 0, 0, 1]'], /camera\.roi\[2\] is 0; it must be more/],
    ['a part that leaves the sensor', ['rpicam', 'roi=[0.5, 0, 0.6, 1]'], /camera\.roi is .*; it must end inside/],
  ] as const) {
    it(`field report 7: refuse ${what}`, async () => {
      const [source, ...rest] = flags;
      const all = [`camera.source=${source}`, ...rest.map((flag) => `camera.${flag}`)];
      await assert.rejects(loadConfig({ flags: all }), { code: 'INK_CONFIG_INVALID', message });
    });
  }

  it('field report 7: refuse texts that MQTT cannot carry', async () => {
    const base = ['camera.source=directory', 'camera.folder=x'];
    for (const key of ['mqtt.username', 'mqtt.password', 'mqtt.clientId']) {
      for (const text of ['a\0b', 'é'.repeat(32_768)]) {
        await assert.rejects(loadConfig({ flags: [...base, `${key}=${text}`] }), isRefusal(key));
      }
    }
    await loadConfig({ flags: [...base, `mqtt.username=${'x'.repeat(65_535)}`] });
  });

  it('field report 7: accept a value at once, or after a year, where rules say so', () => {
    const verdicts = [0, 31_536_000_000].map((acceptAfterMs) => {
      const keeper = new RuleKeeper(readingRulesSchema.parse({ monotonic: true, acceptAfterMs }));
      keeper.judge('407', new Date(0), 0);
      return [1, 2, 31_536_000_000, 31_536_000_001].map((at) => keeper.judge('8', new Date(0), at).refusal?.rule);
    });
    const refused = 'monotonic';
    assert.deepEqual(verdicts, [
      [undefined, undefined, undefined, undefined],
      [refused, refused, refused, undefined],
    ]);
  });

  it('field report 7: use no more threads than there are cores, and say so', async () => {
    const notes: string[] = [];
    const bundle = await openCheckedBundle('models/digits');
    const engine = await openReadingEngine(bundle, { threads: 64, onNote: (note) => notes.push(note) });
    try {
      const frame = { width: 64, height: 64, gray: new Uint8Array(64 * 64).fill(200) };
      assert.equal(engine.reader.read(frame).reading.text, '');
    } finally {
      engine.close();
    }
    const said = notes.filter((note) => note.startsWith('Of the 64 threads'));
    assert.equal(said.length, availableParallelism() < 64 ? 1 : 0);
  });
});
