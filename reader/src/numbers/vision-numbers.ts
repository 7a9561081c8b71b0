import { tableOf } from './reader-number.js';

/** Numbers for finding, cropping and measuring ink. */
export const VISION_NUMBERS = tableOf({
  viewLongestSide: {
    value: 1280,
    unit: 'pixels',
    meaning: 'Maximum side of a straightened page',
    source: { definition: 'twice the longer side of a 640x480 frame, so that the cost does not grow with the sensor' },
  },
  cameraFocalLength: {
    value: 0.85,
    unit: 'longer sides of the frame',
    meaning: 'Assumed focal length of an unknown camera',
    source: { definition: 'the middle of the range 0.75 to 0.95 of Pi cameras and webcams' },
  },
  mosaicGap: {
    value: 8,
    unit: 'pixels',
    meaning: 'Distance between two octaves in a mosaic; each repeats its edge over half of it',
    source: {
      definition: 'two cells of a spotter, so that a character at the edge of one octave does not affect the next',
    },
  },
  mosaicSideStep: {
    value: 16,
    unit: 'pixels',
    meaning: 'The sides of a mosaic are multiples of this',
    source: { definition: 'the coarsest cell of a spotter' },
  },
  mosaicMinTileSide: {
    value: 20,
    unit: 'pixels',
    meaning: 'Minimum longer side of an octave in a mosaic',
    source: {
      definition:
        'the middle of the heights that a spotter is trained on; a digit that fills the frame is then that small',
    },
  },
  pictureDeviations: {
    value: 6,
    unit: 'standard deviations',
    meaning: 'Range of luma of the picture around a candidate',
    source: { definition: 'three on each side of the mean, the usual bounds of outliers' },
  },
  pictureMinDeviation: {
    value: 5,
    unit: 'levels of luma',
    meaning: 'Minimum standard deviation by which the picture around a candidate is divided',
    source: { definition: 'the noise of a small sensor, which must not be taken for ink' },
  },
  candidateMinSide: {
    value: 3,
    unit: 'pixels',
    meaning: 'Minimum side of a box that may hold a digit',
    source: { definition: 'two strokes and the space between them' },
  },
  inkMapMargin: {
    value: 0.6,
    unit: 'longer sides of the box',
    meaning: 'Margin around a box in which ink and paper are measured',
    source: { definition: 'the same as the wider surroundings, which lie inside it' },
  },
  paperSquare: {
    value: 0.5,
    unit: 'longer sides of the box',
    meaning: 'Side of the square for the closing; every square must show some paper',
    source: { definition: 'wider than any stroke, narrower than the digit' },
  },
  polarityTail: {
    value: 0.05,
    unit: 'share of the pixels',
    meaning:
      'Share of the darkest and of the brightest pixels of a box that is ignored when light ink is told from dark ink',
    source: { definition: 'less than the ink of a thin 1 covers, more than dirt covers' },
  },
  inkShare: {
    value: 0.06,
    unit: 'share of the pixels',
    meaning: 'Share of the strongest pixels of a box whose contrast is taken as that of the ink',
    source: { definition: 'less than the ink of a thin 1 covers' },
  },
  inkCut: {
    value: 0.5,
    unit: 'share of the contrast',
    meaning: 'Threshold between ink and paper',
    source: { definition: 'half-way between both, where a blurred edge lies' },
  },
  inkMargin: {
    value: 0.15,
    unit: 'longer sides of the box',
    meaning: "Maximum error of the spotter's box against the ink",
    source: { definition: '3 pixels for a digit of 20, the middle of the sizes that a spotter is trained on' },
  },
  inkMinWithin: {
    value: 0.6,
    unit: 'share of a piece',
    meaning: 'Minimum share of a component of ink inside the box that it belongs to',
    source: { definition: 'more than half, so that it belongs to only one of two boxes side by side' },
  },
  inkMinContrast: {
    value: 4,
    unit: 'levels of luma',
    meaning: 'Minimum contrast of ink',
    source: { definition: 'less is rounding noise after the blur' },
  },
  inkMinPiece: {
    value: 0.03,
    unit: 'share of the largest piece',
    meaning: 'Smaller components of ink are dirt',
    source: { definition: 'half of the share that a dot as wide as the stroke has in a digit' },
  },
  cropMinStroke: {
    value: 0.1,
    unit: 'longer sides of the ink',
    meaning: 'Thinner strokes are thickened to this width before cropping',
    source: { definition: "the width of MNIST's strokes, from which the classifier learns" },
  },
  cropWorkSide: {
    value: 64,
    unit: 'pixels',
    meaning: 'Ink is scaled to about this size before its strokes are thickened',
    source: { definition: 'three times the 20 pixels of the final crop' },
  },
  inkCoverFrom: {
    value: 0.25,
    unit: 'share of the contrast',
    meaning: 'Contrast up to which ink covers nothing of a pixel',
    source: { definition: 'a quarter below the threshold' },
  },
  inkCoverFull: {
    value: 0.75,
    unit: 'share of the contrast',
    meaning: 'Contrast from which on ink covers a pixel completely',
    source: { definition: 'a quarter above the threshold' },
  },
  nearMargin: {
    value: 0.15,
    unit: 'longer sides of the box',
    meaning: 'Margin around ink in which other ink counts as near',
    source: {
      definition: 'about the gap between two digits of a row; the judging trees are fitted to measurements with it',
    },
  },
  nearMinMargin: {
    value: 2,
    unit: 'pixels',
    meaning: 'Minimum of the same margin',
    source: { definition: 'the soft edge of the ink and a pixel of paper' },
  },
  wideMargin: {
    value: 0.6,
    unit: 'longer sides of the box',
    meaning: "Margin around ink whose median luma is the paper's",
    source: { definition: 'most of it is paper; the judging trees are fitted to measurements with it' },
  },
  wideMinMargin: {
    value: 4,
    unit: 'pixels',
    meaning: 'Minimum of the same margin',
    source: { definition: 'twice the smaller margin' },
  },
  surroundingsSamples: {
    value: 26,
    unit: 'pixels',
    meaning: 'Number of sampled pixels along each axis of the surroundings',
    source: {
      definition: 'more samples do not change the median; the judging trees are fitted to measurements with it',
    },
  },
  softEdgeShare: {
    value: 1 / 3,
    unit: 'stroke widths',
    meaning: 'Width of the soft edge of ink, which is neither ink nor paper',
    source: { definition: 'blur as wide as a third of the stroke' },
  },
  softEdgeMax: {
    value: 3,
    unit: 'pixels',
    meaning: 'Maximum of the same width',
    source: { definition: 'wider blur leaves no strokes' },
  },
  inkLongest: {
    value: 64,
    unit: 'pixels',
    meaning: 'Maximum side of ink that is found on one octave; larger ink is left to the next one',
    source: { definition: 'three times the 20 pixels of the crop, so that reducing costs no stroke' },
  },
  inkShortest: {
    value: 28,
    unit: 'pixels',
    meaning: 'Minimum longer side of ink that is found on an octave; smaller ink is left to the finer one',
    source: { definition: 'a little less than half of the maximum, so that the ranges of two octaves overlap' },
  },
  inkShortestFinest: {
    value: 12,
    unit: 'pixels',
    meaning: 'The same on the finest octave',
    source: {
      definition: 'about half of the 20 pixels of the crop; smaller characters are blurred beyond recognition',
    },
  },
  inkMinPixels: {
    value: 4,
    unit: 'pixels',
    meaning: 'Smaller components of ink are noise',
    source: { definition: 'less than a dot of a character that is just large enough' },
  },
  inkStrongestShare: {
    value: 0.1,
    unit: 'share of the pixels',
    meaning: "Share of the strongest pixels of a component whose contrast is taken as its ink's",
    source: { definition: 'the core of a blurred stroke; the rest is its soft edge' },
  },
  inkNoiseDeviations: {
    value: 5,
    unit: 'standard deviations',
    meaning: 'Contrast above the median of an octave from which there is ink',
    source: { definition: 'less than one pixel of a million is noise then' },
  },
  inkMaxPlaces: {
    value: 240,
    unit: 'places',
    meaning: 'Maximum number of places of ink in a frame; the largest are looked at',
    source: { definition: 'a page of 120 characters, of which each could be part of a larger one' },
  },
  joinGap: {
    value: 0.08,
    unit: 'longer sides of both together',
    meaning: 'Maximum gap between two components that may be one broken stroke',
    source: { definition: 'less than the width of a thin stroke' },
  },
  joinGapToDot: {
    value: 0.5,
    unit: 'longer sides of both together',
    meaning: 'Maximum gap between two components, one of them low, that stand one above the other in one character',
    source: { definition: 'the gap in an i, the widest one' },
  },
  joinLow: {
    value: 0.35,
    unit: 'longer sides of both together',
    meaning: 'Maximum height of a low component, such as a dot, an accent or a bar',
    source: { definition: 'a third; what is higher may be a character of a row above' },
  },
  joinMinLargest: {
    value: 0.5,
    unit: 'longer sides of all together',
    meaning: 'Minimum longer side of the largest of the components that are taken for one character',
    source: { definition: 'half; three equal ones side by side are three characters' },
  },
  joinMaxParts: {
    value: 3,
    unit: 'components',
    meaning: 'Maximum number of components that are taken for one character',
    source: { definition: 'as many as a letter with two dots, or a sign of division, has' },
  },
});
