import { sheet } from './dom.js';
import { itemStyles } from './item-view.js';
import { noteStyles } from './note-styles.js';

const own = sheet(`
:host { display: inline-block; }
.bell { position: relative; display: grid; place-items: center; inline-size: 40px; block-size: 40px; border-radius: 50%; transition: background .15s; }
.bell:hover, .bell[aria-expanded=true] { background: var(--_hover); }
.bell .icon { inline-size: 22px; block-size: 22px; transform-origin: 50% 10%; }
.bell.ring .icon { animation: ring .7s ease; }
@keyframes ring { 20% { transform: rotate(14deg); } 45% { transform: rotate(-11deg); } 70% { transform: rotate(6deg); } }
.badge { position: absolute; inset-block-start: 1px; inset-inline-start: 20px; min-inline-size: 19px; block-size: 19px; padding-inline: 5px; border-radius: 10px; border: 2px solid var(--carillon-badge-border, var(--_surface)); background: var(--carillon-badge, var(--_danger)); color: var(--carillon-badge-text, light-dark(#fff, #1b0b09)); font: 700 11px/15px system-ui, sans-serif; text-align: center; }
.badge[hidden] { display: none; }
.panel { position: fixed; inset: auto; margin: 0; padding: 0; border: 1px solid var(--_border); border-radius: var(--_radius); inline-size: min(380px, 100vw - 16px); max-block-size: 60vh; overflow: hidden; background: var(--_surface); color: var(--_text); box-shadow: var(--_shadow); outline: 0; z-index: 2147483000; display: none; flex-direction: column; }
.panel.open { display: flex; animation: drop .14s ease-out; }
@keyframes drop { from { opacity: 0; transform: translateY(-6px); } }
.head { display: flex; align-items: center; gap: 8px; padding: 12px 16px 8px; }
h2 { font-size: 15px; font-weight: 650; margin: 0; flex: 1; }
.scroll { display: flex; flex-direction: column; overflow-y: auto; overscroll-behavior: contain; flex: 1; scrollbar-width: thin; padding: 0 6px 6px; }
.note:has([role=alert]) { order: -1; }
.footer:not(:empty) { border-block-start: 1px solid var(--_border); padding: 8px; text-align: center; }
.footer .text { display: block; padding: 6px; }
`);

export const bellStyles = [itemStyles, noteStyles, own];
