import type { Operation } from './operation.js';

/** A call that has ended. */
interface Call {
  readonly name: string;
  readonly args: string;
  readonly result: number;
}

const STANDARD_OUTPUT = 1;
const UNFINISHED = ' <unfinished ...>';
const RESUMED = /^<\.\.\. \w+ resumed>/;
const CALL = /^(\w+)\((.*)\)\s+= (-?\d+)/s;

/**
 * The operations below a folder in the output of `strace -f -y -xx`, each at the end of its call, in order.
 *
 * @throws Error for a call that changes files in a way that is not known here
 */
export function parseTrace(text: string, folder: string): Operation[] {
  const offsets = new Map<number, number>();
  return callsIn(text).flatMap((call) => {
    const operation = call.result < 0 ? undefined : operationOf(call, offsets);
    const isOfFolder = operation !== undefined && (operation.kind === 'said' || isBelow(operation.path, folder));
    return isOfFolder ? [operation] : [];
  });
}

/** Calls of several threads are mixed: one that has to wait is written in two parts. */
function callsIn(text: string): Call[] {
  const begun = new Map<string, string>();
  const calls: Call[] = [];
  for (const line of text.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (rest.endsWith(UNFINISHED)) {
      begun.set(thread, rest.slice(0, -UNFINISHED.length));
      continue;
    }
    const whole = RESUMED.test(rest) ? (begun.get(thread) ?? '') + rest.replace(RESUMED, '') : rest;
    const [, name, args, result] = CALL.exec(whole) ?? [];
    if (name !== undefined && args !== undefined) calls.push({ name, args, result: Number(result) });
  }
  return calls;
}

/** @param offsets where each open file is written next, by its number */
function operationOf({ name, args, result }: Call, offsets: Map<number, number>): Operation | undefined {
  const [first = '', second = ''] = textsIn(args);
  const [number, path] = fileOf(args);
  switch (name) {
    case 'open':
    case 'openat':
      offsets.set(result, 0);
      if (!/O_CREAT|O_TRUNC/.test(args)) return undefined;
      return { kind: 'create', path: first, truncates: args.includes('O_TRUNC') };
    case 'write': {
      const bytes = bytesIn(args).subarray(0, result);
      if (number === STANDARD_OUTPUT) return { kind: 'said', text: bytes.toString('utf8') };
      const offset = offsets.get(number) ?? 0;
      offsets.set(number, offset + result);
      return { kind: 'write', path, offset, bytes };
    }
    case 'pwrite64':
      return { kind: 'write', path, offset: lastNumber(args), bytes: bytesIn(args).subarray(0, result) };
    case 'ftruncate':
      return { kind: 'truncate', path, size: lastNumber(args) };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', path };
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return { kind: 'rename', path: first, to: second };
    case 'unlink':
    case 'unlinkat':
    case 'rmdir':
      return { kind: 'remove', path: first };
    case 'mkdir':
    case 'mkdirat':
      return { kind: 'folder', path: first };
    default:
      throw new Error(`The call ${name} of a trace is not known.`);
  }
}

/** The number and the path of the file that a call works on: `21<\x2f\x61>, ...`. */
function fileOf(args: string): readonly [number: number, path: string] {
  // A file that was removed while it was open has no path any more.
  const [, number, path] = /^(\d+)<((?:\\x[0-9a-f]{2})*)>(?!\(deleted\))/.exec(args) ?? [];
  return [Number(number ?? -1), path === undefined ? '' : decoded(path).toString('utf8')];
}

/** Paths that are arguments. */
const textsIn = (args: string): string[] =>
  [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => decoded(hex).toString('utf8'));

const bytesIn = (args: string): Buffer => decoded(/"((?:\\x[0-9a-f]{2})*)"/.exec(args)?.[1] ?? '');

const lastNumber = (args: string): number => Number(/(\d+)$/.exec(args)?.[1]);

const decoded = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
