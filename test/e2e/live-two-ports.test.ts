import { trySessions } from "./live-sessions.js";

trySessions(2);
