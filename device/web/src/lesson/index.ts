export { Lesson } from './lesson.js';
export { LessonView } from './lesson-view.js';
