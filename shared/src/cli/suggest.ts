import leven from 'leven';

/** Maximum number of changed, missing or extra letters in a typing mistake. */
const MAX_SLIPS = 3;

/** The known word that was most likely meant. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.min(MAX_SLIPS, Math.ceil(word.length / 2));
  const near = known.map((name) => ({ name, slips: leven(word, name) })).filter(({ slips }) => slips <= limit);
  near.sort((a, b) => a.slips - b.slips);
  return near[0]?.name;
}

/** `; did you mean list?`, or a full stop. */
export function ending(suggestion: string | undefined): string {
  return suggestion === undefined ? '.' : `; did you mean ${suggestion}?`;
}
