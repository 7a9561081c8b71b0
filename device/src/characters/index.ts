export { CharacterReader, openCharacterReader } from './character-reader.js';
