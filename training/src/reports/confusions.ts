/** One kind of error: pictures of `truth` with the prediction `predicted`. */
export interface Confusion {
  readonly truth: string;
  readonly predicted: string;
  readonly pictures: number;
}

/** The most frequent errors, the worst first. */
export function worstConfusions(
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
  most: number,
): readonly Confusion[] {
  return confusion
    .flatMap((row, truth) =>
      row.map((pictures, predicted) => ({ truth: labels[truth], predicted: labels[predicted], pictures })),
    )
    .filter(({ truth, predicted, pictures }) => truth !== predicted && pictures > 0)
    .sort((one, other) => other.pictures - one.pictures)
    .slice(0, most);
}
