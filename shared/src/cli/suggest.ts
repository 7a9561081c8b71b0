import leven from 'leven';

/** Changed, missing or superfluous letters that are taken for a slip. */
const MAX_SLIPS = 3;

/** The known word that somebody most likely meant. */
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
