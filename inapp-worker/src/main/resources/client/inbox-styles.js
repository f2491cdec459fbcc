import { sheet } from './dom.js';
import { itemStyles } from './item-view.js';
import { noteStyles } from './note-styles.js';

const own = sheet(`
:host { display: block; }
.tools { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin-block-end: 12px; }
.views { display: inline-flex; padding: 3px; gap: 2px; border-radius: 10px; background: var(--_hover); }
.views button { padding: 5px 14px; border-radius: 8px; font-size: 13px; font-weight: 560; color: var(--_muted); }
.views [aria-pressed=true] { background: var(--_surface); color: var(--_text); box-shadow: 0 1px 3px rgb(0 0 0 / .14); }
.filters { display: flex; flex-wrap: wrap; gap: 8px; flex-basis: 100%; }
.filters:empty { display: none; }
select { font: inherit; font-size: 13px; color: inherit; padding: 6px 8px; border: 1px solid var(--_border); border-radius: 9px; background: var(--_surface); max-inline-size: 180px; }
.fold { margin-block-end: 8px; } .fold[hidden] { display: none; }
.thread { text-decoration: underline; text-underline-offset: 2px; }
.subject, .thread { position: relative; z-index: 1; color: var(--_accent); }
[type=search] { flex: 1; min-inline-size: 160px; font: inherit; color: inherit; padding: 8px 12px; border: 1px solid var(--_border); border-radius: 10px; background: var(--_surface); }
.bulk { display: flex; align-items: center; gap: 8px; padding: 6px 12px 6px 18px; padding-inline: 18px 12px; border-block: 1px solid var(--_border); min-block-size: 44px; }
.bulk .count { flex: 1; color: var(--_muted); font-size: 13px; }
[type=checkbox] { inline-size: 17px; block-size: 17px; accent-color: var(--_accent); margin: 0; cursor: pointer; }
.list { padding-block: 6px; }
.item { grid-template-columns: auto auto 1fr auto auto; }
.item .select { position: relative; z-index: 1; grid-row: 1 / span 3; align-self: start; margin-block-start: 8px; }
.item .dot { inset-inline-start: 3px; }
.item .level { grid-column: 2; grid-row: 1 / span 3; }
.item .main { grid-column: 3; grid-row: 1; }
.item .more { grid-column: 4; grid-row: 1; position: relative; z-index: 1; margin-block: -3px; opacity: 0; white-space: nowrap; }
.item:hover .more, .item:focus-within .more { opacity: 1; }
.item .dismiss { grid-column: 5; }
.item .body { grid-column: 3 / -1; -webkit-line-clamp: 4; }
.item .meta { grid-column: 3 / -1; }
.item .own { grid-column: 3 / -1; position: relative; z-index: 1; display: flex; gap: 8px; flex-wrap: wrap; margin-block-start: 8px; justify-self: start; }
.item.selected { background: color-mix(in srgb, var(--_accent) 8%, transparent); }
.button { padding: 6px 14px; border-radius: 9px; border: 1px solid var(--_border); background: var(--_surface); color: var(--_text); font-size: 13px; font-weight: 580; text-decoration: none; }
.button:hover { background: var(--_hover); }
.danger { background: var(--_danger); border-color: transparent; color: light-dark(#fff, #240705); }
.danger:hover { background: var(--_danger); filter: brightness(1.08); }
.fresh { display: block; margin: 10px auto 4px; padding: 6px 16px; border-radius: 99px; background: var(--_accent); color: var(--_on-accent); font-weight: 600; font-size: 13px; }
.fresh[hidden] { display: none; }
.paging { display: flex; justify-content: center; align-items: center; gap: 14px; padding: 12px; border-block-start: 1px solid var(--_border); color: var(--_muted); font-size: 13px; }
.paging[hidden] { display: none; }
dialog { border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); color: var(--_text); box-shadow: var(--_shadow); padding: 20px; max-inline-size: min(400px, 100vw - 32px); }
dialog::backdrop { background: rgb(0 0 0 / .4); }
dialog p { margin: 0 0 18px; font-weight: 550; }
.answers { display: flex; justify-content: end; gap: 8px; }
@media (hover: none) { .item .more { opacity: 1; } }
@media (max-width: 560px) { .item .more { grid-row: 4; grid-column: 3 / -1; margin: 4px -6px 0; opacity: 1; } .item .select, .item .level { grid-row: 1; } }
`);

export const inboxStyles = [itemStyles, noteStyles, own];
