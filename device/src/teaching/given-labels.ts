import { InkError } from '@inkcast/shared/errors';
import type { LabelledCrop } from '@inkcast/shared/teaching';
import type Database from 'libsql';
import { ulid } from 'ulid';
import { z } from 'zod';
import { blobSchema } from './blob.js';
import type { GivenLabel, LabelCounts, Undone } from './crop.js';
import { isHeldBack } from './held-back.js';

/** What a learning takes, in memory and time, and what a person gives. */
const MAX_LABELS = 10_000;
/** Above any doubt that a model can have: what was undone is shown first. */
const UNDONE_DOUBT = 2;

const cropSchema = z.object({
  id: z.string(),
  label: z.string().nullable(),
  labelled_at: z.int().nullable(),
  labelled_by: z.string().nullable(),
  held_back: z.int().nullable(),
  confirmed: z.int(),
  skipped: z.int(),
});
type CropRow = z.infer<typeof cropSchema>;

/** What an action changed: the crops as they were, or those that it brought. */
const actionSchema = z.object({ crops: z.array(cropSchema), brought: z.array(z.string()) });
const actionRow = z.object({ position: z.int(), before: z.string() }).optional();
const labelledSchema = z.object({
  id: z.string(),
  label: z.string(),
  held_back: z.int(),
  confirmed: z.int(),
  pixels: blobSchema,
  around: blobSchema.nullable(),
  around_window: z.number().nullable(),
});
const countRows = z.array(z.object({ label: z.string(), held_back: z.int(), count: z.int() }));
const numberSchema = z.object({ number: z.int() });

/** Who gives a label, and when. */
export interface Giver {
  /** Undefined for somebody at the device itself. */
  readonly by: string | undefined;
  readonly at: number;
}

/**
 * Gives crops a label, also those that have one: the same label once more confirms it.
 *
 * @returns the ids of those that are held back
 * @throws InkError INK_CROP_MISSING, INK_TEACHING_FULL; nothing is then changed
 */
export function giveLabel(database: Database.Database, ids: readonly string[], label: string, giver: Giver): string[] {
  const crops = rowsOf(database, ids);
  refuseTooMany(labelCount(database) + crops.filter((crop) => crop.label === null).length);
  remember(database, { crops, brought: [] });
  for (const crop of crops) {
    update(database, {
      ...crop,
      label,
      labelled_at: giver.at,
      labelled_by: giver.by ?? null,
      held_back: crop.held_back ?? nextHeldBack(database),
      confirmed: crop.label === label ? 1 : 0,
      skipped: 0,
    });
  }
  return rowsOf(database, ids).flatMap(({ id, held_back }) => (held_back === 1 ? [id] : []));
}

/** Leaves crops without a label. @throws InkError INK_CROP_MISSING; nothing is then changed */
export function skipCrops(database: Database.Database, ids: readonly string[]): void {
  const crops = rowsOf(database, ids);
  remember(database, { crops, brought: [] });
  for (const crop of crops) update(database, { ...crop, ...NO_LABEL, skipped: 1 });
}

/** Keeps labels that the model contradicts. @throws InkError INK_CROP_MISSING; nothing is then changed */
export function confirmLabels(database: Database.Database, ids: readonly string[]): void {
  const crops = rowsOf(database, ids);
  const bare = crops.find(({ label }) => label === null);
  if (bare !== undefined) throw missing(`The crop ${bare.id} has no label.`);
  remember(database, { crops, brought: [] });
  for (const crop of crops) update(database, { ...crop, confirmed: 1 });
}

/** Takes back the last action that was not undone yet. @returns undefined where there is none */
export function undoLast(database: Database.Database): Undone | undefined {
  const row = actionRow.parse(
    database.prepare('SELECT position, before FROM action ORDER BY position DESC LIMIT 1').get(),
  );
  if (row === undefined) return undefined;
  const { crops, brought } = actionSchema.parse(JSON.parse(row.before));
  database.prepare('DELETE FROM action WHERE position = ?').run(row.position);
  for (const id of brought) database.prepare('DELETE FROM crop WHERE id = ?').run(id);
  const ids = crops.map(({ id }) => id);
  const now = existing(database, ids);
  for (const before of crops) {
    const crop = now.find(({ id }) => id === before.id);
    // Which side of the check a crop is on stays for good, because a model may have learned from it by now.
    if (crop !== undefined) update(database, { ...before, held_back: crop.held_back });
  }
  database
    .prepare('UPDATE crop SET doubt = ? WHERE label IS NULL AND id IN (SELECT value FROM json_each(?))')
    .run(UNDONE_DOUBT, JSON.stringify(ids));
  return { ids: [...brought, ...ids], label: now[0]?.label ?? undefined };
}

/** What is taken in with its label: all of `GivenLabel` but what is not known of it. */
export interface ImportedCrop {
  readonly label: string;
  readonly pixels: Uint8Array;
  /** Undefined: every fifth is, as of labels that are given. */
  readonly heldBack: boolean | undefined;
}

/** @returns how many were new @throws InkError INK_TEACHING_FULL; nothing is then changed */
export function importCrops(database: Database.Database, crops: readonly ImportedCrop[], at: number): number {
  const keyOf = ({ label, pixels }: Pick<LabelledCrop, 'label' | 'pixels'>): string =>
    `${label}\n${Buffer.from(pixels).toString('base64')}`;
  const known = new Set(listLabelled(database).map(keyOf));
  const insert = database.prepare(
    `INSERT INTO crop (id, taken_at, origin, reason, model, guesses, doubt, pixels, label, labelled_at, held_back)
     VALUES (?, ?, 'upload', 'asked', '', '[]', 0, ?, ?, ?, ?)`,
  );
  const brought: string[] = [];
  for (const crop of crops) {
    const key = keyOf(crop);
    if (known.has(key)) continue;
    known.add(key);
    const id = ulid();
    const heldBack = crop.heldBack === undefined ? nextHeldBack(database) : Number(crop.heldBack);
    insert.run(id, at, Buffer.from(crop.pixels), crop.label, at, heldBack);
    brought.push(id);
  }
  refuseTooMany(labelCount(database));
  if (brought.length > 0) remember(database, { crops: [], brought });
  return brought.length;
}

export function countLabels(database: Database.Database): LabelCounts {
  const rows = countRows.parse(
    database
      .prepare('SELECT label, held_back, count(*) AS count FROM crop WHERE label IS NOT NULL GROUP BY label, held_back')
      .all(),
  );
  const sum = (some: typeof rows) => some.reduce((total, { count }) => total + count, 0);
  const byClass: Record<string, number> = {};
  for (const { label, count } of rows) byClass[label] = (byClass[label] ?? 0) + count;
  const heldBack = sum(rows.filter(({ held_back }) => held_back === 1));
  return { count: sum(rows), learning: sum(rows) - heldBack, heldBack, byClass };
}

/** Every labelled crop, in the order in which they came. */
export function listLabelled(database: Database.Database): LabelledCrop[] {
  const rows = database
    .prepare(
      `SELECT id, label, held_back, confirmed, pixels, around, around_window FROM crop
       WHERE label IS NOT NULL ORDER BY position`,
    )
    .all();
  return rows.map((row) => {
    const { id, label, held_back, confirmed, pixels, around, around_window: window } = labelledSchema.parse(row);
    const crop = { id, label, heldBack: held_back === 1, confirmed: confirmed === 1, pixels };
    return around === null || window === null ? crop : { ...crop, around: { window, pixels: around } };
  });
}

/** The labels of those crops that have one, by id. */
export function labelsOf(database: Database.Database, ids: readonly string[]): ReadonlyMap<string, GivenLabel> {
  return new Map(
    existing(database, ids).flatMap(({ id, label, held_back, confirmed }): [string, GivenLabel][] =>
      label === null ? [] : [[id, { label, heldBack: held_back === 1, confirmed: confirmed === 1 }]],
    ),
  );
}

const NO_LABEL = { label: null, labelled_at: null, labelled_by: null, confirmed: 0 } as const;

function existing(database: Database.Database, ids: readonly string[]): CropRow[] {
  const rows = database
    .prepare(
      `SELECT id, label, labelled_at, labelled_by, held_back, confirmed, skipped FROM crop
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids))
    .map((row) => cropSchema.parse(row));
  // In the order of `ids`, so that every fifth is the same one each time.
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** @throws InkError INK_CROP_MISSING */
function rowsOf(database: Database.Database, ids: readonly string[]): CropRow[] {
  const found = existing(database, ids);
  const lost = ids.find((id) => !found.some((crop) => crop.id === id));
  if (lost !== undefined) throw missing(`There is no crop ${lost} any more.`);
  return found;
}

function update(database: Database.Database, crop: CropRow): void {
  database
    .prepare(
      `UPDATE crop SET label = ?, labelled_at = ?, labelled_by = ?, held_back = ?, confirmed = ?, skipped = ?
       WHERE id = ?`,
    )
    .run(crop.label, crop.labelled_at, crop.labelled_by, crop.held_back, crop.confirmed, crop.skipped, crop.id);
}

function remember(database: Database.Database, action: z.infer<typeof actionSchema>): void {
  database.prepare('INSERT INTO action (before) VALUES (?)').run(JSON.stringify(action));
}

/** 1 for every fifth crop that gets its first label, else 0. */
function nextHeldBack(database: Database.Database): number {
  const { number } = numberSchema.parse(
    database.prepare('SELECT count(*) AS number FROM crop WHERE held_back IS NOT NULL').get(),
  );
  return Number(isHeldBack(number));
}

function labelCount(database: Database.Database): number {
  return numberSchema.parse(database.prepare('SELECT count(*) AS number FROM crop WHERE label IS NOT NULL').get())
    .number;
}

function refuseTooMany(count: number): void {
  if (count <= MAX_LABELS) return;
  throw new InkError('INK_TEACHING_FULL', `There would be ${count} labels, and at most ${MAX_LABELS} are kept.`);
}

const missing = (message: string): InkError => new InkError('INK_CROP_MISSING', message);
