import type { Complaint } from './complaint.js';
import { KNOWN_CAUSES } from './known-causes.js';

/** Number of lines kept: enough for a failure's cause and consequences, however long the program has run. */
const KEPT_LINES = 100;
/** A line without an end is cut after this many characters. */
const MAX_LINE_CHARACTERS = 10_000;
/** Maximum characters of a line in a message, and maximum lines in a log. */
const SHOWN = 300;
const SHOWN_LINES = 20;

const COMPLAINT =
  /error|fail|invalid|unable|cannot|could not|denied|refused|no such|no cameras|unauthorized|timed? ?out/i;
/** libcamera's lines that are not complaints, except the warning about a camera that is in use. */
const REMARK = /^\[[\d:.]+\] +\[\d+\] +(INFO|WARN) (?!.*in use by another process)/;
/** rpicam-vid writes a line per frame, which would push out all others. */
const FRAME_COUNT = /^#\d+ \(/;
const CREDENTIALS = /\/\/[^/\s]+@/g;
/** How ffmpeg names the list of addresses on its standard input. */
const LIST = /^pipe:0: /;
/** Some cameras take the password in the query. */
const QUERY = /(\w:\/\/[^\s?'"]*)\?[^\s'"]*/g;

/** The last lines of a program's standard error, for a message if the program fails or falls silent. */
export class StderrTail {
  readonly #onLine: (line: string) => void;
  readonly #lines: string[] = [];
  #begun = '';

  /** @param onLine receives each line at once */
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

  /** The line with a known cause, otherwise the last line that looks like a complaint. */
  get complaint(): Complaint | undefined {
    const lines = this.#all.filter((line) => !REMARK.test(line));
    for (const { line: pattern, remedy } of KNOWN_CAUSES) {
      const line = lines.findLast((candidate) => pattern.test(candidate));
      if (line !== undefined) return { line: shown(line), remedy, tail: this.#tail };
    }
    const line = lines.findLast((candidate) => COMPLAINT.test(candidate));
    return line === undefined ? undefined : { line: shown(line), tail: this.#tail };
  }

  /** The complaint, otherwise the last line. */
  get lastWords(): Complaint | undefined {
    const line = this.#all.at(-1);
    return this.complaint ?? (line === undefined ? undefined : { line: shown(line), tail: this.#tail });
  }

  #take(line: string): void {
    const text = withoutSecrets(line.trim().replace(LIST, '')).slice(0, SHOWN);
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
