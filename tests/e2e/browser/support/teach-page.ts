import { type TeachingState, teachingStateSchema } from '@inkcast/device/teaching';
import type { Locator, Page } from 'playwright-core';
import type { WatchedPage } from '../../../support/browser.js';
import type { OddReader } from './odd-hand.js';
import type { ServedDaemon } from './served-daemon.js';

/** The crop that is to be labelled. */
const SHOWN = '.crop-view .pixels';

/** The screen "Teach" of a page, used as somebody does who knows the odd hand. */
export class TeachPage {
  readonly #daemon: ServedDaemon;
  readonly #watched: WatchedPage;
  readonly #reader: OddReader;

  constructor(daemon: ServedDaemon, watched: WatchedPage, reader: OddReader) {
    this.#daemon = daemon;
    this.#watched = watched;
    this.#reader = reader;
  }

  get page(): Page {
    return this.#watched.page;
  }

  get faults(): Omit<WatchedPage, 'page'> {
    const { consoleErrors, foreignRequests } = this.#watched;
    return { consoleErrors, foreignRequests };
  }

  /** What the device says of it. */
  async state(): Promise<TeachingState> {
    const answer = await fetch(`${this.#daemon.url}api/teach`);
    return teachingStateSchema.parse(await answer.json());
  }

  async open(): Promise<void> {
    await this.page.goto('./#/teach');
    await this.page.locator('.teach .card').first().waitFor();
  }

  async turnOn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Turn it on' }).click();
    await this.page.getByRole('region', { name: 'What is this?' }).waitFor();
  }

  async upload(files: readonly string[]): Promise<void> {
    await this.#answered('POST', 'upload', () => this.page.getByLabel('Your own pictures').setInputFiles([...files]));
    await this.#untilAdded();
  }

  /** Takes all that is in view. */
  async look(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Take all that is in view now' });
    await this.#answered('POST', 'look', () => button.click());
    await this.#untilAdded();
  }

  async import(file: string): Promise<void> {
    await this.#answered('POST', 'import', () => this.page.getByLabel('Labels from elsewhere').setInputFiles(file));
    await this.#untilAdded();
  }

  /** @returns the path of what was loaded down */
  async download(name: string): Promise<string> {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('link', { name }).click();
    return (await waiting).path();
  }

  async purge(): Promise<void> {
    await this.page.getByRole('button', { name: 'Delete all crops and labels', exact: true }).click();
    const button = this.page.getByRole('button', { name: 'Really delete all crops and labels' });
    await this.#answered('DELETE', 'teach', () => button.click());
    await this.page.getByText('0 labels to learn from').waitFor();
  }

  /** @returns the address of the picture of the crop that is shown */
  async waitForCrop(): Promise<string> {
    return (await this.page.locator(SHOWN).getAttribute('src')) ?? '';
  }

  /** Presses a key for the crop that is shown, and waits until the device has its label and another one is shown. */
  async press(key: string): Promise<void> {
    const source = await this.waitForCrop();
    await this.#answered('POST', '(label|confirm)', () => this.page.keyboard.press(key));
    await this.page.locator(`${SHOWN}[src="${source}"]`).waitFor({ state: 'detached' });
  }

  /**
   * Says what every crop is.
   *
   * @param end is there when no crop is left
   * @returns how often each key was pressed
   */
  async labelAll(end: Locator = this.page.getByText('No crop waits for a label.')): Promise<Record<string, number>> {
    const pressed: Record<string, number> = {};
    const shown = this.page.locator(SHOWN);
    for (;;) {
      await shown.or(end).first().waitFor();
      if ((await shown.count()) === 0) return pressed;
      const picture = await fetch(await this.waitForCrop());
      const key = await this.#reader.keyFor(Buffer.from(await picture.arrayBuffer()));
      await this.press(key);
      pressed[key] = (pressed[key] ?? 0) + 1;
    }
  }

  /** The page may show what it asked for before the device has done it. @param route a pattern for the end of the path */
  async #answered(method: string, route: string, act: () => Promise<void>): Promise<void> {
    const answer = this.page.waitForResponse(
      (response) =>
        response.request().method() === method && new RegExp(`/${route}$`).test(new URL(response.url()).pathname),
    );
    await Promise.all([answer, act()]);
  }

  async #untilAdded(): Promise<void> {
    await this.page.getByText(/\d+ crops? (was|were) added\./).waitFor();
  }
}
