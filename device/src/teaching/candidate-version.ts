/**
 * The version of what is learned from a model: `2.1.0-taught.3` after `2.1.0` or `2.1.0-taught.2`, with a number that no
 * installed model has.
 *
 * @param base `name@version`
 * @param references of the installed models
 */
export function candidateVersion(base: string, references: readonly string[]): string {
  const [name = '', version = ''] = base.split('@');
  const [origin = ''] = version.split('-taught.');
  const stem = `${name}@${origin}-taught.`;
  const numbers = [base, ...references]
    .filter((one) => one.startsWith(stem))
    .map((one) => Number(one.slice(stem.length)))
    .filter((number) => Number.isSafeInteger(number));
  return `${origin}-taught.${Math.max(0, ...numbers) + 1}`;
}
