import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';

/** A name of a section or key, or the place in a list. */
export type Step = string | number;

export type NodePair = Pair<Node, Node | null>;

/** A part of the text: from its first character to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Text of YAML, and where its parts stand in it. */
export class YamlText {
  readonly text: string;
  readonly #document: Document.Parsed;
  readonly root: Node | null;
  /** What ends its lines. */
  readonly lineBreak: string;
  #comments: readonly Span[] | undefined;

  constructor(text: string) {
    this.text = text;
    this.#document = parseDocument(text, { logLevel: 'error', stringKeys: true });
    this.root = this.#document.contents;
    this.lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** Columns that a section's keys stand to the right of its name; 2 where there is no section yet. */
  get indentation(): number {
    if (!isMap(this.root)) return 2;
    for (const { value } of this.root.items) {
      if (isMap(value) && !isInBrackets(value)) return this.columnOf(spanOf(value).start) || 2;
    }
    return 2;
  }

  /** The value at a path, undefined where there is none. */
  at(path: readonly Step[]): Node | undefined {
    return path.reduce<Node | undefined>((node, step) => childOf(node, step), this.root ?? undefined);
  }

  /** What a node means. */
  valueOf(node: Node): unknown {
    return node.toJS(this.#document);
  }

  /** Whether what stands at a path stands within brackets or braces. */
  isWithinBrackets(path: readonly Step[]): boolean {
    return path.some((_, depth) => {
      const node = this.at(path.slice(0, depth));
      return node !== undefined && isInBrackets(node);
    });
  }

  columnOf(position: number): number {
    return position - this.lineStart(position);
  }

  lineStart(position: number): number {
    return this.text.lastIndexOf('\n', position - 1) + 1;
  }

  /** Where the line after the one that holds the last character before `position` begins; the text's end for the last. */
  nextLine(position: number): number {
    if (position > 0 && this.text[position - 1] === '\n') return position;
    const at = this.text.indexOf('\n', position);
    return at < 0 ? this.text.length : at + 1;
  }

  /** Whether nothing but white space stands before it in its line. */
  beginsLine(position: number): boolean {
    return this.text.slice(this.lineStart(position), position).trim() === '';
  }

  /** The comments within a part, without their line breaks. */
  commentsIn({ start, end }: Span): string[] {
    this.#comments ??= commentsOf(this.text);
    return this.#comments.flatMap((span) =>
      span.start >= start && span.start < end ? [this.text.slice(span.start, span.end).trimEnd()] : [],
    );
  }

  /** The text with something else in the place of a part. */
  with({ start, end }: Span, replacement: string): string {
    return this.text.slice(0, start) + replacement + this.text.slice(end);
  }
}

/** Signs of the lexer that are no part of the text. */
const VALUE_FOLLOWS = '\x1f';
const CONTROL = new Set(['\x02', '\x18', VALUE_FOLLOWS]);

function commentsOf(text: string): Span[] {
  const comments: Span[] = [];
  let start = 0;
  let isValue = false;
  for (const token of new Lexer().lex(text)) {
    if (!CONTROL.has(token)) {
      const end = start + token.length;
      if (token.startsWith('#') && !isValue) comments.push({ start, end });
      start = end;
    }
    isValue = token === VALUE_FOLLOWS;
  }
  return comments;
}

export function isInBrackets(node: Node): boolean {
  return isCollection(node) && node.flow === true;
}

/** The entries of a section or list. */
export function entriesOf(node: Node | undefined): (Node | NodePair)[] {
  const items: readonly unknown[] = isCollection(node) ? node.items : [];
  return items.filter(isNodeOrPair);
}

/** Where a value, or a key with its value, stands: up to its last character, without a comment behind it. */
export function spanOf(node: Node | NodePair): Span {
  if (isPair(node)) {
    const { start, end } = spanOf(node.key);
    return { start, end: node.value === null ? end : Math.max(end, spanOf(node.value).end) };
  }
  const [start, end] = node.range ?? [0, 0];
  // The range of a section goes on over comments that stand behind it.
  const last = isInBrackets(node) ? undefined : entriesOf(node).at(-1);
  return { start, end: last === undefined ? end : spanOf(last).end };
}

/** The key of that name with its value. */
export function pairOf(map: Node | undefined, name: Step): NodePair | undefined {
  if (!isMap(map)) return undefined;
  return map.items.filter(isNodePair).find(({ key }) => isScalar(key) && String(key.value) === String(name));
}

function childOf(node: Node | undefined, step: Step): Node | undefined {
  if (isMap(node)) return pairOf(node, step)?.value ?? undefined;
  const item: unknown = isSeq(node) ? node.items[Number(step)] : undefined;
  return isNode(item) ? item : undefined;
}

function isNodePair(pair: unknown): pair is NodePair {
  return isPair(pair) && isNode(pair.key) && (pair.value === null || isNode(pair.value));
}

function isNodeOrPair(value: unknown): value is Node | NodePair {
  return isNodePair(value) || isNode(value);
}
