import { asInkError, type InkError } from '@inkcast/shared/errors';
import { deviceTopics } from '@inkcast/shared/messages';
import { isConnectionLoss, type MqttConnection, type StatePublisher } from '../mqtt/index.js';
import type { Announcement, AnnouncementRecord } from './announcement-record.js';
import type { Platforms } from './discovery-payload.js';
import { readingTopic, retainedTopics } from './retained-topics.js';

export interface AnnouncementsOptions {
  readonly connection: MqttConnection;
  readonly states: Pick<StatePublisher, 'retract'>;
  readonly record: AnnouncementRecord;
  /** The current announcement; `discovery` is null if Home Assistant is not told. */
  readonly current: Omit<Announcement, 'components' | 'regions'>;
  /** The regions that are read now; null stands for the reading without a name. */
  readonly regions: readonly (string | null)[];
  /** Called if the record cannot be kept, or an announcement cannot be removed. */
  readonly onProblem: (problem: InkError) => void;
}

/** Records the current announcement, and removes announcements of earlier runs that no longer apply. */
export class Announcements {
  readonly #options: AnnouncementsOptions;
  readonly #underWay = new Set<Announcement>();
  readonly #problems = new Map<string, InkError>();
  #regions: readonly (string | null)[];

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
    this.#regions = options.regions;
  }

  /** Reads the record, and removes outdated announcements whenever there is a connection. */
  async start(): Promise<void> {
    const { record } = this.#options;
    await this.#try('record', () => record.open());
    await this.note({});
    for (const former of record.announcements) this.#follow(former);
    this.#retractFormer();
  }

  /** Sets the regions that are read from now on. Readings of other regions are removed. */
  async setRegions(regions: readonly (string | null)[]): Promise<void> {
    this.#regions = regions;
    await this.note({});
    this.#retractFormer();
  }

  /** The platform of each component ever announced at the current topics. */
  get components(): Platforms {
    const { record, current } = this.#options;
    const sameTopic = record.announcements.filter(({ discovery }) => discovery === current.discovery);
    return Object.assign({}, ...sameTopic.map(({ components }) => components));
  }

  /** The current problems. */
  get problems(): ReadonlyMap<string, InkError> {
    return this.#problems;
  }

  /** Records components before they are announced. */
  async note(components: Platforms): Promise<void> {
    const { current } = this.#options;
    const regions = [...new Set([...this.#retained, ...this.#regions])];
    await this.#put({ ...current, components: { ...this.components, ...components }, regions });
  }

  /** The device's regions whose readings the broker may retain. */
  get #retained(): readonly (string | null)[] {
    return this.#ownAnnouncements.flatMap(({ regions }) => regions);
  }

  get #ownAnnouncements(): readonly Announcement[] {
    const { record, current } = this.#options;
    return record.announcements.filter((one) => one.baseTopic === current.baseTopic && one.device === current.device);
  }

  #retractFormer(): void {
    const { states, current } = this.#options;
    const topics = deviceTopics(current.baseTopic, current.device);
    const former = this.#retained.filter((region) => !this.#regions.includes(region));
    for (const region of new Set(former)) {
      states.retract(readingTopic(topics, region), () => void this.#forget(region));
    }
  }

  /** Records that the broker retains nothing of a region any more. */
  async #forget(gone: string | null): Promise<void> {
    if (this.#regions.includes(gone)) return;
    for (const one of this.#ownAnnouncements) {
      await this.#put({ ...one, regions: one.regions.filter((region) => region !== gone) });
    }
  }

  async #put(announcement: Announcement): Promise<void> {
    await this.#try('record', () => this.#options.record.put(announcement));
  }

  #follow(former: Announcement): void {
    const { connection, current } = this.#options;
    const { baseTopic, device, discovery, regions } = former;
    const gone = discovery === null || discovery === current.discovery ? [] : [discovery];
    if (baseTopic === current.baseTopic && device === current.device) {
      if (discovery === current.discovery) return;
      connection.on('up', () => void this.#takeBack(former, gone));
      return;
    }
    const own = deviceTopics(baseTopic, device);
    const topics = [...gone, ...retainedTopics(own, regions)];
    connection.subscribe(own.availability, ({ payload }) => {
      const state = payload.toString('utf8');
      if (state === 'offline') void this.#takeBack(former, topics);
      // Another device now has the name and owns its announcement.
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
      // The next connection starts the removal again.
      if (isConnectionLoss(problem)) return;
      this.#problems.set(key, problem);
      this.#options.onProblem(problem);
    }
  }
}
