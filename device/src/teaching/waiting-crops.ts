import { guessSchema } from '@inkcast/shared/teaching';
import type Database from 'libsql';
import { ulid } from 'ulid';
import { z } from 'zod';
import { blobSchema } from './blob.js';
import { type NewCrop, ORIGINS, type QueueBounds, REASONS, type WaitingCrop } from './crop.js';
import { likeness, lookOf } from './look.js';
import { groupLookAlikes, SAME_LIKENESS } from './look-alikes.js';

const DAY_MS = 86_400_000;
const MEGABYTE = 1e6;
/** Crops that a new one is compared with: the newest ones, whether they wait, have a label or were skipped. */
const MAX_COMPARED = 1000;
/** Doubt of a crop that is in view for another reason than the model's own doubt. */
const MIN_DOUBT = { unsure: 0, disagreement: 0.5, rejected: 0.5, changed: 0.5, asked: 0.9 } as const;
const WAITING = 'label IS NULL AND skipped = 0';
/** Skipped ones are kept as long, so that they do not come back at once. */
const UNLABELLED = 'label IS NULL';

const pixelRows = z.array(z.object({ pixels: blobSchema }));
const countSchema = z.object({ count: z.int(), bytes: z.number() });
const leastSchema = z.object({ id: z.string(), doubt: z.number() }).optional();
const pictureSchema = z.object({ pixels: blobSchema, surroundings: blobSchema.nullable() }).optional();
const waitingSchema = z.object({
  id: z.string(),
  taken_at: z.int(),
  origin: z.enum(ORIGINS),
  reason: z.enum(REASONS),
  region: z.string().nullable(),
  guesses: z.string().transform((text) => z.array(guessSchema).parse(JSON.parse(text))),
  pixels: blobSchema,
});

/** Both pictures of a crop. */
export interface CropPictures {
  readonly pixels: Uint8Array;
  readonly surroundings: Uint8Array | undefined;
}

/**
 * Puts crops into the queue, except those that look like one that is or was there. A full queue takes a crop only in
 * the place of one that is in less doubt.
 *
 * @returns how many were put
 */
export function addCrops(
  database: Database.Database,
  crops: readonly NewCrop[],
  bounds: QueueBounds,
  now: number,
): number {
  pruneCrops(database, bounds, now);
  const looks = pixelRows
    .parse(database.prepare('SELECT pixels FROM crop ORDER BY position DESC LIMIT ?').all(MAX_COMPARED))
    .map(({ pixels }) => lookOf(pixels));
  let added = 0;
  for (const crop of crops) {
    const look = lookOf(crop.pixels);
    if (looks.some((other) => likeness(other, look) >= SAME_LIKENESS)) continue;
    if (!makeRoom(database, crop, bounds)) continue;
    looks.push(look);
    insert(database, crop);
    added++;
  }
  return added;
}

/** Deletes what is over a bound: too old, or too much, and then what is in the least doubt. */
export function pruneCrops(database: Database.Database, bounds: QueueBounds, now: number): void {
  database.prepare(`DELETE FROM crop WHERE ${UNLABELLED} AND taken_at < ?`).run(now - bounds.maxAgeDays * DAY_MS);
  database
    .prepare(
      `DELETE FROM crop WHERE ${UNLABELLED} AND skipped = 1 AND position <=
         (SELECT position FROM crop WHERE skipped = 1 ORDER BY position DESC LIMIT 1 OFFSET ?)`,
    )
    .run(bounds.maxCount);
  while (isOver(waitingCount(database), bounds)) {
    const least = leastDoubtful(database);
    if (least === undefined) return;
    remove(database, least.id);
  }
}

/** Those in most doubt first; look-alikes follow one another. */
export function listWaiting(database: Database.Database): WaitingCrop[] {
  return groupLookAlikes(
    waitingRows(database, `SELECT * FROM crop WHERE ${WAITING} ORDER BY doubt DESC, position DESC`),
  ).map(({ crop: { waiting }, group }) => ({ ...waiting, group }));
}

/** In the order of `ids`, without those that do not wait. */
export function findWaiting(database: Database.Database, ids: readonly string[]): WaitingCrop[] {
  const all = new Map(listWaiting(database).map((crop) => [crop.id, crop]));
  return ids.flatMap((id) => all.get(id) ?? []);
}

export function countWaiting(database: Database.Database): number {
  return waitingCount(database).count;
}

/** Of any crop that is kept. */
export function picturesOf(database: Database.Database, id: string): CropPictures | undefined {
  const found = pictureSchema.parse(database.prepare('SELECT pixels, surroundings FROM crop WHERE id = ?').get(id));
  return found && { pixels: found.pixels, surroundings: found.surroundings ?? undefined };
}

/** How much is to be learned from a crop: 0 where the model is sure, 1 where two classes are as likely. */
export function doubtOf({ guesses, reason }: Pick<NewCrop, 'guesses' | 'reason'>): number {
  const [first = 0, second = 0] = guesses.map(({ probability }) => probability);
  return Math.max(MIN_DOUBT[reason], 1 - (first - second));
}

function insert(database: Database.Database, crop: NewCrop): void {
  const { takenAt, origin, reason, region, model, guesses, pixels, around, surroundings } = crop;
  database
    .prepare(
      `INSERT INTO crop
         (id, taken_at, origin, reason, region, model, guesses, doubt, pixels, surroundings, around, around_window)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ulid(),
      takenAt.getTime(),
      origin,
      reason,
      region ?? null,
      model,
      JSON.stringify(guesses),
      doubtOf(crop),
      Buffer.from(pixels),
      surroundings === undefined ? null : Buffer.from(surroundings),
      around === undefined ? null : Buffer.from(around.pixels),
      around?.window ?? null,
    );
}

/** @returns whether a crop may be put now, after what is in less doubt has made room for it */
function makeRoom(database: Database.Database, crop: NewCrop, bounds: QueueBounds): boolean {
  const own = crop.pixels.length + (crop.around?.pixels.length ?? 0) + (crop.surroundings?.length ?? 0);
  for (;;) {
    const { count, bytes } = waitingCount(database);
    if (!isOver({ count: count + 1, bytes: bytes + own }, bounds)) return true;
    const least = leastDoubtful(database);
    if (least === undefined || least.doubt >= doubtOf(crop)) return false;
    remove(database, least.id);
  }
}

function isOver({ count, bytes }: z.infer<typeof countSchema>, { maxCount, maxMegabytes }: QueueBounds): boolean {
  return count > maxCount || bytes > maxMegabytes * MEGABYTE;
}

function waitingCount(database: Database.Database): z.infer<typeof countSchema> {
  const found = database
    .prepare(
      `SELECT count(*) AS count,
         ifnull(sum(length(pixels) + ifnull(length(around), 0) + ifnull(length(surroundings), 0)), 0) AS bytes
       FROM crop WHERE ${WAITING}`,
    )
    .get();
  return countSchema.parse(found);
}

function leastDoubtful(database: Database.Database): z.infer<typeof leastSchema> {
  return leastSchema.parse(
    database.prepare(`SELECT id, doubt FROM crop WHERE ${WAITING} ORDER BY doubt, position LIMIT 1`).get(),
  );
}

function remove(database: Database.Database, id: string): void {
  database.prepare('DELETE FROM crop WHERE id = ?').run(id);
}

function waitingRows(database: Database.Database, query: string) {
  const rows = database.prepare(query).all();
  return rows.map((row) => {
    const { id, taken_at, origin, reason, region, guesses, pixels } = waitingSchema.parse(row);
    const waiting = { id, takenAt: new Date(taken_at), origin, reason, guesses, region: region ?? undefined };
    return { id, look: lookOf(pixels), guess: guesses[0]?.label, waiting };
  });
}
