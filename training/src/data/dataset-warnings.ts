import { classCounts, type Dataset, pictureAt } from './dataset.js';

/** A class with fewer training pictures is hardly learned. */
const MIN_CLASS_PICTURES = 10;
/** Pictures that are looked at for the colour of their background. */
const MAX_LOOKS = 1000;
/** Names in one warning. */
const MAX_NAMES = 5;

/** Warnings about training pictures that a network can hardly learn from, a sentence each. */
export function trainingWarnings(dataset: Dataset): readonly string[] {
  return [...inversionWarnings(dataset), ...scarceClasses(dataset)];
}

/**
 * A warning if most pictures are dark on light. All of Inkcast takes ink for the larger values, so a network would learn
 * the paper, and a trained one would be at chance level.
 */
export function inversionWarnings(dataset: Dataset): readonly string[] {
  const pictures = dataset.labels.length;
  const step = Math.ceil(pictures / MAX_LOOKS);
  let looks = 0;
  let light = 0;
  for (let index = 0; index < pictures; index += step) {
    looks++;
    if (hasLightBorder(dataset, index)) light++;
  }
  if (2 * light <= looks) return [];
  return [
    `The pictures of ${dataset.name} look inverted: most have a white border, but must be white ink on black. Set "inverted: true" under "data" in the recipe.`,
  ];
}

/** Whether most pixels along the border have more than half of the full ink. */
function hasLightBorder(dataset: Dataset, index: number): boolean {
  const [height, width] = dataset.shape;
  const picture = pictureAt(dataset, index);
  let border = 0;
  let light = 0;
  for (let at = 0; at < picture.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x > 0 && x < width - 1 && y > 0 && y < height - 1) continue;
    border++;
    if (picture[at] > 127) light++;
  }
  return 2 * light > border;
}

function scarceClasses(dataset: Dataset): readonly string[] {
  const scarce = classCounts(dataset)
    .map((pictures, label) => ({ name: dataset.classes[label], pictures }))
    .filter(({ pictures }) => pictures < MIN_CLASS_PICTURES);
  if (scarce.length === 0) return [];
  const shown = scarce.slice(0, MAX_NAMES).map(({ name, pictures }) => `"${name}" (${pictures})`);
  const rest = scarce.length > MAX_NAMES ? ` and ${scarce.length - MAX_NAMES} more` : '';
  const classes = scarce.length === 1 ? 'This class has' : 'These classes have';
  return [
    `${classes} fewer than ${MIN_CLASS_PICTURES} training pictures and will hardly be recognised: ${shown.join(', ')}${rest}.`,
  ];
}
