import assert from 'node:assert/strict';
import { assembleReading, type ScoredCandidate } from '@inkcast/device/reading';
import { digit, inRow, none } from './support/scored.js';

const FRAME = { width: 640, height: 480 };
const read = (...scored: readonly ScoredCandidate[]) => assembleReading(scored, FRAME);

describe('digits beside letters', () => {
  it('are letters within a word', () => {
    const [a, b, c, d] = inRow([100, 134, 168, 202]);
    const reading = read(none(a), none(b), digit(0, 0.99, c), none(d));
    assert.equal(reading.text, '');
    assert.ok(reading.rejected.some(({ reason }) => reason === 'among-letters'));
  });

  it('are letters within a word that has three letters, even where digits prevail; not where it has two', () => {
    const places = inRow([20, 54, 88, 122, 156, 190, 224]);
    const word = (letters: readonly number[]) =>
      places.map((place, index) => (letters.includes(index) ? none(place) : digit(5, 0.99, place)));
    assert.equal(read(...word([0, 3, 5])).text, '');
    assert.equal(read(...word([0, 3])).text, '55555');
  });

  it('are letters in a line of text, also where one of them is a word by itself', () => {
    const words = inRow([20, 54, 88, 122, 200, 280, 314, 348, 382]).map((place, index) =>
      index === 4 ? digit(1, 0.99, place) : none(place),
    );
    assert.equal(read(...words).text, '');
  });

  it('are letters between the words of a text, whatever they resemble; a number at its end stays one', () => {
    const words = inRow([20, 54, 88, 122, 156]).map((place) => none(place));
    const number = inRow([220, 254]).map((place, index) => digit(index + 2, 0.99, place));
    const more = inRow([320, 354]).map((place) => none(place));
    assert.equal(read(...words, ...number, ...more).text, '');
    assert.equal(read(...words, ...number).text, '23');
  });

  it('are letters beside signs that may be digits, or look like digits where none would stand', () => {
    const [a, b, c] = inRow([100, 134, 168]);
    const open = digit(8, 0.45, a);
    assert.equal(read(open, digit(0, 0.99, b), none(c)).text, '');
    const thick = digit(1, 0.97, a, { strokeWidth: 15 });
    assert.equal(read(thick, digit(0, 0.99, b), none(c)).text, '');
    assert.equal(read(thick, digit(0, 0.99, b)).text, '0');
  });

  it('are told by whole pieces of ink, not by joins that run across lines', () => {
    const [a, b, c] = inRow([100, 134, 168]);
    const below = inRow([100, 168], 170).map((place) => none(place));
    const joins = inRow([100, 168], 100, 30, 120).map((place) => none(place, { origin: 'join' }));
    assert.equal(read(none(a), digit(5, 0.99, b), none(c), ...below, ...joins).text, '');
  });

  it('are letters within a paragraph, where lines of text enclose them closely; not between two labels', () => {
    const line = (y: number, lefts: readonly number[]) => inRow(lefts, y).map((place) => none(place));
    const whole = [20, 54, 88, 122, 156, 190, 224];
    const number = digit(2, 0.99, { x: 122, y: 180, width: 30, height: 50 });
    assert.equal(read(...line(100, whole), ...line(260, whole), number).text, '');
    assert.equal(read(...line(80, whole), ...line(290, whole), number).text, '2');
    const right = { ...number, candidate: { ...number.candidate, box: { x: 290, y: 180, width: 30, height: 50 } } };
    assert.equal(read(...line(100, whole), ...line(180, whole), ...line(260, whole), right).text, '2');
  });

  it('are commas at the foot of a text, where they are as small', () => {
    const words = inRow([20, 54, 88, 122, 156, 190]).map((place) => none(place));
    const comma = digit(9, 0.99, { x: 224, y: 138, width: 8, height: 14 });
    assert.equal(read(...words, comma).text, '');
    const apart = digit(9, 0.99, { x: 224, y: 238, width: 8, height: 14 });
    assert.equal(read(...words, apart).text, '9');
  });

  it('are letters in a line right below text, but not in one that keeps apart', () => {
    const text = inRow([20, 54, 88, 122, 156, 190]).map((place) => none(place));
    const places = Array.from({ length: 15 }, (_, place) => 20 + 34 * place);
    const mixed = (y: number) =>
      inRow(places, y).map((place, index) => (index % 3 === 0 ? none(place) : digit(5, 0.99, place)));
    assert.equal(read(...text, ...mixed(170)).text, '');
    assert.equal(read(...text, ...mixed(300)).text, '5555555555');
  });

  it('are a number after a short label', () => {
    const label = inRow([20, 54, 88, 122]).map((place) => none(place));
    const number = inRow([200, 234]).map((place, index) => digit(index + 2, 0.99, place));
    assert.equal(read(...label, ...number).text, '23');
  });

  it('are numbers between operators', () => {
    const [five, plus, three, times, seven] = inRow([100, 180, 260, 340, 420]);
    const sum = [digit(5, 0.99, five), none(plus), digit(3, 0.99, three), none(times), digit(7, 0.99, seven)];
    assert.equal(read(...sum).text, '537');
  });
});
