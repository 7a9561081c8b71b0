export { type TaughtVerifier, teachVerifier } from './teach-verifier.js';
export { type VerifierLesson, verifierLesson } from './verifier-lesson.js';
