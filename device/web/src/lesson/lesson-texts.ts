import type { LessonWords, TeachWords, TryWords } from '../words/index.js';

/** The texts of a lesson, in one language. */
export interface LessonTexts {
  readonly lesson: LessonWords;
  readonly teach: TeachWords;
  readonly try: TryWords;
  readonly locale: string;
}
