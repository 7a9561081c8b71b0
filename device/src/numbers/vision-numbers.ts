import { tableOf } from './reader-number.js';

/** Numbers for finding, cropping and measuring ink. */
export const VISION_NUMBERS = tableOf({
  viewLongestSide: {
    value: 1280,
    unit: 'pixels',
    meaning: 'Longest side of a straightened page',
    source: { definition: 'twice the longer side of a frame of 640x480: its cost does not follow the sensor' },
  },
  cameraFocalLength: {
    value: 0.85,
    unit: 'longer sides of the frame',
    meaning: 'Focal length of a camera that is not known',
    source: { definition: 'the middle of 0.75 to 0.95, which cameras of the Pi and of desks have' },
  },
  mosaicGap: {
    value: 8,
    unit: 'pixels',
    meaning: 'Distance between two octaves in a mosaic, half of which repeats the edge of each',
    source: { definition: 'two cells of a spotter: a character at the edge of one octave does not reach the next' },
  },
  mosaicSideStep: {
    value: 16,
    unit: 'pixels',
    meaning: 'What the sides of a mosaic are multiples of',
    source: { definition: 'the coarsest cell of a spotter' },
  },
  mosaicMinTileSide: {
    value: 20,
    unit: 'pixels',
    meaning: 'Least longer side of an octave in a mosaic',
    source: {
      definition:
        'the height in the middle of what a spotter is trained to see: a digit that fills the frame is then that small',
    },
  },
  candidateMinSide: {
    value: 3,
    unit: 'pixels',
    meaning: 'Fewer along a side of a box hold no digit',
    source: { definition: 'two strokes and what lies between them' },
  },
  inkMapMargin: {
    value: 0.6,
    unit: 'longer sides of the box',
    meaning: 'How far ink and paper are measured around a box',
    source: { definition: 'as far as the wider surroundings, which lie in it' },
  },
  paperSquare: {
    value: 0.5,
    unit: 'longer sides of the box',
    meaning: 'Side of the square over which paper must show somewhere',
    source: { definition: 'wider than any stroke, narrower than the digit' },
  },
  polarityTail: {
    value: 0.05,
    unit: 'share of the pixels',
    meaning: 'How much of a box on either side is left out when light ink is told from dark',
    source: { definition: 'less than the ink of a thin 1 covers, more than dirt does' },
  },
  inkShare: {
    value: 0.06,
    unit: 'share of the pixels',
    meaning: 'The strongest part of a box, whose contrast is that of the ink',
    source: { definition: 'less than the ink of a thin 1 covers' },
  },
  inkCut: {
    value: 0.5,
    unit: 'share of the contrast',
    meaning: 'Where ink ends and paper begins',
    source: { definition: 'half-way between both, where a blurred edge lies' },
  },
  inkMargin: {
    value: 0.15,
    unit: 'longer sides of the box',
    meaning: 'By how much a box that a spotter tells may miss the ink',
    source: { definition: '3 pixels of a digit of 20, the middle of what a spotter is trained to see' },
  },
  inkMinWithin: {
    value: 0.6,
    unit: 'share of a piece',
    meaning: 'How much of a piece of ink lies in the box that it belongs to',
    source: { definition: 'more than half, so that it belongs to one of two boxes side by side' },
  },
  inkMinContrast: {
    value: 4,
    unit: 'levels of luma',
    meaning: 'Least contrast of ink',
    source: { definition: 'what stands out by less is the noise of rounding, smoothed' },
  },
  inkMinPiece: {
    value: 0.03,
    unit: 'share of the largest piece',
    meaning: 'Smaller pieces of ink are dirt',
    source: { definition: 'half of what a dot as wide as its stroke is of a digit' },
  },
  cropMinStroke: {
    value: 0.1,
    unit: 'longer sides of the ink',
    meaning: 'Thinner strokes are thickened to this width before they are cropped',
    source: { definition: "that of MNIST's strokes, which the classifier learns from" },
  },
  cropWorkSide: {
    value: 64,
    unit: 'pixels',
    meaning: 'Ink is brought to about this size before its strokes are thickened',
    source: { definition: 'three times the 20 pixels of the crop that comes of it' },
  },
  inkCoverFrom: {
    value: 0.25,
    unit: 'share of the contrast',
    meaning: 'Contrast up to which ink covers nothing of a pixel',
    source: { definition: 'a quarter to either side of the cut' },
  },
  inkCoverFull: {
    value: 0.75,
    unit: 'share of the contrast',
    meaning: 'Contrast from which on ink covers all of a pixel',
    source: { definition: 'a quarter to either side of the cut' },
  },
  nearMargin: {
    value: 0.15,
    unit: 'longer sides of the box',
    meaning: 'How far around the ink other ink counts',
    source: {
      definition: 'about the gap between two digits of a row; trees that judge are fitted to what is measured with it',
    },
  },
  nearMinMargin: {
    value: 2,
    unit: 'pixels',
    meaning: 'The same, at least',
    source: { definition: 'the soft edge of the ink and a pixel of paper' },
  },
  wideMargin: {
    value: 0.6,
    unit: 'longer sides of the box',
    meaning: "How far around the ink the median luma is the paper's",
    source: { definition: 'most of that is paper; trees that judge are fitted to what is measured with it' },
  },
  wideMinMargin: {
    value: 4,
    unit: 'pixels',
    meaning: 'The same, at least',
    source: { definition: 'twice the lesser margin' },
  },
  surroundingsSamples: {
    value: 26,
    unit: 'pixels',
    meaning: 'Along each axis, at which surroundings are looked at',
    source: {
      definition: 'a median does not change by more of them; trees that judge are fitted to what is measured with it',
    },
  },
  softEdgeShare: {
    value: 1 / 3,
    unit: 'stroke widths',
    meaning: 'How wide the soft edge of the ink is, which is neither ink nor paper',
    source: { definition: 'blur as wide as a third of the stroke' },
  },
  softEdgeMax: {
    value: 3,
    unit: 'pixels',
    meaning: 'The same, at most',
    source: { definition: 'blur wider than that leaves no strokes' },
  },
});
