import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import { deviceTopics, eventSchema, type HealthMessage, healthSchema, responseSchemas } from '@inkcast/shared/messages';
import sharp from 'sharp';
import { needsProgram } from '../support/programs.js';
import { drawChangingPage } from './support/changing-page.js';
import { InkcastProcess } from './support/daemon-process.js';

const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/04-single.jpg', import.meta.url));
const LIMIT = 15_000;
const topics = deviceTopics('inkcast', 'desk');
const discovery = 'homeassistant/device/inkcast_desk/config';

/** The daemon before pictures, at a broker with limits. */
class Refused {
  readonly #folder: string;
  readonly watcher: Watcher;
  readonly broker: Mosquitto;
  readonly daemon: InkcastProcess;

  private constructor(folder: string, broker: Mosquitto, watcher: Watcher, daemon: InkcastProcess) {
    this.#folder = folder;
    this.broker = broker;
    this.watcher = watcher;
    this.daemon = daemon;
  }

  /** @param draw makes the pictures of a folder */
  static async start(
    version: string,
    limits: readonly string[],
    draw: (pictures: string) => Promise<void>,
  ): Promise<Refused> {
    const folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    await draw(join(folder, 'pictures'));
    const port = await freePort();
    const file = join(folder, 'inkcast.yaml');
    await writeFile(
      file,
      `camera: { source: directory, folder: pictures, rate: 20, frameRate: 20 }
device: { name: desk }
mqtt: { url: "mqtt://127.0.0.1:${port}", version: "${version}" }
storage: { folder: state }
reading: { model: small, tracking: { agreementMs: 1, lossMs: 0, motionMs: 0, holdMs: 0, hiddenMs: 0 } }
`,
    );
    const broker = await Mosquitto.start(folder, [...openListener(port), ...limits]);
    const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/#']);
    return new Refused(folder, broker, watcher, new InkcastProcess('run', '--config', file));
  }

  async end(): Promise<void> {
    await this.daemon.end();
    await this.watcher.end();
    await this.broker.stop();
    await rm(this.#folder, { recursive: true });
  }

  ask(verb: 'snapshot' | 'pause' | 'resume', payload: string): Promise<unknown> {
    return this.watcher.client.publishAsync(topics.request(verb), payload, { qos: 1 });
  }

  get connections(): number {
    return this.broker.log.match(/New client connected from \S+ as inkcast-desk /g)?.length ?? 0;
  }

  get events(): string[] {
    return this.#seenAt(topics.event).map((text) => eventSchema.parse(JSON.parse(text)).id);
  }

  /** What health has said, oldest first. */
  get reports(): HealthMessage[] {
    return this.#seenAt(topics.health).map((text) => healthSchema.parse(JSON.parse(text)));
  }

  until(enough: (seen: readonly Seen[]) => boolean): Promise<readonly Seen[]> {
    return this.watcher.until(enough);
  }

  #seenAt(wanted: string): string[] {
    return this.watcher.seen.filter(({ topic }) => topic === wanted).map(({ text }) => text);
  }
}

const isRefused = ({ problems }: HealthMessage, topic: string) =>
  problems.some(({ code, message }) => code === 'INK_MQTT_PUBLISH' && message.includes(topic));

describe('a daemon at a broker that refuses large messages (MQTT 5)', function () {
  this.timeout(60_000);

  let refused: Refused;

  before(async function () {
    needsProgram(this, 'mosquitto');
    refused = await Refused.start('5', ['message_size_limit 3000'], drawChangingPage);
  });

  after(() => refused?.end());

  it('field report 1: goes on with all others through the same connection', async () => {
    await refused.until(() => refused.events.length > 0);
    const before = refused.events.length;
    await refused.ask('snapshot', '{"publish":true}');
    await refused.until(() => refused.events.length >= before + 10);
    assert.equal(refused.connections, 1);
    assert.deepEqual(refused.events, [...new Set(refused.events)].sort());
  });

  it('field report 4: keeps what is refused in health, report after report', async () => {
    await refused.until(() => refused.reports.some((health) => isRefused(health, discovery)));
    const before = refused.reports.length;
    await refused.ask('pause', '{}');
    await refused.ask('resume', '{}');
    await refused.until(() => refused.reports.length >= before + 2);
    for (const health of refused.reports.slice(before)) assert.ok(isRefused(health, discovery));
  });
});

describe('a daemon at a broker that ends connections on large messages (MQTT 3.1.1)', function () {
  this.timeout(60_000);

  let refused: Refused;

  before(async function () {
    needsProgram(this, 'mosquitto');
    refused = await Refused.start('3.1.1', [`max_packet_size ${LIMIT}`], async (pictures) => {
      await mkdir(pictures);
      await copyFile(SCENE, join(pictures, 'scene.jpg'));
    });
  });

  after(() => refused?.end());

  it('field report 2: makes pictures smaller until it takes them, the retained one and that of the response', async () => {
    const { watcher } = refused;
    await watcher.next(topics.reading);
    await refused.ask('snapshot', '{"publish":true}');
    const image = (await watcher.next(topics.image)).packet.payload;
    assert.ok(image.length < LIMIT, `${image.length} bytes`);
    assert.equal((await sharp(Buffer.from(image)).metadata()).format, 'jpeg');
    const response = responseSchemas.snapshot.parse(JSON.parse((await watcher.next(topics.response('snapshot'))).text));
    assert.ok(response.status === 'ok', JSON.stringify(response));
    assert.equal((await sharp(Buffer.from(response.data.image, 'base64')).metadata()).format, 'jpeg');
    const before = refused.connections;
    const from = watcher.seen.length;
    await refused.ask('snapshot', '{"publish":true}');
    await watcher.next(topics.response('snapshot'), from);
    // The next ones are small enough from the start.
    assert.equal(refused.connections, before);
  });
});
