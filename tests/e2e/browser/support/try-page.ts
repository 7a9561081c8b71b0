import type { Page } from 'playwright-core';

/** A point of the pad, in pixels of its picture of 640 x 480. */
export type PadPoint = readonly [x: number, y: number];

/** Somebody who tries the reader in the browser, on the site or on the device's page. */
export class TryPage {
  readonly page: Page;
  /** Pictures that were shown, or taken away. */
  #shown = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Chooses a picture. @returns the rows that are read of it */
  async read(file: string): Promise<string[]> {
    await this.choose(file);
    return this.#rows();
  }

  /** Chooses a file, whatever is in it. */
  async choose(file: string): Promise<void> {
    this.#shown++;
    await this.page.getByLabel('Choose a picture').setInputFiles(file);
  }

  /** Draws strokes with the mouse. @returns the rows that are read of the whole drawing */
  async draw(...strokes: readonly (readonly PadPoint[])[]): Promise<string[]> {
    for (const points of strokes) {
      const [first, ...others] = await this.#places(points);
      await this.page.mouse.move(first.x, first.y);
      await this.page.mouse.down();
      for (const { x, y } of others) await this.page.mouse.move(x, y);
      this.#shown++;
      await this.page.mouse.up();
    }
    return this.#rows();
  }

  /** Takes the last stroke back. @returns the rows that are read of what is left */
  async undo(): Promise<string[]> {
    this.#shown++;
    await this.page.getByRole('button', { name: 'Undo' }).click();
    return this.#rows();
  }

  /** Empties the pad. */
  async clear(): Promise<void> {
    this.#shown++;
    await this.page.getByRole('button', { name: 'Clear' }).click();
    await this.page.locator(`output[data-state="nothing"][data-picture="${this.#shown}"]`).waitFor();
  }

  async #rows(): Promise<string[]> {
    const output = this.page.locator(`output[data-state="read"][data-picture="${this.#shown}"]`);
    await output.waitFor();
    return output.locator('.tried-text:not(.none)').allInnerTexts();
  }

  async #places(points: readonly PadPoint[]) {
    const pad = this.page.getByRole('img', { name: 'Page to draw on' });
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (box === null) throw new Error('the pad is not shown');
    return points.map(([x, y]) => ({ x: box.x + (x * box.width) / 640, y: box.y + (y * box.height) / 480 }));
  }
}
