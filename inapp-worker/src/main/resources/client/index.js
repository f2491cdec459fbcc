/** Everything the package offers; importing it registers nothing (see define.js). */
export { CarillonError } from './api.js';
export { CarillonBell } from './carillon-bell.js';
export { CarillonClient } from './carillon-client.js';
export { CarillonInbox } from './carillon-inbox.js';
export { CarillonPreferences } from './carillon-preferences.js';
export { CarillonPush } from './carillon-push.js';
export { CarillonToasts } from './carillon-toasts.js';
export { addIcons } from './icons.js';
export { safeLink } from './links.js';
export { providePageClient } from './page-client.js';
export { EventStreamParser } from './sse-parse.js';
export { addLanguage, setStrings } from './strings.js';
