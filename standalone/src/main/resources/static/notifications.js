/** The inbox as a page of its own. */
import '/client/define.js';
import { Session } from './page/session.js';
import { startTheme } from './page/theme.js';
import { startToasts } from './page/toasts.js';
import { startUsers } from './page/users.js';

startTheme();
startToasts();
const session = new Session();
startUsers(session);
session.start();
