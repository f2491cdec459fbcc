import { sheet } from './dom.js';

/** Lists, their text buttons, and what stands where a list is loading, empty or failed. */
export const noteStyles = sheet(`
.text { color: var(--_accent); font-weight: 550; font-size: 13px; padding: 4px 6px; border-radius: 6px; text-decoration: none; }
.text:hover:enabled, a.text:hover { background: var(--_hover); }
.text:disabled { color: var(--_muted); opacity: .6; cursor: default; }
.list { list-style: none; margin: 0; padding: 0; }
.note { display: flex; flex-direction: column; align-items: center; gap: 4px; text-align: center; color: var(--_muted); }
.note:empty { display: none; }
.note > .icon { inline-size: 34px; block-size: 34px; opacity: .55; margin-block: 28px 8px; stroke-width: 1.3; }
.note strong { color: var(--_text); font-weight: 600; }
.note > :last-child { margin-block-end: 28px; }
.note > .text:only-child { margin-block: 6px; }
.bone { block-size: 58px; inline-size: calc(100% - 16px); border-radius: 10px; margin-block: 4px; background: linear-gradient(90deg, var(--_hover) 25%, var(--_border) 50%, var(--_hover) 75%) 0 / 300% 100%; animation: bone 1.4s linear infinite; }
@keyframes bone { from { background-position: 100% 0; } to { background-position: -50% 0; } }
`);
