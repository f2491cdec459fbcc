/** Registers every component under its usual name. */
import './index.js';
