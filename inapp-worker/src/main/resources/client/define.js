/** Registers every component under its usual name. */
import { CarillonBell } from './carillon-bell.js';
import { CarillonPush } from './carillon-push.js';
import { CarillonToasts } from './carillon-toasts.js';

for (const element of [CarillonBell, CarillonPush, CarillonToasts]) element.define();
