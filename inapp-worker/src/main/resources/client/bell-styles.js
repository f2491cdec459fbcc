import { sheet } from './dom.js';
import { itemStyles } from './item-view.js';

const own = sheet(`
:host { display: inline-block; }
.bell { position: relative; display: grid; place-items: center; inline-size: 40px; block-size: 40px; border-radius: 50%; transition: background .15s; }
.bell:hover, .bell[aria-expanded=true] { background: var(--_hover); }
.bell .icon { inline-size: 22px; block-size: 22px; transform-origin: 50% 10%; }
.bell.ring .icon { animation: ring .7s ease; }
@keyframes ring { 20% { transform: rotate(14deg); } 45% { transform: rotate(-11deg); } 70% { transform: rotate(6deg); } }
.badge { position: absolute; inset-block-start: 1px; inset-inline-start: 20px; min-inline-size: 19px; block-size: 19px; padding-inline: 5px; border-radius: 10px; border: 2px solid var(--carillon-badge-border, var(--_surface)); background: var(--carillon-badge, var(--_danger)); color: var(--carillon-badge-text, light-dark(#fff, #1b0b09)); font: 700 11px/15px system-ui, sans-serif; text-align: center; font-variant-numeric: tabular-nums; }
.badge[hidden] { display: none; }
.panel { position: fixed; inset: auto; margin: 0; padding: 0; border: 1px solid var(--_border); border-radius: var(--_radius); inline-size: min(380px, 100vw - 16px); max-block-size: 60vh; overflow: hidden; background: var(--_surface); color: var(--_text); box-shadow: var(--_shadow); outline: 0; z-index: 2147483000; display: none; flex-direction: column; }
.panel.open { display: flex; animation: drop .14s ease-out; }
@keyframes drop { from { opacity: 0; transform: translateY(-6px); } }
.head { display: flex; align-items: center; gap: 8px; padding: 12px 16px 8px; }
h2 { font-size: 15px; font-weight: 650; margin: 0; flex: 1; }
.text { color: var(--_accent); font-weight: 550; font-size: 13px; padding: 4px 6px; border-radius: 6px; text-decoration: none; }
.text:hover:enabled, a.text:hover { background: var(--_hover); }
.text:disabled { color: var(--_muted); opacity: .6; cursor: default; }
.scroll { display: flex; flex-direction: column; overflow-y: auto; overscroll-behavior: contain; flex: 1; scrollbar-width: thin; padding-inline: 6px; padding-block-end: 6px; }
.list { list-style: none; margin: 0; padding: 0; }
.note { display: flex; flex-direction: column; align-items: center; gap: 4px; text-align: center; color: var(--_muted); }
.note:empty { display: none; }
.note:has([role=alert]) { order: -1; }
.note > .icon { inline-size: 34px; block-size: 34px; opacity: .55; margin-block: 28px 8px; stroke-width: 1.3; }
.note strong { color: var(--_text); font-weight: 600; }
.note > :last-child { margin-block-end: 28px; }
.note > .text:only-child { margin-block: 6px; }
.bone { block-size: 58px; inline-size: calc(100% - 16px); border-radius: 10px; margin-block: 4px; background: linear-gradient(90deg, var(--_hover) 25%, var(--_border) 50%, var(--_hover) 75%) 0 / 300% 100%; animation: bone 1.4s linear infinite; }
@keyframes bone { from { background-position: 100% 0; } to { background-position: -50% 0; } }
.footer:not(:empty) { border-block-start: 1px solid var(--_border); padding: 8px; text-align: center; }
.footer .text { display: block; padding: 6px; }
`);

export const bellStyles = [itemStyles, own];
