import { writeFile } from 'node:fs/promises';
import { Random } from '@inkcast/training/random';
import type { Page } from 'playwright-core';
import { type OddDigit, type OddReader, oddStrokes } from './odd-hand.js';

/** Digits of a row on the pad, whose picture is 640 x 480, and the height of each. */
const IN_ROW = 5;
const SIZE = 100;

/** Somebody who teaches the static site a hand. */
export class LessonPage {
  readonly page: Page;
  readonly #hand: OddReader;
  /** Pictures that were shown, or taken away, since the lesson was opened. */
  #shown = 0;

  constructor(page: Page, hand: OddReader) {
    this.page = page;
    this.#hand = hand;
  }

  /** Opens the lesson of a page that was just loaded. */
  async open(): Promise<void> {
    this.#shown = 0;
    await this.page.getByRole('button', { name: 'Teach it your hand' }).click();
    await this.page.getByRole('button', { name: 'Label these' }).waitFor();
  }

  /** Draws digits on the empty pad, and waits until they are read. @param seed the hand is a little unsteady */
  async draw(digits: readonly OddDigit[], seed: number): Promise<void> {
    const random = new Random(seed);
    const pad = this.page.getByRole('img', { name: 'Page to draw on' });
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (box === null) throw new Error('the pad is not shown');
    const scale = box.width / 640;
    for (const [index, digit] of digits.entries()) {
      const [left, top] = [44 + (index % IN_ROW) * 116, 40 + Math.floor(index / IN_ROW) * 150];
      for (const stroke of oddStrokes(digit, random)) {
        const [first, ...others] = stroke.map(([x, y]) => ({
          x: box.x + scale * (left + (SIZE * x) / 140),
          y: box.y + scale * (top + (SIZE * y) / 140),
        }));
        await this.page.mouse.move(first.x, first.y);
        await this.page.mouse.down();
        for (const { x, y } of others) await this.page.mouse.move(x, y);
        // Each stroke is another picture.
        this.#shown++;
        await this.page.mouse.up();
      }
    }
    await this.#output('read');
  }

  /** Empties the pad. */
  async clear(): Promise<void> {
    this.#shown++;
    await this.page.getByRole('button', { name: 'Clear' }).click();
    await this.#output('nothing');
  }

  /** What the shipped model reads of the drawing, and the taught one. */
  async rows(): Promise<{ readonly shipped: string; readonly taught: string | undefined }> {
    const output = await this.#output('read');
    const [shipped, taught] = await output.locator('dd').allInnerTexts();
    return { shipped, taught };
  }

  /** Shows a picture, and waits until it is read. */
  async show(file: string): Promise<void> {
    this.#shown++;
    await this.page.getByLabel('Choose a picture').setInputFiles(file);
    await this.#output('read');
  }

  /** Takes what was drawn or shown, and labels it by keys, as somebody does who knows the hand. */
  async label(): Promise<void> {
    this.#shown++;
    await this.page.getByRole('button', { name: 'Label these' }).click();
    await this.#output('nothing');
    await this.labelAll();
  }

  /** Labels all crops that wait. */
  async labelAll(): Promise<void> {
    const count = this.page.locator('[data-waiting]');
    for (let left = await waitingIn(count); left > 0; left--) {
      const picture = await this.page.getByRole('img', { name: 'What the model saw' }).evaluate(pictureOf);
      await this.page.keyboard.press(await this.#hand.keyFor(Buffer.from(picture, 'base64')));
      await this.page.locator(`[data-waiting="${left - 1}"]`).waitFor();
    }
  }

  /**
   * Learns from the labels. What the model contradicts is shown once more; the hand is odd, so that the same key keeps it.
   *
   * @returns whether the new model passed the check
   */
  async learn(timeout: number): Promise<boolean> {
    const { page } = this;
    const state = page.getByRole('region', { name: 'Learn', exact: true });
    await page.getByRole('button', { name: 'Learn from the labels' }).click();
    // What an earlier check said is gone then.
    await page.locator('button:enabled', { hasText: 'Learn from the labels' }).waitFor({ state: 'detached', timeout });
    await page
      .locator('progress')
      .or(state.getByText('A second look'))
      .or(state.getByRole('alert'))
      .waitFor({ timeout });
    await this.labelAll();
    await page.getByText(/^Epoch \d+: loss/).waitFor({ timeout });
    await page.locator('progress').waitFor({ state: 'detached', timeout });
    return /It passed/.test((await state.textContent()) ?? '');
  }

  /** Writes what is on the pad into a PNG. */
  async saveDrawing(file: string): Promise<void> {
    const pad = this.page.getByRole('img', { name: 'Page to draw on' });
    await writeFile(file, Buffer.from(await pad.evaluate(pictureOf), 'base64'));
  }

  /** What the page says of the newest picture, once it is so far. */
  async #output(state: 'read' | 'nothing') {
    const output = this.page.locator(`output[data-state="${state}"][data-picture="${this.#shown}"]`);
    await output.waitFor();
    return output;
  }
}

const waitingIn = async (count: ReturnType<Page['locator']>): Promise<number> =>
  Number(await count.getAttribute('data-waiting'));

/** Runs in the page: the PNG of a canvas in base64. */
const pictureOf = (canvas: { toDataURL(): string } | object): string =>
  'toDataURL' in canvas ? (canvas.toDataURL().split(',')[1] ?? '') : '';
