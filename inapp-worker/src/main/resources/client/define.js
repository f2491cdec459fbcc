/** Registers every component under its usual name, with the icons for types. */
import './type-icons.js';
import { CarillonBell } from './carillon-bell.js';
import { CarillonInbox } from './carillon-inbox.js';
import { CarillonPreferences } from './carillon-preferences.js';
import { CarillonPush } from './carillon-push.js';
import { CarillonToasts } from './carillon-toasts.js';

for (const element of [CarillonBell, CarillonInbox, CarillonPreferences, CarillonPush, CarillonToasts]) element.define();
