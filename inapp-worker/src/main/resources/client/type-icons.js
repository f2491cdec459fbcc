import { addIcons } from './icons.js';

/* Icons for types of notifications to name, beyond those of the levels. */
addIcons({
  check: 'M4.5 12.5l5 5L19.5 7',
  receipt: 'M5.5 3.5h13v17l-2.2-1.5-2.2 1.5-2.1-1.5-2.1 1.5-2.2-1.5-2.2 1.5zM9 8.5h6M9 12.5h6',
  at: 'M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0v1.5a2.5 2.5 0 0 0 5 0V12a8.5 8.5 0 1 0-3.5 6.9',
  chart: 'M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6',
  folder: 'M3.5 18.5v-13h6l2 2.5h9v10.5z',
  message: 'M21 11.5a8.4 8.4 0 0 1-12.3 7.4L3 20.5l1.7-5.2A8.4 8.4 0 1 1 21 11.5z',
  user: 'M19.5 20a7.5 7.5 0 0 0-15 0M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0',
  money: 'M4 6.5h16v11H4zM12 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  shield: 'M12 21s7.5-3.5 7.5-9.5V5.5L12 3 4.5 5.5v6C4.5 17.5 12 21 12 21z',
  wrench: 'M14.7 6.3a4 4 0 0 0-5.2 5.2L3.5 17.5l3 3 6-6a4 4 0 0 0 5.2-5.2l-2.5 2.5-3-3z',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  mail: 'M3.5 6h17v12.5h-17zM4 7l8 6 8-6',
});
