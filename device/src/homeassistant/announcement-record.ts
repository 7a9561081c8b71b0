import { join } from 'node:path';
import { isThere, readWholeFile, replaceFile } from '@inkcast/shared/files';
import { baseTopicSchema, deviceIdSchema, regionNameSchema } from '@inkcast/shared/messages';
import { z } from 'zod';

const announcementSchema = z.object({
  /** Base of the device's own topics, and its name in them. */
  baseTopic: baseTopicSchema,
  device: deviceIdSchema,
  /** The discovery topic; null if Home Assistant was not told. */
  discovery: z.string().min(1).nullable(),
  /** The platform of every component ever announced there, by key. */
  components: z.record(z.string(), z.string()),
  /**
   * The regions whose readings the broker may retain. Null stands for the reading of a device without named regions.
   */
  regions: z.array(regionNameSchema.nullable()).default([null]),
});

/** Everything that a broker retains of this machine under one name. */
export type Announcement = z.infer<typeof announcementSchema>;

const recordSchema = z.object({ announcements: z.array(announcementSchema) });

/**
 * A file that records what this machine has announced. A later run with another configuration can then remove
 * announcements that no longer apply.
 */
export class AnnouncementRecord {
  readonly #file: string;
  #announcements: readonly Announcement[] = [];
  #written: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  get announcements(): readonly Announcement[] {
    return this.#announcements;
  }

  /**
   * Reads the record of earlier runs. A file in another form counts as empty and is replaced.
   *
   * @throws InkError INK_FILE_UNREADABLE
   */
  async open(): Promise<void> {
    if (!(await isThere(this.#file))) return;
    const bytes = await readWholeFile(this.#file);
    this.#announcements = recordSchema.safeParse(parseJson(bytes.toString('utf8'))).data?.announcements ?? [];
  }

  /** Records an announcement and replaces an earlier one with the same topics. @throws InkError INK_FILE_UNWRITABLE */
  async put(announcement: Announcement): Promise<void> {
    await this.#write([...this.#announcements.filter((one) => !isSame(one, announcement)), announcement]);
  }

  /** Removes an announcement from the record. @throws InkError INK_FILE_UNWRITABLE */
  async remove(announcement: Announcement): Promise<void> {
    await this.#write(this.#announcements.filter((one) => !isSame(one, announcement)));
  }

  /** Writes one version after the other, so that the newest one stays. */
  #write(announcements: readonly Announcement[]): Promise<void> {
    this.#announcements = announcements;
    const text = `${JSON.stringify({ announcements }, null, 2)}\n`;
    const mine = this.#written.then(() => replaceFile(this.#file, text));
    this.#written = mine.catch(() => {});
    return mine;
  }
}

/** The record of the daemon with this storage folder. */
export function announcementRecordIn(folder: string): AnnouncementRecord {
  return new AnnouncementRecord(join(folder, 'announcements.json'));
}

function isSame(one: Announcement, other: Announcement): boolean {
  return one.baseTopic === other.baseTopic && one.device === other.device && one.discovery === other.discovery;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
