import { sheet } from './dom.js';

export const toastStyles = sheet(`
ol { position: fixed; z-index: 2147483001; list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 10px; inline-size: min(360px, 100vw - 24px); }
[class^=top] { inset-block-start: 16px; }
[class^=bottom] { inset-block-end: max(16px, env(safe-area-inset-bottom)); flex-direction: column-reverse; }
[class$=start] { inset-inline-start: 16px; }
[class$=end] { inset-inline-end: 16px; }
.toast { position: relative; display: grid; grid-template-columns: auto 1fr auto; gap: 2px 12px; padding: 14px; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); box-shadow: var(--_shadow); animation: enter .2s ease-out; }
.toast .title { font-weight: 600; }
.toast .level { grid-row: span 2; }
.toast .body { -webkit-line-clamp: 3; }
.close { position: relative; z-index: 1; grid-column: 3; grid-row: 1; inline-size: 26px; block-size: 26px; border-radius: 7px; display: grid; place-items: center; color: var(--_muted); margin: -4px; }
.close:hover { background: var(--_hover); color: var(--_text); }
.close .icon { inline-size: 15px; block-size: 15px; }
.leaving { animation: leave .16s ease-in forwards; }
@keyframes enter { from { opacity: 0; transform: translateY(12px); } }
@keyframes leave { to { opacity: 0; } }
@media (max-width: 480px) { ol { inset-inline: 12px !important; inline-size: auto; } }
`);
