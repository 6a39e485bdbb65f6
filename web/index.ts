/** The browser shell. */
export { type RunningServer, serve } from "./server.js";
