import type { Json, Setting } from '../api/index.js';

type Schema = Setting['schema'];

/** How a value is edited. */
export type Control = 'choice' | 'switch' | 'number' | 'text' | 'structure';

export function controlFor(schema: Schema): Control {
  if (Array.isArray(schema.enum)) return 'choice';
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  return schema.type === 'string' ? 'text' : 'structure';
}

/** A value as it is edited; empty where there is none. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What an edited text stands for; null for the default. A text that is no value of the schema is sent as it is: the
 * device says what is wrong with it.
 */
export function valueFrom(text: string, schema: Schema): Json {
  if (text === '') return null;
  const control = controlFor(schema);
  if (control === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  if (control === 'switch') return text === 'true';
  if (control === 'structure' && /^\s*[[{]/.test(text)) return parsed(text);
  return choiceOf(text, schema) ?? text;
}

/** One of the values that are allowed, which need not be texts. */
function choiceOf(text: string, { enum: allowed }: Schema): Json | undefined {
  return Array.isArray(allowed) ? allowed.find((value) => textOf(value) === text) : undefined;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Bounds that a schema names; Zod writes those of safe integers where none are meant. */
export interface Range {
  readonly least: number | undefined;
  readonly above: number | undefined;
  readonly most: number | undefined;
}

export function rangeOf({ minimum, exclusiveMinimum, maximum }: Schema): Range {
  const meant = (bound: unknown) =>
    typeof bound === 'number' && Math.abs(bound) !== Number.MAX_SAFE_INTEGER ? bound : undefined;
  return { least: meant(minimum), above: meant(exclusiveMinimum), most: meant(maximum) };
}

/** Whether a key is there, by the values that other keys have. */
export function isThere({ when }: Setting, currentText: (path: string) => string): boolean {
  return when === undefined || currentText(when.path) === textOf(when.value);
}

/** The issues that are those of a key, or of something within it. */
export function isIssueOf(issuePath: string, path: string): boolean {
  return issuePath === path || issuePath.startsWith(`${path}.`) || issuePath.startsWith(`${path}[`);
}
