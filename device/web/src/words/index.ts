export type { Words } from './en.js';
export { ago, moment, number, perCent } from './format.js';
export { DICTIONARIES, isLanguage, Language, type LanguageCode } from './language.js';
export type { LessonWords } from './lesson-en.js';
export type { TeachWords } from './teach-en.js';
export { type DeviceTexts, describedIn, issueIn, type Told, toldIn } from './told.js';
export type { TryWords } from './try-en.js';
