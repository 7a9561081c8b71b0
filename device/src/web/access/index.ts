export { type GateOptions, guard, isStillAllowed, noUsers } from './gate.js';
export { clientAddress, isLoopback, plainAddress } from './hosts.js';
export { logIn, MAX_PASSWORD_LENGTH } from './login.js';
export { LoginLimit } from './login-limit.js';
export { LOGIN_STYLE, languageOf, loginPage } from './login-page.js';
export { ROLES, type Role } from './role.js';
export { SessionStore } from './session-store.js';
export { type User, UserFile, userNameSchema } from './user-file.js';
