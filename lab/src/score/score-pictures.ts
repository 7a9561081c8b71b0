/** The label of a picture. */
export interface PictureLabel {
  readonly file: string;
  /** In reading order, if the picture has one. */
  readonly digits: string;
  /** `unordered`: the digits have no order and are compared as a multiset. */
  readonly order: 'reading' | 'unordered';
  /** Very small digits, which are optional. */
  readonly smallDigits: string;
  readonly tier: string;
  readonly writer: string;
}

/** The score of one group of pictures. */
export interface Score {
  readonly pictures: number;
  readonly digits: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly exactPictures: number;
}

export interface PicturesScore {
  readonly all: Score;
  readonly tiers: Readonly<Record<string, Score>>;
  readonly writers: Readonly<Record<string, Score>>;
  /** Mean over the writers, so that a writer with many pictures does not dominate. */
  readonly meanWriterF1: number;
  /** Pictures that were not read exactly. */
  readonly failures: readonly string[];
}

interface Count {
  readonly label: PictureLabel;
  readonly read: string;
  readonly hits: number;
  readonly extra: number;
}

/** @param readings the digits that were read, in reading order, by the picture's file */
export function scorePictures(labels: readonly PictureLabel[], readings: ReadonlyMap<string, string>): PicturesScore {
  const counts = labels.map((label) => countHits(label, readings.get(label.file) ?? ''));
  const writers = scoreBy(counts, ({ label }) => label.writer);
  const f1s = Object.values(writers).map(({ f1 }) => f1);
  return {
    all: score(counts),
    tiers: scoreBy(counts, ({ label }) => label.tier),
    writers,
    meanWriterF1: f1s.reduce((sum, f1) => sum + f1, 0) / Math.max(1, f1s.length),
    failures: counts
      .filter((count) => !isExact(count))
      .map(({ label, read }) => `${label.file}: ${label.digits} read as ${read || 'nothing'}`),
  };
}

function countHits(label: PictureLabel, read: string): Count {
  const { digits, order, smallDigits } = label;
  const isOrdered = order === 'reading' && smallDigits === '';
  const hits = isOrdered ? alignedHits(digits, read) : sharedDigits(digits, read).length;
  const extra = isOrdered
    ? read.length - hits
    : read.length - hits - sharedDigits(smallDigits, without(read, digits)).length;
  return { label, read, hits, extra };
}

/** The intersection of two multisets of digits. */
function sharedDigits(a: string, b: string): string[] {
  const left = [...b];
  return [...a].filter((digit) => {
    const at = left.indexOf(digit);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** The multiset `read` without the digits of `taken`. */
function without(read: string, taken: string): string {
  const left = [...read];
  for (const digit of sharedDigits(taken, read)) left.splice(left.indexOf(digit), 1);
  return left.join('');
}

/** Bonus of a match in an alignment. It is smaller than any edit: among equal distances, the most matches win. */
const HIT = 0.001;

/** The number of matches in an alignment with the minimum edit distance (Wagner and Fischer, 1974). */
function alignedHits(expected: string, read: string): number {
  let above = Array.from({ length: read.length + 1 }, (_, index) => ({ cost: index, hits: 0 }));
  for (let row = 1; row <= expected.length; row++) {
    const line = [{ cost: row, hits: 0 }];
    for (let column = 1; column <= read.length; column++) {
      const same = expected[row - 1] === read[column - 1];
      const { cost, hits } = above[column - 1];
      const diagonal = { cost: cost + (same ? -HIT : 1), hits: hits + (same ? 1 : 0) };
      const missed = { ...above[column], cost: above[column].cost + 1 };
      const extra = { ...line[column - 1], cost: line[column - 1].cost + 1 };
      line.push([diagonal, missed, extra].reduce((best, other) => (other.cost < best.cost ? other : best)));
    }
    above = line;
  }
  return above[read.length].hits;
}

const isExact = ({ label, hits, extra }: Count): boolean => hits === label.digits.length && extra === 0;

function scoreBy(counts: readonly Count[], key: (count: Count) => string): Record<string, Score> {
  const keys = [...new Set(counts.map(key))].sort();
  return Object.fromEntries(keys.map((value) => [value, score(counts.filter((count) => key(count) === value))]));
}

function score(counts: readonly Count[]): Score {
  const sum = (value: (count: Count) => number): number => counts.reduce((total, count) => total + value(count), 0);
  const digits = sum(({ label }) => label.digits.length);
  const hits = sum((count) => count.hits);
  const recall = hits / Math.max(1, digits);
  const precision = hits / Math.max(1, hits + sum(({ extra }) => extra));
  return {
    pictures: counts.length,
    digits,
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    exactPictures: sum((count) => (isExact(count) ? 1 : 0)) / Math.max(1, counts.length),
  };
}
