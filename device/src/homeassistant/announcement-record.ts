import { join } from 'node:path';
import { isThere, readWholeFile, replaceFile } from '@inkcast/shared/files';
import { baseTopicSchema, deviceIdSchema, regionNameSchema } from '@inkcast/shared/messages';
import { z } from 'zod';

const announcementSchema = z.object({
  /** Where the device's own topics begin, and its name in them. */
  baseTopic: baseTopicSchema,
  device: deviceIdSchema,
  /** Where Home Assistant was told of it; null where it was not. */
  discovery: z.string().min(1).nullable(),
  /** The platform of every component that was ever announced there, by its key. */
  components: z.record(z.string(), z.string()),
  /** The regions whose readings it may retain; null stands for the reading of a device without named ones. */
  regions: z.array(regionNameSchema.nullable()).default([null]),
});

/** What a broker retains of this machine under one name. */
export type Announcement = z.infer<typeof announcementSchema>;

const recordSchema = z.object({ announcements: z.array(announcementSchema) });

/**
 * What this machine has announced, in a file: a later run, with another configuration, can then take back what is true
 * no more.
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
   * Reads what earlier runs have left. A file in another form counts as none: it is written anew.
   *
   * @throws InkError INK_FILE_UNREADABLE
   */
  async open(): Promise<void> {
    if (!(await isThere(this.#file))) return;
    const bytes = await readWholeFile(this.#file);
    this.#announcements = recordSchema.safeParse(parseJson(bytes.toString('utf8'))).data?.announcements ?? [];
  }

  /** Notes an announcement in the place of an earlier one of the same topics. @throws InkError INK_FILE_UNWRITABLE */
  async put(announcement: Announcement): Promise<void> {
    await this.#write([...this.#announcements.filter((one) => !isSame(one, announcement)), announcement]);
  }

  /** Forgets what has been taken back. @throws InkError INK_FILE_UNWRITABLE */
  async remove(announcement: Announcement): Promise<void> {
    await this.#write(this.#announcements.filter((one) => !isSame(one, announcement)));
  }

  /** One after the other: what is given later is the newer. */
  #write(announcements: readonly Announcement[]): Promise<void> {
    this.#announcements = announcements;
    const text = `${JSON.stringify({ announcements }, null, 2)}\n`;
    const mine = this.#written.then(() => replaceFile(this.#file, text));
    this.#written = mine.catch(() => {});
    return mine;
  }
}

/** The record of the daemon that has this storage folder. */
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
