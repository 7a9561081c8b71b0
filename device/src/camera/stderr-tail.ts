import type { Complaint } from './complaint.js';
import { KNOWN_CAUSES } from './known-causes.js';

/** Lines kept: enough for the cause of a failure and what follows from it, whatever a program logs in a year. */
const KEPT_LINES = 100;
/** Characters of a line that is never ended, after which it counts as one. */
const MAX_LINE_CHARACTERS = 10_000;
/** Characters of a line that go into a message, and lines that go into a log. */
const SHOWN = 300;
const SHOWN_LINES = 20;

const COMPLAINT =
  /error|fail|invalid|unable|cannot|could not|denied|refused|no such|no cameras|unauthorized|timed? ?out/i;
/** How libcamera's lines begin that complain of nothing; all but one, which it writes of a camera that is in use. */
const REMARK = /^\[[\d:.]+\] +\[\d+\] +(INFO|WARN) (?!.*in use by another process)/;
/** rpicam-vid writes a line a frame, which would push out all others. */
const FRAME_COUNT = /^#\d+ \(/;
const CREDENTIALS = /\/\/[^/\s]+@/g;
/** Some cameras take the password in the query. */
const QUERY = /(\w:\/\/[^\s?'"]*)\?[^\s'"]*/g;

/** The last of what a program wrote to its standard error, for the message if it fails or falls silent. */
export class StderrTail {
  readonly #onLine: (line: string) => void;
  readonly #lines: string[] = [];
  #begun = '';

  /** @param onLine is told each line at once */
  constructor(onLine: (line: string) => void = () => {}) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    const lines = (this.#begun + text).split(/[\r\n]+/);
    this.#begun = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
    if (this.#begun.length > MAX_LINE_CHARACTERS) {
      this.#take(this.#begun);
      this.#begun = '';
    }
  }

  /** The line of a known cause, or else the last one that sounds like a complaint. */
  get complaint(): Complaint | undefined {
    const lines = this.#all.filter((line) => !REMARK.test(line));
    for (const { line: pattern, remedy } of KNOWN_CAUSES) {
      const line = lines.findLast((candidate) => pattern.test(candidate));
      if (line !== undefined) return { line: shown(line), remedy, tail: this.#tail };
    }
    const line = lines.findLast((candidate) => COMPLAINT.test(candidate));
    return line === undefined ? undefined : { line: shown(line), tail: this.#tail };
  }

  /** The complaint, or else the last line. */
  get lastWords(): Complaint | undefined {
    const line = this.#all.at(-1);
    return this.complaint ?? (line === undefined ? undefined : { line: shown(line), tail: this.#tail });
  }

  #take(line: string): void {
    const text = withoutSecrets(line.trim()).slice(0, SHOWN);
    if (text === '' || FRAME_COUNT.test(text)) return;
    this.#lines.push(text);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    this.#onLine(text);
  }

  get #all(): readonly string[] {
    const begun = this.#begun.trim();
    return begun === '' ? this.#lines : [...this.#lines, withoutSecrets(begun).slice(0, SHOWN)];
  }

  get #tail(): string {
    return this.#all.slice(-SHOWN_LINES).join('\n');
  }
}

function withoutSecrets(line: string): string {
  return line.replace(CREDENTIALS, '//***@').replace(QUERY, '$1?***');
}

function shown(line: string): string {
  return line.replace(/\.$/, '');
}
