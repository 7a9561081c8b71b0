import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { isSection } from '../config/index.js';
import { entriesOf, isInBrackets, pairOf, type Step, spanOf, YamlText } from './yaml-text.js';
import { inLines, inOneLine, takesLines } from './yaml-value.js';

/**
 * Text of YAML with another value at a path; sections that are missing are made. What is around the value stays byte for
 * byte, and no comment is lost; of lists and sections, only what differs is changed.
 *
 * Where the text has a form that is not foreseen, such as an alias, the new text says something else than was meant:
 * callers have to compare.
 */
export function withValue(text: string, path: readonly Step[], value: unknown): string {
  const yaml = new YamlText(text);
  const node = yaml.at(path);
  if (node === undefined) return withNew(yaml, path, value);
  const now = yaml.valueOf(node);
  if (isDeepStrictEqual(now, value)) return text;
  if (isMap(node) && isSection(now) && isSection(value) && Object.keys(value).length > 0) {
    const set = Object.entries(value).reduce((all, [name, inner]) => withValue(all, [...path, name], inner), text);
    const gone = Object.keys(now).filter((name) => !Object.hasOwn(value, name));
    return gone.reduce((all, name) => withoutValue(all, [...path, name]), set);
  }
  if (isSeq(node) && Array.isArray(now) && Array.isArray(value) && now.length > 0 && value.length > 0) {
    const set = value.reduce<string>((all, inner, index) => withValue(all, [...path, index], inner), text);
    const gone = now.map((_, index) => index).slice(value.length);
    return gone.toReversed().reduce((all, index) => withoutValue(all, [...path, index]), set);
  }
  return withReplaced(yaml, path, node, value);
}

/** The text without what stands at a path, and without sections that held nothing else. The comments stay. */
export function withoutValue(text: string, path: readonly Step[]): string {
  const yaml = new YamlText(text);
  if (yaml.at(path) === undefined) return text;
  let whole = path;
  while (whole.length > 1 && entriesOf(yaml.at(whole.slice(0, -1))).length === 1) whole = whole.slice(0, -1);
  const parent = yaml.at(whole.slice(0, -1));
  const step = whole[whole.length - 1];
  const entries = entriesOf(parent);
  const entry = isMap(parent) ? pairOf(parent, step) : entries[Number(step)];
  if (parent === undefined || entry === undefined) return text;
  const index = entries.indexOf(entry);
  const { start, end } = spanOf(entry);
  const first = isSeq(parent) && !isInBrackets(parent) ? dashOf(yaml, parent, start) : start;
  if (!isInBrackets(parent) && yaml.beginsLine(first)) {
    const lines = { start: yaml.lineStart(first), end: yaml.nextLine(end) };
    return yaml.with(lines, indented(yaml.commentsIn(lines), yaml.columnOf(first), yaml.lineBreak));
  }
  // Within brackets, or behind the dash of a list.
  const next = entries.at(index + 1);
  if (next === undefined && index === 0) return yaml.with({ start, end }, '');
  const span = next === undefined ? { start: spanOf(entries[index - 1]).end, end } : { start, end: spanOf(next).start };
  const kept = yaml.commentsIn(span).map((comment) => comment + yaml.lineBreak + ' '.repeat(yaml.columnOf(start)));
  const isParted = /\s/.test(yaml.text[span.start - 1]);
  return yaml.with(span, (kept.length === 0 || isParted ? '' : ' ') + kept.join(''));
}

/** The text with another name of the key at a path. */
export function withName(text: string, path: readonly Step[], name: string): string {
  const yaml = new YamlText(text);
  const key = pairOf(yaml.at(path.slice(0, -1)), path[path.length - 1])?.key;
  return key === undefined ? text : yaml.with(spanOf(key), inOneLine(name));
}

function withReplaced(yaml: YamlText, path: readonly Step[], node: Node, value: unknown): string {
  const span = spanOf(node);
  const isBlock = (isMap(node) || isSeq(node)) && !isInBrackets(node);
  const toLines = takesLines(value) && !yaml.isWithinBrackets(path);
  const { position, column } = introduction(yaml, path, span.start);
  if (!isBlock && !toLines) {
    if (span.start === span.end) return yaml.with({ start: position, end: position }, ` ${inOneLine(value)}`);
    const isWholeLine = yaml.text.slice(span.start, span.end).endsWith('\n');
    return yaml.with(span, inOneLine(value) + (isWholeLine ? yaml.lineBreak : ''));
  }
  const lines = { start: position, end: yaml.nextLine(span.end) };
  const comments = indented(yaml.commentsIn(lines), column, yaml.lineBreak);
  if (!toLines) return yaml.with(lines, ` ${inOneLine(value)}${yaml.lineBreak}${comments}`);
  return yaml.with(lines, yaml.lineBreak + comments + indented(inLines(value), column, yaml.lineBreak));
}

/** Where the colon or the dash before a value ends, and the column of lines that may follow it. */
function introduction(yaml: YamlText, path: readonly Step[], start: number): { position: number; column: number } {
  const parent = yaml.at(path.slice(0, -1));
  const pair = pairOf(parent, path[path.length - 1]);
  if (pair !== undefined) {
    const key = spanOf(pair.key);
    return { position: yaml.text.indexOf(':', key.end) + 1, column: yaml.columnOf(key.start) + yaml.indentation };
  }
  if (path.length === 0 || parent === undefined) return { position: 0, column: 0 };
  const dash = dashOf(yaml, parent, start);
  return { position: dash + 1, column: yaml.columnOf(dash) + 2 };
}

function withNew(yaml: YamlText, path: readonly Step[], value: unknown): string {
  let depth = path.length;
  while (depth > 0 && yaml.at(path.slice(0, depth)) === undefined) depth--;
  const above = path.slice(0, depth);
  const rest = path.slice(depth);
  const parent = yaml.at(above);
  // A list with a name in it is to become a section.
  if (isSeq(parent) && typeof rest[0] === 'string') return withReplaced(yaml, above, parent, nested(rest, value));
  const entries = entriesOf(parent);
  const last = entries.at(-1);
  if (parent !== undefined && (isInBrackets(parent) || yaml.isWithinBrackets(above))) {
    if (last === undefined) return withReplaced(yaml, above, parent, nested(rest, value));
    const [first, ...deeper] = rest;
    const fresh = inOneLine(nested(deeper, value));
    const entry = isSeq(parent) ? fresh : `${inOneLine(first)}: ${fresh}`;
    const { end } = spanOf(last);
    return yaml.with({ start: end, end }, `, ${entry}`);
  }
  const lines = isSeq(parent) ? itemLines(value) : keyLines(rest, value, yaml.indentation);
  if (last !== undefined && parent !== undefined) {
    const column = yaml.columnOf(spanOf(parent).start);
    const end = depth === 0 ? yaml.text.length : behindComments(yaml, yaml.nextLine(spanOf(last).end), column);
    return withLines(yaml, end, lines, column);
  }
  if (parent === undefined || depth === 0) return withLines(yaml, yaml.text.length, lines, 0);
  if (isScalar(parent) && parent.value === null && spanOf(parent).start === spanOf(parent).end) {
    const { position, column } = introduction(yaml, above, spanOf(parent).start);
    return withLines(yaml, yaml.nextLine(position), lines, column);
  }
  return withReplaced(yaml, above, parent, nested(rest, value));
}

/** A value within sections of these names. */
function nested(path: readonly Step[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

function keyLines([name, ...deeper]: readonly Step[], value: unknown, indentation: number): string[] {
  const key = inOneLine(name);
  const isWhole = deeper.length === 0;
  if (isWhole && !takesLines(value)) return [`${key}: ${inOneLine(value)}`];
  const lines = isWhole ? inLines(value) : keyLines(deeper, value, indentation);
  return [`${key}:`, ...lines.map((line) => ' '.repeat(indentation) + line)];
}

function itemLines(value: unknown): string[] {
  return (takesLines(value) ? inLines(value) : [inOneLine(value)]).map((line, index) =>
    index === 0 ? `- ${line}` : `  ${line}`,
  );
}

function indented(lines: readonly string[], column: number, lineBreak: string): string {
  return lines.map((line) => ' '.repeat(column) + line + lineBreak).join('');
}

function withLines(yaml: YamlText, position: number, lines: readonly string[], column: number): string {
  const before = yaml.text.slice(0, position);
  const start = before === '' || before.endsWith('\n') ? '' : yaml.lineBreak;
  return yaml.with({ start: position, end: position }, start + indented(lines, column, yaml.lineBreak));
}

/** The dash before an entry of a list. Others may stand between them, in comments. */
function dashOf(yaml: YamlText, list: Node, position: number): number {
  const first = spanOf(list).start;
  let dash = yaml.text.lastIndexOf('-', position - 1);
  while (dash > first && !(yaml.beginsLine(dash) && yaml.columnOf(dash) === yaml.columnOf(first))) {
    dash = yaml.text.lastIndexOf('-', dash - 1);
  }
  return Math.max(dash, first);
}

/** Comments that directly follow a section's last key, no less indented, belong to it. */
function behindComments(yaml: YamlText, position: number, column: number): number {
  const line = yaml.text.slice(position, yaml.nextLine(position + 1));
  const isComment = line.trimStart().startsWith('#') && line.length - line.trimStart().length >= column;
  return isComment ? behindComments(yaml, position + line.length, column) : position;
}
