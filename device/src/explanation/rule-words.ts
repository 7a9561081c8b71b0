/** What each rule means, as the page explains it; value and limit are of what stands in brackets. */
const RULE_WORDS: Readonly<Record<string, string>> = {
  scale: 'another scale shows these strokes better, or none does (pixels of its level)',
  size: 'too low (height in pixels of its level)',
  shape: 'too wide for a digit (width against height)',
  stroke: 'strokes too thick for a digit (against its longer side)',
  frame: 'as large as the frame (share of its sides)',
  crowd: 'too small among too many (rank by ink)',
  contrast: 'hardly differs from its wider surroundings (share of its contrast)',
  paper: 'too little paper around it (share of the pixels near it)',
  classifier: 'the classifier takes it for no digit (probability of its likeliest digit)',
  background: 'lies behind a sure digit, much fainter (mean contrast)',
  clearness: 'another scale shows the same more clearly (evidence times contrast)',
  overlap: 'others explain its ink better (evidence times ink)',
  confidence: 'no digit is likely enough (probability)',
  border: 'a line that goes on outside of the frame, or lies along its edge',
  place: 'doubtful surroundings or pen, and not sure enough for them',
  faint: 'much fainter than the other digits (mean contrast)',
  'broken-off': 'a stroke that broke off the digit beside it',
  company: 'not like writing by itself, and no digit keeps it company',
  letters: 'a letter, by its company',
  form: 'not of the form that is expected, or that form is not likely enough (probability of the likeliest digits)',
};

/** A rule in words; its name where it has none. */
export const wordsFor = (rule: string): string => RULE_WORDS[rule] ?? rule;
