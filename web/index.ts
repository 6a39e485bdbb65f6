/** The browser shell. */
export { type RunningServer, type ServeOptions, serve } from "./server.js";
