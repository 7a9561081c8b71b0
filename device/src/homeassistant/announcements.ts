import { asInkError, type InkError } from '@inkcast/shared/errors';
import { deviceTopics } from '@inkcast/shared/messages';
import { isConnectionLoss, type MqttConnection } from '../mqtt/index.js';
import type { Announcement, AnnouncementRecord } from './announcement-record.js';
import type { Platforms } from './discovery-payload.js';

export interface AnnouncementsOptions {
  readonly connection: MqttConnection;
  readonly record: AnnouncementRecord;
  /** What is announced now; `discovery` is null where Home Assistant is told nothing. */
  readonly current: Omit<Announcement, 'components'>;
  /** Told of a record that cannot be kept, and of what cannot be taken back. */
  readonly onProblem: (problem: InkError) => void;
}

/** Keeps account of what is announced, and takes back what earlier runs have announced and what is true no more. */
export class Announcements {
  readonly #options: AnnouncementsOptions;
  readonly #underWay = new Set<Announcement>();
  readonly #problems = new Map<string, InkError>();

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
  }

  /** Reads the record, and takes back the rest of it whenever there is a connection. */
  async start(): Promise<void> {
    const { record } = this.#options;
    await this.#try('record', () => record.open());
    await this.note({});
    for (const former of record.announcements) this.#follow(former);
  }

  /** The platform of each component that was ever announced where the current ones are. */
  get components(): Platforms {
    const { record, current } = this.#options;
    const sameTopic = record.announcements.filter(({ discovery }) => discovery === current.discovery);
    return Object.assign({}, ...sameTopic.map(({ components }) => components));
  }

  /** What is wrong now. */
  get problems(): ReadonlyMap<string, InkError> {
    return this.#problems;
  }

  /** To be told what is announced, before it is. */
  async note(components: Platforms): Promise<void> {
    const { record, current } = this.#options;
    await this.#try('record', () => record.put({ ...current, components: { ...this.components, ...components } }));
  }

  #follow(former: Announcement): void {
    const { connection, current } = this.#options;
    const { baseTopic, device, discovery } = former;
    const gone = discovery === null || discovery === current.discovery ? [] : [discovery];
    if (baseTopic === current.baseTopic && device === current.device) {
      if (discovery === current.discovery) return;
      connection.on('up', () => void this.#takeBack(former, gone));
      return;
    }
    const { reading, health, image, availability } = deviceTopics(baseTopic, device);
    // Availability is last: it is what this begins with again where it was not finished.
    const topics = [...gone, reading, health, image, availability];
    connection.subscribe(availability, ({ payload }) => {
      const state = payload.toString('utf8');
      if (state === 'offline') void this.#takeBack(former, topics);
      // Another device has the name now, and what is announced under it.
      if (state === 'online') void this.#try('record', () => this.#options.record.remove(former));
    });
  }

  async #takeBack(former: Announcement, topics: readonly string[]): Promise<void> {
    const { connection, record } = this.#options;
    if (!record.announcements.includes(former) || this.#underWay.has(former)) return;
    this.#underWay.add(former);
    await this.#try(topics.join(), async () => {
      for (const topic of topics) await connection.publish({ topic, payload: '', qos: 1, retain: true });
      await record.remove(former);
    });
    this.#underWay.delete(former);
  }

  async #try(key: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#problems.delete(key);
    } catch (error) {
      const problem = asInkError(error);
      // With the next connection it begins again.
      if (isConnectionLoss(problem)) return;
      this.#problems.set(key, problem);
      this.#options.onProblem(problem);
    }
  }
}
