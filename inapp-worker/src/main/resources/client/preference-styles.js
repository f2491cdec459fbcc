import { sheet } from './dom.js';

export const preferenceStyles = sheet(`
:host { display: block; }
.line { display: flex; align-items: center; flex-wrap: wrap; gap: 12px 24px; }
.line.tight { gap: 6px; }
.section { margin-block-start: 14px; padding-block-start: 14px; border-block-start: 1px solid var(--_border); }
.section .line + .line { margin-block-start: 12px; }
div.section:not(.line) .line, div.line.section { gap: 10px; }
div.section .line.tight { gap: 6px; }
.toggle { display: inline-flex; align-items: center; gap: 9px; font-weight: 540; cursor: pointer; }
.name { font-weight: 540; }
input[role=switch] { appearance: none; inline-size: 34px; block-size: 20px; border-radius: 99px; background: light-dark(#8b8f99, #5a6070); position: relative; margin: 0; cursor: pointer; transition: background .18s; flex: none; }
input[role=switch]::after { content: ""; position: absolute; inset-block-start: 2px; inset-inline-start: 2px; inline-size: 16px; block-size: 16px; border-radius: 50%; background: #fff; box-shadow: 0 1px 2px rgb(0 0 0 / .3); transition: inset-inline-start .18s; }
input[role=switch]:checked { background: var(--_success); }
input[role=switch]:checked::after { inset-inline-start: 16px; }
input[role=switch]:disabled { opacity: .5; cursor: default; }
label:has([type=time]) { display: inline-flex; align-items: center; gap: 8px; color: var(--_muted); font-weight: 540; }
input[type=time] { font: inherit; color: var(--_text); padding: 6px 10px; border: 1px solid var(--_border); border-radius: 9px; background: var(--_surface); inline-size: 132px; }
.press, .plain { padding: 4px 11px; border-radius: 99px; border: 1px solid var(--_border); font-size: 13px; font-weight: 540; }
.press:hover, .plain:hover { background: var(--_hover); }
.press[aria-pressed=true] { color: var(--_accent); border-color: color-mix(in srgb, var(--_accent) 55%, var(--_border)); background: color-mix(in srgb, var(--_accent) 8%, transparent); }
.chip { font-size: 12.5px; font-weight: 550; color: var(--_accent); padding: 2px 9px; border: 1px solid color-mix(in srgb, var(--_accent) 45%, var(--_border)); border-radius: 99px; }
select { font: inherit; font-size: 13px; color: var(--_text); padding: 5px 6px; border: 1px solid var(--_border); border-radius: 9px; background: var(--_surface); }
.mutes { list-style: none; margin: 8px 0 0; padding: 0; }
.time { display: inline-flex; gap: 4px; }
small { color: var(--_muted); font-size: 12.5px; }
table { inline-size: 100%; border-collapse: collapse; display: table; }
th { text-align: start; font-weight: 540; padding-block: 9px; }
thead th { color: var(--_muted); font-size: 13px; font-weight: 560; padding-block-start: 14px; }
tbody tr { border-block-start: 1px solid color-mix(in srgb, var(--_border) 60%, transparent); }
th small { display: block; font-weight: 400; }
.fold small { display: inline; }
[id^=category] small { display: none; }
.fold { font: inherit; font-weight: 600; color: var(--_text); inline-size: 100%; text-align: start; padding: 4px 0; border: 0; background: none; cursor: pointer; }
.fold::before { content: "▸"; display: inline-block; inline-size: 1.1em; color: var(--_muted); }
.fold:dir(rtl)::before { content: "◂"; }
.fold[aria-expanded=true]::before { content: "▾"; }
td, thead th:not(:first-child) { text-align: center; inline-size: 68px; padding-inline: 4px; }
td input { vertical-align: middle; }
.note { margin: 10px 0 0; font-size: 13px; color: var(--_muted); min-block-size: 19px; }
:is(select, input):disabled { opacity: .65; }
@media (max-width: 480px) {
  table { table-layout: fixed; }
  thead th { font-size: 11.5px; }
  th { overflow-wrap: anywhere; hyphens: auto; }
  td, thead th:not(:first-child) { inline-size: 84px; padding-inline: 1px; }
  thead th:nth-child(2) { inline-size: 54px; }
  td select { inline-size: 100%; font-size: 11.5px; padding-inline: 0; }
}
.note.bad { color: var(--_danger); }
`);
