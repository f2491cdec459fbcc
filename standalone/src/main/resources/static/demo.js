/** The demo page: each panel is a module of its own, joined by the session (who is signed in). */
import '/client/define.js';
import { startComposer } from './page/composer.js';
import { startHistory } from './page/history.js';
import { Journey } from './page/journey.js';
import { startMailbox } from './page/mailbox.js';
import { startPipeline } from './page/pipeline.js';
import { nameOf, Session } from './page/session.js';
import { startTheme } from './page/theme.js';
import { startTracker } from './page/tracker.js';
import { startToasts } from './page/toasts.js';
import { startUsers } from './page/users.js';

startTheme();
startToasts();
const session = new Session();
const journey = new Journey(session);
startHistory(session, journey);
startPipeline(session, journey);
startTracker(session);
startMailbox(session);
startComposer(session);
startUsers(session);

session.on('user', (user) => (document.querySelector('#preferences-who').textContent = nameOf(user)));

const push = document.querySelector('carillon-push');
const showPush = () => (document.querySelector('#push-card').hidden = push.hidden);
push.addEventListener('carillon-push', showPush);

session.start();
