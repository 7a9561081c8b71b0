/** Characters kept: enough for the reason of a failure, whatever a program logs in a year. */
const KEPT = 4000;
/** Characters of a line that go into a message. */
const SHOWN = 300;

const COMPLAINT =
  /error|fail|invalid|unable|cannot|could not|denied|refused|no such|no cameras|unauthorized|timed? ?out/i;
const CREDENTIALS = /\/\/[^/@\s]+@/g;

/** The last of what a program wrote to its standard error, for the message if it fails. */
export class StderrTail {
  #text = '';

  push(text: string): void {
    this.#text = (this.#text + text).slice(-KEPT);
  }

  /**
   * The last line that sounds like a complaint, or else the last line; at most 300 characters, with user and password
   * of any address left out.
   */
  mostTelling(): string | undefined {
    const lines = this.#text
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const line = lines.findLast((candidate) => COMPLAINT.test(candidate)) ?? lines.at(-1);
    return line?.replace(CREDENTIALS, '//***@').slice(0, SHOWN).replace(/\.$/, '');
  }
}
