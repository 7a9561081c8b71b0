export { type LessonOptions, type LessonResult, type LessonTask, teach } from './lesson.js';
